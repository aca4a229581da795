"""What stands in a line of Markdown, as styled text."""

from __future__ import annotations

from markdown_it.tree import SyntaxTreeNode
from rich.text import Text

from qtauthor.cli.output.rendering import tex

MATH, LINK, HTML = "magenta", "blue underline", "dim"
_STYLES = {"em": "italic", "strong": "bold", "s": "strike"}
_CONTENTS = {"text": "", "code_inline": "cyan", "html_inline": HTML}
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}


def text(nodes: list[SyntaxTreeNode], style: str = "") -> Text:
    """The nodes in a row, in ``style`` where they have none of their own."""
    line = Text(style=style)
    for node in nodes:
        line.append_text(_one(node))
    return line


def _one(node: SyntaxTreeNode) -> Text:
    if node.type in _STYLES:
        return _styled(node, _STYLES[node.type])
    if node.type in _CONTENTS:
        return Text(node.content, _CONTENTS[node.type])
    if node.type in _BREAKS:
        return Text(_BREAKS[node.type])
    if node.type == "link":
        return _link(node)
    if node.type == "image":
        return Text(f"[image: {node.content}]", "dim")
    if node.type == "math_inline":
        return math(node.content, node.markup)
    return text(node.children)


def math(content: str, delimiter: str) -> Text:
    """Math in Unicode, or as it is written where it has no such form."""
    shown = tex.unicode(content)
    return Text(f"{delimiter}{content}{delimiter}" if shown is None else shown, MATH)


def _styled(node: SyntaxTreeNode, style: str) -> Text:
    inner = text(node.children)
    inner.stylize_before(style)
    return inner


def _link(node: SyntaxTreeNode) -> Text:
    """The words of a link, and where it leads unless they say so."""
    inner = _styled(node, LINK)
    target = str(node.attrs.get("href", ""))
    if target and target not in (inner.plain, f"mailto:{inner.plain}"):
        inner.append(f" ({target})", "dim")
    return inner
