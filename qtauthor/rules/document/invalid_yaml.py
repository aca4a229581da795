"""QT103."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.errors import Code
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.document.mending import refused
from qtauthor.rules.document.tab_indentation import is_tab
from qtauthor.rules.rule import Hit, Rule

_CODES = (
    Code.INVALID_YAML,
    Code.UNCERTAIN_YAML,
    Code.UNREADABLE_YAML,
    Code.UNKNOWN_ALIAS,
    Code.TOO_DEEP,
    Code.TOO_LARGE,
    Code.NOT_A_MAPPING,
    Code.OTHER_LANGUAGE,
)


def check(subject: CheckedArticle) -> Iterator[Hit]:
    if subject.error is not None and not is_tab(subject.error):
        yield from refused(subject, *_CODES)


RULE = Rule(
    "QT103",
    "invalid-yaml",
    check,
    what="The front matter is no YAML, or none on which its readers agree.",
    why="The site cannot be built. A colon and a blank in a title that is not quoted is enough.",
    example="---\ntitle: States of matter: solid, liquid and gas\n---\n",
    fix="A search for the fewest small mends that give an article: a colon behind the name of a "
    "field, or the blank behind it; quotes around a text with a colon, a ` #` or a first sign that "
    "YAML knows; quotes that do not fit each other; backslashes between double quotes; the "
    "indentation of a text; tabs; and the mends of the other rules on files. The result has to be "
    "read alike by all readers, to have all fields in their order with their types, and to show "
    "every key and every letter that the file shows. Where quotes or a ` #` may belong to the "
    "text, another title of the article, its slug or the article that is linked to has to say the "
    "same. If two answers are equally small, the finding lists both and nothing is done.",
    fixes=("unsafe",),
    raw=True,
    formal=True,
)
