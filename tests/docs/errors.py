"""docs/errors.md from its pages, of which each explains one family of codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.docs.pages import DOCS, headings, prose

OVERVIEW = DOCS / "errors.md"
FAMILIES = tuple(
    DOCS / "errors" / f"{name}.md"
    for name in ("documents", "values", "edits", "articles", "files", "requests")
)
"""In the order of the codes in the program."""

_HEAD = """\
# Errors

Each error has a code. The code stands in brackets at the end of the message, and as `code` on a
`QtauthorError`. Codes are a closed set, and their names do not change.

The examples run in the site that `qtauthor demo` makes. A block of YAML is a whole file that gives
the error when it is read.
"""


def pages() -> Iterator[tuple[Path, str]]:
    """The one page with its text."""
    yield OVERVIEW, f"{_HEAD}{''.join(map(_overview, FAMILIES))}"


def _overview(page: Path) -> str:
    """The codes of a page, each with its first sentence."""
    [title] = headings(page, 1)
    link = page.relative_to(DOCS).as_posix()
    lines = [f"\n## {title}\n", "| code | when |", "| --- | --- |"]
    lines += [f"| [{code}]({link}#{code}) | {_first(page, code)} |" for code in headings(page, 2)]
    return "\n".join([*lines, ""])


def _first(page: Path, code: str) -> str:
    """The first sentence on a code, without its links, which lead from another folder."""
    lines = [line.text for line in prose(page) if line.section == code][1:]
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(lines).strip())
    found = re.match(r".*?[.:](?=\s|$)", text)
    assert found is not None, code
    return found[0].rstrip(".:").replace("|", "\\|") + "."
