"""Edit one article: set fields, take fields out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from qtauthor.changes.change import Modify, modify
from qtauthor.content.article import Article
from qtauthor.model import article_fields
from qtauthor.operations.fields import assignment
from qtauthor.operations.fields.assignment import Untyped
from qtauthor.operations.notices import Edited, Notice, change_of, noted
from qtauthor.text.yaml import pointer
from qtauthor.text.yaml.values import Value


class Set(NamedTuple):
    """Give the field ``key`` (a name or a pointer) the value ``value``; ``/list/-`` appends."""

    key: str
    value: Value | Untyped


class AddItem(NamedTuple):
    """Make ``value`` an item of the list ``key`` (a name or a pointer), unless it is one."""

    key: str
    value: Value | Untyped


class Unset(NamedTuple):
    """Take the field ``key`` (a name or a pointer) out."""

    key: str


class Insert(NamedTuple):
    """Give the field ``key`` the value ``value``, below the sibling ``after`` or above ``before``.

    Siblings are named without what is around them. A field that is there is only set.
    """

    key: str
    value: Value | Untyped
    after: str | None = None
    before: str | None = None


class Rename(NamedTuple):
    """Give the key ``key`` (a name or a pointer) the name ``to``, if it is there."""

    key: str
    to: str


FieldStep: TypeAlias = Set | AddItem | Unset | Insert | Rename


def edit(path: str, article: Article, steps: Sequence[FieldStep]) -> Modify | None:
    """The change that all ``steps`` make in the article at ``path``; ``None`` if they make none.

    Raises ``EditError``, ``ReadError``, ``ArticleError``.
    """
    return change_of(edit_and_tell(path, article, steps))


def edit_and_tell(path: str, article: Article, steps: Sequence[FieldStep]) -> Edited:
    """As ``edit``, with notices of new texts that may be meant as something else."""
    declared: list[str] = []
    notices: list[Notice] = []
    document = article.document
    for step in steps:
        if not isinstance(step, Unset | Rename) and isinstance(step.value, Untyped):
            added = isinstance(step, AddItem)
            notices += assignment.mistakable(
                article, article_fields.pointer_of(step.key), step.value, added
            )
        article, touched = _done(article, step)
        declared += touched
    if article.document is document:
        return None
    change = modify(path, article.document, tuple(declared))
    return noted(change, notices) if change.edits else None


def _done(article: Article, step: FieldStep) -> tuple[Article, list[str]]:
    """The article after a step, and the pointers that the step may change."""
    at = article_fields.pointer_of(step.key)
    if isinstance(step, AddItem):
        new = assignment.added(article, at, step.value)
        return (article.set(*new), [new.at]) if new else (article, [])
    if isinstance(step, Set | Insert):
        there = assignment.placed(article, at, step.value)
        if isinstance(step, Insert) and not article.has(there.at):
            article = article.insert(*there, before=step.before, after=step.after)
            return article, [there.at]
        return article.set(*there), [there.at]
    if not article.has(step.key):
        return article, []
    if isinstance(step, Rename):
        to = pointer.join((*pointer.parse(at)[:-1], step.to))
        return article.rename(step.key, step.to), [at, to]
    return article.unset(step.key), [at]
