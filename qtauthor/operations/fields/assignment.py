"""Where an assignment goes in an article, and as a value of what kind.

A declared field says its type itself (`content.schema`); any other key keeps the kind of value that
stands there, and a new item of a list is of the kind that all others are of.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from qtauthor.content.article import Article
from qtauthor.errors import ArticleError, Code, QtauthorError
from qtauthor.model import article_fields
from qtauthor.operations.notices import Notice
from qtauthor.text.yaml import pointer
from qtauthor.text.yaml.values import Value

KEYWORDS = "/seo/page_keywords"
_END = "-"
_WHOLE = re.compile("[-+]?[0-9]+")
_BOOLEANS = {"true": True, "false": False}


class Untyped(NamedTuple):
    """A text that is to become a value of the kind that stands at its key."""

    text: str


class PlacedValue(NamedTuple):
    """A value and the pointer at which it is set."""

    at: str
    value: Value


def placed(article: Article, at: str, value: Value | Untyped) -> PlacedValue:
    """Where ``value`` goes that is assigned to the pointer ``at``, and what it is there.

    ``-`` behind a list is its end (RFC 6902, section 4.1); a list that is missing is made. Raises
    ``ArticleError`` with ``wrong-type``.
    """
    above, last = _parted(at)
    if last == _END and not isinstance(_there(article, above), dict):
        items = _items(article, above)
        return _appended(above, items, _item(above, items or [], value))
    if isinstance(value, Untyped):
        value = _typed(at, _there(article, at), value.text)
    return PlacedValue(at, value)


def added(article: Article, at: str, value: Value | Untyped) -> PlacedValue | None:
    """Where ``value`` goes as one more item of the list at ``at``; ``None`` if it is in there.

    Keywords, which are one text with commas, are a list, too. Raises ``ArticleError`` with
    ``wrong-type``.
    """
    if at == KEYWORDS:
        return _keyword(article, value)
    items = _items(article, at)
    fresh = _item(at, items or [], value)
    if any(type(item) is type(fresh) and item == fresh for item in items or ()):
        return None
    return _appended(at, items, fresh)


def _appended(at: str, items: list[Any] | None, fresh: Value) -> PlacedValue:
    return PlacedValue(at, [fresh]) if items is None else PlacedValue(f"{at}/{len(items)}", fresh)


def _keyword(article: Article, value: Value | Untyped) -> PlacedValue | None:
    word = value.text if isinstance(value, Untyped) else value
    words = article.keywords if article.has(KEYWORDS) else []
    if not isinstance(word, str):
        raise _refused(KEYWORDS, "a keyword is text", "write --add seo.page_keywords=WORD")
    if word.strip() in words:
        return None
    changed = article.set_keywords([*words, word])
    return PlacedValue(KEYWORDS, changed.get(KEYWORDS))


def _parted(at: str) -> tuple[str, str]:
    tokens = pointer.parse(at)
    return pointer.join(tokens[:-1]), tokens[-1] if tokens else ""


def _there(article: Article, at: str) -> Any:
    """The value at a pointer; ``None`` also where there is none, or none that can be read."""
    try:
        return article.get(at) if article.has(at) else None
    except QtauthorError:  # the edit itself says why
        return None


def _items(article: Article, at: str) -> list[Any] | None:
    """The list at a pointer; ``None`` if nothing is there. Raises ``ArticleError``."""
    found = _there(article, at)
    if found is None or isinstance(found, list):
        return found
    raise _refused(
        at,
        f"{at} is {kind_of(found)}, not a list",
        f"{at}=VALUE gives it another value; qtauthor replace changes a part of a text"
        if isinstance(found, str)
        else f"{at}:=[…] makes it a list",
    )


def _item(at: str, items: list[Any], value: Value | Untyped) -> Value:
    if not isinstance(value, Untyped):
        return value
    kinds = {type(item) for item in items}
    like = items[0] if len(kinds) == 1 and not isinstance(items[0], dict | list) else None
    return _typed(f"{at}/-", like, value.text)


def _typed(at: str, there: Any, text: str) -> Value:
    """``text`` as a value of the kind of ``there``, unless the schema says another."""
    if at in article_fields.fields():
        return article_fields.value_of(at, text)
    if there is None or isinstance(there, str):
        return text
    if isinstance(there, dict):
        raise _refused(at, f"{at} has keys of its own", f"name one of them: {at}/KEY=VALUE")
    if isinstance(there, list):
        remedy = f"{at}/-=VALUE appends, --add {at}=VALUE unless it is there; {at}:=[…] replaces it"
        raise _refused(at, f"{at} is a list", remedy)
    value = _READERS[type(there)](text.strip()) if type(there) in _READERS else text
    if value is None:
        raise _refused(
            at,
            f"{at} is {kind_of(there)}, and {text[:60]!r} is none",
            f"{at}:={_quoted(text)} makes it a text",
        )
    return value


def _quoted(text: str) -> str:
    return "'\"" + text[:60] + "\"'"


def _number(text: str) -> int | float | None:
    if _WHOLE.fullmatch(text):
        return int(text)
    return _float(text)


def _float(text: str) -> float | None:
    try:
        return float(text) if re.fullmatch(r"[-+.0-9eE]+", text) else None
    except ValueError:
        return None


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if len(text) == len("2000-01-01") else None
    except ValueError:
        return None


def _moment(text: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(text) if len(text) > len("2000-01-01") else None
    except ValueError:
        return None


_READERS: dict[type, Callable[[str], Value]] = {
    bool: lambda text: _BOOLEANS.get(text.lower()),
    int: _number,
    float: _float,
    datetime.date: _date,
    datetime.datetime: _moment,
}


def moment(text: str) -> datetime.date | datetime.datetime | None:
    """A date or a moment in ISO 8601, of which JSON has none; ``None`` for anything else."""
    return _date(text) or _moment(text)


def mistakable(article: Article, at: str, given: Untyped, added: bool) -> list[Notice]:
    """A notice if a text is put where no kind of value stands yet, but looks like another one.

    ``added`` is to a list.
    """
    if at in article_fields.fields():
        return []
    above, last = _parted(at)
    listed = added or last == _END
    there = _there(article, at if added else above) if listed else _there(article, at)
    looked = looks_like(given.text)
    if looked is None or (there is not None and not (listed and there == [])):
        return []
    kind, written = looked
    if listed:
        way = f"--add {at}:={written}" if added else f"{at}:={written}"
        return [Notice(f"{at} had no items, and {given.text!r} is text", f"; {way} adds {kind}")]
    state = "had no value" if article.has(at) else "is new"
    return [
        Notice(f"{at} {state} and {given.text!r} is text", f"; {at}:={written} makes it {kind}")
    ]


def looks_like(text: str) -> tuple[str, str] | None:
    """What a reader might take a text for that is stored as one, and how that is written.

    As in “a boolean” and “true”. A number that no JSON would hold, as 007, is taken for none.
    """
    bare = text.strip()
    if bare.lower() in _BOOLEANS:
        return "a boolean", bare.lower()
    if moment(bare) is not None:
        return "a date", bare
    try:
        value = json.loads(bare, parse_constant=lambda _: None) if bare[:1] not in ('"', "") else ""
    except (ValueError, RecursionError):
        return None
    if isinstance(value, dict | list):
        return ("a mapping" if isinstance(value, dict) else "a list"), f"'{bare}'"
    if isinstance(value, int | float):
        return "a number", bare
    return ("empty", bare) if bare == "null" else None


def kind_of(value: object) -> str:
    """What a value is, in words."""
    return _KINDS.get(type(value), "a value of another kind")


_KINDS = {
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    datetime.date: "a date such as 2024-12-18",
    datetime.datetime: "a date with a time such as 2024-12-18 09:30:00",
    dict: "a mapping",
    list: "a list",
}


def _refused(at: str, why: str, remedy: str) -> ArticleError:
    return ArticleError(Code.WRONG_TYPE, why, excerpt=at, remedy=remedy)
