"""The fields of an article: their names, order, types, and which of them it may lack.

Everything else is derived from the structs here. The order is that of every file of the site.
"""

from __future__ import annotations

import datetime
import functools
import math
import re
from typing import Any, NamedTuple, get_args, get_origin

import msgspec
from msgspec import UNSET, UnsetType, field

from qtauthor.errors import ArticleError, Code
from qtauthor.text.near_match import hint, near
from qtauthor.text.source import characters
from qtauthor.text.source.characters import CharacterFault
from qtauthor.text.yaml import pointer
from qtauthor.text.yaml.values import Value

TITLES = ("/question", "/title", "/article_title")
"""The fields that hold the question."""

MAY_BE_EMPTY = frozenset({"/seo/page_description", "/seo/page_keywords"})
"""Texts of which an article may have none yet."""

ADDRESSES = ("/url", "/file_name")
"""The fields that hold the slug."""

_LONG = 60
_ESCAPES = {"\a": "a", "\b": "b", "\f": "f", "\v": "v"}
_LETTERS = re.compile("[A-Za-z]*")


class Related(msgspec.Struct, frozen=True, kw_only=True):
    """A link to another article. ``url`` is its identity, ``id`` and ``title`` are witnesses."""

    id: int
    title: str
    subject: str
    url: str


class Seo(msgspec.Struct, frozen=True, kw_only=True):
    """What search engines are told. ``page_keywords`` is a list with commas."""

    title: str
    page_description: str
    page_keywords: str


class Fields(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The front matter of one article."""

    schema: str = field(name="_schema")
    id: int
    date: datetime.date
    title: str
    article_title: str
    date_format: str
    post_on_text: str
    seo: Seo
    author: str
    question: str
    no_index: bool | UnsetType = UNSET
    answer: str
    subject: str
    file_name: str
    url: str
    score: float | UnsetType = UNSET
    related_article1: Related | UnsetType = UNSET
    related_article2: Related | UnsetType = UNSET
    related_article3: Related | UnsetType = UNSET
    related_article4: Related | UnsetType = UNSET
    related_article5: Related | UnsetType = UNSET


class Field(NamedTuple):
    """One field. ``name`` is dotted (``seo.title``), ``pointer`` its JSON Pointer."""

    name: str
    pointer: str
    type: Any
    required: bool


@functools.cache
def fields() -> dict[str, Field]:
    """Every field and subfield by its pointer, in canonical order."""
    return {found.pointer: found for found in _walk(Fields, ())}


def _walk(struct: type[msgspec.Struct], above: tuple[str, ...]) -> list[Field]:
    result: list[Field] = []
    for info in msgspec.structs.fields(struct):
        path = (*above, info.encode_name)
        kind = next(t for t in (get_args(info.type) or (info.type,)) if t is not UnsetType)
        result.append(Field(".".join(path), pointer.join(path), kind, info.required))
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and get_origin(kind) is None:
            result.extend(_walk(kind, path))
    return result


@functools.lru_cache(maxsize=1024)
def pointer_of(key: str) -> str:
    """The pointer that ``key`` means: a pointer itself, or the name of a field.

    Raises ``ArticleError`` with ``unknown-field`` and the nearest known name.
    """
    if key.startswith("/"):
        pointer.parse(key)
        return key
    at = pointer.join(key.split("."))
    if at in fields():
        return at
    likely = near(key, (known.name for known in fields().values()))
    raise ArticleError(
        Code.UNKNOWN_FIELD,
        f"articles have no field {key!r}",
        excerpt=key,
        remedy=hint(likely, f"to name any other key, write it as a pointer: {_pointers(at, key)}"),
    )


def _pointers(at: str, key: str) -> str:
    """The pointers that an unknown name with dots may mean."""
    whole = pointer.join([key])
    return at if whole == at else f"{at} inside another, or {whole} with dots in its name"


def value_of(at: str, text: str) -> Value:
    """``text`` as a value of the type that the field at ``at`` has; text where there is no field.

    Raises ``ArticleError`` with ``wrong-type``.
    """
    known = fields().get(at)
    if known is None or known.type is str:
        return text
    if isinstance(known.type, type) and issubclass(known.type, msgspec.Struct):
        raise _wrong_type(known, text, "several fields; give them one by one, or as JSON with :=")
    if known.type is datetime.date and len(text) != len("2000-01-01"):
        raise _wrong_type(known, text, "a date such as 2024-12-18")
    try:
        value: Value = converted(text.strip(), known.type, strict=False)
    except msgspec.ValidationError:
        raise _wrong_type(known, text, EXPECTED[known.type]) from None
    return value


def check_value(at: str, value: Value) -> Value:
    """``value`` if the field at ``at`` may hold it; an integer becomes the float that is meant.

    Raises ``ArticleError`` with ``wrong-type``, or ``control-character`` for a text with one that
    no file may hold. A key that is no field may hold any other value.
    """
    refuse_faults(at, value)
    known = fields().get(at)
    if known is None:
        return value
    try:
        typed_value = converted(value, known.type, builtin_types=_DATES)
    except msgspec.ValidationError:
        expected = EXPECTED.get(known.type, "a mapping of its subfields")
        raise _wrong_type(known, value, expected) from None
    if isinstance(typed_value, float) and not math.isfinite(typed_value):
        raise _wrong_type(known, value, "a finite number")
    return typed_value if known.type is float else value


def refuse_faults(at: str, value: object) -> None:
    """Refuse a text with a character that no file may hold, in a value and its keys.

    Raises ``ArticleError`` with ``control-character``.
    """
    if isinstance(value, str) and value.isprintable():
        return  # as nearly all are, which is quickly known
    for fault in characters.faults(value, at):
        raise fault_of(fault)


def fault_of(fault: CharacterFault, name: str = "") -> ArticleError:
    """What is said of a text with a character that no file may hold; ``name`` says where.

    Mostly it is left of a LaTeX command whose backslash was read as an escape.
    """
    meant = ""
    escape = _ESCAPES.get(fault.character)
    if escape:
        letters = _LETTERS.match(fault.text, fault.offset + 1)
        meant = f"write \\{escape}{letters.group() if letters else ''} if that was meant, or "
    known = fields().get(fault.at)
    return ArticleError(
        Code.CONTROL_CHARACTER,
        f"{name or (known.name if known else fault.at)} holds {characters.called(fault.character)}",
        excerpt=fault.text[max(0, fault.offset - 30) : fault.offset + 31],
        remedy=f"{meant}remove it",
    )


_DATES = (datetime.date, datetime.datetime)
"""YAML has dates of its own, so text that looks like one is no date."""

EXPECTED = {
    bool: "true or false",
    datetime.date: "a date such as 2024-12-18",
    float: "a number",
    int: "a whole number",
    str: "text",
}


def _wrong_type(known: Field, given: object, expected: str) -> ArticleError:
    shown = repr(given)
    return ArticleError(
        Code.WRONG_TYPE,
        f"{known.name} cannot be {shown if len(shown) < _LONG else shown[:_LONG] + '…'}",
        remedy=f"{known.name} is {expected}",
    )


def converted(value: object, kind: Any, **options: Any) -> Any:
    """``value`` as ``kind``; half of a surrogate pair, at which msgspec stumbles, fits none.

    Raises ``msgspec.ValidationError``.
    """
    try:
        return msgspec.convert(value, kind, **options)
    except UnicodeEncodeError:
        raise msgspec.ValidationError("there is half of a surrogate pair") from None


def typed(data: dict[Any, Value]) -> Fields:
    """The fields of an article's data. Unknown keys are passed over.

    Raises ``ArticleError`` with ``missing-field`` or ``wrong-type`` for the first that is wrong.
    """
    try:
        found: Fields = converted(data, Fields, builtin_types=_DATES)
    except msgspec.ValidationError as error:
        problem, _, path = str(error).partition(" - at ")
        name = path.strip("`").removeprefix("$").lstrip(".")
        missing = "missing required field" in problem
        raise ArticleError(
            Code.MISSING_FIELD if missing else Code.WRONG_TYPE,
            f"{name}: {problem}" if name else problem,
            remedy="add the field" if missing else "give it a value of that type",
        ) from None
    return found
