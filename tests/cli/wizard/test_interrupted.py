"""Ctrl-C, Ctrl-D and crashes: nothing is written, and what was said is offered the next time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.cli.support import tree
from tests.cli.wizard.conftest import Editor
from tests.cli.wizard.driver import (
    CLEAR,
    DOWN,
    END_OF_FILE,
    ENTER,
    ESCAPE,
    INTERRUPT,
    matches,
    person,
)
from tests.cli.wizard.walk import DAY, PATH, PROMPTS, QUESTION, STEPS, TYPED, at, take
from tests.support.patience import PATIENCE
from tests.support.state import state


def assert_nothing_written(site: Path, before: dict[str, bytes]) -> None:
    assert tree(site) == before
    assert not (state(site) / "history").exists()
    assert not (state(site) / "journal").exists()


@pytest.mark.parametrize("step", STEPS)
def test_ctrl_c_at_any_step_writes_nothing_and_the_draft_is_offered(site: Path, step: str) -> None:
    before = tree(site)
    with at(step, cwd=site) as me:
        me.types(INTERRUPT)
        assert me.ends() == 130
        assert "interrupted; nothing was written" in me.shown
        assert "Traceback" not in me.everything
        kept = step not in ("subject", "question")
        assert ("the draft is kept" in me.shown) == kept
    assert_nothing_written(site, before)
    if kept:
        with person(*DAY, cwd=site) as me:
            me.sees("? A draft was left", QUESTION, "Bread Baking · a moment ago")
            me.types(ENTER)
            for each in STEPS[STEPS.index(step) : -1]:
                take(me, each)
            me.answers(PROMPTS["review"])
            assert me.ends() == 0
        assert (site / PATH).is_file()
        assert not list((state(site) / "drafts").iterdir())


@pytest.mark.parametrize(
    ("prompt", "keys"),
    [
        ("? How does it end?", ("Why is crust brown", ENTER)),
        ("? The address loses", ("What is an école?", ENTER)),
        ("? Is it asked already?", ("Does dough rise faster in a warm kitchen, and why?", ENTER)),
    ],
)
def test_ctrl_c_between_the_steps_writes_nothing(
    site: Path, prompt: str, keys: tuple[str, ...]
) -> None:
    before = tree(site)
    with at("question", cwd=site) as me:
        me.types(*keys)
        me.sees(prompt)
        me.types(INTERRUPT)
        assert me.ends() == 130
    assert_nothing_written(site, before)


def test_ctrl_d_leaves_as_ctrl_c_does(site: Path) -> None:
    with at("description", cwd=site) as me:
        me.types(END_OF_FILE)
        assert me.ends() == 130
        assert "the draft is kept" in me.shown


def test_a_question_half_typed_outlives_a_crash(site: Path) -> None:
    with at("question", cwd=site) as me:
        me.types("Why is cru")
        me.sees("> Why is cru")
        me.is_killed()
    with person(*DAY, cwd=site) as me:
        assert matches("resume", me, "? A draft was left")
        me.types(ENTER)
        me.sees("> Why is cru")
        me.types("st brown?", ENTER)
        me.sees("Question     Why is crust brown?")


def test_keywords_half_typed_outlive_a_crash(site: Path) -> None:
    with at("keywords", cwd=site) as me:
        me.types(CLEAR, "crust, ma")
        me.sees("> crust, ma")
        me.is_killed()
    with person(*DAY, cwd=site) as me:
        me.answers("? A draft was left")
        me.sees("? Keywords", "> crust, ma")


def test_an_answer_half_typed_outlives_a_crash(site: Path) -> None:
    with at("answer", cwd=site) as me:
        me.types(DOWN, ENTER)
        me.sees("Answer in Markdown")
        me.types("# Sugar", ENTER, "It brow")
        me.sees("It brow")
        me.is_killed()
    with person(*DAY, cwd=site) as me:
        me.answers("? A draft was left")
        me.sees("4 words in 2 lines", "? Answer")
        me.types(*[DOWN] * 3, ENTER)
        me.sees("It brow")
        me.types("ns.", END_OF_FILE)
        me.answers("4 words in 2 lines; check finds nothing")
        me.sees("? Description")


def test_what_an_editor_wrote_outlives_a_crash_of_qtauthor(site: Path, editor: Editor) -> None:
    slow = editor('echo "Sugar browns." > "$1"; touch wrote; sleep 30')
    with at("answer", cwd=site, environ=slow) as me:
        me.types(ENTER)
        me.sees("Waiting for pen")
        end = time.monotonic() + PATIENCE
        while not (site / "wrote").exists():
            assert time.monotonic() < end
            time.sleep(0.05)
        me.is_killed()
    with person(*DAY, cwd=site, environ=slow) as me:
        me.answers("? A draft was left")
        assert matches("resume-editor", me, "? An editor left 2 words")
        me.types(ENTER)
        me.answers("2 words in 1 line; check finds nothing")
        me.sees("? Description")
        assert not list((state(site) / "drafts").glob("*/*.md"))


def test_a_crash_after_writing_began_leaves_all_or_nothing(site: Path) -> None:
    before = tree(site)
    with at("review", cwd=site) as me:
        me.types(ENTER)
        me.is_killed()
    after = tree(site)
    assert after == before or set(after) - set(before) == {PATH}


def test_two_at_once_do_not_take_each_others_draft(site: Path) -> None:
    with at("answer", cwd=site) as me:
        with person(*DAY, cwd=site) as other:
            other.sees("? Subject")
            assert "draft was left" not in other.shown
        me.types(INTERRUPT)
        assert me.ends() == 130


def test_of_several_drafts_one_is_chosen_and_one_thrown_away(site: Path) -> None:
    for question in ("Why is crust brown?", "Why is crumb white?"):
        with at("question", "--fresh", cwd=site) as me:
            me.types(question, ENTER)
            me.sees("? Answer")
            me.types(INTERRUPT)
            assert me.ends() == 130
    with person(*DAY, cwd=site) as me:
        shown = me.sees("? Drafts were left", "crust brown", "crumb white")
        assert shown.index("crumb white") < shown.index("crust brown")
        me.types(*[DOWN] * 3, ENTER)
        me.sees("? Which one goes?")
        me.types(DOWN, ENTER)
        me.sees("? A draft was left", "crust brown")
        me.types(ESCAPE)
        me.sees("? Subject")
    assert TYPED not in str(tree(site))


def test_a_site_that_cannot_be_written_to_is_told_of_once(site: Path) -> None:
    state(site).parent.mkdir(parents=True)
    state(site).write_text("in the way")
    with person(*DAY, cwd=site) as me:
        for step in ("subject", "question", "answer"):
            take(me, step)
        me.sees("? Description")
        assert me.everything.count("the draft cannot be kept") == 1
