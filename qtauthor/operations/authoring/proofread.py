"""An answer read as the site will show it, before there is an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from qtauthor.content.answer import Torn, find_unstorable
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.context import Context
from qtauthor.rules.fix import Fix, SpliceText
from qtauthor.rules.rule import Hit, Rule
from qtauthor.text.source import characters, lines
from qtauthor.text.source.characters import CharacterFault

_FAMILY = "QT6"
_TORN = "QT601"
_FAULT = "QT104"
_ANSWER = "/answer"


class TextChange(NamedTuple):
    """At ``start`` of an answer, ``old`` gives way to ``new``."""

    start: int
    old: str
    new: str


class Note(NamedTuple):
    """Something about an answer. ``start`` and ``end`` are offsets in its Markdown, ``line`` counts
    from 1 and is 0 for the answer as a whole. ``mend`` says what ``changes`` do.

    What is ``barred`` cannot be stored at all.
    """

    rule: str
    message: str
    line: int = 0
    start: int = 0
    end: int = 0
    mend: str = ""
    changes: tuple[TextChange, ...] = ()
    safe: bool = False
    barred: bool = False


def proofread(context: Context, rules: Iterable[Rule], answer: str) -> list[Note]:
    """What the rules for answers say, by place. An empty answer is only not there yet."""
    if not answer.strip():
        return []
    torn = find_unstorable(answer) if context.escaped else []
    notes = [_barred(answer, one) for one in torn]
    notes += [_faulty(answer, fault) for fault in characters.faults(answer)]
    text = _masked(answer, torn)
    subject = CheckedArticle("", b"", context, {"answer": _stored(context, text)})
    for rule in rules:
        if rule.code.startswith(_FAMILY) and rule.code != _TORN:
            notes += [_note(rule, hit, subject, answer) for hit in rule.check(subject)]
    return sorted(notes, key=lambda note: (note.start, note.rule))


def mended(answer: str, notes: Sequence[Note]) -> str:
    """The answer with the safe changes of these notes; of two that touch, the first is made."""
    last = -1
    pieces: list[str] = []
    position = 0
    for change in _apart(note.changes for note in notes if note.safe):
        assert answer[change.start : change.start + len(change.old)] == change.old
        assert change.start >= last
        pieces += (answer[position : change.start], change.new)
        position = last = change.start + len(change.old)
    return "".join((*pieces, answer[position:]))


def _apart(groups: Iterable[tuple[TextChange, ...]]) -> list[TextChange]:
    """All changes of the groups that do not reach into one before them, by place."""
    chosen: list[TextChange] = []
    for group in groups:
        if not any(_meet(one, other) for one in group for other in chosen):
            chosen += group
    return sorted(chosen)


def _meet(one: TextChange, other: TextChange) -> bool:
    first, second = sorted((one, other))
    return second.start < first.start + max(1, len(first.old))


def _barred(answer: str, torn: Torn) -> Note:
    new = torn.suggestion
    change = () if new is None else (TextChange(torn.offset, torn.command, new),)
    mend = "" if new is None else f"write {new}" if new else "leave it out"
    return Note(
        _TORN,
        f"the site would tear {torn.command} at its \\n",
        _line(answer, torn.offset),
        torn.offset,
        torn.offset + len(torn.command),
        mend,
        change,
        safe=new is not None,
        barred=True,
    )


def _faulty(answer: str, fault: CharacterFault) -> Note:
    at = fault.offset
    told = f"{characters.called(fault.character)} cannot be stored"
    return Note(_FAULT, told, _line(answer, at), at, at + 1, barred=True)


def _masked(answer: str, torn: Sequence[Torn]) -> str:
    """The answer without a backslash before n, every offset the same.

    What stands for it means nothing to Markdown, to LaTeX or to a rule.
    """
    return answer.replace("\\n", "\u00b7n") if torn else answer


def _stored(context: Context, text: str) -> str:
    return text.replace("\n", "\\n") if context.escaped else text


def _note(rule: Rule, hit: Hit, subject: CheckedArticle, answer: str) -> Note:
    if hit.span is None:
        return Note(rule.code, hit.message)
    start, end = (_offset(subject, at) for at in hit.span)
    changes = tuple(_changes(hit.fix, subject, answer)) if hit.fix else ()
    return Note(
        rule.code,
        hit.message,
        _line(answer, start),
        start,
        end,
        hit.fix.title if hit.fix and changes else "",
        changes,
        safe=bool(changes) and hit.fix is not None and hit.fix.safe,
    )


def _changes(fix: Fix, subject: CheckedArticle, answer: str) -> Iterator[TextChange]:
    """The steps of a fix as changes of the Markdown; none if one is no splice in it."""
    found: list[TextChange] = []
    decode = subject.context.site.answers.decode
    for step in fix.steps:
        if not isinstance(step, SpliceText) or step.pointer != _ANSWER:
            return
        start = _offset(subject, step.start)
        old = decode(step.old)
        if answer[start : start + len(old)] != old:
            return
        found.append(TextChange(start, old, decode(step.new)))
    yield from found


def _offset(subject: CheckedArticle, stored: int) -> int:
    """From an offset in what is stored to one in the Markdown."""
    return len(subject.context.site.answers.decode(subject.stored[:stored]))


def _line(answer: str, offset: int) -> int:
    return lines.place(answer, offset).line
