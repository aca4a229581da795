"""The blocks of Markdown: paragraphs, lists, tables, code."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markdown_it.tree import SyntaxTreeNode
from rich import box
from rich.cells import cell_len
from rich.console import (
    Console,
    ConsoleOptions,
    Group,
    JustifyMethod,
    RenderableType,
    RenderResult,
)
from rich.padding import Padding
from rich.rule import Rule
from rich.segment import Segment
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from qtauthor.cli.output.rendering import inline, tex

_ALIGNMENTS: dict[str, JustifyMethod] = {"center": "center", "right": "right"}
_BULLETS = "•◦▪"
_CODE_INDENT = 4
_NARROW_COLUMN = 8
"""Cells that each column of a table has to get, or its rows are written below each other."""


def drawn(node: SyntaxTreeNode, width: int, depth: int = 0) -> list[RenderableType]:
    """The children of a block one below the other, none wider than ``width`` cells.

    ``depth`` counts the lists around them.
    """
    return [shown for child in node.children for shown in _one(child, width, depth)]


def stacked(blocks: Sequence[RenderableType], *, tight: bool = False) -> Group:
    """Blocks with an empty line between them, unless they are ``tight``."""
    if tight:
        return Group(*blocks)
    return Group(*[part for block in blocks for part in (block, Text())][:-1])


def _one(node: SyntaxTreeNode, width: int, depth: int) -> list[RenderableType]:
    if node.type in ("bullet_list", "ordered_list"):
        return [_list(node, width, depth)]
    if node.type == "blockquote":
        return [_quote(node, width, depth)]
    if node.type == "table":
        return [_table(node, width)]
    draw = _LEAVES.get(node.type)
    if draw is not None:
        return [draw(node)]
    return drawn(node, width, depth)


def _heading(node: SyntaxTreeNode) -> RenderableType:
    """With its hashes, which tell its level without colours, too."""
    heading = Text("#" * int(node.tag[1]) + " ", "dim")
    return heading.append_text(inline.text(node.children, "bold"))


def _paragraph(node: SyntaxTreeNode) -> RenderableType:
    return inline.text(node.children)


def _code(node: SyntaxTreeNode) -> RenderableType:
    code = node.content.rstrip("\n")
    language = node.info.split()[0] if node.info.strip() else "text"
    shown = Syntax(code, language, theme="ansi_dark", background_color="default", word_wrap=True)
    return Padding(shown, (0, 0, 0, _CODE_INDENT))


def _math(node: SyntaxTreeNode) -> RenderableType:
    content = node.content.strip("\n")
    shown = tex.unicode(content)
    lines = f"$$\n{content}\n$$" if shown is None else shown
    return Padding(Text(lines, inline.MATH), (0, 0, 0, _CODE_INDENT))


def _html(node: SyntaxTreeNode) -> RenderableType:
    return Text(node.content.rstrip("\n"), inline.HTML)


def _line(_: SyntaxTreeNode) -> RenderableType:
    return Rule(characters="─", style="dim")


_LEAVES: dict[str, Callable[[SyntaxTreeNode], RenderableType]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "fence": _code,
    "code_block": _code,
    "math_block": _math,
    "html_block": _html,
    "hr": _line,
}


class _Led:
    """A block behind a mark: ``first`` leads its first line, ``rest`` the others."""

    def __init__(self, inner: RenderableType, first: Text, rest: Text) -> None:
        self.inner = inner
        self.first = first
        self.rest = rest

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        narrower = options.update(width=max(1, options.max_width - self.first.cell_len))
        lead = self.first
        for line in console.render_lines(self.inner, narrower, pad=False):
            yield from console.render(lead, options.update(width=lead.cell_len, no_wrap=True))
            yield from line
            yield Segment.line()
            lead = self.rest


def _list(node: SyntaxTreeNode, width: int, depth: int) -> RenderableType:
    """Items behind their marks; a blank line between them where there is one in the text."""
    loose = _is_loose(node)
    items: list[RenderableType] = []
    for mark, item in zip(_marks(node, depth), node.children, strict=True):
        inner = drawn(item, width - cell_len(mark), depth + 1) or [Text()]
        lead, rest = Text(mark, end=""), Text(" " * cell_len(mark), end="")
        items.append(_Led(stacked(inner, tight=not loose), lead, rest))
    return stacked(items, tight=not loose)


def _marks(node: SyntaxTreeNode, depth: int) -> list[str]:
    if node.type == "bullet_list":
        return [f"{_BULLETS[depth % len(_BULLETS)]} "] * len(node.children)
    first = int(node.attrs.get("start", 1))
    last = first + len(node.children) - 1
    return [f"{number}. ".rjust(len(f"{last}. ")) for number in range(first, last + 1)]


def _is_loose(node: SyntaxTreeNode) -> bool:
    """Whether the items are paragraphs for Markdown; those of a tight list are hidden."""
    return any(
        block.type == "paragraph" and not block.hidden
        for item in node.children
        for block in item.children
    )


def _quote(node: SyntaxTreeNode, width: int, depth: int) -> RenderableType:
    bar = Text("│ ", "dim", end="")
    return _Led(stacked(drawn(node, width - 2, depth)), bar, bar)


def _table(node: SyntaxTreeNode, width: int) -> RenderableType:
    rows = [row for part in node.children for row in part.children]
    head, *body = [[inline.text(cell.children) for cell in row.children] for row in rows]
    if width < len(head) * (_NARROW_COLUMN + 3) + 1:
        return _records(head, body)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for cell, source in zip(head, rows[0].children, strict=True):
        table.add_column(cell, justify=_alignment(source), overflow="fold")
    for row in body:
        table.add_row(*row)
    return table


def _records(head: list[Text], body: list[list[Text]]) -> RenderableType:
    """A table for which there is no room: each row as lines of column and cell."""
    records: list[RenderableType] = []
    for row in body:
        named = [
            Text().append_text(name).append(": " if name.plain else "").append_text(cell)
            for name, cell in zip(head, row, strict=True)
            if cell.plain
        ]
        if named:
            records.append(Text("\n").join(named))
    return stacked(records)


def _alignment(cell: SyntaxTreeNode) -> JustifyMethod:
    style = str(cell.attrs.get("style", ""))
    return _ALIGNMENTS.get(style.removeprefix("text-align:"), "left")
