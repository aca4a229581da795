"""QT403."""

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
        Elsewhere(entry.path, f"has the id {entry.id}")
        for entry in subject.context.known.with_slug(subject.slug)
        if entry.question == question and entry.id not in (None, number) and (entry.id or 0) > 0
    )
    if others:
        message = f"the same question has another id at {others[0].path}"
        yield Hit("/id", message, elsewhere=others)


RULE = Rule(
    "QT403",
    "id-split",
    check,
    what="The same question has different ids under different subjects.",
    why="The same question filed under several subjects keeps one id, so that what is stored "
    "about it is found from each of them.",
    example="id: 77\n",
    fix="None here: which of the ids is the older one is for a person to say.",
)
