"""An entry as it is written."""

from __future__ import annotations

import pytest

from qtauthor.text.document import Document
from qtauthor.text.entry_text import entry_text

DOCUMENT = Document.parse(
    b"---\na: 1\nb:\n  c: >-\n    folded\n\n  d: [1, 2]\ne: last\n\n---\nbody\n"
)


@pytest.mark.parametrize(
    ("at", "text"),
    [
        ("/a", "a: 1"),
        ("/b", "b:\n  c: >-\n    folded\n\n  d: [1, 2]"),
        ("/b/c", "c: >-\n    folded"),
        ("/b/d", "d: [1, 2]"),
        ("/e", "e: last"),
        ("/x", None),
        ("/b/x", None),
        ("/a/x", None),
    ],
)
def test_an_entry_is_its_lines(at: str, text: str | None) -> None:
    assert entry_text(DOCUMENT, at) == text
