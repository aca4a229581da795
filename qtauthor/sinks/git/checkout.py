"""Which checkout holds a file: the nearest one upward of where the file really is.

A site's files may be in several: a folder of articles can be a submodule, a nested checkout, or a
link into another one.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from qtauthor.files import presence
from qtauthor.sinks.git import run
from qtauthor.text.source.encoding import MAX_BYTES

_BATCH = 200
"""So many names are given as arguments."""
_AT_ONCE = 16 << 20
"""So many bytes of contents are asked for at once, and a little more."""
_OWN_SCOPES = (b"local", b"worktree")


class NoCommit(run.Unanswered):
    """A revision means no commit."""


class Checkout:
    """The work tree at ``top``, a real path. Its questions raise ``run.Unanswered``."""

    def __init__(self, top: str) -> None:
        self.top = top
        self._inside = top.rstrip(os.sep) + os.sep

    def holds(self, real: str) -> bool:
        """Whether a real path is below its top, or is that."""
        return real == self.top or real.startswith(self._inside)

    def name(self, real: str) -> str:
        """A real path as git calls it; empty for the top."""
        return real[len(self._inside) :].replace(os.sep, "/") if real != self.top else ""

    def ask(self, *arguments: str, stdin: bytes = b"", allowed: Collection[int] = (0,)) -> bytes:
        """What git prints; no filter that the repository itself configures is run for it."""
        return run.ask(self.top, *arguments, stdin=stdin, allowed=allowed, without=self._filters)

    def commit(self, revision: str) -> str:
        """The commit that a revision means, which may be anything that a user types.

        Raises ``NoCommit``.
        """
        if "\0" in revision or not revision:
            raise NoCommit("this names no commit")
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        found = self.ask(*asked, allowed=(0, 1)).decode("ascii").strip()
        if not found.isalnum():  # nothing, or a range such as ^HEAD
            raise NoCommit(f"there is no commit {revision!r}")
        return found

    def status(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The files that are not as the last commit has them, but for ignored ones.

        With each goes a letter for how it differs from the index; a blank if it does not. A name
        may be that of a folder.
        """
        asked = ("status", "--porcelain", "-z", "-uall", "--no-renames", "--ignore-submodules=all")
        for entry in self.ask(*asked, "--", *names).split(b"\0"):
            if entry:
                yield os.fsdecode(entry[3:]), chr(entry[1])

    def hidden(self, names: Iterable[str]) -> list[str]:
        """Those of the files in git's index that it was told not to look at.

        They are marked ``skip-worktree`` or ``assume-unchanged``. A name may be that of a folder.
        """
        told = self.ask("ls-files", "-v", "-z", "--", *names)
        rows = (row for row in told.split(b"\0") if row)
        return [os.fsdecode(row[2:]) for row in rows if row[:1] in b"Sabcdefghijklmnopqrstuvwxyz"]

    def has_commits(self) -> bool:
        """Whether there is a last commit."""
        return bool(self.ask("rev-parse", "--verify", "--quiet", "HEAD", allowed=(0, 1)))

    def tree(self, commit: str, names: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Of those of ``names`` that a commit has: mode and object id."""
        asked = list(names)
        told = b"".join(
            self.ask("ls-tree", "-z", "--full-tree", commit, "--", *asked[start : start + _BATCH])
            for start in range(0, len(asked), _BATCH)
        )
        return {name: (mode, found) for mode, found, name in _rows(told)}

    def articles(self, tree: str) -> set[str]:
        """The blobs of all Markdown files in a tree, by their ids."""
        told = self.ask("ls-tree", "-r", "-z", "--full-tree", tree)
        return {found for _, found, name in _rows(told) if name.endswith(".md")}

    def blobs(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Contents by their ids, those that the repository has and that an article may be."""
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return
        sizes = self.ask("cat-file", "--batch-check", stdin=_lines(wanted))
        batch: list[str] = []
        size = 0
        for words in map(str.split, sizes.decode("utf-8", "replace").splitlines()):
            if len(words) == 3 and words[1] == "blob" and int(words[2]) <= MAX_BYTES:
                batch.append(words[0])
                size += int(words[2])
            if size > _AT_ONCE:
                yield from self._read(batch)
                batch, size = [], 0
        yield from self._read(batch)

    def _read(self, ids: list[str]) -> Iterator[tuple[str, bytes]]:
        told = self.ask("cat-file", "--batch", stdin=_lines(ids)) if ids else b""
        at = 0
        for one in ids:
            start = told.index(b"\n", at) + 1
            size = int(told[at:start].split()[2])
            yield one, told[start : start + size]
            at = start + size + 1

    @property
    def folds_case(self) -> bool:
        """Whether git takes names that differ in case alone for one."""
        return self._own_settings.get("core.ignorecase", "false") not in ("false", "no", "off", "0")

    @property
    def _filters(self) -> tuple[str, ...]:
        names = {key.rpartition(".")[0] for key in self._own_settings if key.startswith("filter.")}
        kinds = ("clean", "smudge", "process", "required")
        return tuple(f"{name}.{kind}" for name in sorted(names) for kind in kinds)

    @cached_property
    def _own_settings(self) -> Mapping[str, str]:
        """Of the repository's own configuration: its filters, and ``core.ignorecase``."""
        asked = ("config", "--includes", "--show-scope", "-z", "--get-regexp")
        told = run.ask(self.top, *asked, r"^(filter\..*|core\.ignorecase)$", allowed=(0, 1))
        parts = told.split(b"\0")
        found: dict[str, str] = {}
        for scope, setting in zip(parts[::2], parts[1::2], strict=False):
            key, _, value = os.fsdecode(setting).partition("\n")
            if scope in _OWN_SCOPES or not key.startswith("filter."):
                found[key] = value
        return found


class Checkouts:
    """Finds the checkouts of files; what is known about a folder is kept."""

    def __init__(self, root: Path) -> None:
        self.root = os.path.realpath(root)
        self._real: dict[str, str] = {}
        self._around: dict[str, Checkout | None] = {}

    def real(self, path: str) -> str:
        """The real file behind a path below the root; it need not be there."""
        folder, _, name = path.rpartition("/")
        if folder not in self._real:
            self._real[folder] = os.path.realpath(os.path.join(self.root, folder))  # noqa: PTH118  paths are text here
        found = os.path.join(self._real[folder], name)  # noqa: PTH118  paths are text here
        return os.path.realpath(found) if _is_link(found) else found

    def around(self, folder: str) -> Checkout | None:
        """The checkout that a real folder is in."""
        if folder not in self._around:
            above = os.path.dirname(folder)  # noqa: PTH120  paths are text here
            if _has_repository(folder):
                found: Checkout | None = Checkout(folder)
            else:
                found = self.around(above) if above != folder else None
            self._around[folder] = found
        return self._around[folder]

    def grouped(self, paths: Iterable[str]) -> dict[Checkout | None, dict[str, list[str]]]:
        """Paths below the root by their checkout, and there by what git calls them.

        Those in none are called by their real path.
        """
        found: dict[Checkout | None, dict[str, list[str]]] = {}
        for path in dict.fromkeys(paths):
            real = self.real(path)
            checkout = self.around(os.path.dirname(real))  # noqa: PTH120  paths are text here
            name = checkout.name(real) if checkout else real
            found.setdefault(checkout, {}).setdefault(name, []).append(path)
        return found


def git_prefix(root: Path) -> str:
    """The folder ``root`` as git calls it: below the top of its work tree, with ``/`` behind.

    ``git apply`` takes the paths of a diff from there. Nothing for a folder outside of git.
    """
    real = os.path.realpath(root)
    checkout = Checkouts(root).around(real)
    name = checkout.name(real) if checkout else ""
    return f"{name}/" if name else ""


def _has_repository(folder: str) -> bool:
    """Whether a folder is the top of a checkout, be it a damaged one: then git says so.

    A folder that has the files of a repository without ``.git`` is a bare one, or pretends to be
    one, and has no work tree.
    """
    try:
        os.lstat(os.path.join(folder, ".git"))  # noqa: PTH118  paths are text here
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:  # it cannot be seen, and so not be ruled out
        pass
    return True


def _is_link(path: str) -> bool:
    return presence.is_link(path)


def _rows(told: bytes) -> Iterator[tuple[str, str, str]]:
    """Mode, object id and name of each row of ``ls-tree -z``."""
    for row in told.split(b"\0"):
        if row:
            head, _, name = row.partition(b"\t")
            mode, _, found = head.decode("ascii").split()
            yield mode, found, os.fsdecode(name)


def _lines(ids: Iterable[str]) -> bytes:
    return "".join(f"{one}\n" for one in ids).encode("ascii")
