"""What the rules on files that cannot be read have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from qtauthor.errors import Code
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, Rewrite
from qtauthor.rules.repair import attempt
from qtauthor.rules.rule import Hit

_UNUSUAL_BODY = "QT109"
"""What stands in the body has no part in a repair."""


class Mending(NamedTuple):
    """The fix of a file, or a remark on why there is none."""

    fix: Fix | None = None
    remark: str = ""


def refused(subject: CheckedArticle, *codes: Code) -> Iterator[Hit]:
    """A hit if the file cannot be read for one of these reasons."""
    error = subject.error
    if error is not None and error.code in codes:
        found = mending(subject)
        yield Hit("", error.message + found.remark, found.fix, place=error.where)


def mending(subject: CheckedArticle) -> Mending:
    """How the file can be mended."""
    found = attempt(subject.raw, subject.context.body, _titles(subject))
    if found.given_up:
        return Mending(remark=" (too large or too broken to look for what was meant)")
    if found.others:
        return Mending(
            remark=f" (nothing tells which of these is meant: {' | '.join(found.others)})"
            if len(found.others) > 1
            else f" (nothing confirms that this is meant: {found.others[0]})"
        )
    if found.repaired is None or not _accepted(found.repaired.content, subject):
        return Mending()
    rewrite = Rewrite(found.repaired.content)
    return Mending(Fix(found.repaired.title, "unsafe", (rewrite,)))


def _titles(subject: CheckedArticle) -> Callable[[str], str | None]:
    """The titles of the other articles, by their urls."""

    def title(url: str) -> str | None:
        entry = subject.context.known.at_address(url)
        return None if entry is None or entry.path == subject.path else entry.title

    return title


def _accepted(data: bytes, subject: CheckedArticle) -> bool:
    """Whether what was mended passes the other rules on files."""
    from qtauthor.rules.registry import BY_NAME  # it knows the modules that import this one

    mended = CheckedArticle(subject.path, data, subject.context)
    rules = (rule for code, rule in BY_NAME.items() if code.startswith("QT1"))
    return not any(
        hit for rule in rules if rule.code != _UNUSUAL_BODY for hit in rule.check(mended)
    )
