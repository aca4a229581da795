"""Replace text in fields of one article."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from qtauthor.changes.change import Modify, modify
from qtauthor.content import schema
from qtauthor.content.article import Article
from qtauthor.errors import Code, RequestError
from qtauthor.text.expressions import SECONDS, Expression

ANSWER = "/answer"


class Replacement(NamedTuple):
    """What to replace in which fields (names or pointers).

    With ``regex`` the pattern is an expression, and the replacement may name its groups
    (``\\1``, ``\\g<name>``). The answer is seen as Markdown, or with ``raw`` as it is stored.
    """

    pattern: str
    replacement: str
    fields: tuple[str, ...]
    regex: bool = False
    ignore_case: bool = False
    raw: bool = False


def replace(path: str, article: Article, asked: Replacement) -> Modify | None:
    """The change of every place that matches; ``None`` if there is none.

    Fields that are not there, or hold no text, are passed over. Raises ``RequestError`` with
    ``bad-pattern``; ``ArticleError``, ``EditError`` for a result that a field cannot hold.
    """
    declared = tuple(map(schema.pointer_of, asked.fields))
    for at in declared:
        old = article.get(at) if article.has(at) else None
        if not isinstance(old, str):
            continue
        if at == ANSWER and not asked.raw:
            shown = article.markdown
            new = substituted(shown, asked)
            article = article if new == shown else article.set_markdown(new)
        else:
            new = substituted(old, asked)
            article = article if new == old else article.set(at, new)
    return modify(path, article.document, declared) if article.document.edits else None


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
        return Expression(source, ignore_case=asked.ignore_case)
    except ValueError as error:
        raise _bad_pattern(f"this is no regular expression: {error}", asked.pattern) from None


def _bad_pattern(message: str, excerpt: str) -> RequestError:
    return RequestError(
        Code.BAD_PATTERN,
        message,
        excerpt=excerpt[:200],
        remedy="mend it; expressions are those of Python's regex, without --regex text is literal",
    )
