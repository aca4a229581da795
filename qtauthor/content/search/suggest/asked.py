"""What is known of the question that is to get related articles."""

from __future__ import annotations

import msgspec

from qtauthor.content.site import Site


class SuggestedFor(msgspec.Struct, frozen=True):
    """A question, of an article (``path``) or a new one. ``answer`` is Markdown.

    ``id`` is that of an article. A new question has none, and a placeholder, which is not positive,
    says nothing.
    """

    question: str
    keywords: str = ""
    answer: str = ""
    subject: str | None = None
    id: int | None = None
    path: str | None = None


def asked(site: Site, path: str) -> SuggestedFor:
    """What an article asks. Raises ``ParseError``, ``SiteError``."""
    article = site.article(path)
    fields = article.document.get()
    seo = fields.get("seo")
    number = fields.get("id")
    stored = _text(fields.get("answer"))
    return SuggestedFor(
        _text(fields.get("question")) or _text(fields.get("title")),
        _text(seo.get("page_keywords")) if isinstance(seo, dict) else "",
        site.answers.decode(stored),
        _text(fields.get("subject")) or None,
        number if type(number) is int and number > 0 else None,
        path,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
