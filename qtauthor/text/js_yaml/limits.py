"""What js-yaml 3, the site's reader, cannot read of YAML or reads otherwise.

Files may hold such things; an edit may not bring in one more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from qtauthor.text.source import lines
from qtauthor.text.yaml import extents
from qtauthor.text.yaml.located_tree import Located
from qtauthor.text.yaml.nodes import Alias, Mapping, Node, Scalar, Sequence
from qtauthor.text.yaml.tree_builder import skip_gap
from qtauthor.text.yaml.values import is_merge


class Limit(NamedTuple):
    """Why an edit is refused, and what can be done about it."""

    reason: str
    remedy: str


GREEDY = Limit(
    "the site would take what follows an empty item into its list",
    "give the empty item a value first, such as null",
)
MARKED = Limit(
    "the site cannot read an anchor or a tag before the first key of a mapping",
    "take the mark of that key out by hand first, or write “? ” before it",
)
DOUBLED = Limit(
    "the site would take the next anchor or tag for a second one of an empty value",
    "give the empty value something first, such as null",
)
MERGED = Limit(
    "<< brings in mappings, and this would be none",
    "give it a mapping or a list of mappings, or take << out",
)

# What the text of each has, so that most texts need no look at their tree.
_LONE_DASH = re.compile(r"-(?<=[ \r\n]-)[ \t]*(?:#[^\r\n]*)?(?:[\r\n]|(?P<last>\Z))")
_DASH = re.compile(r"-(?=[ \t\r\n]|\Z)")
_MARK = re.compile(r"[&!](?<=[ \r\n][&!])")


def new(old: Located, now: Located) -> Limit | None:
    """What ``now`` has more of than ``old``."""
    suspected = _suspected(now)
    if not suspected:
        return None
    more = Counter(_found(now, suspected)) - Counter(_found(old, suspected))
    return next(iter(more), None)


def suspected(source: Located) -> bool:
    """Whether a look at the whole tree is needed to know that there is nothing."""
    return bool(_suspected(source))


def _suspected(source: Located) -> frozenset[Limit]:
    """What may be there, by a look at the text."""
    if source.outline is not None:
        return frozenset()
    text, start, end = source.text, source.front.start, source.front.end
    lone = _LONE_DASH.search(text, start, end)
    signs = {
        GREEDY: lone is not None and lone["last"] is None,
        MARKED: (marked := _MARK.search(text, start - 1, end) is not None),
        DOUBLED: marked,
        MERGED: text.find("<<", start, end) >= 0,
    }
    return frozenset(limit for limit, seen in signs.items() if seen)


def _found(source: Located, asked: frozenset[Limit]) -> Iterator[Limit]:
    for node in extents.collections(source.tree.root):
        if GREEDY in asked and isinstance(node, Sequence) and _is_greedy(source, node):
            yield GREEDY
        if MARKED in asked and isinstance(node, Mapping) and _begins_marked(source, node):
            yield MARKED
        if DOUBLED in asked:
            yield from (DOUBLED for value in _values(node) if _runs_on(source, value))
        if MERGED in asked and isinstance(node, Mapping):
            merges = (entry.value for entry in node.entries if is_merge(entry.key))
            yield from (MERGED for value in merges if not _can_merge(source, value))


def _is_greedy(source: Located, node: Sequence) -> bool:
    """Whether a list takes in dashes further left, for it ends with nothing but a dash."""
    if node.flow or node.items[-1].start != node.items[-1].end:
        return False
    dash, text = node.items[-1].start - 1, source.text
    after = skip_gap(text, dash + 1)
    follows = after < source.front.end and _DASH.match(text, after) is not None
    return follows and lines.column(text, after) < lines.column(text, dash)


def _values(node: Mapping | Sequence) -> Iterator[Node]:
    yield from node.items if isinstance(node, Sequence) else (one.value for one in node.entries)


def _runs_on(source: Located, node: Node) -> bool:
    """Whether a key's mark follows the anchor or tag of an empty value, on whatever line.

    It reads a tag behind an anchor as that of the value, but no anchor behind a tag.
    """
    if not isinstance(node, Scalar) or node.text or node.style or not (node.tag or node.anchor):
        return False
    after = skip_gap(source.text, node.end)
    return after < source.front.end and source.text[after] in ("&!" if node.anchor else "!")


def _begins_marked(source: Located, node: Mapping) -> bool:
    """Whether the mark of a mapping's first key is taken for one of the mapping itself."""
    if node.flow or not node.entries:
        return False
    key = node.entries[0].key
    if isinstance(key, Alias) or not (key.tag or key.anchor):
        return False
    return not source.text.startswith("?", extents.entry_start(source.text, node, 0))


def _can_merge(source: Located, value: Node) -> bool:
    value = source.lookup.target(value)
    if isinstance(value, Sequence):
        return all(isinstance(source.lookup.target(item), Mapping) for item in value.items)
    return isinstance(value, Mapping)


def loose_end(source: Located) -> Node | None:
    """The block at the end of the front matter of which the site reads one line break less."""
    root = source.tree.root
    leaf = None if root is None else extents.last_leaf(root)
    if not isinstance(leaf, Scalar) or not extents.is_block_scalar(leaf):
        return None
    loose = leaf.text == "\n" or leaf.text.endswith("\n\n")
    return leaf if loose and leaf.end == source.front.end else None
