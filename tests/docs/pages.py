"""The pages of the documentation, taken apart: headings, fenced blocks, tables and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
DOCS = ROOT / "docs"
EXTENSION = DOCS / "editors" / "vscode"
"""Its readme is none of our pages."""
SITE = sorted(page for page in DOCS.rglob("*.md") if not page.is_relative_to(EXTENSION))
PAGES = (
    README,
    *(ROOT / f"{name}.md" for name in ("CHANGELOG", "CONTRIBUTING", "SECURITY")),
    *SITE,
)

_HEADING = re.compile(r"(#+) (.*)")
_CODE = re.compile(r"`([^`]+)`")
_ANCHOR = re.compile(r'<a id="([^"]+)"></a>')
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


class Block(NamedTuple):
    """A fenced block: ``line`` is that of its first line in the page, counted from 1."""

    language: str
    lines: tuple[str, ...]
    line: int
    section: str

    @property
    def text(self) -> str:
        return "".join(line + "\n" for line in self.lines)


class Line(NamedTuple):
    """A line of prose below the heading ``section``, which has ``depth`` number signs."""

    text: str
    number: int
    section: str
    depth: int


def prose(page: Path) -> Iterator[Line]:
    """The lines outside of fenced blocks; a heading is the first line of its section."""
    section, depth, fenced = "", 0, False
    for number, text in enumerate(page.read_text(encoding="utf-8").split("\n"), 1):
        if text.startswith("```"):
            fenced = not fenced
        elif not fenced:
            heading = _HEADING.fullmatch(text)
            if heading:
                section, depth = heading[2].replace("`", ""), len(heading[1])
            yield Line(text, number, section, depth)


def blocks(page: Path, language: str) -> list[Block]:
    """The fenced blocks in ``language``, in order."""
    found: list[Block] = []
    section, info, first, inside = "", "", 0, list[str]()
    for number, text in enumerate(page.read_text(encoding="utf-8").split("\n"), 1):
        if text.startswith("```") and not first:
            info, first, inside = text[3:].strip(), number + 1, []
        elif text == "```":
            found.append(Block(info, tuple(inside), first, section))
            first = 0
        elif first:
            inside.append(text)
        elif heading := _HEADING.fullmatch(text):
            section = heading[2].replace("`", "")
    assert not first, f"{page.name}: the block at line {first} is not closed"
    return [block for block in found if block.language == language]


def headings(page: Path, depth: int) -> list[str]:
    """The headings with ``depth`` number signs, without code marks."""
    return [
        line.section
        for line in prose(page)
        if line.depth == depth and _HEADING.fullmatch(line.text)
    ]


def rows(page: Path, section: str) -> list[list[str]]:
    """The rows of the tables in a section, without heads, as cells."""
    lines = [line.text for line in prose(page) if line.section == section]
    result: list[list[str]] = []
    for index, text in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if text.startswith("|") and not text.startswith("| ---") and "| ---" not in following:
            result.append([cell.strip() for cell in re.split(r"(?<!\\)\|", text)[1:-1]])
    return result


def codes(cell: str) -> list[str]:
    """What stands between code marks in a cell."""
    return [code.replace("\\|", "|") for code in _CODE.findall(cell)]


def anchors(page: Path) -> set[str]:
    """The anchors of a page: those that the site makes of headings, and its own."""
    names = (line.section for line in prose(page) if _HEADING.fullmatch(line.text))
    made = {re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", name).strip().lower()) for name in names}
    return made | {name for line in prose(page) for name in _ANCHOR.findall(line.text)}


def links(page: Path) -> list[tuple[int, str]]:
    """The links that lead to a file of ours, each with its line."""
    found = ((line.number, link) for line in prose(page) for link in _LINK.findall(line.text))
    return [(number, link) for number, link in found if not link.startswith(("http", "mailto:"))]


def pictures(page: Path) -> list[tuple[str, str]]:
    """The pictures of a page: what stands for each in words, and its file."""
    return [found for line in prose(page) for found in _PICTURE.findall(line.text)]
