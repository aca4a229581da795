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
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from qtauthor.text import lines

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
    spaced = text
    for _ in range(min(_TAB_ATTEMPTS, _TAB_CHARACTERS // max(1, len(text)))):
        try:
            found = list(_pure_events(spaced))
        except MarkedYAMLError as error:
            retry = _without_tab(spaced, error)
            if retry is None:
                raise
            spaced = retry
        else:
            return _with_tabs(found, text, spaced) if spaced != text else iter(found)
    return _pure_events(spaced)


def _without_tab(text: str, error: MarkedYAMLError) -> str | None:
    """The text with a space for the tab at which the scanner stopped, unless it indents a token."""
    mark = error.problem_mark
    offset = -1 if mark is None else mark.index
    if not 0 <= offset < len(text) or text[offset] != "\t":
        return None
    start, end = lines.line_start(text, offset), lines.line_end(text, offset)
    if not text[start:offset].strip(" \t-?:") and not lines.blank(text[start:end]):
        return None
    return f"{text[:offset]} {text[offset + 1 :]}"


def _with_tabs(found: list[Event], text: str, spaced: str) -> Iterator[Event]:
    """Events whose plain scalars have the tabs back that were shown as spaces.

    A tab that belongs to a text of several lines is no blank between tokens.
    """
    for event in found:
        if isinstance(event, ScalarEvent) and event.style not in ("'", '"'):
            start, end = event.start_mark.index, event.end_mark.index
            source = text[start:end]
            if source != spaced[start:end]:
                if source.replace("\t", " ") != event.value:
                    raise MarkedYAMLError(
                        problem="a tab stands in a value of several lines",
                        problem_mark=event.start_mark,
                    )
                event.value = source
        yield event
