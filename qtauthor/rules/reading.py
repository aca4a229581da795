"""The values of an article that is written as the house does, without YAML."""

from __future__ import annotations

import datetime
import re
from typing import Any, NamedTuple

from qtauthor.content.index import quick
from qtauthor.content.schema import MAX_RELATED, related_pointer

_PLACES = (
    *("/_schema", "/id", "/date", "/title", "/article_title", "/date_format", "/post_on_text"),
    *("/seo/title", "/seo/page_description", "/seo/page_keywords", "/author", "/question"),
    *("/no_index", "/answer", "/subject", "/file_name", "/url", "/score"),
    *(
        f"{related_pointer(number)}/{name}"
        for number in range(1, MAX_RELATED + 1)
        for name in ("id", "title", "subject", "url")
    ),
)
_GROUPS = {at: group for group, at in enumerate(_PLACES, 1)}
_SEO = ("title", "page_description", "page_keywords")
_ABOVE = ("title", "article_title", "date_format", "post_on_text")


class Usual(NamedTuple):
    """The values of an article in the usual form, and where they stand in its text.

    It has all fields that there must be, of the right types and in their order. No number or date
    is spelled in a way on which readers do not agree.
    """

    values: dict[str, Any]
    found: re.Match[str]

    @property
    def text(self) -> str:
        """The whole file."""
        return self.found.string

    def span(self, at: str) -> tuple[int, int] | None:
        """Where the value at a pointer stands; ``None`` for what is no value of the form."""
        group = _GROUPS.get(at)
        start, end = (-1, -1) if group is None else self.found.span(group)
        return None if start < 0 else (start, end)


def quickly(data: bytes) -> Usual | None:
    """What YAML would read, in the order of the file; ``None`` where that is not certain."""
    found = quick.match(data)
    return None if found is None else Usual(_values(found), found)


def _values(found: re.Match[str]) -> dict[str, Any]:
    schema, number, day, *texts, no_index, subject, file_name, url, score = quick.scalars(found)
    assert day is not None  # all but no_index and score always match
    assert number is not None
    values: dict[str, Any] = {"_schema": schema, "id": int(number)}
    values["date"] = datetime.date.fromisoformat(day)
    values.update(zip(_ABOVE, texts, strict=False))
    values["seo"] = dict(zip(_SEO, texts[4:], strict=False))
    values["author"], values["question"] = texts[7:]
    if no_index is not None:
        values["no_index"] = no_index in ("True", "true")
    values["answer"] = quick.answer(found)
    values.update(subject=subject, file_name=file_name, url=url)
    if score is not None:
        values["score"] = float(score)
    _add_links(values, quick.links(found))
    return values


def _add_links(values: dict[str, Any], cells: tuple[str | None, ...]) -> None:
    for start in range(0, len(cells), 4):
        number, title, subject, url = cells[start : start + 4]
        if number is None:
            return
        block = {"id": int(number), "title": title, "subject": subject, "url": url}
        values[related_pointer(start // 4 + 1)[1:]] = block
