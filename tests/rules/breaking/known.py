"""The ways in which articles were broken."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.rules.breaking.ways import Break, escapes_read, fence, line_break, rewriting
from tests.rules.breaking.writing import plain


def _before(rng: Random, text: str) -> str | None:
    return (
        rng.choice(["\n", "\n", "\n\n", " \n", "\r\n", "\ufeff\n", "\n\ufeff", "\t\n", " "]) + text
    )


def _early(rng: Random, key: str, value: str) -> str | None:
    if len(value) < 3 or value[-1] not in "?!." or set(value) & set("\\\"'"):
        return None
    quote = rng.choice("'\"")
    return f"{quote}{value[:-1]}{quote}{value[-1]}"


def _inner(rng: Random, key: str, value: str) -> str | None:
    if '"' in value:
        return f'"{value}"'
    return f"'{value}'" if "'" in value else None


def _unclosed(rng: Random, key: str, value: str) -> str | None:
    return None if set(value) & set("\\\"'") else rng.choice(['"', "'"]) + value


def _unopened(rng: Random, key: str, value: str) -> str | None:
    return f'{value}"' if ": " in value and '"' not in value else None


def _bare_if(test: Callable[[str], bool]) -> Callable[[Random, str, str], str | None]:
    return lambda _, __, value: value if test(value) and not plain(value) else None


def _raw_escapes(rng: Random, key: str, value: str) -> str | None:
    return f'"{value}"' if "\\" in value and '"' not in value else None


def _tabs(matching: str, whole: bool) -> Break:
    def broken(rng: Random, text: str) -> str | None:
        lines = text.split("\n")
        ways = [n for n, line in enumerate(lines) if re.match(matching, line)]
        if not ways:
            return None
        for at in ways if whole else [rng.choice(ways)]:
            bare = lines[at].lstrip(" ")
            depth = len(lines[at]) - len(bare)
            lines[at] = "\t" * (rng.choice([1, depth // 2, depth // 4 or 1]) or 1) + bare
        return "\n".join(lines)

    return broken


def _text_lines(text: str) -> list[int]:
    lines = text.split("\n")
    return [n + 1 for n, line in enumerate(lines) if line.rstrip("\r").endswith(": >-")]


def _indent_lost(rng: Random, text: str) -> str | None:
    lines = text.split("\n")
    ways = _text_lines(text)
    if not ways:
        return None
    at = rng.choice(ways)
    key = len(lines[at - 1]) - len(lines[at - 1].lstrip(" "))
    lines[at] = " " * rng.randrange(key + 1) + lines[at].lstrip(" ")
    return "\n".join(lines)


def _indent_uneven(rng: Random, text: str) -> str | None:
    lines = text.split("\n")
    ways = [n for n in _text_lines(text) if lines[n].count(" ") > 12 and "\r" not in lines[n]]
    if not ways:
        return None
    at = rng.choice(ways)
    key = len(lines[at - 1]) - len(lines[at - 1].lstrip(" "))
    bare = lines[at].lstrip(" ")
    depth = len(lines[at]) - len(bare)
    places = [n for n, sign in enumerate(bare) if sign == " " and bare[n - 1 : n] != " "]
    split = rng.choice(places[1:-1])
    if bare[split + 1] == " ":
        return None
    lines[at : at + 1] = [
        lines[at][: depth + split],
        " " * rng.randrange(key + 1, depth) + bare[split + 1 :],
    ]
    return "\n".join(lines)


KINDS: dict[str, Break] = {
    "empty line before the fence": _before,
    "opening fence short, long or indented": fence(True, ["--", "----", " ---", "-----", "—-"]),
    "opening fence missing": fence(True, [None]),
    "closing fence short, long or indented": fence(False, ["--", "----", " ---", "-", "---- "]),
    "closing fence missing": fence(False, [None]),
    "closing fence of dots": fence(False, ["...", "... "]),
    "colon lost": line_break(lambda _, line: line.replace(":", "", 1), r" *[a-z_]\w*:"),
    "colon lost before a block": line_break(
        lambda _, line: line.replace(":", "", 1), r" *[a-z_]\w*: >-"
    ),
    "blank behind the colon lost": line_break(
        lambda _, line: line.replace(": ", ":", 1), r" *[a-z_]\w*: \S"
    ),
    "colon unquoted": rewriting(_bare_if(lambda value: ": " in value)),
    "number sign unquoted": rewriting(_bare_if(lambda value: " #" in value)),
    "first sign unquoted": rewriting(_bare_if(lambda value: not value[0].isalnum())),
    "quote closes early": rewriting(_early),
    "inner quotes not escaped": rewriting(_inner),
    "quote not closed": rewriting(_unclosed),
    "quote not opened": rewriting(_unopened),
    "backslashes in double quotes": rewriting(_raw_escapes),
    "form feeds": escapes_read({"\\f": "\f", "\\v": "\v", "\\b": "\b", "\\a": "\a"}),
    "tab before a key": _tabs(r" +[a-z_]+: ", whole=False),
    "tab before a text": _tabs(r" +(?![a-z_]+:)\S", whole=False),
    "tabs everywhere": _tabs(r" +\S", whole=True),
    "indentation of a text lost": _indent_lost,
    "indentation of a text uneven": _indent_uneven,
}
