"""Reading a configuration file, and saying where in it something is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple, TypeGuard, get_args, get_origin, get_type_hints

import msgspec

from qtauthor.errors import Code, ConfigError, ParseError, Place, SiteError
from qtauthor.files import file_bytes
from qtauthor.text.near_match import meant, near

_TOML_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_VALUE_PATH = re.compile(r" - at `\$\.?(.*)`$")
_HEADER = re.compile(r"\s*\[{1,2}([^\[\]]+)\]{1,2}\s*(?:#.*)?")
_ASSIGNMENT = re.compile(r"""\s*+((?:"[^"]*"|'[^']*'|[\w.-]|[ \t]++(?=["'\w.-]))++)\s*+=""")
_KEY_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w\-]+)""")

_EXPECTED = {
    "str": "a string",
    "object": "a table",
    "array": "a list",
    "object | array": "a table or a list",
}


class Problem(NamedTuple):
    """What is wrong with the value at ``keys``; the keys are relative to the tool's table."""

    keys: tuple[str, ...]
    message: str
    remedy: str


def read_text(path: Path) -> str:
    """A configuration file's text, without its BOM. Raises ConfigError CANNOT_READ or NOT_UTF8."""
    try:
        return file_bytes.read_file(path).decode("utf-8-sig")
    except (SiteError, ParseError) as error:
        raise ConfigError(
            Code.CANNOT_READ,
            f"the configuration cannot be read: {error.message.rpartition(': ')[2]}",
            where=Place(str(path)),
            remedy="make the file readable, or remove it",
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(
            Code.NOT_UTF8,
            f"the configuration is not UTF-8 (byte {error.start})",
            where=Place(str(path)),
            remedy="save the file as UTF-8",
        ) from error


def toml_table(text: str, path: str, table: tuple[str, ...]) -> Mapping[str, object] | None:
    """The TOML table ``table`` of ``text`` (all of it for an empty ``table``), None if missing.

    Raises ConfigError BAD_CONFIGURATION if the text is not TOML or the table not a table.
    """
    here = _toml(text, path)
    for depth, key in enumerate(table, 1):
        if key not in here:
            return None
        value = here[key]
        if not isinstance(value, Mapping):
            problem = Problem((), f"{key} is not a table", f"write [{'.'.join(table)}]")
            raise refusal(problem, text, path, table[:depth])
        here = value
    return here


def unknown_key(data: Mapping[str, object], struct: type[msgspec.Struct]) -> Problem | None:
    """The first key in ``data`` that ``struct``, or a struct inside it, has no field for."""
    fields = _fields(struct)
    for key, value in data.items():
        if key not in fields:
            return Problem((key,), f"unknown key {key!r}", _nearest(key, tuple(fields)))
        inner = fields[key]
        if _is_struct(inner) and isinstance(value, Mapping):
            problem = unknown_key(value, inner)
            if problem:
                return problem._replace(keys=(key, *problem.keys))
    return None


def wrong_type(
    error: msgspec.ValidationError, data: Mapping[str, object], struct: type[msgspec.Struct]
) -> Problem:
    """What msgspec refused in ``data``, in the words of the file."""
    message = _VALUE_PATH.sub("", str(error))
    found = _VALUE_PATH.search(str(error))
    keys = tuple(re.sub(r"\[.*", "", found[1]).split(".")) if found else ()
    choices = _choices(struct, keys)
    if choices:
        value = _value(data, keys)
        return Problem(keys, f"{'.'.join(keys)} cannot be {value!r}", _nearest(value, choices))
    expected = re.match(r"Expected `([^`]*)`, got `([^`]*)`", message)
    if expected is None:
        return Problem(keys, message, "correct the value")
    wanted = _EXPECTED.get(expected[1], expected[1])
    inside = "a value in " if found and "[" in found[1] else ""
    return Problem(keys, f"{inside}{'.'.join(keys)} must be {wanted}", f"give {wanted}")


def refusal(problem: Problem, text: str, path: str, table: tuple[str, ...]) -> ConfigError:
    """The error for a problem, placed at its key if the text shows where that stands."""
    line, column = place_of(text, (*table, *problem.keys))
    excerpt = text.split("\n")[line - 1].rstrip("\r") if line else ""
    return ConfigError(
        Code.BAD_CONFIGURATION,
        problem.message,
        where=Place(path, line, column),
        excerpt=excerpt,
        remedy=problem.remedy,
    )


def _toml(text: str, path: str) -> Mapping[str, object]:
    import tomllib  # most sites have no file to read

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _syntax_error(str(error), text, path) from error


def _syntax_error(message: str, text: str, path: str) -> ConfigError:
    lines = text.split("\n")
    found = _TOML_PLACE.search(message)
    if found:
        line, column = int(found[1]), int(found[2])
    elif "end of document" in message:
        line, column = len(lines), len(lines[-1]) + 1
    else:
        line, column = 0, 0
    return ConfigError(
        Code.BAD_CONFIGURATION,
        f"not TOML: {re.sub(r' [(]at .*[)]$', '', message)}",
        where=Place(path, line, column),
        excerpt=lines[line - 1].rstrip("\r") if line else "",
        remedy="correct the syntax; toml.io describes it",
    )


def _nearest(word: object, known: tuple[str, ...]) -> str:
    return meant(near(str(word), known), f"use one of: {', '.join(known)}")


def _fields(struct: type[msgspec.Struct]) -> dict[str, object]:
    """The fields of a struct with their types, as the file calls them."""
    hints = get_type_hints(struct)
    names = zip(struct.__struct_encode_fields__, struct.__struct_fields__, strict=True)
    return {called: hints[name] for called, name in names}


def _is_struct(hint: object) -> TypeGuard[type[msgspec.Struct]]:
    return isinstance(hint, type) and issubclass(hint, msgspec.Struct)


def _choices(struct: type[msgspec.Struct], keys: tuple[str, ...]) -> tuple[str, ...]:
    """The values that the field at ``keys`` allows, if it allows only some."""
    hint: object = struct
    for key in keys:
        if not _is_struct(hint):
            return ()
        hint = _fields(hint).get(key)
    return get_args(hint) if get_origin(hint) is Literal else ()


def _value(data: object, keys: tuple[str, ...]) -> object:
    for key in keys:
        data = data[key] if isinstance(data, Mapping) else None
    return data


def place_of(text: str, wanted: tuple[str, ...]) -> tuple[int, int]:
    """The line and column (1-based) where the key ``wanted`` is written in ``text``, else (0, 0).

    Where only an outer table can be found (it is an inline table, say), its place is given. This
    reads lines, not TOML: a multi-line string that looks like a key can mislead it.
    """
    best, place = 0, (0, 0)
    for keys, line, column in _keys(text):
        shared = 0
        while shared < min(len(keys), len(wanted)) and keys[shared] == wanted[shared]:
            shared += 1
        if shared == min(len(keys), len(wanted)) and shared > best:
            best, place = shared, (line, column)
    return place


def _keys(text: str) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Each key in TOML text, in full, with its line and column."""
    header: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        match = _HEADER.fullmatch(line.rstrip("\r"))
        if match:
            header = _parts(match[1])
            yield header, number, match.start(1) + 1
            continue
        match = _ASSIGNMENT.match(line)
        if match:
            yield header + _parts(match[1]), number, match.start(1) + 1


def _parts(key: str) -> tuple[str, ...]:
    return tuple(match[1] or match[2] or match[3] for match in _KEY_PART.finditer(key))
