"""The dialogue, from the first prompt to the article, and every way that leads elsewhere."""

from __future__ import annotations

from pathlib import Path

from tests.cli.support import DOUGH, LAST_ID, here, tree
from tests.cli.wizard.conftest import Editor
from tests.cli.wizard.driver import (
    CLEAR,
    DOWN,
    ENTER,
    ESCAPE,
    TAB,
    UP,
    matches,
    person,
)
from tests.cli.wizard.walk import DAY, DESCRIPTION, PATH, QUESTION, STARTER, TYPED, at, take
from tests.support.state import state


def field(name: str, path: str = PATH) -> str:
    return here("get", path, name).text.rstrip("\n")


def test_a_question_is_written_step_by_step(site: Path, editor: Editor) -> None:
    with person(*DAY, cwd=site, environ=editor("true")) as me:
        me.sees("? Subject")
        me.types("bak")
        assert matches("subject", me, "Bread Baking", "3")
        me.types(TAB, ENTER)
        me.sees("? Question")
        me.types("Why is crust brown")
        assert matches("question", me, "no question mark", "why-is-crust-brown.md")
        me.types(ENTER)
        assert matches("question-end", me, "? How does it end?")
        me.types(ENTER)
        assert matches("answer", me, "? Answer", "Take it from a file")
        take(me, "answer")
        me.sees("? Description")
        me.types(DESCRIPTION)
        assert matches("description", me, "68 characters")
        me.types(ENTER)
        assert matches("keywords", me, "? Keywords", "maillard reaction")
        me.types(ENTER)
        me.sees("? Related articles")
        me.types(" ")
        assert matches("related", me, "●")
        me.types(ENTER)
        me.sees("? Let it link back")
        me.types(UP, ENTER)
        assert matches("review", me, "? What now?")
        assert matches("review-whole", me, whole=True)
        me.types(ENTER)
        assert me.ends() == 0
        assert me.everything.endswith(
            f"{PATH}\ncreated the article {LAST_ID + 1} at "
            "/learn/bread-baking/questions/why-is-crust-brown\n"
            "1 article links back\n"
        )
    assert field("answer") == TYPED
    assert field("seo.page_description") == DESCRIPTION
    assert "maillard reaction" in field("seo.page_keywords")
    assert field("related_article1.url").endswith("what-makes-a-sourdough-starter-rise-and-fall")
    assert here("get", STARTER, "related_article3.id").text.strip() == str(LAST_ID + 1)
    assert not list((state(site) / "drafts").iterdir())
    assert here("undo").code == 0
    assert PATH not in tree(site)


def test_what_is_reviewed_is_what_is_written(site: Path) -> None:
    with at("review", cwd=site, columns=100, rows=60) as me:
        shown = me.everything
        me.types(ENTER)
        assert me.ends() == 0
    listing = shown.partition("── The file ─")[2].partition("── ")[0]
    told = "".join(line[5:].strip() for line in listing.split("\n")[1:])
    wrote = "".join(line.strip() for line in (site / PATH).read_text().split("\n"))
    assert told.replace(" ", "") == wrote.replace(" ", "")


def test_a_new_subject_needs_a_yes_and_near_ones_are_offered(site: Path) -> None:
    with person(*DAY, cwd=site) as me:
        me.answers("? Subject", "Bred baking")
        assert matches("subject-new", me, "is new here")
        me.types(ENTER)
        me.sees("Subject      Bread Baking (3 articles)", "? Question")
        me.types(ESCAPE)
        me.answers("? Subject", CLEAR, "Jazz")
        me.answers("Yes, make the new subject “Jazz”")
        me.sees("Subject      Jazz (new)", "? Question")


def test_a_subject_gets_the_spelling_of_the_site(site: Path) -> None:
    with person(*DAY, cwd=site) as me:
        me.answers("? Subject", "bread BAKING")
        me.sees("Subject      Bread Baking (3 articles)")


def test_configured_subjects_are_offered_too(site: Path) -> None:
    (site / "qtauthor.toml").write_text('subjects = ["Bread Baking", "Beekeeping"]\n')
    with person(*DAY, cwd=site) as me:
        me.sees("? Subject")
        me.types("bee")
        me.sees("Beekeeping  0")


def test_a_site_without_articles_is_begun(tmp_path: Path) -> None:
    (tmp_path / "content/learn").mkdir(parents=True)
    with person(*DAY, "--description", "", "--keywords", "", cwd=tmp_path) as me:
        me.answers("? Subject", "Jazz")
        me.answers("Yes, make the new subject")
        me.answers("? Question", "Why?")
        me.sees("? Answer")
        me.types(UP, ENTER)
        me.answers("? What now?")
        assert me.ends() == 0
        assert "Related      nothing to relate it to" in me.everything
    assert (tmp_path / "content/learn/jazz/why.md").is_file()


def test_letters_that_the_address_drops_can_be_kept(site: Path) -> None:
    with at("question", cwd=site) as me:
        me.sees("? Question")
        me.types("What is an école?")
        me.sees("école → cole")
        me.types(ENTER)
        assert matches("question-slug", me, "? The address loses something")
        me.types(ENTER)
        me.sees("/learn/bread-baking/questions/what-is-an-ecole")


def test_a_question_that_cannot_be_is_asked_for_again(site: Path) -> None:
    with person(*DAY, cwd=site) as me:
        me.answers("? Subject", "???")
        me.sees("nothing is left of the subject")
        me.types(CLEAR, "Bread Baking", ENTER)
        me.answers("? Question")
        me.sees("a question is needed")
        me.types("???", ENTER)
        me.sees("nothing is left of the question")
        me.types(CLEAR, "x" * 300, ENTER)
        me.sees("over 255")


# Asked already


def test_a_question_that_is_asked_already_can_be_opened_instead(site: Path, editor: Editor) -> None:
    before = tree(site)
    with at("question", cwd=site, environ=editor('echo "It is warm." > "$1"')) as me:
        me.answers("? Question", "Does dough rise faster in a warm kitchen, and why?")
        assert matches("asked", me, "? Is it asked already?")
        me.types(ENTER)
        assert matches("asked-one", me, "? Why does dough rise", "Open that one")
        me.types(ENTER)
        me.ends()
        assert "opening content/learn/" in me.everything
    after = tree(site)
    (changed,) = {path for path, data in after.items() if data != before.get(path)}
    assert here("get", changed, "answer").text == "It is warm.\n"
    assert not list((state(site) / "drafts").glob("*"))


def test_a_near_question_can_be_linked(site: Path) -> None:
    with at("question", cwd=site) as me:
        me.answers("? Question", "Does dough rise faster in a warm kitchen, and why?")
        me.answers("? Is it asked already?")
        me.answers("Link it as related", DOWN)
        me.sees("? Is it asked already?")
        me.types(DOWN, ENTER)
        for step in ("answer", "description", "keywords"):
            take(me, step)
        me.answers("● Why does dough rise faster in a warm kitchen?")
        me.answers("? Let it link back")
        me.answers("? What now?")
        assert me.ends() == 0
    path = "content/learn/bread-baking/does-dough-rise-faster-in-a-warm-kitchen-and-why.md"
    assert here("get", path, "related_article1.id").text == "412\n"


def test_near_questions_can_be_passed_over(site: Path) -> None:
    with at("question", cwd=site) as me:
        me.answers("? Question", "Does dough rise faster in a warm kitchen, and why?")
        me.sees("? Is it asked already?")
        me.types(DOWN, DOWN, ENTER)
        me.sees("? Answer")


def test_the_very_question_cannot_be_asked_twice(site: Path) -> None:
    with at("question", cwd=site) as me:
        me.answers("? Question", "Why does dough rise faster in a warm kitchen?")
        shown = me.sees("? This is asked already")
        assert "go on" not in shown.partition("? This")[2]
        me.types(UP, ENTER)
        me.sees("? Question")
        me.types(CLEAR, QUESTION, ENTER)
        me.sees("? Answer")


def test_a_question_can_be_filed_under_one_more_subject(site: Path) -> None:
    with person(*DAY, "--no-both", cwd=site) as me:
        me.answers("? Subject", "Bicycles")
        me.answers("? Question", "Why does dough rise faster in a warm kitchen?")
        me.answers("? This is asked already")
        me.answers("File it under Bicycles, too", DOWN)
        me.sees("Id           412, as under Bread Baking", "? Answer")
        me.answers("Go on")
        me.answers("? Description")
        me.answers("? Keywords")
        me.answers("? Related articles")
        me.answers("? What now?")
        assert me.ends() == 0
    path = "content/learn/bicycles/why-does-dough-rise-faster-in-a-warm-kitchen.md"
    assert field("id", path) == "412"
    assert field("answer", path) == field("answer", DOUGH)


# Answers


def test_an_answer_is_written_in_the_editor_and_checked(site: Path, editor: Editor) -> None:
    torn = r"""printf '%s\n' 'So $a \neq b$, and' '' 'it is \(x\).' > "$1" """
    with at("answer", cwd=site, environ=editor(torn)) as me:
        me.types(ENTER)
        assert matches("answer-notes", me, "Mend 2 of these")
        me.types(ENTER)
        me.answers("check finds nothing")
        me.sees("? Description")
        me.types(ESCAPE)
        me.sees("? Answer", "Go on")
        me.types(DOWN, ENTER)
        me.sees("Mend 2 of these")


def test_an_editor_that_fails_or_leaves_nothing_asks_again(site: Path, editor: Editor) -> None:
    with at("answer", cwd=site, environ=editor("test -f ok || { touch ok; false; }")) as me:
        me.types(ENTER)
        me.sees("editor-failed", "? Answer")
        assert "kept in" in me.shown
        me.types(ENTER)
        me.sees("the editor left no text")


def test_an_answer_is_taken_from_a_file(site: Path) -> None:
    (site / "answer.md").write_text("# Sugar\n\nIt browns.\n")
    with at("answer", cwd=site) as me:
        me.types(DOWN, DOWN, ENTER)
        me.answers("? File", "nothing.md")
        me.sees("there is no such file")
        me.types(CLEAR, "answer.md", ENTER)
        me.answers("4 words in 3 lines")


# Related articles


def test_related_articles_are_searched_for_and_brought_into_order(site: Path) -> None:
    with at("related", "--both", cwd=site) as me:
        me.types(" ", "/")
        me.answers("? Search for", "bicycle upright")
        shown = me.sees("● What makes", "○ Why does a moving bicycle stay upright?")
        assert shown.index("moving bicycle") < shown.index("hydration")
        me.types(DOWN, " ", "-")
        assert matches("related-order", me, "● Why does a moving")
        me.types(ENTER)
        me.answers("? What now?")
        assert me.ends() == 0
    assert field("related_article1.id") == "3055"
    assert field("related_article2.id") == "431"
    assert here("get", STARTER, "related_article3.id").text.strip() == str(LAST_ID + 1)


def test_no_more_articles_are_ticked_than_a_page_shows(site: Path) -> None:
    with person(*DAY, "--related", "418,412", cwd=site) as me:
        for step in ("subject", "question", "answer", "description", "keywords"):
            take(me, step)
        me.sees("? What now?")
        me.types(UP, ENTER)
        me.ends()
    with at("related", cwd=site) as me:
        me.types("a", ENTER)
        me.sees("more than the 5")


# Back, and other ends


def test_escape_goes_back_step_by_step_and_answers_stay(site: Path) -> None:
    with at("keywords", cwd=site) as me:
        me.types(ESCAPE)
        me.sees("? Description", DESCRIPTION)
        me.types(ESCAPE)
        me.sees("? Answer", "Go on")
        me.types(ESCAPE)
        me.sees("? Question", f"> {QUESTION}")
        me.types(ESCAPE)
        me.sees("? Subject", "Bread Baking")
        for prompt in ("? Subject", "? Question", "? Answer", "? Description"):
            me.answers(prompt)
        me.sees("? Keywords")


def test_every_step_can_be_changed_from_the_review(site: Path) -> None:
    with at("review", cwd=site) as me:
        me.types(DOWN, ENTER)
        assert matches("review-change", me, "? Change what?")
        me.types(DOWN, ENTER)
        me.sees("? Question")
        me.types(CLEAR, "Why is crust dark?", ENTER)
        me.sees("? What now?")
        me.types(DOWN, ENTER)
        me.sees("? Change what?")
        me.types(*[DOWN] * 3, ENTER)
        me.sees("? Description")
        me.types(CLEAR, "Short.", ENTER)
        me.sees("QT702", "? What now?")
        me.types(ENTER)
        assert me.ends() == 0
    path = "content/learn/bread-baking/why-is-crust-dark.md"
    assert field("seo.page_description", path) == "Short."
    assert field("answer", path) == TYPED


def test_a_draft_can_be_left_and_thrown_away(site: Path) -> None:
    before = tree(site)
    with at("review", cwd=site) as me:
        me.types(UP, UP, ENTER)
        assert me.ends() == 0
        assert "the draft is kept" in me.everything
    with person(*DAY, cwd=site) as me:
        me.answers("? A draft was left")
        me.sees("? What now?")
        me.types(UP, ENTER)
        assert me.ends() == 0
        assert "nothing was written" in me.everything
    with person(*DAY, cwd=site) as me:
        me.sees("? Subject")
    assert tree(site) == before


def test_a_site_that_changed_meanwhile_is_no_obstacle(site: Path) -> None:
    with at("review", cwd=site) as me:
        here("new", "--new-subject", "--subject", "Jazz", "--question", "Why?")
        here("new", "--subject", "Bread Baking", "--question", QUESTION)
        me.types(ENTER)
        me.sees("slug-taken", "? What now?")
        (site / PATH).unlink()
        me.types(ENTER)
        assert me.ends() == 0
    assert field("id") == str(LAST_ID + 2)


def test_an_answer_is_kept_when_another_article_is_opened_instead(
    site: Path, editor: Editor
) -> None:
    before = tree(site)
    with at("review", cwd=site, environ=editor("true")) as me:
        me.types(DOWN, ENTER)
        me.sees("? Change what?")
        me.types(DOWN, ENTER)
        me.sees("> Why is crust brown?")
        me.types(CLEAR, "Does dough rise faster in a warm kitchen, and why?", ENTER)
        me.answers("? Is it asked already?")
        me.answers("Open that one")
        assert me.ends() == 0
        assert "the draft is kept" in me.shown
    assert tree(site) == before
    with person(*DAY, cwd=site) as me:
        me.sees("? A draft was left", "ready for review")


def test_what_is_pasted_into_a_line_stays_one_line(site: Path) -> None:
    with at("question", cwd=site) as me:
        me.types("\x1b[200~Why is\tcrust\nbrown\x07?\x1b[201~", ENTER)
        me.sees("Question     Why is crust brown?", "? Answer")
        drafts = [p.read_text() for p in (state(site) / "drafts").glob("*/draft.json")]
        assert ['"question": "Why is crust brown?"' in one for one in drafts] == [True]
