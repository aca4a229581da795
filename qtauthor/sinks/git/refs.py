"""The articles in all branches and tags, so that two branches do not give out the same id.

Only blobs that the work tree does not have are read, each once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from qtauthor.errors import Code, Place, SiteError
from qtauthor.sinks.git.checkout import Checkout, Checkouts
from qtauthor.sinks.git.run import Unanswered
from qtauthor.text.plural import counted


def articles(root: Path, content: str, paths: Iterable[str]) -> Iterator[bytes]:
    """The articles of any ref that no file of the work tree is, in each checkout that has some.

    ``paths`` are those of the work tree, ``content`` is their folder. Raises ``SiteError`` with
    ``no-git``, also where the contents of one are not there.
    """
    checkouts = Checkouts(root)
    asked: dict[Checkout, set[str]] = {}
    here: dict[Checkout, set[str]] = {}
    middle = checkouts.real(f"{content}/any").rpartition(os.sep)[0]
    outer = checkouts.around(middle)
    if outer is not None:
        asked.setdefault(outer, set()).add(outer.name(middle))
    for checkout, names in checkouts.grouped(paths).items():
        if checkout is not None:
            here.setdefault(checkout, set()).update(names)
            if checkout is not outer:
                asked.setdefault(checkout, set()).update(_folders(checkout, middle, names))
    if not asked:
        raise _no_git("the site is in no git checkout")
    for checkout, folders in asked.items():
        try:
            yield from _unseen(checkout, folders, here.get(checkout, set()))
        except Unanswered as error:
            raise _no_git(f"git refused: {error.said}", checkout.top) from None


def _folders(checkout: Checkout, middle: str, names: Iterable[str]) -> set[str]:
    """Where the articles are in a checkout that does not hold the folder of all articles."""
    if checkout.top.startswith(middle):
        return {""}
    return {name.rpartition("/")[0] for name in names}


def _unseen(checkout: Checkout, folders: set[str], here: set[str]) -> Iterator[bytes]:
    blobs = {blob for tree in _trees(checkout, folders) for blob in checkout.articles(tree)}
    wanted = blobs - _checked_out(checkout, folders, here)
    read = 0
    for _, data in checkout.blobs(wanted):
        read += 1
        yield data
    if read < len(wanted):
        missing = counted(len(wanted) - read, "article")
        raise Unanswered(f"the contents of {missing} are not in this clone")


def _trees(checkout: Checkout, folders: set[str]) -> list[str]:
    """The different contents of the folders in all refs and in HEAD."""
    commits = checkout.ask("for-each-ref", "--format=%(objectname)").decode("ascii").split()
    asked = (f"{one}:{folder}\n" for one in ["HEAD", *dict.fromkeys(commits)] for folder in folders)
    told = checkout.ask("cat-file", "--batch-check", stdin=os.fsencode("".join(asked)))
    words = (line.split() for line in told.decode("utf-8", "replace").splitlines())
    return list(dict.fromkeys(word[0] for word in words if len(word) == 3 and word[1] == "tree"))


def _checked_out(checkout: Checkout, folders: set[str], here: set[str]) -> set[str]:
    """The blobs of files that stand in the work tree as they are in git's index."""
    where = [folder or "." for folder in folders]
    changed = checkout.ask("diff-files", "--name-only", "-z", "--ignore-submodules=all")
    there = here - {os.fsdecode(name) for name in changed.split(b"\0")}
    there -= set(checkout.hidden(where))
    staged = checkout.ask("ls-files", "-s", "-z", "--", *where)
    rows = (row.partition(b"\t") for row in staged.split(b"\0"))
    return {head.split()[1].decode() for head, _, name in rows if os.fsdecode(name) in there}


def _no_git(why: str, top: str | None = None) -> SiteError:
    return SiteError(
        Code.NO_GIT,
        why,
        where=Place(top),
        remedy="leave --all-refs out, or run it in a git checkout",
    )
