"""QT403."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.ids.question_of_id import asking, contradicted, is_given
from qtauthor.rules.rule import Elsewhere, Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    own = asking(subject)
    if own is None:
        return
    others = [
        Elsewhere(entry.path, f"has the id {entry.id}")
        for entry in subject.context.known.with_slug(subject.slug)
        if entry.question == own.question and is_given(entry) and entry.id != own.number
    ]
    yield from contradicted("the same question has another id at", others)


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
