"""Edit one article: set fields, take fields out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from qtauthor.changes.change import Modify, modify
from qtauthor.content import schema
from qtauthor.content.article import Article
from qtauthor.text import pointer
from qtauthor.text.values import Value


class Set(NamedTuple):
    """Give the field ``key`` (a name or a pointer) the value ``value``."""

    key: str
    value: Value


class Unset(NamedTuple):
    """Take the field ``key`` (a name or a pointer) out."""

    key: str


class Insert(NamedTuple):
    """Give the field ``key`` the value ``value``, below the sibling ``after`` or above ``before``.

    Siblings are named without what is around them. A field that is there is only set.
    """

    key: str
    value: Value
    after: str | None = None
    before: str | None = None


class Rename(NamedTuple):
    """Give the key ``key`` (a name or a pointer) the name ``to``, if it is there."""

    key: str
    to: str


Step: TypeAlias = Set | Unset | Insert | Rename


def edit(path: str, article: Article, steps: Sequence[Step]) -> Modify | None:
    """The change that all ``steps`` make in the article at ``path``; ``None`` if they make none.

    Raises ``EditError``, ``ReadError``, ``ArticleError``.
    """
    declared: list[str] = []
    document = article.document
    for step in steps:
        article = _done(article, step)
        declared += _declared(step)
    if article.document is document:
        return None
    change = modify(path, article.document, tuple(declared))
    return change if change.edits else None


def _done(article: Article, step: Step) -> Article:
    if isinstance(step, Set):
        return article.set(step.key, step.value)
    if isinstance(step, Insert):
        if article.has(step.key):
            return article.set(step.key, step.value)
        return article.insert(step.key, step.value, before=step.before, after=step.after)
    if not article.has(step.key):
        return article
    return (
        article.rename(step.key, step.to) if isinstance(step, Rename) else article.unset(step.key)
    )


def _declared(step: Step) -> list[str]:
    at = schema.pointer_of(step.key)
    if not isinstance(step, Rename):
        return [at]
    return [at, pointer.join((*pointer.parse(at)[:-1], step.to))]
