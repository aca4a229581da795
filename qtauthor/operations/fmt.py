"""Write an article in the house style, which is that of a template; its data stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import pairwise

from qtauthor.changes.change import Modify, modify
from qtauthor.content.article import Article
from qtauthor.errors import Code, EditError, QtauthorError
from qtauthor.operations.indentation import indentation
from qtauthor.operations.together import FEW, together
from qtauthor.text import pointer
from qtauthor.text.document import Document
from qtauthor.text.scalars import Style
from qtauthor.text.values import same

Part = Callable[[Document, Document], Document]
"""From a document and a template to the document with one thing as the template has it."""

_TITLES = frozenset({"title", "article_title"})
_NUMBER = re.compile(r"[0-9]+")
_MOST_MOVES = 200
"""Keys of one mapping that are moved, one after the other; more stay where they are."""


def fmt(path: str, article: Article, template: Document, parts: Sequence[str]) -> Modify | None:
    """The change that brings ``parts`` of the article at ``path`` into the template's style.

    ``None`` if it is in that style. What the style cannot hold, or the engine refuses to touch,
    stays as it is. Raises ``ReadError`` for data that cannot be read.
    """
    before = article.document
    data = before.get()
    document = before
    for name, apply in PARTS.items():
        if name in parts:
            document = apply(document, template)
    if not document.edits or document.text == before.text:
        return None
    if not same(document.get(), data) or document.body != before.body:
        raise EditError(
            Code.UNPROVEN_EDIT,
            "another style would change the data",
            remedy="nothing was changed; please report the file",
        )
    return modify(path, document, document.touched)


def title_style(document: Document, template: Document) -> Document:
    """The title, the article's title and those of related articles in the template's style."""
    return _restyled(document, template, titles=True)


def quoting(document: Document, template: Document) -> Document:
    """Every other text in the style that its place in the template has."""
    return _restyled(document, template, titles=False)


def _restyled(document: Document, template: Document, *, titles: bool) -> Document:
    wanted: list[tuple[str, Style]] = []
    for at in _leaves(document):
        twin = _twin(template, at) if _is_title(at) == titles else None
        style = None if twin is None else template.style(twin)
        if style is not None and style != document.style(at):
            wanted.append((at, style))
    if len(wanted) > FEW:
        return together(document, wanted, _side_by_side)[0]
    for at, style in wanted:
        document = _or_same(document, partial(document.restyle, at, style))
    return document


def _side_by_side(document: Document, wanted: Sequence[tuple[str, Style]]) -> Document | None:
    texts = {at: style for at, style in wanted if isinstance(document.get(at), str)}
    return document.side_by_side(styles=texts) if texts else document


def booleans(document: Document, template: Document) -> Document:
    """``true`` and ``false`` with their letters as in the template's first boolean."""
    example = next((at for at in _leaves(template) if isinstance(template.get(at), bool)), None)
    if example is None:
        return document
    like = template.source_of(example)
    for at in _leaves(document):
        if isinstance(document.get(at), bool):
            document = _or_same(document, partial(document.respell, at, like))
    return document


def key_order(document: Document, template: Document) -> Document:
    """Keys in the template's order; keys that it does not know stay behind the one before them."""
    for at in ("", *(pointer.join([key]) for key in document.keys(""))):
        twin = _twin(template, at)
        if twin is not None and isinstance(document.get(at), dict):
            document = _ordered(document, at, template.keys(twin))
    return document


def _ordered(document: Document, at: str, order: Sequence[str]) -> Document:
    keys = document.keys(at)
    wanted = _wanted(keys, order)
    after = dict(pairwise(keys))
    if sum(after.get(one) != other for one, other in pairwise(wanted)) > _MOST_MOVES:
        return document
    for previous, key in pairwise(wanted):
        if after.get(previous) == key:
            continue
        keys = document.keys(at)
        if keys.index(key) != keys.index(previous) + 1:
            place = at + pointer.join([key])
            moved = _or_same(document, partial(document.move, place, place, after=previous))
            if sorted(moved.gaps.comments) == sorted(document.gaps.comments):
                document = moved
                after = dict(pairwise(document.keys(at)))
    return document


def _wanted(keys: Sequence[str], order: Sequence[str]) -> list[str]:
    """``keys`` by their place in ``order``; an unknown one keeps to the key that it follows."""
    rank = {key: number for number, key in enumerate(order)}
    ranked: list[tuple[int, int, str]] = []
    last = -1
    for number, key in enumerate(keys):
        last = rank.get(key, last)
        ranked.append((last, number, key))
    return [key for *_, key in sorted(ranked)]


def fence_gap(document: Document, template: Document) -> Document:
    """As many empty lines before the closing fence as the template has."""
    return _or_same(document, partial(document.with_gap, template.gaps.before_fence))


PARTS: dict[str, Part] = {
    "title-style": title_style,
    "quoting": quoting,
    "booleans": booleans,
    "key-order": key_order,
    "indentation": indentation,
    "fence-gap": fence_gap,
}
"""The parts of the style by their names, in the order in which they are applied."""


def _leaves(document: Document, at: str = "") -> Iterator[str]:
    """The places of scalars in mappings."""
    for key in document.keys(at):
        inner = at + pointer.join([key])
        if document.style(inner) is not None:
            yield inner
        else:
            yield from _leaves(document, inner)


def _is_title(at: str) -> bool:
    *parents, key = pointer.parse(at)
    if not parents:
        return key in _TITLES
    return key == "title" and len(parents) == 1 and parents[0].startswith("related_article")


def _twin(template: Document, at: str) -> str | None:
    """The same place in the template, or one called so but for numbers."""
    if template.has(at):
        return at
    place = ""
    for token in pointer.parse(at):
        keys = _keys(template, place)
        plain = _NUMBER.sub("#", token)
        near = token if token in keys else keys.get(plain, "") if plain != token else ""
        if not near:
            return None
        place += pointer.join([near])
    return place


@lru_cache(maxsize=64)
def _keys(template: Document, at: str) -> dict[str, str]:
    """The keys at a place of the template by their names, and the first by one without number."""
    keys = template.keys(at)
    plain = {_NUMBER.sub("#", key): key for key in reversed(keys)}
    return {
        **{name: key for name, key in plain.items() if name != key},
        **dict(zip(keys, keys, strict=True)),
    }


def _or_same(document: Document, change: Callable[[], Document]) -> Document:
    """``document`` after ``change``, or as it is where the engine will not do that."""
    try:
        return change()
    except QtauthorError:
        return document
