"""Several processes share an index while files come, change and go: nobody's answers go back.

Processes are `Index` objects over one file, and the disk is a dictionary with a clock. While one
of them lists or reads, others do whatever they like; so each interleaving is a value of Hypothesis.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from qtauthor.content.index import Index
from qtauthor.content.index.storage import store
from qtauthor.content.source import Stamp
from qtauthor.errors import Code, SiteError
from qtauthor.files.private_folder import Folder
from qtauthor.model.derived_names import SITE_NAMING

FOLDER = "content/learn"
PATHS = [f"{FOLDER}/{subject}/{slug}.md" for subject in "ab" for slug in ("x", "y")]
OTHER_NAMING = SITE_NAMING._replace(url_pattern="/other/{subject}/{slug}")
NAMINGS = (SITE_NAMING, SITE_NAMING, OTHER_NAMING)
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""Not made smaller: that takes minutes."""

ARTICLE = """---
id: {0}
title: word{0}
question: word{0}
related_article1:
  id: {0}
  url: /learn/z/questions/target{0}
---
"""


class Disk:
    """Files with the ids that they have, and what each path had at any time.

    ``now`` counts changes. The clock of the files stands still unless it is told to go on.
    """

    def __init__(self) -> None:
        self.files: dict[str, tuple[int, int, int]] = {}
        self.history: dict[str, list[tuple[int, int | None]]] = {p: [(0, None)] for p in PATHS}
        self.now = 0
        self.clock = 1
        self.ids = 0

    def put(self, path: str, *, inode: int = 7) -> None:
        """Write a file; the inode is the same as if it were written into."""
        self.ids += 1
        self._set(path, (10 + self.ids, self.clock, inode))

    def move(self, path: str, to: str) -> None:
        if path in self.files:
            number, clock, inode = self.files[path]
            self._set(path, None)
            self._set(to, (number, clock, inode))

    def remove(self, path: str) -> None:
        self._set(path, None)

    def _set(self, path: str, file: tuple[int, int, int] | None) -> None:
        self.now += 1
        if file is None:
            self.files.pop(path, None)
        else:
            self.files[path] = file
        self.history[path].append((self.now, file and file[0]))

    def states(self, path: str, since: int) -> set[int | None]:
        """The ids that a path has had since then; ``None`` for no file."""
        before = [number for time, number in self.history[path] if time <= since][-1]
        return {before, *(number for time, number in self.history[path] if time > since)}


class Fake:
    """A source over a `Disk`; ``pause`` is called wherever another process may get its turn."""

    def __init__(self, disk: Disk, pause: Callable[[], None]) -> None:
        self.disk = disk
        self.pause = pause

    def _stamp(self, path: str) -> Stamp:
        number, clock, inode = self.disk.files[path]
        return len(ARTICLE.format(number)), 5, clock, inode  # as if `touch -r` had been at work

    def stamps(self, folder: str) -> dict[str, Stamp]:
        found = {path: self._stamp(path) for path in sorted(self.disk.files)}
        self.pause()
        return found

    def read_stamped(self, path: str) -> tuple[Stamp, bytes]:
        self.pause()
        if path not in self.disk.files:
            raise SiteError(Code.NOT_FOUND, "there is no such file")
        return self._stamp(path), ARTICLE.format(self.disk.files[path][0]).encode()

    def read(self, path: str) -> bytes:
        return self.read_stamped(path)[1]

    def exists(self, path: str) -> bool:
        return path in self.disk.files

    def articles(self, folder: str) -> Iterator[str]:
        yield from sorted(self.disk.files)

    def device(self, folder: str) -> int | None:
        return None

    def buffers(self) -> Mapping[str, int]:
        return {}


STEPS = st.one_of(
    st.tuples(st.just("put"), st.sampled_from(PATHS), st.integers(7, 8)),
    st.tuples(st.just("move"), st.sampled_from(PATHS), st.sampled_from(PATHS)),
    st.tuples(st.just("remove"), st.sampled_from(PATHS)),
    st.tuples(st.just("tick")),
    st.tuples(st.just("refresh"), st.integers(0, 2)),
    st.tuples(st.just("rebuild"), st.integers(0, 2)),
    st.tuples(st.just("ask"), st.integers(0, 2)),
    st.tuples(st.just("search"), st.integers(0, 2)),
    st.tuples(st.just("leave"), st.integers(0, 2)),
)


class Interleaved(RuleBasedStateMachine):
    """Each step is done by someone while others wait for a pause of his to do theirs."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.disk = Disk()
        self.waiting: list[list[tuple[Any, ...]]] = []
        self.busy: set[int] = set()
        source = Fake(self.disk, self.pause)
        self.indexes = [
            Index(source, FOLDER, naming, folder=Folder(self.folder.name)) for naming in NAMINGS
        ]
        self.since = [0, 0, 0]

    def teardown(self) -> None:
        for index in self.indexes:
            index.close()
        self.folder.cleanup()

    def pause(self) -> None:
        for step in self.waiting.pop(0) if self.waiting else ():
            self.do(step)

    @rule(step=STEPS, meanwhile=st.lists(st.lists(STEPS, max_size=4), max_size=4))
    def act(self, step: tuple[Any, ...], meanwhile: list[list[tuple[Any, ...]]]) -> None:
        self.waiting = list(meanwhile)
        self.do(step)
        self.waiting = []
        for who, index in enumerate(self.indexes):
            if index._current is not None:  # it looked, and another one may have written since
                self.ask(who)

    def do(self, step: tuple[Any, ...]) -> None:
        name, *arguments = step
        if name in ("put", "move", "remove"):
            path, *rest = arguments
            if name == "put":
                self.disk.put(path, inode=rest[0])
            else:
                getattr(self.disk, name)(path, *rest)
        elif name == "tick":
            self.disk.clock += 1
        elif arguments[0] not in self.busy:
            self.busy.add(arguments[0])
            try:
                getattr(self, name)(arguments[0])
            finally:
                self.busy.discard(arguments[0])

    def refresh(self, who: int, *, rebuild: bool = False) -> None:
        self.since[who] = self.disk.now
        found = self.indexes[who].refresh(rebuild=rebuild)
        if found.location is None:  # somebody else was writing; it is no process of ours any more
            self.ask(who)
            self.indexes[who].close()
            self.since[who] = self.disk.now
        else:
            self.ask(who)

    def rebuild(self, who: int) -> None:
        self.refresh(who, rebuild=True)

    def leave(self, who: int) -> None:
        self.indexes[who].close()

    def ask(self, who: int) -> None:
        """All that it answers was so at some time since it looked at the disk."""
        index = self.indexes[who]
        self.since[who] = self._looked(who)
        found = {entry.path: entry for entry in index.entries()}
        since = self.since[who]
        for path in PATHS:
            number = found[path].id if path in found else None
            assert number in self.disk.states(path, since), (who, path, number, since)
        for path, entry in found.items():
            prefix = "/other/" if who == 2 else "/learn/"
            assert entry.address.startswith(prefix), (who, path, entry.address)
        for number in range(11, 11 + self.disk.ids):
            target = f"/learn/z/questions/target{number}"
            linking = {link.source for link in index.links_to(target)}
            having = set(index.paths_with_id(number))
            had = self._had(number, who)
            assert had <= linking, (who, number, had, linking)
            assert had <= having, (who, number, had, having)

    def search(self, who: int) -> None:
        """The full text has each word where it stands."""
        self.since[who] = self._looked(who)
        for number in range(11, 11 + self.disk.ids):
            found = [path for path, _ in self.indexes[who].search(f"word{number}")]
            had = self._had(number, who)
            assert had <= set(found), (who, number, had, found)
            assert len(found) == len(set(found))

    def _had(self, number: int, who: int) -> set[str]:
        """The articles that have had this id all the time since ``who`` looked."""
        since = self.since[who]
        return {path for path in PATHS if self.disk.states(path, since) == {number}}

    def _looked(self, who: int) -> int:
        """When it looked at the disk; the first question does so, and after the file was left."""
        return self.since[who] if self.indexes[who]._current else self.disk.now

    @invariant()
    def is_right_again(self) -> None:
        """With nobody in between, who looks sees what there is."""
        self.disk.clock += 1
        for who, index in enumerate(self.indexes[:1]):
            self.since[who] = self.disk.now
            index.refresh()
            found = {entry.path: entry.id for entry in index.entries()}
            assert found == {path: file[0] for path, file in self.disk.files.items()}


def check(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Interleaved,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_nobodys_answers_go_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.0)
    check(12, 12)


@pytest.mark.slow
def test_nobodys_answers_go_back_in_many_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.0)
    check(1500, 25)
