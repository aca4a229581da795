"""What a condition in SQL may do: read the two documented views, compute, and end."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from qtauthor.content.index.storage.weak_callbacks import weakly
from qtauthor.errors import Code, RequestError

if TYPE_CHECKING:
    from qtauthor.text.timed_expression import Expression

_SHOWN = frozenset(("articles", "links"))
_VIEWS = _SHOWN | {"articles_", "links_", "mentions_"}
_TABLES = frozenset(("article", "link"))
_INNER = frozenset(("answer_of", "folder_of", "hash_of", "page_of"))
"""Functions of the views, that nothing else may call."""

_FUNCTIONS = frozenset(
    [
        "abs",
        "avg",
        "char",
        "ceil",
        "ceiling",
        "coalesce",
        "count",
        "date",
        "datetime",
        "floor",
        "format",
        "glob",
        "group_concat",
        "hex",
        "ifnull",
        "iif",
        "instr",
        "json_array",
        "json_extract",
        "julianday",
        "length",
        "like",
        "likelihood",
        "likely",
        "ln",
        "log",
        "log10",
        "lower",
        "ltrim",
        "match",
        "max",
        "min",
        "mod",
        "nullif",
        "pow",
        "power",
        "printf",
        "quote",
        "regexp",
        "replace",
        "round",
        "rtrim",
        "sign",
        "sqrt",
        "strftime",
        "substr",
        "substring",
        "sum",
        "time",
        "total",
        "trim",
        "trunc",
        "typeof",
        "unicode",
        "unixepoch",
        "unlikely",
        "upper",
        "in_scope",
    ]
)
_STEPS, _PAUSES = 100_000, 30_000
"""A condition ends after so many times so many steps of the database: about a minute."""

_SECONDS = 60.0
"""For which its patterns may be looked for, which are no steps of the database."""

_LONGEST = 64 * 1024 * 1024  # bytes that a function can make


class Guard:
    """Watches a connection while a condition is prepared and runs.

    ``pending`` is what a function of ours raised, which SQLite reports without its reason.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.watching = False
        self.pending: BaseException | None = None
        self.matches = False
        self._pauses = 0
        self._left = _SECONDS
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        connection.set_authorizer(weakly(self, Guard._authorize))
        connection.set_progress_handler(weakly(self, Guard._pause), _STEPS)
        regexp = weakly(self, Guard._regexp)
        connection.create_function("regexp", 2, regexp, deterministic=True)

    def watch(self) -> Guard:
        """Let nothing but a condition through, in a ``with`` statement."""
        return self

    def __enter__(self) -> None:
        self.watching, self.pending = True, None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.watching = False
        if kind is not None and issubclass(kind, sqlite3.Error) and self.pending is not None:
            raise self._taken() from None

    def _taken(self) -> BaseException:
        """What is pending, which the guard lets go of: it holds all that was at work."""
        error, self.pending = self.pending, None
        assert error is not None
        return error

    def begin(self) -> None:
        """Forget what the condition before used."""
        self.matches, self._pauses = False, 0
        self._left = _SECONDS

    def failed(self, error: BaseException) -> None:
        """Remember what a function of ours raised."""
        self.pending = error

    @contextmanager
    def trusted(self) -> Iterator[None]:
        """Let a function of ours ask the database while a condition runs."""
        before, self.watching = self.watching, False
        try:
            yield
        finally:
            self.watching = before

    def _authorize(
        self, action: int, first: str | None, second: str | None, _: str | None, view: str | None
    ) -> int:
        if not self.watching:
            return sqlite3.SQLITE_OK
        allowed = action == sqlite3.SQLITE_SELECT
        if action == sqlite3.SQLITE_READ:
            # A table of which no column is wanted is named without the view around it.
            allowed = first in _SHOWN or view in _VIEWS or (first in _TABLES and not second)
        elif action == sqlite3.SQLITE_FUNCTION:
            allowed = second in _FUNCTIONS or (second in _INNER and view in _VIEWS)
            self.matches = self.matches or second == "match"
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    def _pause(self) -> int:
        """Stop a condition without end. Here, too, an interrupt gets through."""
        if not self.watching:
            return 0
        self._pauses += 1
        if self._pauses > _PAUSES:
            self.pending = RequestError(
                Code.BAD_CONDITION,
                "the condition takes too long",
                remedy="compare with fewer subqueries",
            )
        return int(self.pending is not None)

    def _regexp(self, pattern: object, text: object) -> bool | None:
        if pattern is None or text is None:
            return None
        began = time.perf_counter()
        try:
            if self._left <= 0:
                raise TimeoutError
            return _compiled(str(pattern)).search(str(text), self._left)
        except TimeoutError:
            told = "the pattern of regexp takes too long"
            remedy = "let nothing repeat that repeats itself, as in (a+)+ or (a|aa)*"
            self.pending = _wrong(told, str(pattern), remedy)
            raise
        except ValueError as error:
            told = f"the pattern of regexp is wrong: {error}"
            self.pending = _wrong(told, str(pattern), "write it as Python's regex takes it")
            raise
        except BaseException as error:
            self.pending = error
            raise
        finally:
            self._left -= time.perf_counter() - began


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> Expression:
    from qtauthor.text.timed_expression import Expression  # few conditions have one

    return Expression(pattern)


def _wrong(told: str, pattern: str, remedy: str) -> RequestError:
    return RequestError(Code.BAD_CONDITION, told, excerpt=pattern[:200], remedy=remedy)
