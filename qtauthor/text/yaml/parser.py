"""The readers of ruamel.yaml, as one function from text to parse events.

The C parser is used when ``ruamel.yaml.clib`` is installed, ruamel's own otherwise. Both are kept
to YAML 1.2 where they follow 1.1:

* U+0085, U+2028 and U+2029 break no line (section 5.4). They are masked by private characters
  while ruamel reads, and stand in the values again afterwards.
* A tab may stand between tokens and begin a line of a literal (sections 6.2 and 8.1). ruamel's own
  parser refuses the first, so it is shown a space; the C parser the second, so the other reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias, TypeVar

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    CollectionStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from qtauthor.text.source import lines

try:
    from _ruamel_yaml import CParser
except ImportError:  # no wheel for this interpreter, or not CPython
    CParser = None

Built = TypeVar("Built")
_Masks: TypeAlias = dict[int, str]

MAX_DEPTH = 200
"""Collections may stand in each other this deep; no article needs a tenth of it.

The readers stop one deeper: what ruamel's own does with each further level takes ever longer.
"""

_OLD_BREAKS = "\x85\u2028\u2029"
_HAS_OLD_BREAK = re.compile(f"[{_OLD_BREAKS}]")
_PRIVATE_USE = range(0xE000, 0xF900)
_TAB_ATTEMPTS = 100
_TAB_CHARACTERS = 500_000
"""Characters that are read anew for the sake of tabs, in all attempts together."""

_PATIENT, _PATIENT_WITHOUT_TABS = 1_000_000, 100_000
"""Characters of a text up to which both parsers have to refuse it.

Beside texts with tabs, hardly any is read by ruamel's own alone.
"""

_TAB_WIDTHS = (0, 3)
_BREAK = re.compile(r"\r\n?|\n")
_SLIPS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What ruamel's own parser raises for some malformed escapes and directives."""


class _Failed(Exception):  # noqa: N818  it is caught here
    """The C parser refuses the text, for the reason that is the cause."""


def read(text: str, build: Callable[[Iterator[Event]], Built], *, pure: bool = False) -> Built:
    """What ``build`` makes of the parse events of ``text``; offsets are code points of it.

    It may be called twice: the events of a large text are never all there at once, so it is not
    known beforehand whether the C parser reads it to the end. ``pure`` leaves that aside. Raises
    ``ruamel.yaml.error.YAMLError``.
    """
    shown, restore = _masked(text)
    if not pure and CParser is not None:
        found = _c_events(shown)
        try:
            return _built(build, found, restore)
        except _Failed as failed:
            if _is_hopeless(text):
                raise failed.__cause__ or failed from None
    return build(_restored(_patient(shown), restore))


def _built(
    build: Callable[[Iterator[Event]], Built], found: Iterator[Event], restore: _Masks
) -> Built:
    try:
        return build(_restored(found, restore))
    except _Failed:
        raise
    except Exception:
        for _ in found:  # what the parser itself refuses further on goes first
            pass
        raise


def _is_hopeless(text: str) -> bool:
    """Whether what the C parser refuses is left at that: the other one is many times slower."""
    return len(text) > (_PATIENT if "\t" in text else _PATIENT_WITHOUT_TABS)


def _c_events(text: str) -> Iterator[Event]:
    try:
        yield from _shallow(iter(CParser(text).get_event, None))
    except YAMLError as error:
        raise _Failed from error


def _shallow(found: Iterator[Event]) -> Iterator[Event]:
    """The events up to the first collection that stands too deep."""
    depth = 0
    for event in found:
        kind = type(event)
        yield event
        if kind is MappingStartEvent or kind is SequenceStartEvent:
            depth += 1
            if depth > MAX_DEPTH:
                return
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            depth -= 1


def _pure_events(text: str) -> Iterator[Event]:
    from ruamel.yaml import YAML

    result: Any = YAML(typ="safe", pure=True).parse(text)
    try:
        yield from _shallow(result)
    except _SLIPS as slip:
        raise YAMLError(f"not readable: {slip}") from slip


def _masked(text: str) -> tuple[str, _Masks]:
    """The text without the breaks of YAML 1.1, and what restores them."""
    if not _HAS_OLD_BREAK.search(text):
        return text, {}
    free = (chr(code) for code in _PRIVATE_USE if chr(code) not in text)
    masks: dict[str, str | int | None] = dict(zip(_OLD_BREAKS, free, strict=False))
    restore = {ord(str(mask)): old for old, mask in masks.items()}
    return text.translate(str.maketrans(masks)), restore


def _restored(found: Iterator[Event], restore: _Masks) -> Iterator[Event]:
    return _unmasked(found, restore) if restore else found


def _unmasked(found: Iterator[Event], restore: _Masks) -> Iterator[Event]:
    for event in found:
        if isinstance(event, ScalarEvent):
            event.value = event.value.translate(restore)
        if isinstance(event, NodeEvent) and event.anchor:
            event.anchor = event.anchor.translate(restore)
        yield event


def _patient(text: str) -> Iterator[Event]:
    """ruamel's own parser, with tabs between tokens read as the blanks that they are."""
    spaced, leading = text, list[int]()
    refusal: MarkedYAMLError | None = None
    for _ in range(min(_TAB_ATTEMPTS, _TAB_CHARACTERS // max(1, len(text)))):
        try:
            found = list(_pure_events(spaced))
        except MarkedYAMLError as error:
            offset = _tab(spaced, error)
            if offset is None:
                raise refusal or error from None
            if _leads(text, offset):
                leading.append(offset)
                refusal = refusal or error
            spaced = f"{spaced[:offset]} {spaced[offset + 1 :]}"
        else:
            if refusal is not None and not _is_settled(found, spaced, leading):
                raise refusal from None
            return _with_tabs(found, text, spaced) if spaced != text else iter(found)
    return _pure_events(spaced)


def _tab(text: str, error: MarkedYAMLError) -> int | None:
    """The offset of the tab at which the scanner stopped, if it did at one."""
    mark = error.problem_mark
    offset = -1 if mark is None else mark.index
    return offset if 0 <= offset < len(text) and text[offset] == "\t" else None


def _leads(text: str, offset: int) -> bool:
    """Whether the tab at ``offset`` may say how deep a token on its line stands."""
    start, end = lines.line_start(text, offset), lines.line_end(text, offset)
    return not text[start:offset].strip(" \t-?:") and not lines.blank(text[start:end])


def _is_settled(found: list[Event], spaced: str, leading: list[int]) -> bool:
    """Whether the text reads the same however many blanks the tabs at ``leading`` stand for.

    For none, with the blanks behind them, only where they begin a line: behind a dash there has to
    be one. A list or mapping in block style may not begin behind a tab at all (section 6.1).
    """
    if any(_begins_block(event, spaced, offset) for event in found for offset in leading):
        return False
    said = [_said(event) for event in found]
    for width in _TAB_WIDTHS:
        parts, done = [], 0
        for offset in sorted(leading):
            begins = not spaced[lines.line_start(spaced, offset) : offset].strip(" ")
            parts += [spaced[done:offset], " " * (width or not begins)]
            done = offset + 1
            while begins and not width and spaced.startswith(" ", done) and done not in leading:
                done += 1
        try:
            other = [_said(event) for event in _pure_events("".join((*parts, spaced[done:])))]
        except YAMLError:
            return False
        if other != said:
            return False
    return True


def _begins_block(event: Event, spaced: str, offset: int) -> bool:
    """Whether a collection without brackets begins behind the tab at ``offset``."""
    if not isinstance(event, CollectionStartEvent) or event.flow_style:
        return False
    start = event.start_mark.index
    return bool(offset < start and not spaced[offset:start].strip(" "))


def _said(event: Event) -> tuple[object, ...]:
    """An event without its place."""
    names = ("value", "style", "anchor", "tag")
    return (type(event), *(getattr(event, name, None) for name in names))


def _with_tabs(found: list[Event], text: str, spaced: str) -> Iterator[Event]:
    """Events whose plain scalars have the tabs back that were shown as spaces.

    A tab that belongs to a block of text is no blank between tokens.
    """
    for event in found:
        if isinstance(event, ScalarEvent) and event.style not in ("'", '"'):
            start, end = event.start_mark.index, event.end_mark.index
            source, shown = text[start:end], spaced[start:end]
            if source != shown:
                if event.style or _unfolded(shown) != event.value:
                    raise MarkedYAMLError(
                        problem="a tab stands in a value of several lines",
                        problem_mark=event.start_mark,
                    )
                event.value = _unfolded(source)
        yield event


def _unfolded(plain: str) -> str:
    """What a plain scalar on several lines says (YAML 1.2, section 7.3.3)."""
    first, *rest = (line.strip(" \t") for line in _BREAK.split(plain))
    said, waiting = first, 0
    for line in rest:
        waiting += 1
        if line:
            said += ("\n" * (waiting - 1) or " ") + line
            waiting = 0
    return said
