"""What a campaign is made of, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Part(NamedTuple):
    """A piece of a campaign; ``key`` says all that it depends on."""

    campaign: str
    key: str
    run: Callable[[Path], Result]


class Result(NamedTuple):
    """How often what came out, and what was wrong, in words."""

    figures: Counter[str]
    faults: list[str]


class Tally:
    """Counts, and keeps what is wrong."""

    def __init__(self) -> None:
        self.figures: Counter[str] = Counter()
        self.faults: list[str] = []

    def count(self, what: str, number: int = 1) -> None:
        self.figures[what] += number

    def wrong(self, what: str) -> None:
        self.figures["faults"] += 1
        if len(self.faults) < _KEPT:
            self.faults.append(what)

    @property
    def result(self) -> Result:
        return Result(self.figures, self.faults)


_KEPT = 20
