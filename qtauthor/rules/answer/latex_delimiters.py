"""QT602."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from qtauthor.rules.answer.inline import Run, blocks, dollars, formulas
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, SpliceText
from qtauthor.rules.rule import Hit, Rule

_INDENT = 200  # blanks that nobody writes; a line can be megabytes long
_TOUCHING = ("$", "\\(", "\\)", "\\[", "\\]")


def check(subject: CheckedArticle) -> Iterator[Hit]:
    shown = subject.shown
    if "\\(" not in shown and "\\[" not in shown:
        return
    for run in blocks(subject).runs:
        for span in formulas(shown, run):
            opening, closing = shown[span[0] : span[0] + 2], shown[span[1] - 2 : span[1]]
            wanted = "$…$" if opening == "\\(" else "$$…$$"
            message = f"{opening} … {closing} is no math for the site"
            yield Hit("/answer", message, _fix(subject, span, run, wanted), span)


def _fix(subject: CheckedArticle, span: tuple[int, int], run: Run, wanted: str) -> Fix | None:
    shown = subject.shown
    start, end = span
    inside = shown[start + 2 : end - 2]
    if not inside.strip() or "$" in inside or "`" in inside:
        return None
    if shown.endswith(_TOUCHING, 0, start) or shown.startswith(_TOUCHING, end):
        return None  # two formulas would become one
    if wanted == "$$…$$" and _alone(shown, start, end):
        opening, closing = _own_lines(subject, start, inside)
    elif _is_balanced(shown, run) and (wanted == "$…$" or "\n" not in inside):
        opening = closing = wanted.partition("…")[0]
    else:
        return None
    first = SpliceText("/answer", start, shown[start : start + 2], opening)
    last = SpliceText("/answer", end - 2, shown[end - 2 : end], closing)
    return Fix(f"write {wanted}", "safe", (first, last))


def _alone(shown: str, start: int, end: int) -> bool:
    """Whether nothing else stands on the lines of a formula."""
    before = shown[max(0, start - _INDENT) : start].rpartition("\n")[2]
    after = shown[end : end + _INDENT].partition("\n")[0]
    return not before.strip() and not after.strip() and len(before) < _INDENT > len(after)


def _own_lines(subject: CheckedArticle, start: int, inside: str) -> tuple[str, str]:
    """The delimiters of a block of math: each has a line of its own."""
    shown = subject.shown
    indent = shown[shown.rfind("\n", 0, start) + 1 : start]
    line = ("\\n" if subject.context.escaped else "\n") + indent
    lines = inside.split("\n")
    opening = "$$" if len(lines) > 1 and not lines[0].strip() else f"$${line}"
    closing = "$$" if len(lines) > 1 and not lines[-1].strip() else f"{line}$$"
    return opening, closing


@lru_cache(maxsize=1)
def _is_balanced(shown: str, run: Run) -> bool:
    """Whether no dollar sign of the text would pair up with a new one."""
    return all(found.closing is not None for found in dollars(shown, run))


RULE = Rule(
    "QT602",
    "latex-delimiters",
    check,
    what="`\\(…\\)` or `\\[…\\]` stands in the answer.",
    why="The site knows math only between dollar signs. Of these delimiters Markdown takes the "
    "backslashes away, and the formula is shown as its source.",
    example="answer: The area is \\(a^2\\).\n",
    fix="They become `$…$` and `$$…$$`. Where another dollar sign of the paragraph would pair up "
    "with a new one, nothing is done.",
    fixes=("safe",),
)
