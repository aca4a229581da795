"""Which names a record of a change can have: those that this program gives, and no others."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

_ID = re.compile(r"[0-9a-f]{8,16}")
_FILING = re.compile(r"[0-9]{1,18}(?:\.new|\.undone)?")
_SEPARATORS = re.compile("[" + re.escape(f"/{os.sep}") + "]")
_UNSEEN = dict.fromkeys(map(ord, "\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"))
_UNSEEN |= dict.fromkeys(range(0x206A, 0x2070))
"""Characters that a file system of macOS does not see in a name."""


def is_id(text: str) -> bool:
    """Whether a transaction can be called that."""
    return _ID.fullmatch(text) is not None


def is_filing(names: Iterable[str]) -> bool:
    """Whether entries of the history can be called that."""
    return all(_FILING.fullmatch(name) for name in names)


def is_below(path: str) -> bool:
    """Whether it is a path below a folder, from part to part, and none of git's own."""
    parts = _SEPARATORS.split(path)
    return (
        "\0" not in path
        and not any(part in ("", ".", "..") or is_git(part) for part in parts)
        and not os.path.splitdrive(path)[0]
    )


def is_git(name: str) -> bool:
    """Whether some system takes a name for that of git's own folder, as git itself judges it."""
    if name[:1] not in ".gG" and name.isascii():
        return False
    plain = name.translate(_UNSEEN).casefold()
    return plain.partition(":")[0].rstrip(". ") in (".git", "git~1")
