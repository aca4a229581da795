"""Which question an id stands for, as the rules on ids need it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from qtauthor.content.index import Entry
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.rule import Elsewhere, Hit


class IdQuestion(NamedTuple):
    """An id, which is no placeholder, and its question."""

    number: int
    question: str


def asking(subject: CheckedArticle) -> IdQuestion | None:
    """What an article has; ``None`` if it lacks one of the two."""
    number, question = subject.article, subject.text("question")
    return IdQuestion(number, question) if question and number and number > 0 else None


def is_given(entry: Entry) -> bool:
    """Whether an article has an id that is no placeholder."""
    return entry.id is not None and entry.id > 0


def contradicted(told: str, others: list[Elsewhere]) -> Iterator[Hit]:
    """A hit at the id if other articles contradict it."""
    if others:
        yield Hit("/id", f"{told} {others[0].path}", elsewhere=tuple(others))
