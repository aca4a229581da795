"""QT104."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from qtauthor.errors import Code
from qtauthor.rules.document.broken import refused
from qtauthor.rules.rule import Hit, Rule
from qtauthor.rules.subject import Subject
from qtauthor.text import pointer

_OTHERS = bytes({*range(256)} - {*range(32), 127} | {*b"\t\n\r"})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")


def check(subject: Subject) -> Iterator[Hit]:
    if subject.error is not None:
        yield from refused(subject, Code.CONTROL_CHARACTER)
        return
    if b': "' in subject.raw:  # only in such quotes an escape can stand for one
        yield from _in_values(subject.values, "")
    if subject.raw.translate(None, _OTHERS):
        found = _CONTROL.search(subject.located.text)
        if found:
            yield Hit("", f"U+{ord(found[0]):04X} stands in the file", offset=found.start())


def _in_values(value: Any, at: str) -> Iterator[Hit]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _in_values(inner, at + pointer.join([str(key)]))
    elif isinstance(value, str) and (found := _CONTROL.search(value)):
        yield Hit(at, f"the text holds U+{ord(found[0]):04X}")


RULE = Rule(
    "QT104",
    "control-character",
    check,
    what="A control character stands in the file, or a text of the front matter holds one.",
    why="YAML does not allow it, so the site cannot be built. Mostly it is what is left of a LaTeX "
    "command: `\\forall` whose `\\f` was read as a form feed.",
    example="answer: For ␌orall $x$.\n",
    fix="A bell, backspace, vertical tab or form feed becomes `\\a`, `\\b`, `\\v` or `\\f` again "
    "where it and the letters behind it are a command that KaTeX knows. If one character of "
    "the file is anything else, or may be (a tab in a text, from `\\theta`), the file is left "
    "alone.",
    fixes=("unsafe",),
    raw=True,
    formal=True,
)
