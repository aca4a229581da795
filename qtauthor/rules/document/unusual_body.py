"""QT109."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.rule import Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    if subject.error is not None:
        return
    body = subject.context.body.encode()
    if subject.raw.endswith(b"---\n" + body):
        return
    located = subject.located
    if located.text[located.front.body :].replace("\r\n", "\n") != subject.context.body:
        offset = min(located.front.body, max(0, len(located.text) - 1))
        yield Hit("", "the body is not the one of the template", offset=offset)


RULE = Rule(
    "QT109",
    "unusual-body",
    check,
    what="What stands behind the closing fence is not what the template has there.",
    why="The site shows the field `answer` and nothing of the body. Text that stands in the body "
    "is seen by nobody.",
    example="---\ntitle: Why does bread go stale?\n---\n\nBecause its starch crystallises.\n",
    fix="None: what stands there may be the answer.",
    raw=True,
)
