"""What other fields, and the articles that are linked to, say of a value that is in doubt.

The three titles of an article are one text, the slug of a title is in the file's name and in the
url, a subject is in the title for search engines. A slug says nothing of quotes and stops.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple, TypeAlias

from qtauthor.model import numbered_blocks
from qtauthor.model.article_fields import TITLES
from qtauthor.model.derived_names import slugify
from qtauthor.rules.repair.draft import Doubt
from qtauthor.text.document import Document

TitleLookup: TypeAlias = Callable[[str], str | None]
"""From an url to the title of the article there, if that is known."""


class Witnesses(NamedTuple):
    """The mended file, and the titles of other articles."""

    document: Document
    linked: TitleLookup

    def confirm(self, at: str, doubt: Doubt, doubtful: Collection[str]) -> bool:
        """Whether somebody who is not ``doubtful`` says the same as the field at ``at``."""
        value = self.document.get(at)
        if not isinstance(value, str):
            return False
        return self._says(at, value, doubtful) or (doubt == "words" and self._slug(at, value))

    def _text(self, at: str) -> str:
        value = self.document.get(at) if self.document.has(at) else None
        return value if isinstance(value, str) else ""

    def _says(self, at: str, value: str, doubtful: Collection[str]) -> bool:
        if at in TITLES:
            others = [other for other in TITLES if other != at and other not in doubtful]
            return any(self._text(other) == value for other in others)
        if at == "/subject" and "/seo/title" not in doubtful:
            return self._text("/seo/title").endswith(f"| {value}")
        url = _url_of(at)
        return url is not None and self.linked(self._text(url)) == value

    def _slug(self, at: str, value: str) -> bool:
        slug, url = slugify(value), _url_of(at)
        if not slug or (at not in TITLES and url is None):
            return False
        if url is None:
            return self._text("/file_name") == f"{slug}.md"
        return self._text(url).rpartition("/")[2] == slug


def _url_of(at: str) -> str | None:
    """Where the url stands that the title at ``at`` belongs to, if it is that of a link."""
    above, _, name = at.rpartition("/")
    return f"{above}/url" if name == "title" and numbered_blocks.is_inside(above) else None
