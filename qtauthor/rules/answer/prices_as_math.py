"""QT609."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qtauthor.rules.answer.inline import blocks, dollars
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, SpliceText
from qtauthor.rules.rule import Hit, Rule

_AMOUNT = re.compile(r"[0-9]")
_FORMULA = re.compile(r"[\\^_{}=`|]")


def check(subject: CheckedArticle) -> Iterator[Hit]:
    shown = subject.shown
    if shown.count("$") < 2:
        return
    for run in blocks(subject).runs:
        for found in dollars(shown, run):
            if found.closing is None or found.end - found.start > 1:
                continue
            inside = shown[found.end : found.closing[0]]
            if _is_prose(shown, inside, found.closing[1]):
                span = (found.start, found.closing[1])
                yield Hit(
                    "/answer", "the text between two prices is read as math", _fix(span), span
                )


def _is_prose(shown: str, inside: str, end: int) -> bool:
    """Whether an amount stands behind both signs, and words between them."""
    if not _AMOUNT.match(inside) or not _AMOUNT.match(shown, end):
        return False
    return not _FORMULA.search(inside) and bool(re.search(r"[A-Za-z]{2,}", inside))


def _fix(span: tuple[int, int]) -> Fix:
    steps = (
        SpliceText("/answer", span[0], "$", "\\$"),
        SpliceText("/answer", span[1] - 1, "$", "\\$"),
    )
    return Fix("escape both dollar signs", "safe", steps)


RULE = Rule(
    "QT609",
    "prices-as-math",
    check,
    what="Two prices in one paragraph whose dollar signs the site takes for the delimiters of "
    "math.",
    why="The words between the prices are set as a formula, in italics and without blanks.",
    example="answer: Flour costs $2 here and $3 there.\n",
    fix="Both signs are escaped: `\\$2`.",
    fixes=("safe",),
)
