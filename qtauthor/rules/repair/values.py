"""Values that cannot stand on their line as they are, and how else they may be written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from qtauthor.errors import QtauthorError
from qtauthor.model import article_fields
from qtauthor.rules.repair.draft import Doubt
from qtauthor.text.document import Document
from qtauthor.text.render import scalars

ValueKind: TypeAlias = Literal["quote", "escape", "special", "colon", "comment", "unclear"]

_DOUBLE = re.compile(r'"(?P<inner>(?:[^"\\]|\\.)*+)"')
_SINGLE = re.compile(r"'(?P<inner>(?:[^']|'')*+)'")
_TAIL = re.compile(r"(?:[ \t]+#.*|[ \t]*)")
_COLON = re.compile(r":(?:[ \t]|\Z)")
_COMMENT = re.compile(r"(?<![ \t])[ \t]+#")
_BULLET = re.compile(r"[-?:](?:[ \t]|\Z)")
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|(?P<one>.))")
_SOUND = frozenset('0ntre "/\\N_LP')
_WORD_ESCAPE = re.compile(r"\\[A-Za-z]{2}")
_BREAK_ESCAPE = re.compile(r"\\[ntr]")
_EARLY = re.compile(r"""(?P<quote>['"])(?P<inner>[^'"\\]+)(?P=quote)(?P<rest>[?!.…)]{1,3})""")
_SHORT = re.compile(r"(?<=\w)'(?=(?:s|t|re|ve|ll|d|m)\b)", re.IGNORECASE)
_BEGINS = re.compile(r"""(?:^|(?<=[\s(\[]))["'](?=\w)""")
_TYPOGRAPHIC = (("“", "”"), ("«", "»"), ("‹", "›"))
_MAYBE_YAML = "&*![{|>"
_NAMES = frozenset(
    {"/_schema", "/date_format", "/post_on_text", "/author", "/file_name", "/seo/title"}
)


class Choice(NamedTuple):
    """Another way to write a value, and what has to be confirmed of it."""

    value: str
    what: str
    doubt: Doubt = ""
    quotes: bool = True


SPELLED: dict[object, re.Pattern[str]] = {
    bool: re.compile("[Tt]rue|[Ff]alse"),
    int: re.compile("-?(?:0|[1-9][0-9]*)"),
    float: re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"),
    datetime.date: re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}
"""Values that are no text, in the spellings on which all readers agree."""


def field(at: str) -> article_fields.Field | None:
    """The field at a pointer, if it is one."""
    return article_fields.fields().get(at)


def is_text(at: str) -> bool:
    """Whether the field at a pointer holds text."""
    known = field(at)
    return known is not None and known.type is str


def fault(value: str, at: str) -> ValueKind | None:
    """Why a value cannot stand as it is; ``None`` if it can."""
    first = value[:1]
    if "\t" in value:
        return "unclear"
    if first in ("'", '"'):
        return _quoted_fault(value)
    if first and first in _MAYBE_YAML:
        return "special" if is_text(at) and not _is_list(value, at) else _unreadable(value)
    if first and first in ",]}%@`#":
        return "special" if is_text(at) or first != "#" else None
    if _BULLET.match(value):
        return "special"
    plain = value[: _comment(value)]
    if _COLON.search(plain):
        return "colon"
    return "comment" if plain != value.rstrip() and is_text(at) and not is_name(at) else None


def choices(value: str, at: str) -> Iterator[Choice]:
    """The ways in which a text that cannot stand as it is may be meant."""
    kind = fault(value, at)
    if not is_text(at) or value != value.strip() or kind == "unclear":
        return
    if kind == "quote":
        yield from _requoted(value, at)
    elif kind == "escape":
        yield from _unescaped(value, at)
    elif kind == "colon" or (kind == "special" and value[0] != "#"):
        yield from _bare(value)
    elif kind in ("special", "comment"):
        yield from _whole(value, "signs" if _has_lost_quote(value) else "words")


def _is_list(value: str, at: str) -> bool:
    return at == "/seo/page_keywords" and value[0] == "[" and _unreadable(value) is None


def _unreadable(value: str) -> ValueKind | None:
    """Whether YAML reads this on one line."""
    try:
        Document.parse(f"---\na: {value}\n---\n".encode()).get()
    except QtauthorError:
        return "special"
    return None


def _comment(value: str) -> int:
    """Where a comment begins behind a plain value, or the value's end."""
    found = _COMMENT.search(value)
    return found.start() if found else len(value)


def _quoted_fault(value: str) -> ValueKind | None:
    found = (_DOUBLE if value[0] == '"' else _SINGLE).match(value)
    if found is None or not _TAIL.fullmatch(value, found.end()):
        return "quote"
    if value[0] == '"' and any(
        escape["one"] is not None and escape["one"] not in _SOUND
        for escape in _ESCAPE.finditer(found["inner"])
    ):
        return "escape"
    return None


def _whole(text: str, doubt: Doubt = "") -> Iterator[Choice]:
    """All of a text between quotes, if it has no comment in doubt."""
    quoted = scalars.single_quoted(text)
    if quoted is not None:
        yield Choice(quoted, "put quotes around all of", doubt)


def _has_lost_quote(value: str) -> bool:
    """Whether a quote in a text has no fellow: it may be what is left of those around it."""
    opened = any(value.count(one) != value.count(other) for one, other in _TYPOGRAPHIC)
    left_over = "''" in value or "\\" in value or '""' in value
    return opened or left_over or value.count('"') % 2 == 1 or _is_stray(value)


def _is_stray(value: str) -> bool:
    """Whether a text ends in a quote that nothing has opened."""
    return value[-1] in "'\"" and value.count(value[-1]) % 2 == 1


def _bare(value: str) -> Iterator[Choice]:
    """A text that has lost its quotes, or never had any."""
    end = _comment(value)
    if end < len(value):
        doubt: Doubt = "signs" if _has_lost_quote(value) else "words"
        yield from _whole(value, doubt)
        for choice in _whole(value[:end], doubt):
            yield choice._replace(value=choice.value + value[end:])
        return
    if _is_stray(value):
        for choice in _whole(value[:-1], "signs"):
            yield choice._replace(what="give its opening quote back to")
    unsure = value[0] in "|>" or _has_lost_quote(value)
    yield from _whole(value, "signs" if unsure else "words" if value[0] in _MAYBE_YAML else "")


def _requoted(value: str, at: str) -> Iterator[Choice]:
    """A text whose quotes do not fit each other."""
    quote = value[0]
    early = _EARLY.fullmatch(value)
    if early is not None:
        moved = f"{quote}{early['inner']}{early['rest']}{quote}"
        yield Choice(moved, "let the closing quote end", "signs", quotes=False)
    if value[-1] == quote and len(value) > 1:
        inner = value[1:-1]
        if "\\" not in inner:
            mended = scalars.single_quoted(inner) if quote == "'" else scalars.double_quoted(inner)
            if mended is not None:
                doubt: Doubt = "" if _is_inside(inner, quote) else "signs"
                yield Choice(mended, "escape the inner quotes of", doubt, quotes=False)
    elif value.count(quote) == 1 and "\\" not in value and _comment(value) == len(value):
        closed = Choice(value + quote, "close the quote of", "signs", quotes=False)
        if is_name(at):
            yield closed._replace(doubt="")
            return
        yield closed
    yield from _whole(value, "signs")


def is_name(at: str) -> bool:
    """Whether a field holds what nobody writes by hand: quotes around it are no part of it."""
    return at in _NAMES or at.rpartition("/")[2] in ("subject", "url")


def _is_inside(inner: str, quote: str) -> bool:
    """Whether quotes in a text can only be its own: apostrophes, or one that opens again."""
    if quote == "'":
        return "''" not in inner and not _SHORT.sub("", inner).count("'")
    first = inner.index('"') if '"' in inner else -1
    found = _BEGINS.search(inner)
    return found is not None and found.start() == first and inner.count('"') % 2 == 0


def _unescaped(value: str, at: str) -> Iterator[Choice]:
    """A text with backslashes of its own between quotes in which they mean something."""
    found = _DOUBLE.match(value)
    assert found is not None  # else its fault is another
    inner, tail = found["inner"], value[found.end() :]
    if "\\\\" in inner or '\\"' in inner:
        return
    rest = inner if at != "/answer" else inner.replace("\\n", "")
    strange = len(_ESCAPE.findall(rest)) != len(_WORD_ESCAPE.findall(rest))
    unsure = strange or tail or (at != "/answer" and _BREAK_ESCAPE.search(inner))
    doubled = inner.replace("\\", "\\\\")
    doubt: Doubt = "signs" if unsure else ""
    yield Choice(f'"{doubled}"{tail}', "double the backslashes of", doubt, quotes=False)
