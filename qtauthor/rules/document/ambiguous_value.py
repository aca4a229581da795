"""QT108."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

from qtauthor.model import article_fields
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, Restyle
from qtauthor.rules.rule import Hit, Rule
from qtauthor.text.render import implicit_types
from qtauthor.text.yaml import pointer

_LONGEST_WORD = 5
_LARGE = 20_000
"""Bytes of a file from which on it is quicker to look at each value than to search for it."""
_FIRST = frozenset("-+.0123456789~<=")
_WORDS = frozenset(
    spelled
    for word in ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
    for spelled in (word, word.capitalize(), word.upper())
)
# In a file of the usual form nothing else can be ambiguous.
_ANY_WORD = re.compile(rb": (?:y|n|yes|no|on|off)\n", re.IGNORECASE)
_CLEAR = re.compile(
    r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|[Tt]rue|[Ff]alse|TRUE|FALSE|null|~|"
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|"
)


def check(subject: CheckedArticle) -> Iterator[Hit]:
    if subject.usual is None or _ANY_WORD.search(subject.raw):
        yield from _in_mapping(subject, subject.values, "")


def _in_mapping(subject: CheckedArticle, values: dict[str, Any], at: str) -> Iterator[Hit]:
    for key, value in values.items():
        if isinstance(value, str):
            first = value[:1] in _FIRST or (len(value) <= _LONGEST_WORD and value in _WORDS)
            if first and not implicit_types.is_text(value):
                yield from _text(subject, value, at + pointer.join([key]))
        elif isinstance(value, dict):
            yield from _in_mapping(subject, value, at + pointer.join([str(key)]))
        elif len(subject.raw) > _LARGE or not _witness(subject.raw, key, value, indented=bool(at)):
            yield from _other(subject, at + pointer.join([str(key)]))


def _text(subject: CheckedArticle, value: str, at: str) -> Iterator[Hit]:
    if not value or subject.document.style(at) != "plain":
        return
    known = article_fields.fields().get(at)
    safe = known is not None and known.type is str
    fix = Fix(f"quote {value}", "safe" if safe else "unsafe", (Restyle(at, "single-quoted"),))
    yield Hit(at, f"{value!r} is text for some readers and not for others", fix)


def _witness(raw: bytes, key: str, value: Any, *, indented: bool) -> bool:
    """Whether the value stands in the file in the one spelling that all readers agree on."""
    if isinstance(value, datetime.datetime | list):
        return False
    return f"{' ' if indented else chr(10)}{key}: {value}\n".encode("utf-8", "surrogatepass") in raw


def _other(subject: CheckedArticle, at: str) -> Iterator[Hit]:
    if subject.document.style(at) == "plain":
        spelled = subject.document.source_of(at)
        if not _CLEAR.fullmatch(spelled) and not _is_time(subject, at):
            yield Hit(at, f"readers of YAML do not agree on what {spelled} is")


def _is_time(subject: CheckedArticle, at: str) -> bool:
    """A date with a time is told as a wrong type."""
    return isinstance(subject.document.get(at), datetime.datetime)


RULE = Rule(
    "QT108",
    "ambiguous-value",
    check,
    what="An unquoted value that YAML 1.1, YAML 1.2 and the site's own reader do not all take for "
    "the same: text like `yes`, `1_000`, `12:30` or `.5`, and numbers like `010`.",
    why="The page, an import script and this program would each see something else.",
    example="author: 12:30\n",
    fix="Text is put in quotes. What kind of number was meant is left to a person.",
    fixes=("safe", "unsafe"),
)
