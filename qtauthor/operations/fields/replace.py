"""Replace text in fields of one article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from qtauthor.changes.change import modify
from qtauthor.content.article import Article
from qtauthor.errors import Code, RequestError
from qtauthor.model import article_fields
from qtauthor.operations.fields import assignment
from qtauthor.operations.notices import Edited, Notice, noted
from qtauthor.text.timed_expression import SECONDS, Expression
from qtauthor.text.yaml import pointer

ANSWER = "/answer"


class Replacement(NamedTuple):
    """What to replace in which fields (names or pointers).

    With ``regex`` the pattern is an expression, in which ``^`` and ``$`` are the ends of lines, and
    the replacement may name its groups (``\\1``, ``\\g<name>``). The answer is seen as Markdown, or
    with ``raw`` as it is stored.
    """

    pattern: str
    replacement: str
    fields: tuple[str, ...]
    regex: bool = False
    ignore_case: bool = False
    raw: bool = False


def replace(path: str, article: Article, asked: Replacement) -> Edited:
    """The change of every place that matches; ``None`` if there is none.

    Texts in lists and mappings are looked at, too, however deep. Fields that are not there are
    passed over; values that are no text are, with a notice. Raises ``RequestError`` with
    ``bad-pattern``; ``ArticleError``, ``EditError`` for a result that a field cannot hold.
    """
    notices: list[Notice] = []
    touched: list[str] = []
    for field in dict.fromkeys(map(article_fields.pointer_of, asked.fields)):
        for at, old in list(_leaves(article, field)):
            if not isinstance(old, str):
                notices += _passed_over(field, at, old)
                continue
            markdown = at == ANSWER and not asked.raw
            shown = article.markdown if markdown else old
            new = substituted(shown, asked)
            if new != shown:
                article = article.set_markdown(new) if markdown else article.set(at, new)
                touched.append(at)
    document = article.document
    return noted(modify(path, document, tuple(touched)) if document.edits else None, notices)


def _leaves(article: Article, at: str) -> Iterator[tuple[str, object]]:
    """Every value at a pointer that has none inside, with its own pointer."""
    if not article.has(at):
        return
    value = article.get(at)
    if isinstance(value, dict):
        for name in article.document.keys(at):
            yield from _leaves(article, f"{at}{pointer.join([str(name)])}")
    elif isinstance(value, list):
        for number in range(len(value)):
            yield from _leaves(article, f"{at}/{number}")
    else:
        yield at, value


def _passed_over(field: str, at: str, value: object) -> list[Notice]:
    if value is None:
        return []
    kind = assignment.kind_of(value).partition(" such as")[0]
    if at == field:
        return [Notice(f"{field} is {kind}", ", and is passed over")]
    return [Notice(f"{field} holds {kind}", ", which is passed over")]


def substituted(text: str, asked: Replacement) -> str:
    """``text`` with every match replaced. Raises ``RequestError`` with ``bad-pattern``."""
    if not asked.regex and not asked.ignore_case:
        return text.replace(asked.pattern, asked.replacement)
    pattern = compiled(asked)
    try:
        return pattern.sub(asked.replacement, text, literal=not asked.regex)
    except ValueError as error:
        raise _bad_pattern(f"the replacement cannot be used: {error}", asked.replacement) from None
    except TimeoutError:
        raise RequestError(
            Code.BAD_PATTERN,
            f"the expression takes more than {SECONDS:.0f} seconds for one text",
            excerpt=asked.pattern[:200],
            remedy="let nothing repeat that repeats itself, as in (a+)+ or (a|aa)*",
        ) from None


@lru_cache(maxsize=8)
def compiled(asked: Replacement) -> Expression:
    """The expression that is looked for. Raises ``RequestError`` with ``bad-pattern``."""
    if not asked.pattern:
        raise _bad_pattern("an empty pattern is everywhere", asked.pattern)
    source = asked.pattern if asked.regex else re.escape(asked.pattern)
    try:
        return Expression(source, ignore_case=asked.ignore_case, lines=True)
    except ValueError as error:
        raise _bad_pattern(f"this is no regular expression: {error}", asked.pattern) from None


def _bad_pattern(message: str, excerpt: str) -> RequestError:
    return RequestError(
        Code.BAD_PATTERN,
        message,
        excerpt=excerpt[:200],
        remedy="mend it; expressions are those of Python's regex, without --regex text is literal",
    )
