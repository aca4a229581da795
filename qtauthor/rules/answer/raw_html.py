"""QT606."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qtauthor.rules.answer.markdown import apart, tokens
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.rule import Hit, Rule

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--")


def check(subject: CheckedArticle) -> Iterator[Hit]:
    shown = subject.shown
    if "<" not in shown:
        return
    found = [tag for tag in _TAG.finditer(shown) if not apart(subject, tag.start())]
    if not found:
        return
    html = set(_TAG.findall(_html(subject)))
    for tag in found:
        if tag[0] in html:
            yield Hit("/answer", f"{tag[0]} is HTML", span=tag.span())


def _html(subject: CheckedArticle) -> str:
    """All that Markdown takes for HTML."""
    parts: list[str] = []
    for token in tokens(subject):
        inner = token.children or []
        parts += [t.content for t in (token, *inner) if t.type in ("html_block", "html_inline")]
    return "\n".join(parts)


RULE = Rule(
    "QT606",
    "raw-html",
    check,
    what="The answer holds HTML outside of code, or something in angle brackets that Markdown "
    "takes for it.",
    why="The site renders Markdown only; tags, and words like `<name>`, vanish from the page.",
    example="answer: Use <b>strong</b> flour.\n",
    fix="None: write it in Markdown, or the brackets as code.",
)
