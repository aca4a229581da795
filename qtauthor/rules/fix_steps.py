"""The steps of a fix, taken in a document; and whether they can be."""

from __future__ import annotations

from collections.abc import Sequence

from qtauthor.errors import Code, EditError, QtauthorError
from qtauthor.model import numbered_blocks
from qtauthor.rules.fields.expected import names
from qtauthor.rules.fix import (
    CloseGaps,
    Fix,
    FixStep,
    OrderKeys,
    RemoveKey,
    RenameKey,
    Restyle,
    Rewire,
    Rewrite,
    SetValue,
    SpliceText,
)
from qtauthor.text.document import Document
from qtauthor.text.edit import splice
from qtauthor.text.edit.key_order import misplaced, ordered

MOST_ALONE = 100
"""Edits of one article that are made one after the other, the file being read again for each."""


def can_be_made(document: Document, fix: Fix) -> bool:
    """Whether the engine does what a fix asks for. Other articles are not looked at."""
    if isinstance(fix.steps[0], Rewrite | Rewire):
        return True
    try:
        return taken(document, fix.steps) is not document
    except QtauthorError:
        return False


def taken(document: Document, steps: Sequence[FixStep]) -> Document:
    """The document after all steps. Raises ``QtauthorError``."""
    if isinstance(steps[0], SpliceText):
        return _spliced(document, [step for step in steps if isinstance(step, SpliceText)])
    for step in steps:
        document = _step_taken(document, step)
    return document


def _step_taken(document: Document, step: FixStep) -> Document:
    if isinstance(step, SetValue):
        return document.set(step.pointer, step.value)
    if isinstance(step, RemoveKey):
        return document.remove(step.pointer)
    if isinstance(step, RenameKey):
        return document.rename(step.pointer, step.name)
    if isinstance(step, Restyle):
        return document.restyle(step.pointer, step.style)
    if isinstance(step, OrderKeys):
        order = names(step.pointer)
        _refuse_many(misplaced(document.keys(step.pointer), order))
        return ordered(document, step.pointer, order)
    assert isinstance(step, CloseGaps)  # the others are no steps in a document
    numbers = numbered_blocks.numbers(document.keys())
    _refuse_many(len(numbers))
    for place, number in enumerate(numbers, 1):
        document = document.rename(numbered_blocks.pointer(number), numbered_blocks.key(place))
    return document


def _refuse_many(count: int) -> None:
    """Raise ``EditError`` for more edits than can be made one after the other."""
    if count > MOST_ALONE:
        raise EditError(Code.UNPROVEN_EDIT, f"{count:,} keys would have to be moved or renamed")


def _spliced(document: Document, steps: list[SpliceText]) -> Document:
    """The text at one pointer with all splices, whose offsets are those before any of them."""
    at = steps[0].pointer
    text: str = document.get(at)
    splices = [splice.Splice(step.start, step.start + len(step.old), step.new) for step in steps]
    assert all(  # the findings are of this very document
        text.startswith(step.old, step.start) for step in steps
    )
    return document.set(at, splice.apply(text, splice.ordered(splices)))
