"""Small sites made for a test: a few articles in the house style, with the links that it wants."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from qtauthor.content.site import Site


class Made(NamedTuple):
    """An article. ``links`` are paths of other made articles or whole blocks."""

    question: str
    subject: str
    id: int
    links: tuple[Mapping[str, object], ...] = ()
    folded: bool = True
    slug: str = ""
    title: str = ""

    @property
    def file(self) -> str:
        return self.slug or slug(self.question)

    @property
    def key(self) -> str:
        return slug(self.subject)

    @property
    def path(self) -> str:
        return f"content/learn/{self.key}/{self.file}.md"

    @property
    def url(self) -> str:
        return f"/learn/{self.key}/questions/{self.file}"

    def link(self, **other: object) -> dict[str, object]:
        """A block that names this article."""
        title = self.title or self.question
        return {"id": self.id, "title": title, "subject": self.subject, "url": self.url, **other}


def slug(title: str) -> str:
    return re.sub(r"\s", "-", re.sub(r"[^a-z0-9\s]", "", title.lower()))


def text(article: Made) -> str:
    """The file of an article, as the site writes it."""
    a = article
    title = (">-\n    " if a.folded else "") + (a.title or a.question)
    lines = [
        f"---\n_schema: default\nid: {a.id}\ndate: 2024-12-18\ntitle: {title}",
        f"article_title: {title}\ndate_format: MMM DD, YYYY",
        f"post_on_text: Posted on\nseo:\n  title: QuickTakes | {a.subject}",
        "  page_description: >-\n    About it.\n  page_keywords: >-\n    one, two",
        f"author: QuickTakes\nquestion: >-\n    {a.question}\nanswer: >-\n    It is so.\\n\\nYes.",
        f"subject: {a.subject}\nfile_name: {a.file}.md\nurl: {a.url}",
    ]
    for number, link in enumerate(a.links, 1):
        lines.append(f"related_article{number}:")
        for name, value in link.items():
            folded = name == "title" and (number + a.folded) % 2
            lines.append(f"    {name}: {f'>-{chr(10)}        ' if folded else ''}{value}")
    return "\n".join(lines) + "\n---\n\n&nbsp;"


def make(root: Path, articles: Iterable[Made], configuration: str = "") -> Site:
    """A site with these articles in ``root``."""
    for article in articles:
        target = root / article.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text(article).encode())
    (root / "qtauthor.toml").write_text(configuration, encoding="utf-8")
    return Site.at(root)
