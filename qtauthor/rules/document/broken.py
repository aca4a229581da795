"""What the rules on files that cannot be read have in common."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.errors import Code
from qtauthor.rules.fix import Fix, Rewrite
from qtauthor.rules.repair import repaired
from qtauthor.rules.rule import Hit
from qtauthor.rules.subject import Subject


def refused(subject: Subject, *codes: Code) -> Iterator[Hit]:
    """A hit if the file cannot be read for one of these reasons."""
    error = subject.error
    if error is not None and error.code in codes:
        yield Hit("", error.message, _mending(subject), place=error.where)


def _mending(subject: Subject) -> Fix | None:
    found = repaired(subject.raw)
    if found is None or not _accepted(found.content, subject):
        return None
    return Fix(found.title, "unsafe", (Rewrite(found.content),))


def _accepted(data: bytes, subject: Subject) -> bool:
    """Whether what was mended passes the other rules on files."""
    from qtauthor.rules.registry import BY_NAME  # it knows the modules that import this one

    mended = Subject(subject.path, data, subject.context)
    rules = (rule for code, rule in BY_NAME.items() if code.startswith("QT1"))
    return not any(hit for rule in rules for hit in rule.check(mended))
