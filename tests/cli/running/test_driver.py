"""The one way of every command that writes: what happens under the lock, and what it comes to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qtauthor import exit_codes
from qtauthor.changes.change import Create
from qtauthor.changes.changeset import ChangeSet
from qtauthor.cli.arguments.options import Sink
from qtauthor.cli.running import driver
from qtauthor.cli.state import State
from qtauthor.content.site import Site
from qtauthor.errors import SiteError
from qtauthor.sinks import commit
from tests.support.repositories import CONTENT, article

if TYPE_CHECKING:
    from qtauthor.sinks.commit import Commit

PATH = f"{CONTENT}/a/b.md"
WRITES, TRIES, SHOWS = (
    Sink(False, False, "text"),
    Sink(True, False, "text"),
    Sink(False, True, "text"),
)


class Steps(driver.Job):
    """A job that makes one article, and notes what is done with it and whether it is alone."""

    def __init__(self, root: Path, sink: Sink, *, asks: bool = False, left: bool = False) -> None:
        self.site = Site.at(root)
        super().__init__(State(), sink, [self.site])
        self.asks = asks
        self.left = left
        self.steps: list[str] = []
        self.seen: list[int] = []

    def plan(self, commit: Commit | None) -> None:
        self._note("plan", commit)
        self.seen = [number for number, _ in self.site.index.ids()]
        change = Create(PATH, article(1))
        self.plans = [(self.site, ChangeSet((change,)))]

    def ask(self) -> None:
        self._note("ask")

    def deliver(self, commit: Commit | None) -> None:
        self._note("deliver", commit)
        super().deliver(commit)

    def tell(self) -> None:
        self._note("tell")

    @property
    def changes(self) -> bool:
        return bool(self.plans)

    @property
    def is_partial(self) -> bool:
        return self.left

    def _note(self, step: str, commit: Commit | None = None) -> None:
        free = _is_free(self.site.root)
        self.steps.append(f"{step}{'' if free else ' alone'}{' writing' if commit else ''}")


def _is_free(root: Path) -> bool:
    try:
        commit.ended(root)
    except SiteError:
        return False
    return True


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / CONTENT / "a").mkdir(parents=True)
    return tmp_path


def test_what_writes_is_planned_and_written_under_one_lock(root: Path) -> None:
    job = Steps(root, WRITES)
    assert driver.run(job) == exit_codes.DONE
    assert job.steps == ["plan alone writing", "deliver alone writing", "tell"]
    assert (root / PATH).read_bytes() == article(1)


@pytest.mark.parametrize("sink", [TRIES, SHOWS])
def test_what_writes_nothing_locks_nothing(root: Path, sink: Sink) -> None:
    job = Steps(root, sink)
    assert driver.run(job) == exit_codes.FINDINGS
    assert job.steps == ["plan", "deliver", "tell"]
    assert not (root / PATH).exists()


def test_nobody_waits_for_a_person(root: Path) -> None:
    job = Steps(root, WRITES, asks=True)
    assert driver.run(job) == exit_codes.DONE
    assert job.steps == ["plan", "ask", "deliver alone writing", "tell"]


@pytest.mark.parametrize("sink", [WRITES, TRIES])
def test_what_was_left_is_a_finding(root: Path, sink: Sink) -> None:
    assert driver.run(Steps(root, sink, left=True)) == exit_codes.FINDINGS


def test_a_dry_run_sees_what_could_not_be_written(root: Path) -> None:
    (root / PATH).write_bytes(article(2))
    with pytest.raises(SiteError, match="exists"):
        driver.run(Steps(root, TRIES))
    assert (root / PATH).read_bytes() == article(2)


def test_what_others_wrote_before_the_lock_was_ours_is_seen(root: Path) -> None:
    job = Steps(root, WRITES)
    assert list(job.site.index.ids()) == []
    (root / CONTENT / "a" / "c.md").write_bytes(article(7))
    driver.run(job)
    assert job.seen == [7]
