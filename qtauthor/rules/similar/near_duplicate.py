"""QT801."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qtauthor.content.index import Entry
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.rule import Elsewhere, Hit, Rule

_WORD = re.compile(r"\w+")
_SMALL = """
    a an and are as at be by can could describe did do does explain for from how in into is it its
    of on or that the their there these they this to was were what when where which who why will
    with would you your should
"""
_EMPTY = frozenset(_SMALL.split())


def check(subject: CheckedArticle) -> Iterator[Hit]:
    question = subject.text("question")
    if not question:
        return
    words = _words(question)
    if len(words) < 2:
        return
    asking = _asking(subject).get(words, [])
    others = tuple(
        Elsewhere(entry.path, f"asks {entry.question}")
        for entry in asking
        if entry.path != subject.path
    )
    if others:
        yield Hit("/question", f"{others[0].path} asks nearly the same", elsewhere=others)


def _asking(subject: CheckedArticle) -> dict[frozenset[str], list[Entry]]:
    """The articles of the folder by the words of their questions."""
    memo = subject.context.memo
    key = (__name__, subject.folder)
    if key not in memo:
        found: dict[frozenset[str], list[Entry]] = {}
        for entry in subject.context.known.in_subject(subject.folder):
            if entry.question:
                found.setdefault(_words(entry.question), []).append(entry)
        memo[key] = found
    result: dict[frozenset[str], list[Entry]] = memo[key]
    return result


def _words(question: str) -> frozenset[str]:
    """The words that carry the meaning, plural or not."""
    found = (word.removesuffix("s") for word in _WORD.findall(question.lower()))
    return frozenset(word for word in found if word not in _EMPTY and word + "s" not in _EMPTY)


RULE = Rule(
    "QT801",
    "near-duplicate",
    check,
    what="Another article of the same subject asks with the same words, but for their order, "
    "plurals and small words.",
    why="Two pages compete for the same readers.",
    example="question: How long does a dough rise?\n",
    fix="None: which of them stays is for a person to say.",
    default=False,
)
