"""``KEY=VALUE``, ``KEY:=JSON`` and ``KEY=@FILE`` on the command line."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from typing import NamedTuple, NoReturn

from qtauthor.cli.state import read_text
from qtauthor.content import schema
from qtauthor.errors import Code, RequestError
from qtauthor.operations.edit import Set
from qtauthor.text.values import Value

_ASSIGNMENT = re.compile(
    r"(?P<key>/[^=]*?|[A-Za-z_][\w.]*)(?P<mark>:=|=@|=)(?P<value>.*)", re.DOTALL
)
_FORMS = "KEY=VALUE, KEY:=JSON or KEY=@FILE"


class Split(NamedTuple):
    """Arguments taken apart: the files first, then what is to be set."""

    files: list[str]
    assignments: list[str]


def split(arguments: Sequence[str]) -> Split:
    """Files are what exists as a file, and what is no assignment. Raises ``RequestError``."""
    files: list[str] = []
    assignments: list[str] = []
    for argument in arguments:
        is_file = os.path.lexists(argument) or not _ASSIGNMENT.fullmatch(argument)
        (files if is_file else assignments).append(argument)
    if not files or not assignments:
        missing = "a file" if not files else f"something to set: {_FORMS}"
        raise RequestError(
            Code.BAD_ASSIGNMENT,
            f"{missing} is missing",
            excerpt=" ".join(arguments)[:200],
            remedy="write qtauthor set FILE… KEY=VALUE…, as in qtauthor set a.md score=1.5",
        )
    return Split(files, assignments)


def parse(argument: str) -> Set:
    """One assignment, its value typed by the schema. Raises ``RequestError``, ``ArticleError``."""
    found = _ASSIGNMENT.fullmatch(argument)
    if found is None:
        _refuse(argument, f"is none of {_FORMS}")
    key, mark, text = found["key"], found["mark"], found["value"]
    at = schema.pointer_of(key)
    if mark == ":=":
        return Set(key, _typed_json(at, argument, text))
    if mark == "=@":
        text = read_text(text).removesuffix("\n")
    return Set(key, schema.value_of(at, text))


def _typed_json(at: str, argument: str, text: str) -> Value:
    """A JSON value; a date's field takes its text, for JSON has no dates."""
    try:
        value: Value = json.loads(text)
    except json.JSONDecodeError as error:
        _refuse(argument, f"has no JSON behind := ({error.msg} at {error.pos})")
    known = schema.fields().get(at)
    if known is not None and isinstance(value, str) and known.type is not str:
        return schema.value_of(at, value)
    return value


def _refuse(argument: str, why: str) -> NoReturn:
    raise RequestError(
        Code.BAD_ASSIGNMENT,
        f"{argument[:60]!r} {why}",
        excerpt=argument[:200],
        remedy="quote JSON text for the shell: title:='\"No\"'",
    )
