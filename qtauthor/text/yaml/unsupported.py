"""Which texts that ruamel refuses are YAML 1.2 all the same, told from those that are none.

A text is so if it can be read after a change of nothing but the notation at the place where ruamel
stopped. What it would then say is not used: the file is refused, and its owner knows why.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from ruamel.yaml.error import YAMLError

from qtauthor.text.yaml import parser

Trial: TypeAlias = Callable[[str, int], str | None]
"""From a text and the offset at which it was refused to the same in another notation."""


class UnsupportedNotation(NamedTuple):
    """What ``ruamel`` says of the notation, and what is to be said instead."""

    hint: str
    trial: Trial
    message: str
    remedy: str


def kind(text: str, problem: str, offset: int) -> UnsupportedNotation | None:
    """The kind of YAML that ruamel refuses with ``problem``; ``None`` if ``text`` is none."""
    for one in _KINDS:
        if one.hint in problem:
            changed = one.trial(text, offset)
            if changed is not None and _is_read(changed):
                return one
    return None


def _is_read(text: str) -> bool:
    try:
        return bool(parser.read(text, list))
    except YAMLError:
        return False


def _on_one_line(text: str, offset: int) -> str | None:
    """The key before a colon in braces without line breaks and comments."""
    start = max(text.rfind("{", 0, offset), text.rfind(",", 0, offset)) + 1
    key = re.sub(r"[ \t]#[^\r\n]*", " ", text[start:offset])
    if not start or not re.search(r"[\r\n]", key):
        return None
    line = re.sub(r"(?:(?<! ) +)?[\r\n] *", " ", key)
    return f"{text[:start]}{line}: {text[offset + 1 :]}"


def _with_key(text: str, _: int) -> str | None:
    """Colons at which a member between brackets begins, with a key."""
    return re.sub(r"([\[{,]\s*):(?=\s)", r"\1~ :", text)


def _with_blank(text: str, _: int) -> str | None:
    """The tags apart from the commas that touch them."""
    return re.sub(r"(?<=[ \r\n])(![^\s,\[\]{}]*),", r"\1 ,", text)


def _without_tab(text: str, _: int) -> str | None:
    """The first line of a block of text, which is a tab, with a letter in the tab's place."""
    changed = re.sub(r"([|>][-+0-9]*[ \t]*\r?\n(?:[ ]*\r?\n)*[ ]+)\t", r"\1x", text)
    return None if changed == text else changed


_KINDS = (
    UnsupportedNotation(
        "expected ',' or '}', but got ':'",
        _on_one_line,
        "YAML 1.2 allows a key of several lines in braces, but neither ruamel.yaml nor the site"
        " reads it",
        "put the key and its colon on one line",
    ),
    UnsupportedNotation(
        "expected the node content, but found ':'",
        _with_key,
        "YAML 1.2 allows a colon without a key in brackets, and the site reads it, but"
        " ruamel.yaml cannot",
        "write null before the colon",
    ),
    UnsupportedNotation(
        "expected ',' or '}'",
        _with_blank,
        "YAML 1.2 allows a comma that touches a tag, but neither ruamel.yaml nor the site reads it",
        "put a blank before the comma",
    ),
    UnsupportedNotation(
        "more indented follow up line than first in a block scalar",
        _without_tab,
        "YAML 1.2 allows blanks and tabs at the top of a block of text, and the site reads it, but"
        " ruamel.yaml cannot",
        'write the text in double quotes, with "\\t" for the tab',
    ),
)
