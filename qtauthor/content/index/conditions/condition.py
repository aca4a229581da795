"""Conditions in SQL over the documented view, and what is wrong with one that is refused."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, TypeAlias

from qtauthor.content.index.storage.tables import COLUMNS
from qtauthor.errors import Code, RequestError
from qtauthor.model.derived_names import composed
from qtauthor.text.near_match import hint, near

Parameter: TypeAlias = str | int | float | None

# Text, names in each way to quote them, comments; then what counts outside of them.
_TOKEN = re.compile(
    r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*(?:\]|\Z)|--[^\n]*|/\*.*?\*/|[();'"`]|/\*""",
    re.DOTALL,
)
_OPEN = {"'": "a quote", '"': "a quote", "`": "a quote", "/*": "a comment"}
_MISSING_COLUMN = re.compile(r"no such column: (.+)")
_UNBOUND = re.compile(r"binding (?:value for )?(?:parameter )?:?(\w+)")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,15})?")


_FAULTS = frozenset(
    (
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_TOOBIG,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_RANGE,
        sqlite3.SQLITE_INTERRUPT,
    )
)


class Selection(NamedTuple):
    """What to choose, in which order, and what to tell of it.

    ``within`` are paths of files and folders below the root; empty means all. ``folder`` is a
    subject's key. ``sort`` has columns, each with whether it descends.
    """

    where: str = ""
    parameters: Mapping[str, Parameter] = {}
    within: tuple[str, ...] = ()
    folder: str | None = None
    sort: tuple[tuple[str, bool], ...] = ()
    limit: int | None = None
    columns: tuple[str, ...] = ("path",)


class Scope:
    """Whether a path is one of some files, or in one of some folders."""

    def __init__(self, within: Collection[str]) -> None:
        self.files = frozenset(within)
        self.folders = tuple(f"{path}/" for path in within if path)
        self.all = "" in self.files

    def __call__(self, path: str) -> bool:
        """Whether the article at ``path`` is in it."""
        return self.all or path in self.files or path.startswith(self.folders)


def query(chosen: Selection) -> str:
    """The SELECT for a selection. Raises ``RequestError`` with ``bad-condition``."""
    conditions = [f"(\n{_closed(chosen.where)}\n)"] if chosen.where.strip() else []
    if chosen.within:
        conditions.append("in_scope(path)")
    if chosen.folder is not None:
        conditions.append("folder = :_folder")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    order = ", ".join(_order(name, descends) for name, descends in chosen.sort)
    columns = ", ".join(f'"{_column(name)}"' for name in chosen.columns)
    limit = "" if chosen.limit is None else f" LIMIT {chosen.limit}"
    return (
        f"SELECT {columns} FROM articles{where} ORDER BY {order}{', ' if order else ''}path{limit}"
    )


def parameters(chosen: Selection) -> dict[str, Parameter]:
    """The values that are bound."""
    return {**chosen.parameters, "_folder": chosen.folder and composed(chosen.folder)}


def value(text: str) -> Parameter:
    """What is bound for a word of the command line: a number if it is spelled as one."""
    if not _NUMBER.fullmatch(text):
        return text
    number = float(text) if "." in text else int(text)
    return number if str(number) == text else text


def _order(name: str, descends: bool) -> str:
    direction = "DESC NULLS LAST" if descends else "ASC NULLS LAST"
    return f'"{_column(name)}" {direction}'


def _column(name: str) -> str:
    if name in COLUMNS:
        return name
    raise refusal(f"there is no column {name!r}", name, _nearest(name))


def _closed(where: str) -> str:
    """The condition, if it is one: nothing may end it and begin something else."""
    depth = 0
    for found in _TOKEN.finditer(where):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if found[0] == ";":
            raise refusal("a condition has no ;", where)
        if depth < 0:
            raise refusal("a ) stands alone", where)
        if found[0] in _OPEN:
            raise refusal(f"{_OPEN[found[0]]} is not closed", where)
    if "\0" in where:
        raise refusal("a condition has no NUL", where)
    return where


def is_at_fault(error: Exception) -> bool:
    """Whether it is the condition that SQLite refused, and not the database that failed."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code & 0xFF in _FAULTS


def refused(error: Exception, where: str) -> RequestError:
    """SQLite's complaint about a condition in our own words."""
    told = str(error)
    column = _MISSING_COLUMN.search(told)
    if column is not None:
        return refusal(f"there is no column {column[1]}", where, _nearest(column[1]))
    if "prohibited" in told or "not authorized" in told:
        return refusal(f"a condition can only read articles and links ({told})", where)
    if "has no name" in told:
        return refusal("values have names here", where, "write :NAME for ?, and add -p NAME VALUE")
    if "binding" in told:
        found = _UNBOUND.search(told)
        name = found[1] if found else "NAME"
        return refusal(f"no value is given for :{name}", where, f"add -p {name} VALUE")
    return refusal(told, where)


def refusal(why: str, where: str, remedy: str = "") -> RequestError:
    """The refusal of a condition."""
    return RequestError(
        Code.BAD_CONDITION,
        f"this is no condition: {why}" if not remedy else why,
        excerpt=" ".join(where.split()),
        remedy=remedy or f"write SQL over the columns {_listed(COLUMNS)}",
    )


def _nearest(name: str) -> str:
    likely = near(name.lower().replace("-", "_"), COLUMNS)
    return hint(likely, f"the columns are {_listed(COLUMNS)}")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
