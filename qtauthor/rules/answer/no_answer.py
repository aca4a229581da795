"""QT607."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, SetValue
from qtauthor.rules.rule import Hit, Rule

_REFUSAL = re.compile(
    r"\s*(?:(?:I['’]m |I am )sorry, (?:but )?|Unfortunately, |As an AI[^.]{0,60}, )?"
    r"(?:I (?:cannot|can't|can’t|am unable to|am not able to)|I['’]m (?:unable|not able) to)"
    r" (?:answer|provide an answer)"
    r"|\s*This question cannot be answered",
    re.IGNORECASE,
)


def check(subject: CheckedArticle) -> Iterator[Hit]:
    if subject.values.get("no_index") is True or subject.has("/no_index"):
        return
    found = _REFUSAL.match(subject.stored)
    if found:
        fix = Fix("keep it out of search engines", "unsafe", (SetValue("/no_index", True),))
        yield Hit("/answer", "the answer says that there is none", fix, found.span())


RULE = Rule(
    "QT607",
    "no-answer",
    check,
    what="The answer begins by saying that it cannot answer, and the article has no `no_index`.",
    why="Search engines count such pages against the whole site.",
    example="answer: I cannot answer this question based on the available information.\n",
    fix="`no_index: True` is put between `question` and `answer`.",
    fixes=("unsafe",),
)
