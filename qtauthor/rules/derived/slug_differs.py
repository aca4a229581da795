"""QT301."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qtauthor.model import derived_names
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, Rewire
from qtauthor.rules.rule import Hit, Rule

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def check(subject: CheckedArticle) -> Iterator[Hit]:
    question = subject.text("question")
    if not question:
        return
    slug = derived_names.slugify(question, subject.context.naming.slug_style)
    if slug and slug != subject.slug:
        fix = None
        if not _CONTROL.search(question.strip()):  # else it can be no title
            fix = Fix(f"call the file {slug}.md", "unsafe", (Rewire("retitle", slug),))
        yield Hit("/question", f"the question gives the slug {slug}, not that of the file", fix)


RULE = Rule(
    "QT301",
    "slug-differs",
    check,
    what="The file's name is not the slug of the question.",
    why="The address of the page no longer says what it asks, and a second article for the same "
    "question would not be noticed.",
    example="question: Why does bread become stale?\n",
    fix="The article is renamed after its question, with a redirect, and the links of other "
    "articles follow.",
    fixes=("unsafe",),
)
