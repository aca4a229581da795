"""QT103."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.errors import Code
from qtauthor.rules.document.broken import refused
from qtauthor.rules.document.tab_indentation import is_tab
from qtauthor.rules.rule import Hit, Rule
from qtauthor.rules.subject import Subject

_CODES = (
    Code.INVALID_YAML,
    Code.UNCERTAIN_YAML,
    Code.UNKNOWN_ALIAS,
    Code.TOO_DEEP,
    Code.TOO_LARGE,
    Code.NOT_A_MAPPING,
    Code.OTHER_LANGUAGE,
)


def check(subject: Subject) -> Iterator[Hit]:
    if subject.error is not None and not is_tab(subject.error):
        yield from refused(subject, *_CODES)


RULE = Rule(
    "QT103",
    "invalid-yaml",
    check,
    what="The front matter is no YAML, or none on which its readers agree.",
    why="The site cannot be built. A colon and a blank in a title that is not quoted is enough.",
    example="---\ntitle: States of matter: solid, liquid and gas\n---\n",
    fix="Mended is only what has one meaning: a colon in an unquoted value of a known field, on "
    "one line; and a quote that closes before the last characters of a title, if another title "
    "of the article says the same. The result has to be readable, with every key that the file "
    "shows.",
    fixes=("unsafe",),
    raw=True,
    formal=True,
)
