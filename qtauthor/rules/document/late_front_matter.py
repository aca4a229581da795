"""QT101."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.errors import Code
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.document.mending import refused
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    return refused(subject, Code.EMPTY_LINE_BEFORE_FENCE, Code.NO_FRONT_MATTER)


RULE = Rule(
    "QT101",
    "late-front-matter",
    check,
    what="The file does not begin with `---`: an empty line or something else stands before it.",
    why="The site reads the front matter only at byte 0. Such an article has no title, no answer "
    "and no description, and nothing fails in the build.",
    example="\n---\ntitle: Why does bread go stale?\n---\n",
    fix="Empty lines, blanks and byte order marks before the fence are taken out, another number "
    "of dashes becomes `---`, and a missing fence is put above the first field. Anything else is "
    "left to a person.",
    fixes=("unsafe",),
    raw=True,
    formal=True,
)
