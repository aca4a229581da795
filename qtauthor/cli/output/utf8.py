"""Texts are UTF-8, whatever the locale says."""

from __future__ import annotations

import os
import sys

_MARK = "QTAUTHOR_UTF8"
"""Set in a process that was started once more, so that this is done once."""


def ensure() -> None:
    """Begin this process anew in Python's UTF-8 mode if its arguments and names are read otherwise.

    That is so in the locale C where that mode was turned off: then every letter beyond ASCII on the
    command line, in a file's name or from the environment would come in as halves of characters.
    """
    if sys.getfilesystemencoding().lower() in ("utf-8", "utf8") or sys.flags.utf8_mode:
        return
    if os.name != "posix" or not sys.executable or _MARK in os.environ:
        return
    os.environ[_MARK] = "1"
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606  this very program again
