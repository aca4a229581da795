"""ARTICLE on the command line: a path, url, slug or id, and the one article that it means."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator

from qtauthor.content.index import Entry, Index
from qtauthor.errors import Code, SiteError
from qtauthor.text.near_match import hint, near

MOST = 10
"""Candidates that an error lists."""

_HOST = re.compile(r"\A(?:https?:)?//[^/?#]*")
_ID = re.compile(r"-?[0-9]{1,18}")
_SUFFIX = ".md"
_COMPARED = 200
"""Slugs that are compared letter by letter: those that share the most pieces with the name."""


def find_article(index: Index, content: str, name: str) -> str:
    """The path of the article that ``name`` means; see ``Site.find_article``.

    Raises ``SiteError`` if it means none, or several.
    """
    found = _found(index, content, name.strip())
    if len(found) == 1:
        return found[0]
    if found:
        raise _ambiguous(name, found)
    raise _unknown(index, name)


def _found(index: Index, content: str, name: str) -> list[str]:
    """The paths of all articles that ``name`` may mean. A path and a url mean one at most."""
    for path in (name, f"{content}/{name}", f"{content}/{name}{_SUFFIX}"):
        if "/" in path and index.entry(called := index.called(path)):
            return [called]
    there = index.at_address(_here(name)) if "/" in name else None
    if there is not None:
        return [there.path]
    return sorted({entry.path for entry in _named(index, name)})


def _named(index: Index, name: str) -> Iterator[Entry]:
    if _ID.fullmatch(name):
        yield from index.with_id(int(name))
    if name and "/" not in name:
        yield from index.with_slug(name.removesuffix(_SUFFIX))


def _here(name: str) -> str:
    """A url as it would be on this site, whatever host is in it."""
    return _HOST.sub("", name, count=1)


def _ambiguous(name: str, paths: list[str]) -> SiteError:
    more = len(paths) - MOST
    listed = ", ".join(paths[:MOST]) + (f" and {more} more" if more > 0 else "")
    return SiteError(
        Code.AMBIGUOUS_ARTICLE,
        f"{name} means {len(paths)} articles",
        excerpt=name,
        remedy=f"name one by its path: {listed}",
    )


def _unknown(index: Index, name: str) -> SiteError:
    slugs = _nearest(name, (entry.path for entry in index.entries()))
    return SiteError(
        Code.UNKNOWN_ARTICLE,
        f"no article is called {name!r}",
        excerpt=name,
        remedy=hint(slugs, "give the path, url, slug or id of an article"),
    )


def _nearest(name: str, paths: Iterable[str]) -> list[str]:
    """Up to three slugs that are spelled nearly like the last part of ``name``."""
    named = re.split("[?#]", _here(name), maxsplit=1)[0] if "/" in name else name
    wanted = named.rstrip("/").rpartition("/")[2].removesuffix(_SUFFIX)
    wanted = wanted.lower().replace(" ", "-")
    pieces = {wanted[at : at + 3] for at in range(max(1, len(wanted) - 2))}
    slugs = {path.rpartition("/")[2].removesuffix(_SUFFIX) for path in paths}
    likely = heapq.nlargest(
        _COMPARED, sorted(slugs), key=lambda slug: sum(piece in slug for piece in pieces)
    )
    return near(wanted, likely, 3)
