"""A typing mistake in a subject makes no new section, and selects nothing in silence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import assert_refused, here, tree

CHAIN = "content/learn/bicycles/how-often-should-a-bicycle-chain-be-replaced.md"


@pytest.mark.parametrize(
    "command",
    [
        ("new", "--subject", "Bicicles", "--question", "Why?"),
        ("move", CHAIN, "--subject", "Bicicles"),
        ("ls", "--subject", "Bicicles"),
        ("check", "--subject", "Bicicles"),
        ("export", "--subject", "Bicicles"),
        ("set", "--subject", "Bicicles", "author=A"),
        ("related", "suggest", "--question", "Why?", "--subject", "Bicicles"),
    ],
    ids=lambda command: command[0],
)
def test_an_unknown_subject_is_refused_with_the_nearest(
    site: Path, command: tuple[str, ...]
) -> None:
    before = tree(site)
    assert_refused(here(*command), "unknown-subject", "Bicicles", "did you mean Bicycles?")
    assert tree(site) == before


@pytest.mark.parametrize(
    "command",
    [("new", "--question", "Why?", "--subject", "Jazz"), ("move", CHAIN, "--subject", "Jazz")],
    ids=lambda command: command[0],
)
def test_a_new_subject_is_begun_on_purpose(site: Path, command: tuple[str, ...]) -> None:
    assert here(*command, "--new-subject").code == 0
    assert here("ls", "--subject", "jazz").code == 0


def test_an_import_tells_all_new_subjects_at_once(site: Path) -> None:
    rows = [("A?", "Bicicles"), ("B?", "Jazz"), ("C?", "Jazz"), ("D?", "bicycles")]
    text = "\n".join(json.dumps({"question": q, "subject": s}) for q, s in rows).encode()
    before = tree(site)
    refused = here("import", "-", stdin=text)
    assert refused.code == 2
    told = "Bicicles (1 record; did you mean Bicycles?), Jazz (2 records)"
    assert told in refused.err
    assert "3 of 4 records cannot be imported" in refused.err
    assert tree(site) == before
    assert here("import", "-", "--new-subject", stdin=text).code == 0
