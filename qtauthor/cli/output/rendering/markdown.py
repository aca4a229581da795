"""Markdown as the site reads it: CommonMark with GFM's tables and remark-math's dollars."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block.fence import make_fence_rule
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

_DOLLARS = re.compile(r"\$+")
_BRACKETS = 1_000
_CELLS = 10_000
_KNOWN = "dollars"
"""Where the parser's environment keeps the runs of dollars of the text it is in."""


def tree(text: str) -> SyntaxTreeNode:
    """The text's tree; besides markdown-it's own nodes there are math_inline and math_block.

    What would take the square of the text's length is left as it is written: links among very many
    brackets, and tables most of whose cells are not there.
    """
    return SyntaxTreeNode(_parser(text.count("[") <= _BRACKETS, _cells(text) <= _CELLS).parse(text))


def _cells(text: str) -> int:
    """How many cells the tables of a text may have, as all rows get as many as the head has."""
    bars = [bars for line in text.split("\n") if (bars := line.count("|"))]
    return max(bars, default=0) * len(bars)


@cache
def _parser(links: bool, tables: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("strikethrough")
    if tables:
        parser.enable("table")
    if not links:
        parser.disable(["link", "image", "reference"])
    parser.inline.ruler.after("backticks", "math_inline", _math_inline)
    fence = make_fence_rule(
        markers=("$",),
        token_type="math_block",  # noqa: S106  no password
        disallow_marker_in_info=("$",),
        min_markers=2,
    )
    ends = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "math_block", fence, {"alt": ends})
    return parser


def _math_inline(state: StateInline, silent: bool) -> bool:
    """Dollars work as the backticks of code do: as many close as have opened."""
    run = _DOLLARS.match(state.src, state.pos, state.posMax)
    if run is None:
        return False
    close = _closing(state, run)
    if close < 0:
        if not silent:
            state.append_pending(run[0])
        state.pos = run.end()
        return True
    content = state.src[run.end() : close]
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.markup = run[0]
        token.content = content.replace("\n", " ").strip()
    state.pos = close + len(run[0])
    return True


def _closing(state: StateInline, run: re.Match[str]) -> int:
    """Where the run of dollars stands that closes ``run``; -1 if there is none."""
    known = state.env.get(_KNOWN)
    if known is None or known[0] is not state.src:
        places: dict[int, list[int]] = {}
        for found in _DOLLARS.finditer(state.src):
            places.setdefault(len(found[0]), []).append(found.start())
        known = state.env[_KNOWN] = (state.src, places)
    starts: list[int] = known[1].get(len(run[0]), [])
    at = bisect_left(starts, run.end())
    return starts[at] if at < len(starts) and starts[at] < state.posMax else -1
