"""The files that differ from a commit, as git tells them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from qtauthor.errors import Code, Place, SiteError
from qtauthor.files import presence
from qtauthor.files.name_forms import folded
from qtauthor.sinks.git.checkout import Checkout, Checkouts, NoCommit
from qtauthor.sinks.git.run import Unanswered

_NAMES = ("--name-only", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=all")
_LINK = "160000"
"""The mode of a submodule in a tree."""


def changed_since(root: Path, content: str, paths: Iterable[str], revision: str) -> set[str]:
    """Those of ``paths`` that differ from ``revision``, and those that git does not have.

    Each is asked for in the checkout that holds it. In a submodule the commit is the one that the
    outer ``revision`` has there. Raises ``SiteError`` with ``no-git``.
    """
    checkouts = Checkouts(root)
    outer = checkouts.around(checkouts.real(content))
    groups = checkouts.grouped(paths)
    if outer is None and not any(groups):
        raise _no_git("the site is in no git checkout", revision)
    commits = _Commits(checkouts, revision)
    if outer is not None:
        commits.of(outer)
    found: set[str] = set()
    for checkout, names in groups.items():
        if checkout is None:  # no git has them
            found.update(path for called in names.values() for path in called)
            continue
        commit = commits.of(checkout)
        try:
            differing = _differing(checkout, commit, names)
        except Unanswered as error:
            raise _unanswered(checkout, error, revision) from None
        found.update(path for name in differing for path in names[name])
    return found


class _Commits:
    """What a revision means in each checkout."""

    def __init__(self, checkouts: Checkouts, revision: str) -> None:
        self._checkouts = checkouts
        self._revision = revision
        self._base = checkouts.around(checkouts.root)
        self._known: dict[str, str] = {}

    def of(self, checkout: Checkout) -> str:
        """The commit. Raises ``SiteError`` with ``no-git``."""
        if checkout.top not in self._known:
            try:
                self._known[checkout.top] = self._found(checkout)
            except Unanswered as error:
                raise _unanswered(checkout, error, self._revision) from None
        return self._known[checkout.top]

    def _found(self, checkout: Checkout) -> str:
        linked = self._linked(checkout)
        return checkout.commit(linked or self._revision)

    def _linked(self, checkout: Checkout) -> str | None:
        """The commit of a submodule that the checkout around it had at the revision."""
        base = self._base
        if base is None or base.top == checkout.top or not base.holds(checkout.top):
            return None
        outer = self._checkouts.around(os.path.dirname(checkout.top))  # noqa: PTH120  paths are text here
        if outer is None:
            return None
        with suppress(SiteError, Unanswered):  # it may know nothing of that revision
            name = outer.name(checkout.top)
            mode, commit = outer.tree(self.of(outer), [name]).get(name, ("", ""))
            return commit if mode == _LINK else None
        return None


def _differing(checkout: Checkout, commit: str, names: Mapping[str, object]) -> set[str]:
    """Found without any content of the commit, which a partial clone need not have."""
    folders = sorted({name.rpartition("/")[0] or "." for name in names})
    staged = checkout.ask("diff-index", "--cached", *_NAMES, commit, "--", *folders)
    found = {os.fsdecode(name) for name in staged.split(b"\0")}
    edited = {name for name, worktree in checkout.status(folders) if worktree != " "}
    found |= edited | _hidden(checkout, commit, folders, names)
    found -= _back(checkout, commit, edited)
    if checkout.folds_case:
        spelled = set(map(folded, found))
        return {name for name in names if folded(name) in spelled}
    return found & names.keys()


def _back(checkout: Checkout, commit: str, edited: Iterable[str]) -> set[str]:
    """Of the files that are not as the index has them those that are as the commit has them."""
    there = {name: blob for name, (_, blob) in checkout.tree(commit, edited).items()}
    asked = [name for name in there if presence.is_file(os.path.join(checkout.top, name))]  # noqa: PTH118  paths are text here
    asked = [name for name in asked if "\n" not in name and not name.startswith('"')]
    lines = b"".join(os.fsencode(name) + b"\n" for name in asked)
    told = checkout.ask("hash-object", "--stdin-paths", stdin=lines) if asked else b""
    now = dict(zip(asked, told.decode("ascii").split(), strict=True))
    return {name for name, blob in now.items() if blob == there[name]}


def _hidden(
    checkout: Checkout, commit: str, folders: list[str], names: Collection[str]
) -> set[str]:
    """Of the files that git was told not to look at those that are not what the commit has."""
    hidden = [name for name in checkout.hidden(folders) if name in names]
    if not hidden:
        return set()
    ids = {name: found for name, (_, found) in checkout.tree(commit, hidden).items()}
    texts = dict(checkout.blobs(ids.values()))
    return {name for name in hidden if _read(checkout, name) != texts.get(ids.get(name, ""))}


def _read(checkout: Checkout, name: str) -> bytes | None:
    try:
        return Path(checkout.top, name).read_bytes()
    except OSError:
        return None


def _unanswered(checkout: Checkout, error: Unanswered, revision: str) -> SiteError:
    why = f"git cannot tell what changed: {error.said}"
    if isinstance(error, NoCommit):
        return _no_git(why, revision, checkout.top)
    return _no_git(why, revision, checkout.top, "mend what git status tells in that folder")


_NAME_ONE = "give a commit, branch or tag of this checkout"


def _no_git(why: str, revision: str, top: str | None = None, remedy: str = _NAME_ONE) -> SiteError:
    return SiteError(
        Code.NO_GIT,
        why,
        where=Place(top),
        excerpt=revision[:200],
        remedy=remedy,
    )
