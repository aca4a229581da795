"""QT402."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.ids.question_of_id import asking, contradicted
from qtauthor.rules.rule import Elsewhere, Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    own = asking(subject)
    if own is None:
        return
    others = [
        Elsewhere(entry.path, f"asks {entry.question}")
        for entry in subject.context.known.with_id(own.number)
        if entry.path != subject.path and entry.question and entry.question != own.question
    ]
    yield from contradicted(f"the id {own.number} belongs to another question, too:", others)


RULE = Rule(
    "QT402",
    "id-shared",
    check,
    what="One id belongs to articles with different questions.",
    why="An id stands for a question. What is stored about one of them is shown for the other.",
    example="id: 2\n",
    fix="None here: which of them keeps the id is for a person to say.",
)
