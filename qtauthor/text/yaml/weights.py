"""How large a value is once its aliases are written out, which a few lines can make enormous."""

from __future__ import annotations

from qtauthor.text.yaml.nodes import Alias, Mapping, Node, Scalar, Sequence, Tree


class Weights:
    """How many nodes the collections of a tree have once every alias is written out, how deep."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._known: dict[int, tuple[int, int]] = {}

    def of(self, node: Node) -> tuple[int, int]:
        """The number of nodes, and how deep collections stand in each other."""
        if not self._known and self._tree.root is not None:
            self._weigh(self._tree.root)  # in order: an alias comes behind what it stands for
        return self._weigh(node)

    def _weigh(self, node: Node) -> tuple[int, int]:
        if isinstance(node, Alias):
            node = self._tree.targets[node.first]
        if isinstance(node, Scalar):
            return 1, 0
        known = self._known.get(node.first)
        if known is None:
            size, depth = 1, 0
            for child in _children(node):
                inner, below = self._weigh(child)
                size, depth = size + inner, max(depth, below)
            known = self._known[node.first] = size, depth + 1
        return known


def _children(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Sequence):
        return node.items
    if isinstance(node, Mapping):
        return tuple(child for entry in node.entries for child in (entry.key, entry.value))
    return ()
