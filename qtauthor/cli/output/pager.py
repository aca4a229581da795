"""Text that is longer than the terminal."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping

_USUAL = "less"
_LESS = "-FRX"
"""What git gives it, too: leave if all fits, pass colours on, keep the text on the screen."""


def show(text: str, environ: Mapping[str, str], *, wanted: bool = True) -> None:
    """Print lines; through the pager if they do not fit on the terminal.

    That is the command in ``PAGER``, else less. Nothing is paged without a terminal.
    """
    if wanted and _is_long(text):
        command = _command(environ)
        if command and _paged(text, command, environ):
            return
    sys.stdout.write(text)
    sys.stdout.flush()


def _is_long(text: str) -> bool:
    return sys.stdout.isatty() and text.count("\n") >= shutil.get_terminal_size().lines


def _command(environ: Mapping[str, str]) -> list[str]:
    value = environ.get("PAGER", _USUAL)
    try:
        return shlex.split(value, posix=os.name != "nt")
    except ValueError:
        return []


def _paged(text: str, command: list[str], environ: Mapping[str, str]) -> bool:
    """Whether a pager took the text. It may be left before all of it is read."""
    known = {"LESS": _LESS, **environ}
    try:
        with subprocess.Popen(command, stdin=subprocess.PIPE, env=known) as pager:
            try:
                pager.communicate(text.encode("utf-8", "replace"))
            except KeyboardInterrupt:  # Ctrl-C is the pager's own
                pager.wait()
    except OSError:
        return False
    return True
