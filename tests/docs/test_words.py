"""The pages and the help say nothing that no native speaker would say."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.commands import ALL, command, options
from tests.docs.pages import DOCS, README, SITE, prose

NOBODY_SAYS = (
    "some times faster",
    "wants a yes",
    "needs a yes",
    "as many as pay",
    "NUL behind",
    "who deletes",
    "may not be written to",
    "is told with",
    "tag of one's own",
    "in other words",
    "what is found",
    "make again",
    "begin anew",
    "begins anew",
    "written anew",
    "made anew",
)
BY_HAND = [page for page in (README, *SITE) if page.parent != DOCS / "checks"]
"""The texts of rules are those of the program."""


@functools.cache
def helps() -> list[str]:
    return list(_helps())


def _helps() -> Iterator[str]:
    for name in ALL:
        yield command(name).help or ""
        yield from (one.help or "" for one in options(command(name)))


@functools.cache
def said(page: Path) -> str:
    """The prose of a page without what stands between code marks, such as names of tests."""
    return " ".join(re.sub("`[^`]*`", "", line.text) for line in prose(page))


@pytest.mark.parametrize("phrase", NOBODY_SAYS)
def test_no_page_and_no_help_says(phrase: str) -> None:
    pattern = re.compile(rf"\b{phrase}\b".replace(" ", r"\s+"), re.IGNORECASE)
    assert not [page.name for page in BY_HAND if pattern.search(said(page))]
    assert not [text for text in helps() if pattern.search(text)]
