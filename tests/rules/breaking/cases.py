"""Broken articles, and what becomes of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple, TypeAlias

import yaml

from qtauthor.errors import QtauthorError
from qtauthor.rules.repair import repaired
from qtauthor.text.document import Document
from tests.rules.breaking.known import KINDS
from tests.rules.breaking.strange import STRANGE
from tests.rules.breaking.writing import data_of, made
from tests.support.readers import ReadError, SiteReader, read_ruamel12

Choice: TypeAlias = Callable[[Random], list[str]]
"""The names of the kinds in which one article is to be broken."""


class Case(NamedTuple):
    """An article, and what became of it. ``shown`` is the article with what cannot be seen to be
    wrong, such as a letter of a text that is missing."""

    good: str
    shown: str
    broken: str
    kinds: tuple[str, ...]


def is_readable(text: str) -> bool:
    try:
        document = Document.parse(text.encode())
        document.get()
    except (QtauthorError, UnicodeEncodeError):
        return False
    return not document.is_closed_by_dots


def cases(rng: Random, sources: list[str], choose: Choice) -> Iterator[Case]:
    """Articles that cannot be read, broken in the chosen ways."""
    while True:
        good = made(rng, data_of(rng.choice(sources)))
        if is_readable(good) and same(good, good):
            case = broken_case(rng, good, choose(rng))
            if case is not None:
                yield case


def broken_case(rng: Random, good: str, kinds: list[str]) -> Case | None:
    """An article broken in these ways: strange ones, then values, lines and fences."""
    kinds = sorted(kinds, key=_turn)
    broken = shown = good
    for kind in kinds:
        try:
            new = {**KINDS, **STRANGE}[kind](rng, broken)
        except (IndexError, ValueError):  # there is no room for it
            new = None
        if new is None:
            return None
        broken = new
        if kind in STRANGE and is_readable(broken) and not re.search("\r(?!\n)", broken):
            shown = broken
    return (
        None if broken == good or is_readable(broken) else Case(good, shown, broken, tuple(kinds))
    )


def _turn(kind: str) -> int:
    if kind in STRANGE:
        return 0
    return 3 if "fence" in kind else 1 if "quote" in kind or "sign" in kind else 2


def same(one: str, other: str, site: SiteReader | None = None) -> bool:
    """Whether all readers read the same data in two files."""
    try:
        if site is not None and site.read(one).data != site.read(other).data:
            return False
        return bool(data_of(one) == data_of(other) and read_ruamel12(one) == read_ruamel12(other))
    except (ReadError, yaml.YAMLError, ValueError):
        return False


def verdict(case: Case, site: SiteReader | None = None) -> str:
    """What repair makes of a case: ``right``, ``left``, ``as shown``, or ``WRONG``."""
    result = repaired(case.broken.encode())
    if result is None:
        return "left"
    text = result.content.decode()
    if same(text, case.good, site):
        return "right"
    return "as shown" if same(text, case.shown, site) else "WRONG"


def some_kinds(rng: Random) -> list[str]:
    return rng.sample(list(KINDS), rng.choice([2, 3, 4]))


def strange_kinds(rng: Random) -> list[str]:
    known = rng.sample(list(KINDS), rng.choice([0, 1, 1, 2]))
    return [rng.choice(list(STRANGE)), *known]


SEVERAL = "two to four known kinds"
STRANGE_ONES = "a strange kind, with and without known ones"
CHOICES: dict[str, Choice] = {
    "one known kind": lambda rng: [rng.choice(list(KINDS))],
    SEVERAL: some_kinds,
    STRANGE_ONES: strange_kinds,
}
