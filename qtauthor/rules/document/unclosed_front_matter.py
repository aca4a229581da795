"""QT102."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.errors import Code
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.document.mending import mending, refused
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    if subject.error is not None:
        yield from refused(subject, Code.UNCLOSED_FENCE, Code.UNCLEAR_FENCE)
        return
    if subject.document.is_closed_by_dots:
        found = mending(subject)
        message = "the site knows only --- as the end of the data, and fails at these dots"
        yield Hit("", message + found.remark, found.fix, offset=subject.located.front.end)


RULE = Rule(
    "QT102",
    "unclosed-front-matter",
    check,
    what="No line of `---` ends the front matter: there is none, it is another number of dashes, "
    "dots, or has something behind the dashes.",
    why="The site takes the whole file for data, or ends the data where nobody meant it to. YAML "
    "knows `...` as an end, too; the site's reader fails at it.",
    example="---\ntitle: Why does bread go stale?\n\n&nbsp;",
    fix="Dots, blanks before the dashes, and too few or too many of them become `---`, and a "
    "missing one is put in, if exactly the body of the template stands below. Anything else is "
    "left to a person.",
    fixes=("unsafe",),
    raw=True,
    formal=True,
)
