"""JSON Pointer (RFC 6901): ``/seo/title`` names a value; ``~1`` is a slash and ``~0`` a tilde."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from qtauthor.errors import Code, RequestError

_BAD_ESCAPE = re.compile(r"~(?![01])")


@lru_cache(maxsize=1024)
def parse(pointer: str) -> tuple[str, ...]:
    """The reference tokens of a pointer; the empty pointer is the whole document.

    Raises ``RequestError`` with ``bad-pointer``.
    """
    if not pointer:
        return ()
    if not pointer.startswith("/") or _BAD_ESCAPE.search(pointer):
        raise RequestError(
            Code.BAD_POINTER,
            f"{pointer!r} is not a JSON Pointer",
            excerpt=pointer,
            remedy="begin with a slash, and write ~1 for a slash and ~0 for a tilde in a key",
        )
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer[1:].split("/"))


def join(tokens: Iterable[str]) -> str:
    """The pointer of these tokens."""
    return "".join("/" + token.replace("~", "~0").replace("/", "~1") for token in tokens)
