"""Write an article in the house style, which is that of a template; its data stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import pairwise

from qtauthor.changes.change import Modify, modify
from qtauthor.content.article import Article
from qtauthor.errors import Code, EditError, QtauthorError
from qtauthor.model import numbered_blocks
from qtauthor.operations.fields.batch_edits import FEW, together
from qtauthor.operations.house_style.indentation import indentation
from qtauthor.text.document import Document
from qtauthor.text.document_view import MOST_PARTS
from qtauthor.text.edit.key_order import below, misplaced, ordered, wanted
from qtauthor.text.render.scalars import Style
from qtauthor.text.yaml import pointer
from qtauthor.text.yaml.values import same

Part = Callable[[Document, Document], Document]
"""From a document and a template to the document with one thing as the template has it."""

_TITLES = frozenset({"title", "article_title"})
_BOOLEANS = frozenset({"true", "false"})
_NUMBER = re.compile(r"[0-9]+")
_MOST_MOVES = 200
"""Keys of one mapping that are moved, one after the other; more stay where they are."""


def fmt(path: str, article: Article, template: Document, parts: Sequence[str]) -> Modify | None:
    """The change that brings ``parts`` of the article at ``path`` into the template's style.

    ``None`` if it is in that style. What the style cannot hold, or the engine refuses to touch,
    stays as it is. Raises ``ReadError`` for data that cannot be read, and ``EditError`` with
    ``too-large`` for more keys and values than any article has.
    """
    before = article.document
    _refuse_huge(before)
    data = before.get()
    document = _settled(before, template, [PARTS[name] for name in PARTS if name in parts])
    if not document.edits or document.text == before.text:
        return None
    if not same(document.get(), data) or document.body != before.body:
        raise EditError(
            Code.UNPROVEN_EDIT,
            "another style would change the data",
            remedy="nothing was changed; please report the file",
        )
    return modify(path, document, document.touched)


def _refuse_huge(document: Document) -> None:
    """A style is worked out in many readings, which would take minutes."""
    if document.parts > MOST_PARTS:
        raise EditError(
            Code.TOO_LARGE,
            f"the front matter has {document.parts:,} keys and values, and a style is worked out"
            f" for no more than {MOST_PARTS:,}",
            remedy="nothing was changed; split the article, or leave it out",
        )


_MOST_ROUNDS = 5


def _settled(document: Document, template: Document, parts: Sequence[Part]) -> Document:
    """The document after all ``parts``, to which they would do nothing more.

    One can make room for another: a block that keeps the blank lines below can move once they are
    gone. In regular text none does. What never settles stays as it is.
    """
    before = document
    for _ in range(_MOST_ROUNDS):
        earlier = document
        for part in parts:
            document = part(document, template)
        if document.text == earlier.text or document.is_regular:
            return document
    return before


def title_style(document: Document, template: Document) -> Document:
    """The title, the article's title and those of related articles in the template's style."""
    return _restyled(document, template, titles=True)


def quoting(document: Document, template: Document) -> Document:
    """Every other text in the style that its place in the template has."""
    return _restyled(document, template, titles=False)


def _restyled(document: Document, template: Document, *, titles: bool) -> Document:
    wanted: list[tuple[str, Style]] = []
    for at, own in document.styles().items():
        twin = _twin(template, at) if _is_title(at) == titles else None
        style = None if twin is None else template.style(twin)
        if style is not None and style != own:
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
    example = next((at for at in template.styles() if isinstance(template.get(at), bool)), None)
    if example is None:
        return document
    like = template.source_of(example)
    for at in document.styles():
        if document.source_of(at).lower() in _BOOLEANS and isinstance(document.get(at), bool):
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
    """All keys in their order, or else those that can be moved without the loss of a comment."""
    moves = misplaced(document.keys(at), order)
    if not moves or moves > _MOST_MOVES:
        return document
    whole = _with_comments(document, lambda: ordered(document, at, order))
    if whole is not document:
        return whole
    keys = wanted(document.keys(at), order)
    for _ in range(_MOST_ROUNDS):
        before = document
        for previous, key in pairwise(keys):
            move = partial(below, document, at, previous, key)
            document = _with_comments(document, move)
        if document is before:
            break
    return document


def _with_comments(document: Document, change: Callable[[], Document]) -> Document:
    """``document`` after ``change``, or as it is where that is refused or loses a comment."""
    changed = _or_same(document, change)
    kept = sorted(changed.gaps.comments) == sorted(document.gaps.comments)
    return changed if kept else document


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


def _is_title(at: str) -> bool:
    *parents, key = pointer.parse(at)
    if not parents:
        return key in _TITLES
    return key == "title" and len(parents) == 1 and numbered_blocks.is_inside(f"/{parents[0]}")


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
