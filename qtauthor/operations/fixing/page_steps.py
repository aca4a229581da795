"""The steps of fixes, applied to one article."""

from __future__ import annotations

from collections.abc import Sequence

from qtauthor.changes.change import Modify, modify, rewrite
from qtauthor.errors import ParseError, QtauthorError
from qtauthor.model import numbered_blocks
from qtauthor.operations.fields.batch_edits import FEW, together
from qtauthor.rules.finding import Finding
from qtauthor.rules.fix import (
    CloseGaps,
    Fix,
    FixStep,
    OrderKeys,
    RemoveKey,
    RenameKey,
    Restyle,
    Rewrite,
    SetValue,
    SpliceText,
    Taken,
    touched,
)
from qtauthor.rules.fix_steps import MOST_ALONE, taken
from qtauthor.text.document import Document
from qtauthor.text.yaml import pointer


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
            if isinstance(fix.steps[0], SpliceText):
                spliced.setdefault(fix.steps[0].pointer, []).append(finding)
            else:
                tried += 1
                is_taken = tried <= MOST_ALONE and self._attempt(fix.steps)
                (done if is_taken else refused).append(finding)
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

    def _attempt(self, steps: tuple[FixStep, ...]) -> bool:
        """Take all steps or none. Whether they could be taken."""
        if isinstance(steps[0], Rewrite):
            self._written = steps[0].content
            return True
        if self.document is None:
            return False
        document = self.document
        declared = [at for step in steps for at in _declared(document, step)]
        try:
            document = taken(document, steps)
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
        isinstance(fix.steps[0], RemoveKey | RenameKey | Restyle)
        or (isinstance(fix.steps[0], SetValue) and not isinstance(fix.steps[0].value, dict | list))
    )


def _side_by_side(document: Document, findings: Sequence[Finding]) -> Document | None:
    steps = [_fix(finding).steps[0] for finding in findings]
    return document.side_by_side(
        {step.pointer: step.value for step in steps if isinstance(step, SetValue)},
        [step.pointer for step in steps if isinstance(step, RemoveKey)],
        {step.pointer: step.style for step in steps if isinstance(step, Restyle)},
        {step.pointer: step.name for step in steps if isinstance(step, RenameKey)},
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


def _declared(document: Document, step: FixStep) -> list[str]:
    """The pointers that a step may change."""
    if isinstance(step, OrderKeys):
        return [step.pointer + pointer.join([key]) for key in document.keys(step.pointer)]
    if isinstance(step, CloseGaps):
        old = numbered_blocks.numbers(document.keys())
        return [numbered_blocks.pointer(n) for n in {*old, *range(1, len(old) + 1)}]
    return list(touched(step))
