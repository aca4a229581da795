"""Articles that git has and that are not checked out: in a sparse checkout, or skipped by hand.

To look for them costs nothing where there are none: then the index of git begins with the number of
an older format, which has no such mark.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from pathlib import Path

from qtauthor.errors import Code, Place, SiteError
from qtauthor.files import presence
from qtauthor.sinks.git.checkout import Checkout, Checkouts
from qtauthor.sinks.git.run import Unanswered

_FIRST_WITH_MARKS = 3
_BATCH = 500
_FEW = 200


class Absent:
    """The articles that only git has: ``ids`` has by their paths the ids of their contents.

    ``unknown`` says why there may be more; it is empty if there are not.
    """

    def __init__(self, blobs: Mapping[str, tuple[Checkout, str]], unknown: str = "") -> None:
        self._blobs = blobs
        self.ids = {path: blob for path, (_, blob) in blobs.items()}
        self.unknown = unknown
        self._paths = sorted(blobs)
        self._read: dict[str, bytes] = {}

    def read(self, path: str) -> bytes:
        """The content, and with it that of the next ones. Raises ``SiteError``."""
        if path not in self._read:
            start = bisect_left(self._paths, path)
            self._read = dict.fromkeys(self._paths[start : start + _BATCH], b"")
            self._read.update(self._contents(list(self._read)))
        if not self._read[path]:
            raise SiteError(
                Code.NOT_CHECKED_OUT,
                "this article is not checked out, and this clone does not have its content",
                where=Place(path),
                remedy=f"check it out, as by git sparse-checkout add {path.rpartition('/')[0]}",
            )
        return self._read[path]

    def _contents(self, paths: list[str]) -> Iterator[tuple[str, bytes]]:
        by_checkout: dict[Checkout, dict[str, list[str]]] = {}
        for path in paths:
            checkout, blob = self._blobs[path]
            by_checkout.setdefault(checkout, {}).setdefault(blob, []).append(path)
        for checkout, wanted in by_checkout.items():
            try:
                for blob, data in checkout.blobs(wanted):
                    yield from ((path, data) for path in wanted[blob])
            except Unanswered:  # then they are not to be had
                continue


def absent(root: Path, content: str) -> Absent | None:
    """The articles below the folder ``content`` that only git has; ``None`` if there are none.

    They are looked for in the checkout of that folder, and in those that its folders are.
    """
    checkouts = Checkouts(root)
    found: dict[str, tuple[Checkout, str]] = {}
    unknown = ""
    for folder in (content, *_folders(root, content)):
        real = checkouts.real(f"{folder}/x").rpartition(os.sep)[0]
        checkout = checkouts.around(real)
        if checkout is None or (folder != content and checkout.top != real):
            continue
        if _may_have_marks(checkout.top):
            try:
                found.update(_skipped(checkout, checkout.name(real), folder, content))
            except Unanswered as error:
                unknown = error.said
    found = {path: one for path, one in found.items() if not presence.is_there(root / path)}
    return Absent(found, unknown) if found or unknown else None


def refuse_arrivals(root: Path, paths: list[str]) -> None:
    """Raise ``SiteError`` with ``not-checked-out`` for a new file whose name git has already."""
    for checkout, names in Checkouts(root).grouped(paths).items():
        if checkout is None or not _may_have_marks(checkout.top):
            continue
        try:
            asked = list(names) if len(names) <= _FEW else ["."]
            marked = [name for name, _ in _marked(checkout, asked) if name in names]
        except Unanswered:
            continue  # whether files can be written over is another question
        taken = [name for name in marked if not presence.is_there(Path(checkout.top, name))]
        if taken:
            path = names[taken[0]][0]
            raise SiteError(
                Code.NOT_CHECKED_OUT,
                "git has a file of this name, which is not checked out",
                where=Place(path),
                remedy="nothing was written; choose another name, or check that file out",
            )


def _skipped(
    checkout: Checkout, inside: str, folder: str, content: str
) -> Iterator[tuple[str, tuple[Checkout, str]]]:
    """By their paths below the root the articles in the folder that git calls ``inside``."""
    depth = 1 if folder == content else 0
    prefix = f"{inside}/" if inside else ""
    for name, blob in _marked(checkout, [inside or "."]):
        below = name.removeprefix(prefix)
        if below.count("/") == depth and below.endswith(".md"):
            yield f"{folder}/{below}", (checkout, blob)


def _marked(checkout: Checkout, names: list[str]) -> Iterator[tuple[str, str]]:
    """The files in git's index that are not to be in the work tree, with their contents' ids."""
    for row in checkout.ask("ls-files", "-v", "--stage", "-z", "--", *names).split(b"\0"):
        head, _, name = row.partition(b"\t")
        if head[:1] in b"Ss" and name:
            yield os.fsdecode(name), head.split()[2].decode("ascii")


def _may_have_marks(top: str) -> bool:
    """Whether the index of a checkout is of a format that can have them."""
    folder = _repository(os.path.join(top, ".git"))  # noqa: PTH118  paths are text here
    try:
        with open(os.path.join(folder, "index"), "rb") as file:  # noqa: PTH118, PTH123  paths are text here
            head = file.read(8)
        split = any(name.startswith("sharedindex.") for name in os.listdir(folder))  # noqa: PTH208  paths are text here
    except FileNotFoundError:
        return False
    except OSError:
        return True
    version = int.from_bytes(head[4:], "big") if head[:4] == b"DIRC" else 0
    return split or version >= _FIRST_WITH_MARKS


def _repository(marker: str) -> str:
    """The folder of a repository, which a file ``.git`` names."""
    try:
        with open(marker, "rb") as file:  # noqa: PTH123  paths are text here
            named = os.fsdecode(file.read(8192)).removeprefix("gitdir:").strip()
    except OSError:
        return marker
    return os.path.join(os.path.dirname(marker), named)  # noqa: PTH118, PTH120  paths are text here


def _folders(root: Path, content: str) -> Iterator[str]:
    try:
        with os.scandir(root / content) as entries:
            yield from [f"{content}/{entry.name}" for entry in entries if entry.is_dir()]
    except OSError as error:
        if not presence.is_absence(error):
            raise presence.unknown(error.filename or root / content, error) from None
