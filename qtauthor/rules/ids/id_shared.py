"""QT402."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.rule import Elsewhere, Hit, Rule
from qtauthor.rules.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    number = subject.article
    question = subject.text("question")
    if number is None or number <= 0 or not question:
        return
    others = tuple(
        Elsewhere(entry.path, f"asks {entry.question}")
        for entry in subject.context.known.with_id(number)
        if entry.path != subject.path and entry.question and entry.question != question
    )
    if others:
        message = f"the id {number} belongs to another question, too: {others[0].path}"
        yield Hit("/id", message, elsewhere=others)


RULE = Rule(
    "QT402",
    "id-shared",
    check,
    what="One id belongs to articles with different questions.",
    why="An id stands for a question. What is stored about one of them is shown for the other.",
    example="id: 2\n",
    fix="None here: which of them keeps the id is for a person to say.",
)
