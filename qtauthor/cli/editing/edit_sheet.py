"""What an editor shows of an article, and what its author wrote there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from qtauthor.cli.output import json_values
from qtauthor.content.answer import Codec
from qtauthor.content.article import Article
from qtauthor.errors import ArticleError, Code, Place, QtauthorError, RequestError
from qtauthor.model import article_fields
from qtauthor.operations.fields.revise import ANSWER
from qtauthor.text.yaml.values import Value

Values = dict[str, Value]
"""By pointer. ``None`` takes the field out. The answer is Markdown here."""

FORM = (
    "/date",
    "/author",
    "/no_index",
    "/score",
    "/seo/page_description",
    "/seo/page_keywords",
)
"""What stands above the answer in the form: all that neither is derived nor has its own command."""

_LINE = "---"
_ENTRY = re.compile(r"([A-Za-z_][\w.]*)[ \t]*:(.*)")
_NEEDED = frozenset((ANSWER, *article_fields.TITLES, "/subject"))


class Sheet(Protocol):
    """``text`` is what the editor gets, ``answer_line`` the line from 0 where the answer begins."""

    text: str
    answer_line: int

    def read(self, text: str) -> Values:
        """The fields that are others now.

        Raises ``QtauthorError``, placed in ``text`` if one line is to blame.
        """
        ...


class One:
    """One field, as it is."""

    answer_line = 0

    def __init__(self, article: Article, key: str) -> None:
        self.pointer = article_fields.pointer_of(key)
        self.value = article.get(key) if article.has(key) else None
        if isinstance(self.value, dict | list):
            raise ArticleError(
                Code.WRONG_TYPE,
                f"{key} has several fields of its own",
                remedy="name one of them, as in seo.page_description",
            )
        self.text = _shown(article, self.pointer, self.value)

    def read(self, text: str) -> Values:
        if self.pointer != ANSWER and "\n" not in self.text:
            text = " ".join(line.strip() for line in text.strip("\n").split("\n"))
        elif self.pointer == ANSWER:
            text = _ended_as(text, self.text)
        return _changed(self.pointer, self.text, text)


class Form:
    """The fields that are written by hand, each on its line, and the answer below them."""

    def __init__(self, article: Article) -> None:
        self.shown: dict[str, str] = {}
        lines = _head(article)
        for at in FORM:
            text = _shown(article, at, article.get(at) if article.has(at) else None)
            name = article_fields.fields()[at].name
            if "\n" in text or text != text.strip():
                lines.append(f"# {name} has lines of its own: edit it with --field {name}")
            else:
                self.shown[at] = text
                lines.append(f"{name}: {text}".rstrip())
        self.markdown = article.markdown if article.has(ANSWER) else ""
        self.answer_line = len(lines) + 1
        self.text = "\n".join((*lines, _LINE, self.markdown))

    def read(self, text: str) -> Values:
        lines = text.split("\n")
        end = next((at for at, line in enumerate(lines) if line.rstrip() == _LINE), None)
        if end is None:
            raise _misplaced("there is no line of three dashes above the answer", len(lines), "")
        values: Values = {}
        known = {article_fields.fields()[at].name: at for at in self.shown}
        for number, line in enumerate(lines[:end], 1):
            if line.strip() and not line.startswith("#"):
                values |= self._entry(line, number, known)
        self.answer_line = end + 1
        answer = _ended_as("\n".join(lines[end + 1 :]), self.markdown)
        return values | _changed(ANSWER, self.markdown, answer)

    def _entry(self, line: str, number: int, known: Mapping[str, str]) -> Values:
        found = _ENTRY.fullmatch(line)
        if found is None:
            raise _misplaced("this is no line of NAME: VALUE", number, line)
        at = known.get(found[1])
        if at is None:
            raise _misplaced(f"{found[1]} is no field of this form", number, line)
        try:
            return _changed(at, self.shown[at], found[2].strip())
        except QtauthorError as error:
            error.where = Place(None, number, 1)
            error.excerpt = line
            raise


def emptied(values: Mapping[str, Value]) -> str | None:
    """The first field that would be without words, though every article needs some there."""
    for at, value in values.items():
        if at in _NEEDED and (value is None or not str(value).strip()):
            return name(at)
    return None


def stored(values: Mapping[str, Value], answers: Codec) -> Values:
    """The values as they are to be stored. Raises ``ArticleError`` with ``torn-latex``."""
    return {
        at: answers.encode(value) if at == ANSWER and isinstance(value, str) else value
        for at, value in values.items()
    }


def _head(article: Article) -> list[str]:
    fields = article.document.get()
    question = " ".join(str(fields.get("question") or fields.get("title") or "").split())
    return [
        f"# {question}",
        "# Change what stands behind the colons, and the answer below the three dashes.",
    ]


def _shown(article: Article, at: str, value: Value) -> str:
    if value is None:
        return ""
    if at == ANSWER:
        return article.markdown
    return json_values.line(value)


def _changed(at: str, before: str, after: str) -> Values:
    if after == before:
        return {}
    known = article_fields.fields().get(at)
    if not after.strip() and known is not None and (not known.required or known.type is not str):
        return {at: None}
    return {at: article_fields.value_of(at, after)}


def _ended_as(text: str, model: str) -> str:
    """With as many line breaks at its end as another text has: editors put one there."""
    return text.rstrip("\n") + model[len(model.rstrip("\n")) :]


def _misplaced(told: str, line: int, excerpt: str) -> RequestError:
    return RequestError(
        Code.BAD_FORM,
        told,
        where=Place(None, line, 1),
        excerpt=excerpt,
        remedy="write NAME: VALUE above the line of three dashes, and the answer below it",
    )


def name(at: str) -> str:
    """A pointer as the name of its field."""
    known = article_fields.fields().get(at)
    return known.name if known is not None else at
