"""QT401."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, Rewire
from qtauthor.rules.ids.question_of_id import is_given
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    number = subject.article
    if number is not None and number <= 0:
        yield Hit("/id", f"the id {number} is not positive", _fix(subject))


def _fix(subject: CheckedArticle) -> Fix:
    """The id that the question has under other subjects, if that is one; else a new one."""
    same = [
        entry
        for entry in subject.context.known.with_slug(subject.slug)
        if entry.question and entry.question == subject.text("question") and is_given(entry)
    ]
    if len({entry.id for entry in same}) != 1:
        return Fix("give it a new id", "unsafe", (Rewire("reassign-id"),))
    title = f"give it the id {same[0].id}, which the question has at {same[0].path}"
    return Fix(title, "unsafe", (Rewire("reassign-id", str(same[0].id)),))


RULE = Rule(
    "QT401",
    "id-not-positive",
    check,
    what="The id is zero or negative: a placeholder that nobody replaced.",
    why="Ids join the article to what is stored about it elsewhere; a placeholder joins it to "
    "nothing, or to another placeholder.",
    example="id: -3\n",
    fix="The question gets the id that it has under another subject, else the next free one, and "
    "the links of other articles follow.",
    fixes=("unsafe",),
)
