"""Edit one article by a JSON Patch (RFC 6902) or a JSON Merge Patch (RFC 7396)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from qtauthor.changes.change import Modify, modify
from qtauthor.content.article import Article
from qtauthor.errors import QtauthorError
from qtauthor.model import article_fields
from qtauthor.text.json_patch import AddOperation, MoveOperation, Operation, ReplaceOperation
from qtauthor.text.yaml import pointer
from qtauthor.text.yaml.values import Value


def patch(path: str, article: Article, operations: Sequence[Operation]) -> Modify | None:
    """The change that all ``operations`` make in the article at ``path``; ``None`` if none.

    Values that are added or set are held to the schema. Raises ``EditError``, ``ReadError``,
    ``ArticleError``; the message names the operation that fails, by its number from 0.
    """
    steps = [_typed_step(index, operation) for index, operation in enumerate(operations)]
    document = article.document.patch(steps)
    if not document.edits:
        return None
    declared = dict.fromkeys(at for step in steps for at in _declared(step))
    return modify(path, document, tuple(declared))


def merge(path: str, article: Article, change: dict[str, Any]) -> Modify | None:
    """The change that a merge patch makes; ``null`` takes a key out, a mapping goes inside.

    Raises as ``patch`` does.
    """
    document = article.document.merge(
        {key: typed(pointer.join([key]), value, whole=False) for key, value in change.items()}
    )
    if not document.edits:
        return None
    return modify(path, document, tuple(_leaves(article, change)))


def typed(at: str, value: Any, *, whole: bool = True) -> Value:
    """A value of JSON as the schema has it: a date from its text, a float from an integer.

    ``whole`` mappings have to have all their fields. Raises ``ArticleError`` with ``wrong-type``.
    """
    if isinstance(value, dict):
        article_fields.refuse_faults(at, [*value])
        value = {k: typed(at + pointer.join([k]), v, whole=whole) for k, v in value.items()}
        return article_fields.check_value(at, value) if whole else value
    if value is None and not whole:
        return None
    known = article_fields.fields().get(at)
    if known is not None and known.type is datetime.date and isinstance(value, str):
        return article_fields.value_of(at, value)
    return article_fields.check_value(at, value)


def _typed_step(index: int, step: Operation) -> Operation:
    if not isinstance(step, AddOperation | ReplaceOperation):
        return step
    try:
        return msgspec.structs.replace(step, value=typed(step.path, step.value))
    except QtauthorError as error:
        raise error.explained(f"operation {index}") from None


def _declared(step: Operation) -> Iterator[str]:
    """The places that an operation names; an item to come (``-``) is one of its list."""
    yield step.path.removesuffix("/-")
    if isinstance(step, MoveOperation):
        yield step.source


def _leaves(article: Article, change: Any, at: str = "") -> Iterator[str]:
    """The innermost places that a merge patch names, as far as there are mappings around them."""
    inside = isinstance(change, dict) and (not at or article.has(at))
    if not inside or not isinstance(article.get(at) if at else {}, dict):
        yield at
        return
    for key, value in change.items():
        yield from _leaves(article, value, at + pointer.join([key]))
