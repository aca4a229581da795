"""QT102."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.errors import Code
from qtauthor.rules.document.broken import refused
from qtauthor.rules.rule import Hit, Rule
from qtauthor.rules.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    return refused(subject, Code.UNCLOSED_FENCE, Code.UNCLEAR_FENCE)


RULE = Rule(
    "QT102",
    "unclosed-front-matter",
    check,
    what="No line of `---` ends the front matter, or the line that ends it has something behind "
    "the dashes.",
    why="The site takes the whole file for data, or ends the data where nobody meant it to.",
    example="---\ntitle: Why does bread go stale?\n\n&nbsp;",
    fix="None: where the data ends is for a person to say.",
    raw=True,
    formal=True,
)
