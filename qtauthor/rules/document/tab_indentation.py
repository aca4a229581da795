"""QT107."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qtauthor.errors import Code, ParseError, Place
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.document.mending import mending
from qtauthor.rules.repair import outside
from qtauthor.rules.rule import Hit, Rule

_MESSAGE = "a tab indents this line"
_INDENTED = re.compile(r"[ ]*\t[ \t]*\S")


def is_tab(error: ParseError) -> bool:
    """Whether a file cannot be read because of a tab in an indentation."""
    return error.code is Code.INVALID_YAML and bool(_INDENTED.match(error.excerpt))


def check(subject: CheckedArticle) -> Iterator[Hit]:
    error = subject.error
    if error is not None:
        if is_tab(error):
            found = mending(subject)
            yield Hit("", _MESSAGE + found.remark, found.fix, place=error.where)
        return
    if b"\t" not in subject.raw:
        return
    for number, line in outside(subject.located.text):
        if _INDENTED.match(line):
            yield Hit("", _MESSAGE, place=Place(None, number + 1, 1))


RULE = Rule(
    "QT107",
    "tab-indentation",
    check,
    what="A tab stands in the indentation of a line of the front matter.",
    why="YAML allows none there. Some readers refuse the file, others count a tab as they please.",
    example="---\nseo:\n␉title: QuickTakes | Bread Baking\n---\n",
    fix="Blanks for the tab where the line can belong to one place only: a field of the mapping "
    "above it, or the text of the field above it.",
    fixes=("unsafe",),
    raw=True,
    formal=True,
)
