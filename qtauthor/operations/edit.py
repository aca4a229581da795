"""Edit one article: set fields, take fields out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from qtauthor.changes.change import Modify, modify
from qtauthor.content import schema
from qtauthor.content.article import Article
from qtauthor.text.values import Value


class Set(NamedTuple):
    """Give the field ``key`` (a name or a pointer) the value ``value``."""

    key: str
    value: Value


class Unset(NamedTuple):
    """Take the field ``key`` (a name or a pointer) out."""

    key: str


Step: TypeAlias = Set | Unset


def edit(path: str, article: Article, steps: Sequence[Step]) -> Modify | None:
    """The change that all ``steps`` make in the article at ``path``; ``None`` if they make none.

    Raises ``EditError``, ``ReadError``, ``ArticleError``.
    """
    for step in steps:
        if isinstance(step, Set):
            article = article.set(step.key, step.value)
        elif article.has(step.key):
            article = article.unset(step.key)
    if not article.document.edits:
        return None
    declared = tuple(schema.pointer_of(step.key) for step in steps)
    return modify(path, article.document, declared)
