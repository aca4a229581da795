"""What stands between the scalars of a front matter: comments and blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qtauthor.text.yaml.located_tree import Located
from qtauthor.text.yaml.nodes import Alias, Mapping, Node, Scalar, Sequence

_COMMENT = re.compile(r"(?<!\S)#.*")
_BLANK_LINE = re.compile(r"(?<=\n)[ \t]*\r?\n")


class Gaps(NamedTuple):
    """Comments in order, but for those behind the header of a block; counts of empty lines."""

    comments: tuple[str, ...]
    blank_lines: int
    before_fence: int


def between(source: Located) -> Gaps:
    """What stands between the scalars of a front matter."""
    gaps = list(_gaps(source))
    comments = (comment.rstrip() for gap in gaps for comment in _COMMENT.findall(gap))
    blank_lines = sum(len(_BLANK_LINE.findall(gap)) for gap in gaps)
    before_fence = source.text.count("\n", source.gap_start, source.front.end)
    return Gaps(tuple(comments), blank_lines, before_fence)


def _gaps(source: Located) -> Iterator[str]:
    """The texts between scalars, each with the line break or the character before it."""
    start = source.front.start
    for leaf in _leaves(source.tree.root):
        yield source.text[max(0, start - 1) : leaf.start]
        start = max(start, leaf.end)
    yield source.text[max(0, start - 1) : source.front.end]


def _leaves(node: Node | None) -> Iterator[Scalar | Alias]:
    if isinstance(node, Scalar | Alias):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _leaves(item)
    elif isinstance(node, Mapping):
        for entry in node.entries:
            yield from _leaves(entry.key)
            yield from _leaves(entry.value)
