"""Related articles that are looked for by typing, without an editor."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qtauthor.content.site import Site
from qtauthor.operations.links import link_completion
from qtauthor.operations.links.block_text import BlockWriter
from qtauthor.operations.title_search import Titles
from qtauthor.text.document import Document
from qtauthor.text.source import lines
from tests.support.small_sites import Made, make, text

OSMOSIS = Made("What is osmosis?", "Biology", 10)
DIFFUSION = Made("What is diffusion?", "Biology", 11)
HEAT = Made("What is heat: a form of energy?", "Physics", 12)
CELLS = Made("How do cells drink?", "Biology", 13, (OSMOSIS.link(),))
ALL = (OSMOSIS, DIFFUSION, HEAT, CELLS)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make(tmp_path, ALL)


def typed(words: str) -> tuple[str, int]:
    """The text of the article on cells with ``words`` typed at its end, and the cursor."""
    shown = text(CELLS).replace("\n---\n\n&nbsp;", f"\n{words}\n---\n\n&nbsp;")
    return shown, shown.index(words) + len(words)


def accepted(shown: str, one: link_completion.LinkCompletion, line: int) -> str:
    """The text when the completion is taken."""
    edits = [(one.start, lines.line_end(shown, line), one.text), *((a, b, "") for a, b in one.cut)]
    for start, end, new in sorted(edits, reverse=True):
        shown = shown[:start] + new + shown[end:]
    return shown


@pytest.mark.parametrize(
    ("words", "sought"),
    [
        ("related_article2: diff", "diff"),
        ("related_article2:\n    diff", "diff"),
        ("related_article2:\n    title: diff", "diff"),
        ("related_article2:\n    url: /learn/biology/questions/what-is", "what is"),
        ("related_article2:\n    id: 11", "11"),
        ("related_article2", None),
        ("related_article2:\ndiff", None),
        ("score: 1", None),
    ],
)
def test_what_is_sought(words: str, sought: str | None) -> None:
    query = link_completion.link_query(*typed(words))
    assert (query and query.words) == sought
    assert query is None or query.number == 2


@pytest.mark.parametrize(
    "words",
    [
        "related_article2: diff",
        "related_article2:\n    diff",
        "related_article2:\n    id: 3\n    title: diff",
        "related_article2:\n    id: 11",
    ],
)
def test_the_whole_block_stands_there_when_it_is_taken(site: Site, words: str) -> None:
    shown, offset = typed(words)
    query = link_completion.link_query(shown, offset)
    assert query is not None
    first, *_ = link_completion.completions(site, CELLS.path, shown, query, Titles(site))
    assert first.entry.path == DIFFUSION.path
    document = Document.parse(accepted(shown, first, query.line).encode())
    assert document.get("/related_article2") == DIFFUSION.link()
    assert document.get("/related_article1") == OSMOSIS.link()


def test_neither_itself_nor_what_is_listed_is_proposed(site: Site) -> None:
    shown, offset = typed("related_article2: ")
    query = link_completion.link_query(shown, offset)
    assert query is not None
    found = link_completion.completions(site, CELLS.path, shown, query, Titles(site))
    assert {one.entry.path for one in found} == {DIFFUSION.path, HEAT.path}


def test_a_block_can_be_written_where_the_template_has_none(site: Site) -> None:
    none = re.sub(rb"(?ms)^related_article1.*?(?=^---)", b"", site.template.to_bytes())
    (site.root / "none.md").write_bytes(none)
    (site.root / "qtauthor.toml").write_text('template = "none.md"')
    made = BlockWriter(Site.at(site.root), text(HEAT), 1).block(1, [12, "A", "Physics", "/x"])
    assert made == "related_article1:\n    id: 12\n    title: A\n    subject: Physics\n    url: /x"


def test_a_block_is_written_as_the_others_are(site: Site) -> None:
    shown = text(CELLS).replace("\n", "\r\n").replace("    id: 10", "  id: 10")
    shown = shown.replace("\r\n    title: What", "\r\n  title: What")
    shown = shown.replace("    subject", "  subject").replace("    url: /learn", "  url: /learn")
    made = BlockWriter(site, shown, 2).block(2, [12, "A: b", "Physics", "/x"])
    assert made.startswith("related_article2:\r\n  id: 12\r\n  title: ")
    assert Document.parse(f"---\n{made}\n---\n".encode()).get("/related_article2/title") == "A: b"
