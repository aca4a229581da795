"""QT603."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qtauthor.rules.answer.inline import blocks, dollars
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.rule import Hit, Rule

_PRICE = re.compile(r"[ ]?[0-9.]|[)\"'”’,.;:]|\s*\Z")
_CURRENCY = re.compile(r"[A-Za-z]\Z")


def check(subject: CheckedArticle) -> Iterator[Hit]:
    shown = subject.shown
    if "$" not in shown:
        return
    around = blocks(subject)
    for run in around.runs:
        if "\\$" in shown[run.start : run.end]:
            continue  # an escaped one inside math: readers differ
        for found in dollars(shown, run):
            if found.closing is None and not _is_price(shown, found.start, found.end):
                span = (found.start, found.end)
                yield Hit("/answer", "no other dollar sign closes this math", span=span)
    if around.unclosed is not None:
        start = shown.index("$", around.unclosed)
        span = (start, start + 2)
        yield Hit("/answer", "this block of math does not end", span=span)


def _is_price(shown: str, start: int, end: int) -> bool:
    """Whether a single sign stands before an amount, behind a country, or for itself."""
    if end - start > 1:
        return False
    return bool(_PRICE.match(shown, end) or _CURRENCY.search(shown[max(0, start - 1) : start]))


RULE = Rule(
    "QT603",
    "unbalanced-dollar",
    check,
    what="Dollar signs that begin math and that nothing closes. Prices do not count.",
    why="A formula is shown as its source, or everything after it as a formula.",
    example="answer: The root of $x^2 is x.\n",
    fix="None: where the formula ends is for a person to say.",
)
