"""Paths as the database can hold them, and what derives from them.

A file's name that is no UTF-8 has half surrogate pairs in Python, which no database takes. They go
to the end of the last plane for private use, where no name has anything, and come back from there.
"""

from __future__ import annotations

import re
import zlib

from qtauthor.model import address, derived_names
from qtauthor.model.derived_names import composed

_SHIFT = 0x10FF00 - 0xDC00
_USUAL = re.compile(r"[\w.-]*")
"""Names that stand in an address as they are."""
_HALF = re.compile("[\udc80-\udcff]")
_SHIFTED = re.compile("[\U0010ff80-\U0010ffff]")


def stored(path: str) -> str:
    """A path for the database."""
    return path if path.isascii() else _HALF.sub(lambda f: chr(ord(f[0]) + _SHIFT), path)


def real(path: str) -> str:
    """A path of the database as the file system has it."""
    return path if path.isascii() else _SHIFTED.sub(lambda f: chr(ord(f[0]) - _SHIFT), path)


def folder_of(path: str) -> str:
    """The name of the folder that an article is in, composed: the subject's key."""
    return composed(path.rsplit("/", 2)[-2])


def slug_of(path: str) -> str:
    """The name of an article's file without its suffix, composed."""
    return composed(path[path.rfind("/") + 1 : -len(".md")])


def address_of(path: str, pattern: str) -> str:
    """Where the site shows the article at ``path``."""
    key, slug = folder_of(path), slug_of(path)
    if not _USUAL.fullmatch(key) or not _USUAL.fullmatch(slug):
        return derived_names.url(pattern, key, slug)
    return pattern.replace("{subject}", key).replace("{slug}", slug)


def page_of(url: str | None, pattern: str) -> str | None:
    """The page that a url opens (`address.Addresses.page`)."""
    return None if url is None else address.of(pattern).page(url)


def hash_of(page: str | None) -> int | None:
    """A number to look a page up by; few pages share one."""
    return None if page is None else zlib.crc32(page.encode("utf-8", "replace"))
