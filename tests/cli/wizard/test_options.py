"""What is given as an option is not asked for, and where nobody can be asked, nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import here, tree
from tests.cli.wizard.driver import ENTER, person
from tests.cli.wizard.walk import DAY, DESCRIPTION, PATH, PROMPTS, QUESTION, STEPS, take

GIVEN = {
    "subject": ("--subject", "bread baking"),
    "question": ("--question", QUESTION),
    "answer": ("--answer-file", "answer.txt"),
    "description": ("--description", DESCRIPTION),
    "keywords": ("--keywords", "crust, sugar"),
    "related": ("--related", "412"),
}


@pytest.mark.slow  # six dialogues
@pytest.mark.parametrize("given", GIVEN)
def test_what_is_given_is_not_asked_for(site: Path, given: str) -> None:
    (site / "answer.txt").write_text("Sugar.\n")
    options = (*DAY, *GIVEN[given], "--no-both")
    with person("--interactive", *options, cwd=site) as me:
        for step in STEPS[:-1]:
            if step == given:
                continue
            if step == "related":
                me.answers(PROMPTS[step])
            else:
                take(me, step)
        me.answers("? What now?")
        assert me.ends() == 0
        assert PROMPTS[given] not in me.said
    assert (site / PATH).is_file()


def test_with_all_given_only_the_review_is_left_and_yes_answers_that(site: Path) -> None:
    (site / "answer.txt").write_text("Sugar.\n")
    options = [*DAY, *(word for pair in GIVEN.values() for word in pair)]
    with person("-i", "--both", *options, cwd=site) as me:
        me.sees("? What now?")
    with person("-i", "--both", "--yes", "--fresh", *options, cwd=site) as me:
        assert me.ends() == 0
        assert "?" not in me.shown.replace(QUESTION, "")
    assert here("get", PATH, "related_article1.id").text == "412\n"


def test_with_subject_and_question_nothing_is_asked(site: Path) -> None:
    with person(*DAY, *GIVEN["subject"], *GIVEN["question"], cwd=site) as me:
        assert me.ends() == 0
        assert me.shown.startswith(PATH)


def test_a_given_question_is_looked_for_too(site: Path) -> None:
    asked = ("--question", "Does dough rise faster in a warm kitchen, and why?")
    with person(*DAY, *asked, cwd=site) as me:
        me.types("Bread Baking", ENTER)
        shown = me.sees("? Is it asked already?")
        assert "other words" not in shown


def test_options_go_before_what_a_draft_has(site: Path) -> None:
    with person(*DAY, cwd=site) as me:
        for step in STEPS[:4]:
            take(me, step)
        me.sees("? Keywords")
        me.child.sendintr()
        assert me.ends() == 130
    with person(*DAY, "--description", "Another one.", cwd=site) as me:
        me.answers("? A draft was left")
        me.answers("? Keywords")
        me.answers("? Related")
        me.sees("? What now?", "page_description: >- 14 Another one.")


@pytest.mark.parametrize("redirect", ["</dev/null", "2>words"])
def test_without_a_terminal_nothing_is_asked(site: Path, redirect: str) -> None:
    before = tree(site)
    with person(*DAY, "--interactive", cwd=site, redirect=redirect) as me:
        assert me.ends() == 2
    told = me.shown if redirect.startswith("<") else (site / "words").read_text()
    assert "--subject and --question must be given" in told
    (site / "words").unlink(missing_ok=True)
    assert tree(site) == before


def test_no_input_asks_nothing_on_a_terminal(site: Path) -> None:
    with person("--no-input", "--new-subject", "--subject", "Jazz", cwd=site) as me:
        assert me.ends() == 2
        assert "--question must be given" in me.shown


def test_a_trial_goes_through_the_dialogue_and_writes_nothing(site: Path) -> None:
    before = tree(site)
    with person(*DAY, "--diff", "--no-both", cwd=site) as me:
        for step in STEPS[:5]:
            take(me, step)
        me.answers("? Related")
        me.answers("? What now?")
        assert me.ends() == 1
        assert f"+++ b/{PATH}" in me.everything
    assert tree(site) == before


def test_links_back_can_be_asked_for_without_a_dialogue(site: Path) -> None:
    result = here(
        "new", *GIVEN["subject"], *GIVEN["question"], "--related", "431,412", "--both",
        "--format", "json",
    )  # fmt: skip
    assert result.code == 0
    assert result.json["linked_back"] == [
        "content/learn/bread-baking/what-makes-a-sourdough-starter-rise-and-fall.md",
        "content/learn/bread-baking/why-does-dough-rise-faster-in-a-warm-kitchen.md",
    ]
    assert "why-is-crust-brown" in here("show", "431").text
