"""What is being done while something goes wrong, and the sites before and after it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, NamedTuple

from qtauthor.changes.changeset import ChangeSet
from qtauthor.files import state_folder
from qtauthor.sinks.history import stored_entries, undo
from qtauthor.sinks.transaction import parallel_placement
from qtauthor.sinks.transaction.prepare import Preparer, Ready
from qtauthor.sinks.transaction.stage import WriteOrder
from qtauthor.sinks.transaction.transaction import commit_all
from tests.sinks import scenes

Act = Callable[[Path], None]


class Scene(NamedTuple):
    """``prepare`` makes of a fresh site the one in which ``act`` is done."""

    name: str
    prepare: Act
    act: Act


def _nothing(_: Path) -> None:
    pass


def _commit(root: Path) -> None:
    scenes.commit(root, scenes.everything())


def _rewind(root: Path, *, redo: bool = False, force: bool = False) -> None:
    undo.make(root, undo.plan(root, 1, redo=redo, force=force), scenes.KEEP)


def _done_and_undone(root: Path) -> None:
    _commit(root)
    _rewind(root)


def _edited_since(root: Path) -> None:
    _commit(root)
    (root / scenes.LEARN / "t/x.md").write_bytes(b"edited since")


def _feed(root: Path) -> None:
    """Edits that are made ready one by one, and put in place by two processes."""
    edits = [
        scenes.modify(f"{scenes.LEARN}{name}.md", scenes.body(number), scenes.body(number + 10))
        for number, name in enumerate(("s/a", "s/b", "s/c", "s/d", "s/swap1", "s/swap2"))
    ]

    def feed(preparer: Preparer) -> Generator[Ready, None, None]:
        preparer.expect([edit.path for edit in edits])
        for number, edit in enumerate(edits):
            yield preparer.modify(number, edit, preparer.look(edit.path))
        preparer.flush()

    order = WriteOrder(root, ChangeSet(), "feed", scenes.TIME, scenes.KEEP, feed=feed, jobs=2)
    before, parallel_placement.WORTH_IT = parallel_placement.WORTH_IT, 2
    try:
        commit_all([order])
    finally:
        parallel_placement.WORTH_IT = before


SCENES = {
    scene.name: scene
    for scene in (
        Scene("commit", _nothing, _commit),
        Scene("undo", _commit, _rewind),
        Scene("redo", _done_and_undone, lambda root: _rewind(root, redo=True)),
        Scene("force", _edited_since, lambda root: _rewind(root, force=True)),
        Scene("feed", _nothing, _feed),
    )
}


class Stage:
    """A folder in which a scene's site is made anew each time.

    ``base`` holds the site and the user's state folder, so that both can be copied as one.
    """

    def __init__(self, folder: Path, scene: Scene) -> None:
        self.base, self._model = folder / "now", folder / "model"
        self.root = self.base / "site"
        self.act = scene.act
        os.environ[state_folder.VARIABLE] = str(self.base / "state")
        shutil.rmtree(folder, ignore_errors=True)
        self.root.mkdir(parents=True)
        scenes.build(self.root)
        state_folder.made(self.root)
        scene.prepare(self.root)
        shutil.copytree(self.base, self._model)
        self.old = self.side()
        self.act(self.root)
        self.new = self.side()
        self.fresh()

    def fresh(self) -> None:
        shutil.rmtree(self.base)
        shutil.copytree(self._model, self.base)

    def side(self) -> tuple[Any, list[bool]]:
        """The site's files, and which changes of its history are undone."""
        return scenes.tree(self.root), [entry.undone for entry in stored_entries.entries(self.root)]

    def judge(self) -> tuple[str, list[str]]:
        """On which side the site is, and what a transaction has left behind."""
        files, entries = self.side()
        left = scenes.leftovers(self.root)
        for name, (wanted, known) in (("old", self.old), ("new", self.new)):
            if _bytes(files) == _bytes(wanted) and (entries == known or name == "old"):
                extra = [f"{path} beside" for path in files if path not in wanted]
                extra += [f"no {path}" for path in wanted if path not in files]
                extra += [f"mode of {p}" for p in wanted if files.get(p, wanted[p]) != wanted[p]]
                extra += [f"history {entries}"] * (entries != known)
                return name, left + extra
        return "neither", left


def _bytes(tree: Any) -> dict[str, bytes]:
    """The articles: what stands in files that are not temporary."""
    return {path: found[0] for path, found in tree.items() if found and ".tmp" not in path}
