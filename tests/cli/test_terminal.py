"""Dialogues on a real (pseudo) terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import SGR, Terminal, here, on_terminal, terminal, tree

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")

SUBJECT, QUESTION = "Subject:", "Question:"
DESCRIPTION, KEYWORDS = "Description for search engines", "Keywords, with commas"
PATH = "content/learn/bread-baking/why-is-crust-brown.md"


def answer(run: Terminal, prompt: str, text: str) -> None:
    run.expect(prompt)
    run.type(text + "\r")


def field(name: str) -> str:
    return here("get", PATH, name).text.rstrip("\n")


def test_a_dialogue_asks_for_all_that_is_missing_and_makes_the_article(site: Path) -> None:
    with terminal("new", cwd=site) as run:
        answer(run, SUBJECT, "Bread Baking")
        answer(run, QUESTION, "Why is crust brown?")
        answer(run, DESCRIPTION, "Sugar: a story.")
        answer(run, KEYWORDS, "crust, sugar")
        run.expect(PATH)
        run.expect("created the article 3056")
        assert run.code() == 0
    assert field("subject") == "Bread Baking"
    assert field("question") == "Why is crust brown?"
    assert field("seo.page_description") == "Sugar: a story."
    assert field("seo.page_keywords") == "crust, sugar"


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        (["--subject", "Bread Baking"], [QUESTION, DESCRIPTION, KEYWORDS]),
        (["--question", "Why is crust brown?"], [SUBJECT, DESCRIPTION, KEYWORDS]),
        (["--subject", "Bread Baking", "--description", ""], [QUESTION, KEYWORDS]),
        (["--subject", "Bread Baking", "--keywords", "", "--description", "b"], [QUESTION]),
        (["--subject", "Bread Baking", "--question", " "], [QUESTION, DESCRIPTION, KEYWORDS]),
        (["--subject", "Bread Baking", "--question", "Why is crust brown?"], []),
    ],
)
def test_only_what_was_not_given_is_asked_for(
    site: Path, given: list[str], asked: list[str]
) -> None:
    answers = {SUBJECT: "Bread Baking", QUESTION: "Why is crust brown?"}
    with terminal("new", *given, cwd=site) as run:
        for prompt in asked:
            answer(run, prompt, answers.get(prompt, ""))
        rest = run.rest()
        assert run.code() == 0
    assert PATH in rest
    assert not any(prompt in rest for prompt in {*answers, DESCRIPTION, KEYWORDS} - {*asked[-1:]})


def test_an_answer_that_cannot_be_is_asked_for_again(site: Path) -> None:
    with terminal("new", "--description", "", "--keywords", "", cwd=site) as run:
        answer(run, SUBJECT, "???")
        run.expect("nothing is left of the subject")
        run.type("\b\b\bBread Baking\r")
        answer(run, QUESTION, "")
        run.expect("nothing is left of the question")
        run.type("Why is crust brown?\r")
        run.expect(PATH)
        assert run.code() == 0


def test_subjects_of_the_site_are_offered_in_their_own_spelling(site: Path) -> None:
    with terminal("new", "--question", "Why is crust brown?", cwd=site) as run:
        run.expect(SUBJECT)
        run.type("baking")
        run.expect("Bread ")
        run.type("\t\r")
        answer(run, DESCRIPTION, "")
        answer(run, KEYWORDS, "")
        run.expect(PATH)


def test_configured_subjects_are_offered_first(site: Path) -> None:
    (site / "qtauthor.toml").write_text('subjects = ["Bread Baking", "Beekeeping"]\n')
    with terminal("new", "--question", "A?", cwd=site) as run:
        run.expect(SUBJECT)
        run.type("bee")
        run.expect("keeping")


def test_a_site_without_articles_asks_for_the_subject_too(tmp_path: Path) -> None:
    (tmp_path / "content/learn").mkdir(parents=True)
    with terminal("new", "--description", "", "--keywords", "", cwd=tmp_path) as run:
        answer(run, SUBJECT, "Jazz")
        answer(run, QUESTION, "Why?")
        run.expect("content/learn/jazz/why.md")
        assert run.code() == 0


@pytest.mark.parametrize(
    ("prompt", "key"),
    [(SUBJECT, "\x03"), (SUBJECT, "\x04"), (QUESTION, "\x03"), (KEYWORDS, "\x03")],
)
def test_an_interrupted_dialogue_leaves_nothing(site: Path, prompt: str, key: str) -> None:
    before = tree(site)
    with terminal("new", cwd=site) as run:
        answers = {SUBJECT: "Jazz", QUESTION: "Why?", DESCRIPTION: "", KEYWORDS: ""}
        for each, text in answers.items():
            run.expect(each)
            if each == prompt:
                run.type(key)
                break
            run.type(text + "\r")
        run.expect("interrupted; nothing was written")
        assert "Traceback" not in run.rest()
        assert run.code() == 130
    assert tree(site) == before
    assert not (site / ".qtauthor" / "history").exists()


def test_no_input_asks_nothing_on_a_terminal(site: Path) -> None:
    with terminal("new", "--no-input", "--subject", "Jazz", cwd=site) as run:
        rest = run.rest()
        assert run.code() == 2
    assert "--question must be given" in rest
    assert QUESTION not in rest


def test_without_a_terminal_to_read_from_nothing_is_asked(site: Path) -> None:
    with terminal("new", cwd=site, redirect="</dev/null") as run:
        rest = run.rest()
        assert run.code() == 2
    assert "--subject and --question must be given" in rest
    assert SUBJECT not in rest


def test_the_dialogue_is_words_so_that_the_data_can_go_to_a_file(site: Path) -> None:
    with terminal("new", "--keywords", "", cwd=site, redirect=">made") as run:
        answer(run, SUBJECT, "Bread Baking")
        answer(run, QUESTION, "Why is crust brown?")
        answer(run, DESCRIPTION, "")
        run.expect("created the article")
        assert run.code() == 0
    assert (site / "made").read_text() == f"{PATH}\n"


@pytest.mark.parametrize("columns", [60, 120])
def test_a_page_fills_the_terminal_and_no_more(site: Path, columns: int) -> None:
    name = next(path for path in tree(site) if "friction" in path)
    with terminal("show", name, cwd=site, columns=columns) as run:
        lines = SGR.sub("", run.rest()).split("\r\n")
    assert max(map(len, lines)) == min(columns, 100)


def test_a_diff_on_a_terminal_has_the_colours_of_git(site: Path) -> None:
    name = next(path for path in tree(site) if "friction" in path)
    shown = on_terminal("set", name, "score=1", "author=B", "--diff", cwd=site)
    assert "\x1b[31m-author: QuickTakes\x1b[0m\r\n" in shown
    assert "\x1b[32m+author: B\x1b[0m\r\n" in shown
    assert f"\x1b[1m--- a/{name}\x1b[0m\r\n" in shown


def test_a_diff_of_a_crlf_document_is_readable_on_a_terminal(site: Path) -> None:
    (site / "a.md").write_bytes(b"---\r\nid: 1\r\n---\r\n")
    shown = on_terminal("--color", "never", "set", "a.md", "id=2", "--diff", cwd=site)
    assert "-id: 1\r\n+id: 2\r\n" in shown
    assert "\\u000d" not in shown
