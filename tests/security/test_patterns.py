"""No regular expression of the package takes time that grows by the square of a hostile text.

Each is tried on long runs of the signs that it is made of. Only what is not quick at once is
measured, by the ratio of two sizes in processor time, so that no other work of the machine counts.
"""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Iterator
from typing import Any

import pytest

from tests.security.patterns import SCANNING, Found, found

QUICK = 0.001  # seconds in which a linear one is always done on a quiet machine
SIZES = (16, 24, 36, 200, 2000)
TIMES = 8
STEEP = 24
"""How many times the time of a text is that of an eighth: 8 if linear, 64 if quadratic."""

USUAL = (*"[(`\\$<-#{\"'*_|>!& a0\n\tx:/.,", "[a](", "a ", " \n", "- ", "\\\\")
MOST = 10  # signs of one expression that are tried beside these


def signs(pattern: re.Pattern[Any]) -> list[str]:
    """What an expression names itself."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode()
    known = {"n": "\n", "t": "\t", "r": "\r", "s": " ", "d": "0", "w": "a", "S": "a", "W": "-"}
    escaped = re.findall(r"\\(.)|([^\\])", source)
    return list(dict.fromkeys(known.get(one, one) if one else two for one, two in escaped))[:MOST]


def texts(pattern: re.Pattern[Any], size: int) -> Iterator[str]:
    """Long runs, each also behind what may begin a match, and before what fits nothing."""
    own = signs(pattern)
    for unit in dict.fromkeys((*USUAL, *own, *(one + two for one in own for two in own[:3]))):
        run = unit * (size // len(unit))
        yield run + "\0"
        if unit in own:
            for first in own[:2]:
                yield first + run


def used(one: Found, text: str) -> None:
    """Use an expression as the code does, up to the end of the text."""
    given: Any = text if isinstance(one.pattern.pattern, str) else text.encode()
    if one.uses & SCANNING:
        deque(one.pattern.finditer(given), 0)
    if "match" in one.uses:
        one.pattern.match(given)
    if "fullmatch" in one.uses:
        one.pattern.fullmatch(given)


def seconds(one: Found, text: str, tries: int = 1) -> float:
    def once() -> float:
        began = time.thread_time()
        used(one, text)
        return time.thread_time() - began

    return min(once() for _ in range(tries))


def steep(one: Found) -> str | None:
    """A text on which the time grows much faster than the text; ``None`` if there is none."""
    for size in SIZES:
        for at, text in enumerate(texts(one.pattern, size)):
            if seconds(one, text) > QUICK and seconds(one, text, 3) > QUICK:
                short = next(t for n, t in enumerate(texts(one.pattern, size // TIMES)) if n == at)
                if seconds(one, text, 3) > STEEP * seconds(one, short, 5):
                    return text[:20]
    return None


def test_no_expression_is_quadratic() -> None:
    every = list(found())
    assert len(every) > 200
    assert {one.place: text for one in every if (text := steep(one))} == {}


@pytest.mark.parametrize(
    ("source", "use"),
    [
        (r"\s*,\s*", "split"),
        (r"!?\[([^\]]*)\]\(", "sub"),
        (r"[ \t]+#", "search"),
        (r"[ \t]*\|?[ \t]*-", "match"),
        (r"(?:a|a)+\Z", "match"),
        (r"\w*\w*\w*:", "fullmatch"),
    ],
)
def test_a_quadratic_one_is_found(source: str, use: str) -> None:
    assert steep(Found("", re.compile(source), frozenset({use}))) is not None


def test_it_counts_how_an_expression_is_used() -> None:
    assert steep(Found("", re.compile(r"[ \t]+#"), frozenset({"match"}))) is None
