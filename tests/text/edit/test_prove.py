"""The proof catches an edit that does something else than it should, whatever planned it."""

from __future__ import annotations

import pytest

from qtauthor.errors import Code, EditError
from qtauthor.text.edit.plans import Plan, Planner
from qtauthor.text.edit.prove import prove
from qtauthor.text.edit.splice import Splice, apply
from qtauthor.text.yaml.located_tree import Located
from qtauthor.text.yaml.values import Value

TEXT = "---\na: 1\nb: x\nc: |+\n  y\n\nd: 2\n---\nbody\n"
OLD = Located.read(TEXT)


def planned(value: Value = "new") -> Plan:
    return Planner(OLD, None).replace(("b",), value)


def attempt(plan: Plan, *splices: Splice) -> None:
    made = sorted([*plan.splices, *splices])
    prove(OLD, Located.read(apply(TEXT, made)), plan)


def at(part: str, new: str) -> Splice:
    start = TEXT.index(part)
    return Splice(start, start + len(part), new)


def test_an_edit_that_does_what_it_should_is_proven() -> None:
    attempt(planned())
    attempt(planned(), at("a: 1", "a: 1 # a comment says nothing"))


@pytest.mark.parametrize(
    "slip",
    [
        at("a: 1", "a: 2"),
        at("a: 1", "a: '1'"),
        at("a: 1", "a: &x 1"),
        at("a: 1", "a: !!int 1"),
        at("a: 1\n", ""),
        at("a: 1\n", "a: 1\nz: 1\n"),
        at("y\n\n", "y\n"),
        at("d: 2", "d: [2]"),
        at("body", "text"),
        at("d: 2\n---\n", "d: 2\n---\n---\n"),
    ],
)
def test_whatever_else_changes_is_seen(slip: Splice) -> None:
    with pytest.raises(EditError) as caught:
        attempt(planned(), slip)
    assert caught.value.code is Code.UNPROVEN_EDIT
    assert caught.value.where.line == 3


@pytest.mark.parametrize("written", ["other", "'5'", "[5]", "5.0", "!!str 5", "*x"])
def test_another_value_than_the_asked_one_is_seen(written: str) -> None:
    plan = planned(5)
    wrong = plan._replace(splices=[at("b: x", f"b: {written}")])
    with pytest.raises(EditError if written != "*x" else Exception):
        attempt(wrong)


def test_a_key_that_should_be_gone_and_is_not_is_seen() -> None:
    plan = Planner(OLD, None).remove(("b",))
    attempt(plan)
    with pytest.raises(EditError):
        attempt(plan._replace(splices=[at("b: x", "b: y")]))


def test_a_line_break_that_only_the_site_would_miss_is_seen() -> None:
    with pytest.raises(EditError, match="line breaks at the end"):
        attempt(Planner(OLD, None).remove(("d",)))
