"""``python -m tests.docs.generated`` writes anew what the pages take from the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.docs import checks, commands, errors


def pages() -> Iterator[tuple[Path, str]]:
    """Every page that is generated, whole or in parts, with what it has to be."""
    yield from commands.pages()
    yield from checks.pages()
    yield from errors.pages()


if __name__ == "__main__":
    for page, text in pages():
        page.parent.mkdir(exist_ok=True)
        page.write_text(text, encoding="utf-8")
