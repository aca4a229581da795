"""Text of several lines, as each kind of editor takes all of it over."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from lsprotocol.types import InsertTextFormat, InsertTextMode

from qtauthor.lsp.article.snippet import Insertion, insertion

BLOCK = "related_article2:\n    id: 7\n    title: 'Costs $5} \\o/'\n"
TAKEN = "related_article2:\n  id: 7\n  title: 'Costs \\$5\\} \\\\o/'\n"


def work(*, takes_snippets: bool) -> Any:
    return SimpleNamespace(client=SimpleNamespace(takes_snippets=takes_snippets))


def test_an_editor_without_snippets_gets_the_text_as_it_is() -> None:
    found = insertion(work(takes_snippets=False), BLOCK, "  ")
    assert found == Insertion(BLOCK, InsertTextFormat.PlainText, InsertTextMode.AsIs)


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_snippet_is_escaped_and_leaves_the_indentation_to_the_editor(line_break: str) -> None:
    found = insertion(work(takes_snippets=True), BLOCK.replace("\n", line_break), "  ")
    assert found == Insertion(TAKEN, InsertTextFormat.Snippet, InsertTextMode.AdjustIndentation)
