"""QT104."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.errors import Code
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.document.mending import refused
from qtauthor.rules.rule import Hit, Rule
from qtauthor.text.source import characters


def check(subject: CheckedArticle) -> Iterator[Hit]:
    if subject.error is not None:
        yield from refused(subject, Code.CONTROL_CHARACTER)
        return
    # Only in such quotes an escape can stand for one.
    if b'"' in subject.raw and b"\\" in subject.raw:
        for fault in characters.faults(subject.values):
            yield Hit(fault.at, f"the text holds {characters.called(fault.character)}")
    if characters.may_stand_in(subject.raw):
        found = characters.FAULT.search(subject.located.text)
        if found:
            told = f"{characters.called(found[0])} stands in the file"
            yield Hit("", told, offset=found.start())


RULE = Rule(
    "QT104",
    "control-character",
    check,
    what="A control character stands in the file, or a text of the front matter holds one.",
    why="YAML does not allow it, so the site cannot be built. Mostly it is what is left of a LaTeX "
    "command: `\\forall` whose `\\f` was read as a form feed.",
    example="answer: For ␌orall $x$.\n",
    fix="A bell, backspace, vertical tab or form feed becomes `\\a`, `\\b`, `\\v` or `\\f` again "
    "where it and the letters behind it are a command that KaTeX knows. If one character of "
    "the file is anything else, or may be (a tab in a text, from `\\theta`), the file is left "
    "alone.",
    fixes=("unsafe",),
    raw=True,
    formal=True,
)
