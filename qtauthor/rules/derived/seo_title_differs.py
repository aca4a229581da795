"""QT305."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.model import derived_names
from qtauthor.model.lookalikes import difference
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, SetValue
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    name, title = subject.text("subject"), subject.seo.get("title")
    if not name or not isinstance(title, str) or not title.strip():
        return
    wanted = derived_names.seo_title(name, subject.context.naming.seo_title_pattern)
    if title != wanted:
        fix = Fix(f"make it {wanted}", "safe", (SetValue("/seo/title", wanted),))
        yield Hit(
            "/seo/title",
            f"the title for search engines is not {wanted!r}{difference(title, wanted)}",
            fix,
        )


RULE = Rule(
    "QT305",
    "seo-title-differs",
    check,
    what="`seo.title` does not follow the configured pattern with the article's subject.",
    why="Search engines show another subject than the page.",
    example="seo:\n  title: QuickTakes | Chemistry\n",
    fix="It is made after the pattern.",
    fixes=("safe",),
)
