"""The steps of fixes, applied to one article."""

from __future__ import annotations

from itertools import pairwise

from qtauthor.changes.change import Modify, modify, rewrite
from qtauthor.errors import ParseError, QtauthorError
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
    collide,
    touched,
)
from qtauthor.rules.numbering import numbers
from qtauthor.text import pointer
from qtauthor.text.document import Document


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
        done: list[Finding] = []
        refused: list[Finding] = []
        spliced: dict[str, list[Finding]] = {}
        for finding in chosen:
            fix = _fix(finding)
            if isinstance(fix.steps[0], Splice):
                spliced.setdefault(fix.steps[0].pointer, []).append(finding)
            else:
                (done if self._attempt(fix.steps) else refused).append(finding)
        for group in spliced.values():
            steps = tuple(step for finding in group for step in _fix(finding).steps)
            (done if self._attempt(steps) else refused).extend(group)
        return done, refused

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


def _apart(findings: list[Finding]) -> list[Finding]:
    """The findings whose fixes touch nothing that the fix of one before them touches."""
    chosen: list[Finding] = []
    for finding in findings:
        if not any(_meet(_fix(finding), _fix(other)) for other in chosen):
            chosen.append(finding)
    return chosen


def _meet(one: Fix, other: Fix) -> bool:
    return any(_steps_meet(step, against) for step in one.steps for against in other.steps)


def _steps_meet(one: Step, other: Step) -> bool:
    if isinstance(one, Splice) and isinstance(other, Splice) and one.pointer == other.pointer:
        first, second = sorted((one, other), key=lambda splice: splice.start)
        return second.start < first.start + max(1, len(first.old))
    return any(collide(at, against) for at in touched(one) for against in touched(other))


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


def _ordered(document: Document, at: str) -> Document:
    """The known keys in the schema's order; an unknown one stays behind the key before it."""
    ranks = {name: rank for rank, name in enumerate(names(at))}
    places: list[tuple[int, int, str]] = []
    last = -1
    for place, key in enumerate(document.keys(at)):
        last = ranks.get(key, last)
        places.append((last, place, key))
    for previous, key in pairwise(key for *_, key in sorted(places)):
        keys = document.keys(at)
        if keys.index(key) != keys.index(previous) + 1:
            inner = at + pointer.join([key])
            document = document.move(inner, inner, after=previous)
    return document
