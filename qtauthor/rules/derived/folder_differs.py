"""QT304."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, Rewire
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    name = subject.text("subject")
    if not name or subject.context.slug(name) == subject.folder:
        return
    configured = subject.context.configured(name)
    key = subject.context.slug(configured)
    if key and key != subject.folder:
        fix = Fix(f"move it to {key}", "unsafe", (Rewire("move", configured),))
        yield Hit("/subject", f"the subject {name} has the folder {key}, not {subject.folder}", fix)


RULE = Rule(
    "QT304",
    "folder-differs",
    check,
    what="The folder of the file is not the one of its subject.",
    why="The address, the lists of the subject and the path of links on the page contradict each "
    "other.",
    example="subject: Chemistry\n",
    fix="The article is moved to the folder of its subject, with a redirect, and the links of "
    "other articles follow.",
    fixes=("unsafe",),
)
