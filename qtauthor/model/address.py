"""Which page of the site a url opens, however it is spelled.

Links are followed by browsers and answered by the site's router (Next.js). So a fragment and a
query do not choose the page, a last slash and doubled ones are redirected, ``.`` and ``..`` are
resolved, percent escapes stand for their characters, and white space around a url is dropped
(https://url.spec.whatwg.org/#url-parsing). Upper and lower case differ.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from qtauthor.model import derived_names
from qtauthor.model.derived_names import composed

_PLAIN = re.compile(r"(?:/[A-Za-z0-9_~-]+)+")
"""Urls that are spelled in the one usual way: nearly all, so they cost nothing."""

_HOST = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*:)?[/\\]{2}(?P<host>[^/\\?#]*)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_OUTER = "".join(map(chr, range(0x21)))
_BROKEN = re.compile("[\t\r\n]")
_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")
_SLASH = re.compile("%2[fF]")
_NOWHERE = "?"


class _Parts(NamedTuple):
    """A url taken apart; ``head + path + tail`` is what a browser makes of it."""

    head: str
    path: str
    tail: str


class Addresses:
    """The addresses of a site by its ``url.pattern``; ask `of` for one.

    A pattern with a host makes its urls with and without the host the same; without one, every url
    with a host leads to another site.
    """

    def __init__(self, pattern: str) -> None:
        found = _HOST.match(pattern)
        self._host = found["host"].lower() if found else ""
        self._rooted = bool(found) or pattern.startswith("/")
        self._ends = "".join(sign for sign in "?#" if sign not in pattern)
        self._pattern = self.page(pattern)

    def page(self, url: str) -> str:
        """The page that a url opens, unescaped and composed; equal pages are the same article.

        This is no url: what is escaped in one may be a sign of its own here. A url that opens no
        page of the site stands for itself.
        """
        if _PLAIN.fullmatch(url):
            return url
        parts = self._parts(url)
        if parts is None:
            return composed(url)
        read = _unescaped(parts.path)
        return _NOWHERE + composed(url) if read is None else composed(read)

    def names(self, url: str) -> tuple[str, str] | None:
        """Subject key and slug of the article whose address a url is; None if of none."""
        return derived_names.parse_url(self._pattern, self.page(url))

    def names_in_any_case(self, url: str) -> tuple[str, str] | None:
        """The same if all but the names may differ in case from the pattern."""
        return derived_names.parse_url(self._pattern, self.page(url), ignore_case=True)

    def led(self, url: str, address: str) -> str:
        """``url`` made to lead to ``address``: host, last slash, query and fragment stay."""
        old, new = self._parts(url), self._parts(address)
        if old is None or new is None:
            return address
        if self.page(url) == self.page(address):
            return url
        slash = "/" if old.path.endswith("/") and len(old.path) > 1 else ""
        return old.head + (new.path.rstrip("/") or "/") + slash + old.tail

    def without_end(self, url: str) -> str:
        """A url as it is told of: without query, fragment and last slash."""
        parts = self._parts(url)
        if parts is None:
            return url
        path = parts.path.rstrip("/") or parts.path
        bare = path.rstrip(_OUTER)  # what follows would be dropped at the end of a url
        return parts.head + bare + "".join(f"%{ord(sign):02X}" for sign in path[len(bare) :])

    def here(self, url: str) -> str:
        """A url without a host: what it would open on this site."""
        found = _HOST.match(url)
        return "/" + url[found.end() :].lstrip("/\\") if found else url

    def elsewhere(self, url: str) -> str | None:
        """Why a url leads off the site, in words; None if it stays on it."""
        if self._parts(url) is not None:
            return None
        given = _BROKEN.sub("", url.strip(_OUTER))
        found = _HOST.match(given)
        if found:
            return f"this leads to another site, {found['host']}"
        if _SCHEME.match(given):
            return f"this is no page of the site, but a {given.partition(':')[0]} address"
        if given[:1] in ("#", "?", ""):
            return "this leads from each page to that page itself"
        return "this has no / at its start, so it leads from each page to another place"

    def _parts(self, url: str) -> _Parts | None:
        """Head, path and tail of a url on this site; None if it leads elsewhere."""
        given = _BROKEN.sub("", url.strip(_OUTER))
        found = _HOST.match(given)
        head = found[0] if found else ""
        if found and not self._is_own(found):
            return None
        rest = given[len(head) :]
        if not found and not self._is_from_root(rest):
            return None
        end = next((at for at, sign in enumerate(rest) if sign in self._ends), len(rest))
        return _Parts(head, _resolved(rest[:end]), rest[end:])

    def _is_from_root(self, rest: str) -> bool:
        """Whether a url without a host begins at the site's root, as some patterns do unsaid."""
        if rest.startswith(("/", "\\")):
            return True
        return bool(not self._rooted and rest and rest[0] not in "?#" and not _SCHEME.match(rest))

    def _is_own(self, found: re.Match[str]) -> bool:
        scheme = (found["scheme"] or "https:").lower()
        return found["host"].lower() == self._host != "" and scheme in ("http:", "https:")


@lru_cache(maxsize=8)
def of(pattern: str) -> Addresses:
    """The addresses of a site with this ``url.pattern``."""
    return Addresses(pattern)


def _resolved(path: str) -> str:
    """A path without dots and doubled slashes, still escaped; its last slash stays."""
    kept: list[str] = []
    pieces = re.split(r"[/\\]+", path)
    for piece in pieces:
        dots = piece.replace("%2e", ".").replace("%2E", ".")
        if dots == "..":
            del kept[-1:]
        elif dots not in ("", "."):
            kept.append(piece)
    last = pieces[-1].replace("%2e", ".").replace("%2E", ".") in ("", ".", "..")
    return "/" + "/".join(kept) + ("/" if last and kept else "")


def _unescaped(path: str) -> str | None:
    """A path without its last slash and its escapes; None if they are no UTF-8.

    An escaped slash is a part of a name, which no article has.
    """
    path = path.rstrip("/") or path
    if "%" not in path:
        return path
    if _ESCAPE.search(path):
        return None
    try:
        return "%2F".join(unquote(part, errors="strict") for part in _SLASH.split(path))
    except UnicodeDecodeError:
        return None
