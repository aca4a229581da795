"""Give fields of one article the values that their author wrote."""

from __future__ import annotations

from collections.abc import Mapping

from qtauthor.changes.change import Modify, modify
from qtauthor.content.article import Article
from qtauthor.model import article_fields
from qtauthor.text.yaml.values import Value

ANSWER = "/answer"


def revise(path: str, article: Article, values: Mapping[str, Value]) -> Modify | None:
    """The change that gives the fields at these pointers these values; ``None`` if it makes none.

    ``None`` as a value takes the field out. The answer comes as it is to be stored, and is stored
    so: a line that looks as if the site had torn a command was read by its author as it is shown.

    Raises ``ArticleError``, ``EditError``.
    """
    for at, value in values.items():
        if at == ANSWER:
            continue
        if value is not None:
            article = article.set(at, value)
        elif article.has(at):
            article = article.unset(at)
    document = article.document
    if ANSWER in values:
        document = document.set(ANSWER, article_fields.check_value(ANSWER, values[ANSWER]))
    return modify(path, document, tuple(values)) if document.edits else None
