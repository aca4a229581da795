"""The steps of fixes, applied to one article."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from qtauthor.changes.change import Modify, modify, rewrite
from qtauthor.errors import Code, EditError, ParseError, QtauthorError
from qtauthor.operations.together import FEW, together
from qtauthor.rules.fields.expected import names
from qtauthor.rules.finding import Finding
from qtauthor.rules.fix import (
    CloseGaps,
    Fix,
    Order,
    Remove,
    Rename,
    Restyle,
    Rewrite,
    SetValue,
    Splice,
    Step,
    Taken,
    touched,
)
from qtauthor.rules.numbering import numbers
from qtauthor.text import pointer
from qtauthor.text.document import Document

_MOST_ALONE = 100
"""Edits of one article that are made one after the other, the file being read again for each."""


class Page:
    """An article that fixes change. ``document`` is ``None`` as long as it cannot be read."""

    def __init__(self, path: str, data: bytes, like: Document) -> None:
        self.path = path
        self.document = _parsed(data, like)
        self.declared: dict[str, None] = {}
        self._before = data
        self._written: bytes | None = None

    @property
    def data(self) -> bytes:
        """The file as changed so far."""
        if self._written is not None:
            return self._written
        return self._before if self.document is None else self.document.to_bytes()

    def apply(self, findings: list[Finding]) -> tuple[list[Finding], list[Finding]]:
        """Apply the fixes that do not touch one before them; give those done and those refused."""
        return self._apply(_apart(findings))

    def change(self) -> Modify | None:
        """What was done. A file that could not be read is rewritten as a whole."""
        if self._written is not None:
            return rewrite(self.path, self._before, self._written)
        if self.document is None or not self.document.edits:
            return None
        return modify(self.path, self.document, tuple(self.declared))

    def _apply(self, chosen: list[Finding]) -> tuple[list[Finding], list[Finding]]:
        done, refused, chosen = self._together(chosen)
        spliced: dict[str, list[Finding]] = {}
        tried = 0
        for finding in chosen:
            fix = _fix(finding)
            if isinstance(fix.steps[0], Splice):
                spliced.setdefault(fix.steps[0].pointer, []).append(finding)
            else:
                tried += 1
                taken = tried <= _MOST_ALONE and self._attempt(fix.steps)
                (done if taken else refused).append(finding)
        for group in spliced.values():
            steps = tuple(step for finding in group for step in _fix(finding).steps)
            (done if self._attempt(steps) else refused).extend(group)
        return done, refused

    def _together(
        self, chosen: list[Finding]
    ) -> tuple[list[Finding], list[Finding], list[Finding]]:
        """Apply the many that can stand side by side; those done, those refused, and all others."""
        many = [finding for finding in chosen if _is_plain(_fix(finding))]
        if len(many) <= FEW or self.document is None:
            return [], [], chosen
        others = [finding for finding in chosen if not _is_plain(_fix(finding))]
        before = self.document
        self.document, done, refused = together(before, many, _side_by_side)
        declared = (at for f in done for step in _fix(f).steps for at in _declared(before, step))
        self.declared.update(dict.fromkeys(declared))
        return done, refused, others

    def _attempt(self, steps: tuple[Step, ...]) -> bool:
        """Take all steps or none. Whether they could be taken."""
        if isinstance(steps[0], Rewrite):
            self._written = steps[0].content
            return True
        if self.document is None:
            return False
        document = self.document
        declared = [at for step in steps for at in _declared(document, step)]
        try:
            if isinstance(steps[0], Splice):
                document = _spliced(document, [step for step in steps if isinstance(step, Splice)])
            else:
                for step in steps:
                    document = _taken(document, step)
        except QtauthorError:
            return False
        self.document = document
        self.declared.update(dict.fromkeys(declared))
        return True


def _parsed(data: bytes, like: Document) -> Document | None:
    try:
        return Document.parse(data, like=like)
    except ParseError:
        return None


def _fix(finding: Finding) -> Fix:
    assert finding.fix is not None  # only such findings are applied
    return finding.fix


def _is_plain(fix: Fix) -> bool:
    """Whether a fix can be made beside others."""
    return len(fix.steps) == 1 and (
        isinstance(fix.steps[0], Remove | Rename | Restyle)
        or (isinstance(fix.steps[0], SetValue) and not isinstance(fix.steps[0].value, dict | list))
    )


def _side_by_side(document: Document, findings: Sequence[Finding]) -> Document | None:
    steps = [_fix(finding).steps[0] for finding in findings]
    return document.side_by_side(
        {step.pointer: step.value for step in steps if isinstance(step, SetValue)},
        [step.pointer for step in steps if isinstance(step, Remove)],
        {step.pointer: step.style for step in steps if isinstance(step, Restyle)},
        {step.pointer: step.name for step in steps if isinstance(step, Rename)},
    )


def _apart(findings: list[Finding]) -> list[Finding]:
    """The findings whose fixes touch nothing that the fix of one before them touches."""
    chosen: list[Finding] = []
    taken = Taken()
    for finding in findings:
        steps = _fix(finding).steps
        if not any(map(taken.meets, steps)):
            chosen.append(finding)
            for step in steps:
                taken.add(step)
    return chosen


def _declared(document: Document, step: Step) -> list[str]:
    """The pointers that a step may change."""
    if isinstance(step, Order):
        return [step.pointer + pointer.join([key]) for key in document.keys(step.pointer)]
    if isinstance(step, CloseGaps):
        old = numbers(document.keys())
        return [f"/related_article{n}" for n in {*old, *range(1, len(old) + 1)}]
    return list(touched(step))


def _taken(document: Document, step: Step) -> Document:
    if isinstance(step, SetValue):
        return document.set(step.pointer, step.value)
    if isinstance(step, Remove):
        return document.remove(step.pointer)
    if isinstance(step, Rename):
        return document.rename(step.pointer, step.name)
    if isinstance(step, Restyle):
        return document.restyle(step.pointer, step.style)
    if isinstance(step, Order):
        return _ordered(document, step.pointer)
    assert isinstance(step, CloseGaps)  # the others are no steps in a document
    _refuse_many(len(numbers(document.keys())))
    for place, number in enumerate(numbers(document.keys()), 1):
        document = document.rename(f"/related_article{number}", f"related_article{place}")
    return document


def _spliced(document: Document, steps: list[Splice]) -> Document:
    """The text at one pointer with all splices, whose offsets are those before any of them."""
    at = steps[0].pointer
    text: str = document.get(at)
    for step in sorted(steps, key=lambda step: step.start, reverse=True):
        end = step.start + len(step.old)
        assert text[step.start : end] == step.old  # the finding is of this very document
        text = text[: step.start] + step.new + text[end:]
    return document.set(at, text)


def _refuse_many(count: int) -> None:
    """Raise ``EditError`` for more edits than can be made one after the other."""
    if count > _MOST_ALONE:
        raise EditError(Code.UNPROVEN_EDIT, f"{count:,} keys would have to be moved or renamed")


def _ordered(document: Document, at: str) -> Document:
    """The known keys in the schema's order; an unknown one stays behind the key before it."""
    ranks = {name: rank for rank, name in enumerate(names(at))}
    places: list[tuple[int, int, str]] = []
    last = -1
    for place, key in enumerate(document.keys(at)):
        last = ranks.get(key, last)
        places.append((last, place, key))
    now = [key for *_, key in places]
    after = dict(pairwise(now))
    _refuse_many(sum(after.get(a) != b for a, b in pairwise(key for *_, key in sorted(places))))
    for previous, key in pairwise(key for *_, key in sorted(places)):
        keys = document.keys(at)
        if keys.index(key) != keys.index(previous) + 1:
            inner = at + pointer.join([key])
            document = document.move(inner, inner, after=previous)
    return document
