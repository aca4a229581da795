"""How much the tests do that take long, and the parts in which several workers share it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, seed, settings

Item = TypeVar("Item")
Test = TypeVar("Test", bound=Callable[..., None])

EXAMPLES = int(os.environ.get("QTAUTHOR_EXAMPLES", "10000"))
"""Generated documents of a test. Asked for by the environment, they are others in each run."""

PARTS = 4
STAND_INS = 10_000
"""Generated articles that stand in for a sample that is not at hand."""

in_parts = pytest.mark.parametrize("part", range(PARTS))


def of(part: int, items: Sequence[Item]) -> Sequence[Item]:
    """The items of one part."""
    return items[part::PARTS]


def many(part: int) -> Callable[[Test], Test]:
    """Runs a test by hypothesis over one part of the examples."""

    def with_settings(test: Test) -> Test:
        amount: Any = settings(
            max_examples=max(1, EXAMPLES // PARTS),
            deadline=None,
            database=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        )
        made: Test = amount(test)
        return made if "QTAUTHOR_EXAMPLES" in os.environ else seed(part)(made)

    return with_settings
