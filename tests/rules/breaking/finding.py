"""Where the keys of a sound article stand, without the reader that is under test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from tests.rules.breaking.writing import TITLES, data_of
from tests.support.readers import ReadError

_KEY = re.compile(r"( *)([A-Za-z_]\w*):(?: (.*))?")


class Entry(NamedTuple):
    """The lines of a key, ``start`` to ``stop``; ``above`` is the key around it."""

    start: int
    stop: int
    indent: int
    key: str
    above: str


def entries(text: str) -> list[Entry]:
    """All keys of a sound front matter."""
    lines = text.split("\n")
    found: list[Entry] = []
    above = ""
    end = next((n for n, line in enumerate(lines) if n and line.rstrip("\r") == "---"), len(lines))
    for number in range(1, end):
        match = _KEY.fullmatch(lines[number].rstrip("\r"))
        if match is None or _in_block(found, lines, number):
            continue
        indent = len(match[1])
        above = above if indent else match[2]
        stop = number + 1
        while stop < end and lines[stop].startswith(" " * (indent + 1)) and match[3]:
            stop += 1
        found.append(Entry(number, stop, indent, match[2], above if indent else ""))
    return found


def _in_block(found: list[Entry], lines: list[str], number: int) -> bool:
    return bool(found) and found[-1].start < number < found[-1].stop


def _value(text: str, entry: Entry) -> str | None:
    data = data_of(text)
    value = data.get(entry.above, {}).get(entry.key) if entry.above else data.get(entry.key)
    return value if isinstance(value, str) else None


def replaced(text: str, entry: Entry, new: str) -> str:
    """The text with other lines for a key."""
    lines = text.split("\n")
    carriage = lines[entry.start].endswith("\r")
    fresh = new.removesuffix("\n").split("\n")
    fresh = [line + "\r" for line in fresh] if carriage else fresh
    return "\n".join([*lines[: entry.start], *fresh, *lines[entry.stop :]])


def texts(text: str) -> Iterator[tuple[Entry, str]]:
    """The fields of text with what they say."""
    try:
        for entry in entries(text):
            value = _value(text, entry)
            if value and entry.key in (*TITLES, "page_description", "subject", "author"):
                yield entry, value
    except (yaml.YAMLError, AttributeError, ValueError, ReadError):
        return
