"""What a document says: its text, the values in it, and how they are written."""

from __future__ import annotations

from typing import Any

from qtauthor.errors import ReadError
from qtauthor.text.js_yaml.key_names import is_typed
from qtauthor.text.render.scalars import Style, style_of
from qtauthor.text.yaml import comment_gaps as gaps
from qtauthor.text.yaml import pointer as pointers
from qtauthor.text.yaml.comment_gaps import Gaps
from qtauthor.text.yaml.located_tree import Located
from qtauthor.text.yaml.nodes import Mapping, Node, Scalar
from qtauthor.text.yaml.values import Value, same


def _note_styles(found: dict[str, Style], node: Node | None, at: str) -> None:
    for entry in node.entries if isinstance(node, Mapping) else ():
        name, value = entry.name, entry.value
        if name is None:
            continue
        inner = f"{at}/{name}" if name.isidentifier() else at + pointers.join([name])
        if isinstance(value, Scalar):
            found[inner] = style_of(value.style)
        else:
            _note_styles(found, value, inner)


MOST_PARTS = 10_000
"""Parts of a document up to which work is done that reads it again and again, for each of them."""


class DocumentView:
    """The part of a document that only reads. Places are JSON Pointers (RFC 6901)."""

    __slots__ = ("_source",)

    def __init__(self, source: Located) -> None:
        self._source = source

    @property
    def text(self) -> str:
        """The whole file as text, a byte order mark included."""
        return self._source.text

    @property
    def body(self) -> str:
        """What stands behind the closing fence's line."""
        return self.text[self._source.front.body :]

    @property
    def is_closed_by_dots(self) -> bool:
        """Whether the closing fence is ``...``: an end for YAML, and none for the site."""
        return self.text.startswith("...", self._source.front.end)

    @property
    def is_regular(self) -> bool:
        """Whether all of it is written in the one way in which nearly every article is."""
        return self._source.outline is not None

    @property
    def gaps(self) -> Gaps:
        """What stands between the values: comments, blank lines."""
        return gaps.between(self._source)

    def get(self, pointer: str = "") -> Any:
        """The value at a pointer: text, a number, a date, a list, a dict …; a fresh one each time.

        Raises ``ReadError`` where there is none, or none that every reader agrees on.
        """
        node = self._source.lookup.node(pointers.parse(pointer))
        return {} if node is None else self._source.reader.value(node)

    def has(self, pointer: str) -> bool:
        """Whether something stands at a pointer."""
        tokens = pointers.parse(pointer)
        outline = self._source.outline
        if len(tokens) == 1 and outline is not None and not is_typed(tokens[0]):
            return outline.has(tokens[0])
        return not tokens or self._source.lookup.find(tokens) is not None

    def keys(self, pointer: str = "") -> tuple[str, ...]:
        """The keys of the mapping at a pointer, in the order of the file."""
        node = self._source.lookup.node(pointers.parse(pointer))
        tokens = self._source.lookup.tokens(node) if isinstance(node, Mapping) else ()
        return tuple(token for token in tokens if token is not None)

    def source_of(self, pointer: str) -> str:
        """The scalar at a pointer as it is spelled, without quotes; else nothing."""
        node = self._source.lookup.node(pointers.parse(pointer))
        return node.text if isinstance(node, Scalar) else ""

    def style(self, pointer: str) -> Style | None:
        """The style of the scalar at a pointer, ``None`` for anything else."""
        node = self._source.lookup.node(pointers.parse(pointer))
        return style_of(node.style) if isinstance(node, Scalar) else None

    def styles(self) -> dict[str, Style]:
        """The styles of all scalars in mappings that are not in a list, by their pointers."""
        found: dict[str, Style] = {}
        _note_styles(found, self._source.tree.root, "")
        return found

    @property
    def parts(self) -> int:
        """How many keys, values and ends of collections there are: what reading it costs."""
        return len(self._source.tree.shape)

    @property
    def before_fence(self) -> int:
        """How many empty lines stand before the closing fence."""
        return self.text.count("\n", self._source.gap_start, self._source.front.end)

    def holds(self, pointer: str, value: Value) -> bool:
        """Whether ``value`` stands there already."""
        try:
            node = self._source.lookup.find(pointers.parse(pointer))
            return node is not None and same(self._source.reader.value(node), value)
        except ReadError:
            return False
