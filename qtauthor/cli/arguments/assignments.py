"""``FILE… KEY…`` and ``FILE… KEY=VALUE…`` on the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, NoReturn

from qtauthor.cli.arguments.argument_kinds import is_field, is_file
from qtauthor.errors import Code, RequestError
from qtauthor.files import name_forms, presence
from qtauthor.model import article_fields
from qtauthor.operations.fields import assignment
from qtauthor.operations.fields.assignment import Untyped
from qtauthor.operations.fields.edit import AddItem, Set
from qtauthor.text.yaml import pointer
from qtauthor.text.yaml.values import Value

_ASSIGNMENT = re.compile(
    r"(?P<key>/[^=]*?|[^=/.\s][^=/\\]*?)(?P<mark>:=|=@|=)(?P<value>.*)", re.DOTALL
)
_FORMS = "KEY=VALUE, KEY:=JSON or KEY=@FILE"


class Split(NamedTuple):
    """Arguments taken apart: the files, and what is to be done to them."""

    files: list[str]
    rest: list[str]


def keys(arguments: Sequence[str], command: str, selected: bool = False) -> Split:
    """Files and keys. Raises ``RequestError`` if keys are missing, or files without a selection."""
    files = [argument for argument in arguments if is_file(argument)]
    rest = [argument for argument in arguments if not is_file(argument)]
    if not rest or not (files or selected):
        _refuse_missing(arguments, "a key" if files or selected else "a file", command)
    return Split(files, rest)


def split(arguments: Sequence[str], selected: bool = False, *, needed: bool = True) -> Split:
    """Files and assignments: what exists is a file, and so is what is no assignment.

    Raises ``RequestError`` if assignments are missing though they are ``needed``, or files without
    a selection.
    """
    files: list[str] = []
    assignments: list[str] = []
    for argument in arguments:
        named = presence.is_there(name_forms.there(argument)) or not _ASSIGNMENT.fullmatch(argument)
        if named:
            _refuse_slashed(argument)
        (files if named else assignments).append(argument)
    if (needed and not assignments) or not (files or selected):
        missing = f"something to set, {_FORMS}," if files or selected else "a file"
        _refuse_missing(arguments, missing, "set FILE… KEY=VALUE…, as in qtauthor set a.md score=1")
    return Split(files, assignments)


def _refuse_slashed(argument: str) -> None:
    """Refuse what is meant as a key, though a slash or a dot makes it look like a file's name."""
    key, mark, _ = argument.partition("=")
    inside = key.rstrip(":")
    if not mark or presence.is_there(name_forms.there(argument)) or argument.startswith(("/", ".")):
        return
    if "/" in inside and "://" not in argument and not key.endswith(".md"):
        rest = argument[len(inside) :]
        _refuse(
            argument,
            "is no file, and no field has a slash in its name",
            f"write a pointer: /{inside}{rest} for a key inside another, "
            f"{pointer.join([inside])}{rest} for one with a slash in its name"[:200],
        )


def addition(argument: str, read_text: Callable[[str], str]) -> AddItem:
    """What ``--add`` is given. Raises ``RequestError``, ``ArticleError``."""
    found = _ASSIGNMENT.fullmatch(argument)
    plain = found is not None and not found["key"].startswith("/") and not is_field(found["key"])
    key, value = parse(f"/{argument}" if plain and "." not in argument else argument, read_text)
    return AddItem(key, value)


def parse(argument: str, read_text: Callable[[str], str]) -> Set:
    """One assignment, its value typed by the schema. Raises ``RequestError``, ``ArticleError``."""
    found = _ASSIGNMENT.fullmatch(argument)
    if found is None:
        _refuse(argument, f"is none of {_FORMS}", "write as in score=1.5")
    key, mark, text = found["key"], found["mark"], found["value"]
    at = article_fields.pointer_of(key)
    if mark == ":=":
        return Set(key, _typed_json(at, argument, text))
    if mark == "=@":
        text = read_text(text).removesuffix("\n").removesuffix("\r")
    return Set(
        key, article_fields.value_of(at, text) if at in article_fields.fields() else Untyped(text)
    )


def _no_json(constant: str) -> NoReturn:
    """Python reads NaN and the infinities, which are no JSON (RFC 8259, section 6)."""
    raise ValueError(constant)


def _typed_json(at: str, argument: str, text: str) -> Value:
    """A JSON value; or a date as it is, and for a date's field its text: JSON has no dates."""
    moment = assignment.moment(text.strip())
    if moment is not None:
        return moment
    try:
        value: Value = json.loads(text, parse_constant=_no_json)
    except (ValueError, RecursionError) as error:
        why = f" ({error.msg} at {error.pos})" if isinstance(error, json.JSONDecodeError) else ""
        remedy = "quote JSON for the shell, as in title:='\"No\"'; KEY=VALUE takes text as it is"
        _refuse(argument, f"has no JSON behind :={why}", remedy)
    known = article_fields.fields().get(at)
    if known is not None and isinstance(value, str) and known.type is not str:
        return article_fields.value_of(at, value)
    return value


def _refuse(argument: str, why: str, remedy: str) -> NoReturn:
    raise RequestError(
        Code.BAD_ASSIGNMENT,
        f"{argument[:60]!r} {why}",
        excerpt=argument[:200],
        remedy=remedy,
    )


def _refuse_missing(arguments: Sequence[str], what: str, form: str) -> NoReturn:
    raise RequestError(
        Code.BAD_ASSIGNMENT,
        f"{what} is missing",
        excerpt=" ".join(arguments)[:200],
        remedy=f"write qtauthor {form}",
    )
