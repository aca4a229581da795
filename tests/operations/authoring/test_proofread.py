"""An answer is read as the site will show it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qtauthor.content.answer import encode
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.operations.authoring.proofread import Note, mended, proofread
from qtauthor.rules import registry
from qtauthor.rules.checker import Checker, context
from qtauthor.rules.context import Context

DAY = datetime.date(2025, 6, 3)


@pytest.fixture
def around(site: Path) -> Context:
    return context(Site.find(site), 1, DAY)


def notes(around: Context, answer: str) -> list[Note]:
    return proofread(around, registry.DEFAULT, answer)


def test_an_answer_without_fault_gets_no_note(around: Context) -> None:
    assert (
        notes(around, "# Sugar\n\nIt *browns*: $a + b$.\n\n| a | b |\n| - | - |\n| c | d |") == []
    )
    assert notes(around, "") == notes(around, " \n") == []


def test_what_cannot_be_stored_is_barred_and_mended(around: Context) -> None:
    answer = "One.\n\nSo $a \\neq b$ and $\\nu$."
    found = notes(around, answer)
    assert [(n.line, answer[n.start : n.end], n.barred, n.mend) for n in found] == [
        (3, "\\neq", True, "write ≠"),
        (3, "\\nu", True, "write ν"),
    ]
    assert mended(answer, found) == "One.\n\nSo $a ≠ b$ and $ν$."


def test_what_cannot_be_stored_is_noted_once(around: Context) -> None:
    for answer in ("x \\neq y", "$\\nabla f$", "C:\\new", "<\\nobr>", "`\\n`"):
        assert {note.rule for note in notes(around, answer)} == {"QT601"}, answer


def test_places_and_fixes_of_rules_are_those_of_the_markdown(around: Context) -> None:
    answer = "One\ntwo\n\nThree \\(x\\) four.\n\n\\[\na\n\\]"
    found = notes(around, answer)
    assert [(n.rule, n.line, answer[n.start : n.end], n.safe) for n in found] == [
        ("QT602", 4, "\\(x\\)", True),
        ("QT602", 6, "\\[\na\n\\]", True),
    ]
    better = mended(answer, found)
    assert better == "One\ntwo\n\nThree $x$ four.\n\n$$\na\n$$"
    assert notes(around, better) == []


def test_the_rules_that_run_are_those_that_are_chosen(around: Context) -> None:
    rules = registry.select(ignored=["QT602"])
    assert proofread(around, rules, "A \\(x\\).") == []


PIECES = [
    *("word ", "\n", "\n\n", "$a$", "$", "\\neq", "\\(x\\)", "\\[y\\]", "`n`"),
    *("| a |", "\\n", "- b\n", "<b>", "$$\n", "```\n", "é", "\\\\nu "),
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_every_note_has_its_place_and_what_is_mended_can_be_stored(
    around: Context, answer: str
) -> None:
    found = notes(around, answer)
    for note in found:
        assert 0 <= note.start <= note.end <= len(answer)
        assert note.line == (answer.count("\n", 0, note.start) + 1 if note.end else 0)
        for change in note.changes:
            assert answer[change.start : change.start + len(change.old)] == change.old
    barred = [note for note in found if note.barred]
    assert bool(barred) == _is_refused(answer)
    if all(note.safe for note in barred):
        assert not _is_refused(mended(answer, found))


def test_the_same_is_found_as_check_finds_in_the_article(site: Path) -> None:
    here = Site.find(site)
    around = context(here, 1, DAY)
    path = "content/learn/bicycles/which-bicycle-is-the-best-one-for-me.md"
    answer = "Take \\(x\\).\n\nIt costs $5 or $6.\n\n<b>Bold</b>"
    data = here.article(path).document.set("/answer", encode(answer)).to_bytes()
    checked = [f for f in Checker(around).check(path, data) if f.rule.startswith("QT6")]
    assert sorted(n.rule for n in notes(around, answer)) == sorted(f.rule for f in checked)


def _is_refused(answer: str) -> bool:
    try:
        encode(answer)
    except QtauthorError:
        return True
    return False


def test_a_character_that_no_file_may_hold_bars_the_answer(around: Context) -> None:
    (note,) = proofread(around, (), "One.\n\nTwo\x1b[31m.")
    assert (note.message, note.line, note.barred) == ("U+001B ESC cannot be stored", 3, True)
