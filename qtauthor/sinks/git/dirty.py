"""Whether files have changes that git has no copy of.

Each file is asked for in the checkout that holds it. A file whose checkout gives no answer is not
taken for a clean one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

from qtauthor.changes.change import digest
from qtauthor.changes.changeset import ChangeSet
from qtauthor.errors import Code, Place, QtauthorError, SiteError
from qtauthor.files.name_forms import folded
from qtauthor.sinks.git.checkout import Checkout, Checkouts
from qtauthor.sinks.git.run import Unanswered
from qtauthor.sinks.history import stored_entries
from qtauthor.text.plural import agreeing

_FEW = 300
"""So many files are asked for by name; for more it is faster that git looks at everything."""

_SHOWN = 20

FileState: TypeAlias = tuple[str, str | None]
"""A file's name at some time, and its digest; ``None`` for no file."""


def refuse_uncommitted(
    root: Path,
    paths: Sequence[str],
    *,
    own: Collection[str] = (),
    formerly: Mapping[str, str] | None = None,
) -> None:
    """Raise ``SiteError`` if one of these files has changes that would be lost.

    ``uncommitted-changes`` if it has some, ``git-unknown`` if its checkout does not say. Changes
    that qtauthor made to a committed file do not count while nobody else touched it: undo brings
    the committed one back. Nor do those in a user's ``own`` files. ``formerly`` has the names that
    files had before the user gave them those of now.
    """
    asked = [path for path in paths if path not in own]
    found = dirty(root, asked)
    ours = _are_ours(root, found, formerly or {})
    left = [path for path, our in zip(found, ours, strict=True) if not our]
    if left:
        raise SiteError(
            Code.UNCOMMITTED_CHANGES,
            f"{_held(len(left))} changes that are not committed",
            where=Place(left[0]),
            excerpt=", ".join(left[:_SHOWN]) if len(left) > 1 else "",
            remedy="nothing was written; commit them, or give --allow-dirty",
        )


def dirty(root: Path, paths: Sequence[str]) -> list[str]:
    """The files among ``paths`` that differ from the last commit, or are in none.

    None outside of a git checkout, and of files that git is told to ignore. Raises ``SiteError``
    with ``git-unknown``.
    """
    found: set[str] = set()
    for checkout, names in Checkouts(root).grouped(paths).items():
        if checkout is None:
            continue
        first = next(iter(names.values()))[0]
        with _saying(checkout, first, sum(map(len, names.values()))):
            found.update(path for name in _differing(checkout, names) for path in names[name])
    return [path for path in dict.fromkeys(paths) if path in found]


def _differing(checkout: Checkout, names: Collection[str]) -> Iterator[str]:
    """Those of ``names`` that are not as the last commit has them."""
    spelled = _spelled(checkout, names)
    where = _asked(checkout, names)
    for name, _ in checkout.status(where):
        yield from spelled(name)
    hidden = [name for found in checkout.hidden(where) for name in spelled(found)]
    yield from _other_than_committed(checkout, hidden)


def _asked(checkout: Checkout, names: Collection[str]) -> list[str]:
    """What to name for git: the files themselves, or what they are all in."""
    if checkout.folds_case:
        return ["."]
    if len(names) <= _FEW:
        return list(names)
    return [os.path.commonpath([name.rpartition("/")[0] for name in names]) or "."]


def _spelled(checkout: Checkout, names: Collection[str]) -> Callable[[str], list[str]]:
    """Finds what git names among ``names``, which may be spelled otherwise where case is folded."""
    if not checkout.folds_case:
        known = set(names)
        return lambda name: [name] if name in known else []
    folded_names: dict[str, list[str]] = {}
    for name in names:
        folded_names.setdefault(folded(name), []).append(name)
    return lambda name: folded_names.get(folded(name), [])


def _other_than_committed(checkout: Checkout, names: list[str]) -> Iterator[str]:
    """Of files that git was told not to look at those that are there and not as committed."""
    if not names:
        return
    committed = _committed(checkout, names)
    for name in names:
        try:
            state = digest(Path(checkout.top, name).read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            state = ""
        if committed.get(name) != state:
            yield name


def _are_ours(root: Path, paths: Sequence[str], formerly: Mapping[str, str]) -> list[bool]:
    """Of each file whether its history leads back to what is committed, or to no file at all."""
    if not paths:
        return []
    trails = _trails(root, paths, formerly)
    committed: dict[str, str | None] = {}
    names = {name for trail in trails.values() for name, _ in trail}
    for checkout, found in Checkouts(root).grouped(sorted(names)).items():
        if checkout is not None:
            with _saying(checkout, paths[0], len(paths)):
                states = _committed(checkout, list(found))
            committed |= {path: state for name, state in states.items() for path in found[name]}
    return [
        any(name in committed and committed[name] == state for name, state in trails[path])
        for path in paths
    ]


def _trails(
    root: Path, paths: Sequence[str], formerly: Mapping[str, str]
) -> dict[str, list[FileState]]:
    """What each file was before, as far as the history is one chain from what it is now."""
    trails: dict[str, list[FileState]] = {}
    newest: dict[str, str] = {}
    for path in paths:
        with suppress(OSError):
            state = digest((root / path).read_bytes())
            trails[path] = [(name, state) for name in (path, formerly.get(path)) if name]
            newest[trails[path][-1][0]] = path
    for entry in reversed(stored_entries.entries(root)):
        if not entry.undone:
            try:
                _follow(entry.changes(), trails, newest)
            except QtauthorError:  # it is damaged, and so the chain is torn
                break
    return {path: trails.get(path, []) for path in paths}


def _follow(changes: ChangeSet, trails: dict[str, list[FileState]], newest: dict[str, str]) -> None:
    """One step back; ``newest`` has by each file's name of that time the one that it has now."""
    found: list[tuple[str, FileState]] = []
    for change in changes.changes:
        path = newest.get(change.target or change.path)
        before, after = change.digests()
        if path is not None and trails[path][-1][1] == after:
            found.append((path, (change.path, before)))
    for path, _ in found:
        newest.pop(trails[path][-1][0], None)
    for path, state in found:
        trails[path].append(state)
        newest[state[0]] = path


def _committed(checkout: Checkout, names: Sequence[str]) -> dict[str, str | None]:
    """The digests of files in the last commit; ``None`` for those that it does not have.

    One whose content the repository lacks is left out.
    """
    if not checkout.has_commits():
        return dict.fromkeys(names)
    ids = {name: blob for name, (_, blob) in checkout.tree("HEAD", names).items()}
    digests = {blob: digest(data) for blob, data in checkout.blobs(ids.values())}
    there: dict[str, str | None] = {n: digests[blob] for n, blob in ids.items() if blob in digests}
    return {**dict.fromkeys(name for name in names if name not in ids), **there}


def _held(count: int) -> str:
    return agreeing(count, "this file has", f"{count} files have")


@contextmanager
def _saying(checkout: Checkout, path: str, count: int) -> Iterator[None]:
    """What git does not answer makes an error of these files."""
    try:
        yield
    except Unanswered as error:
        raise SiteError(
            Code.GIT_UNKNOWN,
            f"git does not say whether {_held(count)} changes that are not committed: {error.said}",
            where=Place(path),
            excerpt=checkout.top,
            remedy="nothing was written; mend what git status tells in that folder, or give "
            "--allow-dirty",
        ) from None
