"""Breaks made of what they have in common: of a value, of a line, of a fence, of all escapes."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import TypeAlias

from tests.rules.breaking.finding import replaced, texts

Break: TypeAlias = Callable[[Random, str], str | None]
"""A text with a fault more, or ``None`` if there is no room for it."""


def rewriting(choose: Callable[[Random, str, str], str | None]) -> Break:
    """A break of one field's value, or of all fields that say the same in that style."""

    def broken(rng: Random, text: str) -> str | None:
        ways = []
        for entry, value in texts(text):
            value_line = choose(rng, entry.key, value)
            if value_line is not None:
                ways.append((entry, value, f"{' ' * entry.indent}{entry.key}: {value_line}"))
        if not ways:
            return None
        entry, value, _ = rng.choice(ways)
        group = [way for way in ways if way[1] == value] if rng.random() < 0.4 else []
        wanted = [way for way in group if way[0].key != "question"] or [
            way for way in ways if way[0] == entry
        ]
        for each, _, new in sorted(wanted, key=lambda way: -way[0].start):
            text = replaced(text, each, new)
        return text

    return broken


def line_break(change: Callable[[Random, str], str | None], matching: str) -> Break:
    """A break of one line that matches."""

    def broken(rng: Random, text: str) -> str | None:
        lines = text.split("\n")
        end = max((n for n, line in enumerate(lines) if line.startswith("---")), default=0)
        ways = [n for n in range(1, end) if re.match(matching, lines[n])]
        if not ways:
            return None
        at = rng.choice(ways)
        new = change(rng, lines[at])
        if new is None:
            return None
        lines[at] = new
        return "\n".join(lines)

    return broken


def fence(opening: bool, spellings: list[str | None]) -> Break:
    def broken(rng: Random, text: str) -> str | None:
        lines = text.split("\n")
        places = [n for n, line in enumerate(lines) if line.strip("\ufeff\r") == "---"]
        if len(places) < 2:
            return None
        at = places[0] if opening else places[-1]
        new = rng.choice(spellings)
        carriage = "\r" if lines[at].endswith("\r") else ""
        lines[at : at + 1] = [] if new is None else [new + carriage]
        return "\n".join(lines)

    return broken


def escapes_read(which: dict[str, str]) -> Break:
    def broken(rng: Random, text: str) -> str | None:
        front, fence, body = text.partition("\n---")
        if '"' in front and "\\\\" in front:
            return None
        for escape, character in which.items():
            front = front.replace(escape, character)
        new = front + fence + body
        return None if new == text else new

    return broken
