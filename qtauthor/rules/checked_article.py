"""What a check sees of one article. Whatever costs time is made when it is asked for."""

from __future__ import annotations

from functools import cached_property
from operator import itemgetter
from typing import Any

from qtauthor.content.index import Entry
from qtauthor.content.latex import Region, regions
from qtauthor.errors import ParseError, QtauthorError, ReadError
from qtauthor.model import numbered_blocks
from qtauthor.model.derived_names import composed
from qtauthor.model.numbered_blocks import MAX_RELATED
from qtauthor.rules.context import Context
from qtauthor.rules.quick_values import Usual
from qtauthor.text.document import Document
from qtauthor.text.document_view import MOST_PARTS
from qtauthor.text.source.lines import LineIndex
from qtauthor.text.yaml import pointer as pointers
from qtauthor.text.yaml.located_tree import Located
from qtauthor.text.yaml.nodes import Mapping
from qtauthor.text.yaml.values import ValueReader

MOST_BYTES = 500_000
"""The largest file whose values are looked at one by one; a real article has a hundredth."""


class CheckedArticle:
    """An article: its bytes, its values and what is around it.

    ``values`` are plain ones. Who gives them has read the file and found nothing that readers
    could disagree on; ``usual`` is what the quick reader made of it. Else they are read here.
    ``error`` is why the file cannot be read; ``failures`` are the keys whose values cannot, and
    which ``values`` therefore lacks.
    """

    def __init__(
        self,
        path: str,
        raw: bytes,
        context: Context,
        values: dict[str, Any] | None = None,
        usual: Usual | None = None,
    ) -> None:
        self.path = path
        self.raw = raw
        self.context = context
        self.error: ParseError | None = None
        self.kept: dict[str, Any] = {}  # what rules make of it that others need, too
        self.usual = usual
        self.failures: dict[str, ReadError] = {}
        key, _, name = path.removeprefix(context.content + "/").partition("/")
        self.folder = composed(key)
        self.file_name = composed(name)
        self.slug = self.file_name.removesuffix(".md")
        if usual is not None:
            values = usual.values
        self.values: dict[str, Any] = self._read() if values is None else values

    @cached_property
    def located(self) -> Located:
        """The text and its tree. Raises ``ParseError``."""
        return Located.decode(self.raw)

    @cached_property
    def places(self) -> LineIndex:
        """The lines of the file. Raises ``ParseError``."""
        return LineIndex(self.usual.text) if self.usual is not None else self.located.places

    @cached_property
    def document(self) -> Document:
        """The document. Raises ``ParseError``."""
        return Document(self.located, like=self.context.like)

    @cached_property
    def address(self) -> str:
        """Where the site shows the article, by the file's place."""
        return self.context.address(self.folder, self.slug)

    @cached_property
    def too_large(self) -> str:
        """Why its values are not looked at one by one; nothing if they are."""
        if self.error is not None:
            return ""
        if len(self.raw) > MOST_BYTES:
            return f"the file has {len(self.raw):,} bytes"
        if self.usual is not None or len(self.raw) <= MOST_PARTS:  # each has a character
            return ""
        parts = self.document.parts
        return f"the front matter has {parts:,} keys and values" if parts > MOST_PARTS else ""

    @property
    def article(self) -> int | None:
        """The article's id."""
        number = self.values.get("id")
        return number if type(number) is int else None

    def text(self, name: str) -> str | None:
        """The text of a top-level field; ``None`` if there is none, or no text."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    @cached_property
    def seo(self) -> dict[str, Any]:
        """The subfields of ``seo``."""
        value = self.values.get("seo")
        return value if isinstance(value, dict) else {}

    @cached_property
    def blocks(self) -> list[tuple[int, dict[str, Any]]]:
        """Every related block with its number, in the order of the numbers."""
        found = [
            (place, value)
            for key, value in self.values.items()
            if isinstance(value, dict) and (place := numbered_blocks.number(key))
        ]
        found.sort(key=itemgetter(0))
        return found

    @cached_property
    def links(self) -> list[tuple[int, dict[str, Any]]]:
        """The related blocks that the page shows."""
        return [block for block in self.blocks if block[0] <= MAX_RELATED]

    @property
    def entry(self) -> Entry:
        """The article as the index would tell of it."""
        if self.error is not None or self.failures:
            return Entry(self.path, self.address, problem="unreadable")
        return Entry(
            path=self.path,
            address=self.address,
            id=self.article,
            title=self.text("title"),
            question=self.text("question"),
            subject=self.text("subject"),
            url=self.text("url"),
            file_name=self.text("file_name"),
            no_index=self.values.get("no_index") is True,
        )

    @property
    def urls(self) -> tuple[str, ...]:
        """Where the related blocks lead, as the index would tell of them."""
        found = (block.get("url") for _, block in self.links)
        return tuple(url for url in found if isinstance(url, str))

    @cached_property
    def stored(self) -> str:
        """The answer as it is stored; nothing if there is none."""
        return self.text("answer") or ""

    @cached_property
    def shown(self) -> str:
        """The Markdown that the site renders, as long as what is stored.

        A newline that is stored as two characters stands here behind a blank, which Markdown does
        not see, so that offsets are the same in both.
        """
        if self.context.escaped:
            return self.stored.replace("\\n", " \n")
        return self.stored

    @cached_property
    def regions(self) -> list[Region]:
        """Math and code in ``shown``."""
        shown = self.shown
        return regions(shown) if "$" in shown or "`" in shown or "\\" in shown else []

    def has(self, at: str) -> bool:
        """Whether a key is there, readable or not."""
        if at in self.failures:
            return True
        value: Any = self.values
        for token in pointers.parse(at):
            if not isinstance(value, dict) or token not in value:
                return False
            value = value[token]
        return True

    def _read(self) -> dict[str, Any]:
        try:
            found = self.document.get()
        except ParseError as error:
            self.error = error
            return {}
        except ReadError:
            return self._readable((), self.located.reader)
        return found if isinstance(found, dict) else {}

    def _readable(self, at: tuple[str, ...], reader: ValueReader) -> dict[str, Any]:
        """The keys whose values can be read; of the others the reason goes to ``failures``."""
        found: dict[str, Any] = {}
        for key in self.document.keys(pointers.join(at)):
            inner = (*at, key)
            try:
                found[key] = reader.value(self.located.lookup.node(inner))
            except ReadError as error:
                if self._is_mapping(inner):
                    found[key] = self._readable(inner, reader)
                else:
                    self.failures[pointers.join(inner)] = error.with_traceback(None)
        return found

    def _is_mapping(self, at: tuple[str, ...]) -> bool:
        """Whether keys stand there, and not in an alias for them: each is told once."""
        try:
            node = self.located.lookup.node(at)
        except QtauthorError:
            return False
        return isinstance(node, Mapping) and bool(node.entries)
