"""Text in the editor of the person who runs the command."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from qtauthor.errors import Code, RequestError
from qtauthor.files import presence

_USUAL = ("sensible-editor", "editor", "nano", "vim", "vi")
_LONGEST = 60
"""Characters of a suffix; a file's name has 255 bytes, and a character up to four."""


def edited(
    text: str, *, suffix: str = ".md", environ: Mapping[str, str], folder: Path | None = None
) -> str:
    """``text`` as the editor leaves it; the very same if nothing was changed.

    The editor gets a file that ends with a line break, as editors make of every file, and what
    comes back ends with one only if ``text`` does. ``\\r\\n`` that it puts in is ``\\n``.

    Raises ``RequestError``: ``no-editor`` if it cannot be started, ``editor-failed`` if its exit
    code is not 0, ``not-utf8``. The file is kept then, and its name is in the error.
    """
    program = command(environ)
    given = _with_line_end(text).encode("utf-8", "surrogatepass")
    path = kept(given, suffix=suffix, folder=folder)
    try:
        _run(program, path)
        data = path.read_bytes()
        new = data.decode("utf-8-sig", "surrogatepass")
    except UnicodeDecodeError:
        raise _refused(Code.NOT_UTF8, "what the editor left is not UTF-8", path) from None
    except FileNotFoundError:
        path.write_bytes(given)
        told = "the editor removed the file that it was given"
        raise _refused(Code.EDITOR_FAILED, told, path, "save the text in that file; ") from None
    except KeyboardInterrupt:
        if presence.is_there(path) and path.read_bytes() == given:
            path.unlink()
        raise
    path.unlink()
    return text if data == given else _as_text(new, text)


def kept(text: str | bytes, *, suffix: str = ".md", folder: Path | None = None) -> Path:
    """A new temporary file with ``text``, which is for its user to remove."""
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    number, name = tempfile.mkstemp(prefix="qtauthor-", suffix=suffix[-_LONGEST:], dir=folder)
    with os.fdopen(number, "wb") as file:
        file.write(data)
    return Path(name)


def command(environ: Mapping[str, str]) -> list[str]:
    """The editor with its arguments: ``VISUAL``, else ``EDITOR``, else what there usually is.

    Raises ``RequestError`` with ``no-editor``.
    """
    for name in ("VISUAL", "EDITOR"):
        value = environ.get(name, "").strip()
        if value:
            try:
                return shlex.split(value, posix=os.name != "nt")
            except ValueError:
                raise RequestError(
                    Code.NO_EDITOR,
                    f"{name} cannot be read: a quotation mark is not closed",
                    excerpt=value,
                    remedy=f"set {name} to a command such as nano",
                ) from None
    usual = ("notepad",) if os.name == "nt" else _USUAL
    found = next((one for one in usual if shutil.which(one)), None)
    if found is None:
        raise RequestError(
            Code.NO_EDITOR,
            "there is no editor",
            remedy="set VISUAL or EDITOR to the command that starts yours",
        )
    return [found]


def _with_line_end(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def _as_text(new: str, old: str) -> str:
    if "\r" not in old:
        new = new.replace("\r\n", "\n")
    return new if old.endswith("\n") else new.removesuffix("\n")


def _run(editor: list[str], path: Path) -> None:
    """Run the editor on a file to its end. What it prints is none of our data."""
    words = None if sys.stdout.isatty() else 2
    try:
        with _undisturbed():
            done = subprocess.run([*editor, str(path)], stdout=words, check=False)
    except OSError as error:
        told = f"the editor {editor[0]} cannot be started: {error.strerror or error}"
        raise _refused(
            Code.NO_EDITOR, told, path, "set VISUAL or EDITOR to the command that starts yours; "
        ) from None
    if done.returncode != 0:
        how = f"exit code {done.returncode}" if done.returncode > 0 else "a signal"
        raise _refused(Code.EDITOR_FAILED, f"the editor {editor[0]} ended with {how}", path)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Leave Ctrl-C to the editor, which has the terminal."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # A handler is not inherited by the editor; that a signal is ignored would be.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _refused(code: Code, told: str, path: Path, remedy: str = "") -> RequestError:
    return RequestError(code, told, remedy=f"{remedy}your text is kept in {path}")
