"""Retitle, move and remove over real articles, each judged by files alone, and all undone."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qtauthor.changes.change import Delete, Move
from qtauthor.changes.changeset import ChangeSet
from qtauthor.content.site import Site
from qtauthor.operations.site import move as moving
from qtauthor.operations.site import remove as removing
from qtauthor.operations.site import retitle as retitling
from tests.support import applying
from tests.support.deadlinks import Picture, block_texts, changed, lines, without_blocks, worse

REDIRECTS = '[redirects]\npath = "redirects.json"\n'


class Run:
    """A copy of the corpus, what it looks like, and what was done to it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.picture = Picture(root)
        self.done: list[ChangeSet] = []

    def apply(self, changes: ChangeSet) -> tuple[Picture, Picture]:
        """Write a change set; nothing may be worse than it was."""
        before = self.picture
        applying.write(changes, self.root)
        self.picture = Picture(self.root, before)
        moved = {c.path: c.to for c in changes.changes if isinstance(c, Move)}
        gone = [c.path for c in changes.changes if isinstance(c, Delete)]
        assert worse(before, self.picture, moved, *gone) == []
        self.done.append(changes)
        return before, self.picture

    def undo(self) -> None:
        for changes in reversed(self.done):
            applying.write(changes.invert(), self.root)


@pytest.fixture
def run(corpus: Path, tmp_path: Path) -> Iterator[Run]:
    shutil.copytree(corpus, tmp_path / "content" / "learn")
    (tmp_path / "qtauthor.toml").write_text(REDIRECTS)
    started = Run(tmp_path)
    original = started.picture.files
    yield started
    started.undo()
    assert Picture(tmp_path, started.picture).files == original
    left = {path.name for path in tmp_path.iterdir()}
    assert left <= {"content", "qtauthor.toml", ".qtauthor"}


def check_lines(before: bytes, after: bytes, old: list[str], new: list[str]) -> None:
    """Each line that went had an old value, and each that came has a new one."""
    gone, come = lines(before, after)
    for line in gone:
        assert any(value in line for value in old), line
    for line in come:
        plain = line.replace("''", "'")  # as single quotes write it
        assert any(value in plain for value in new) or line.strip() == "title: >-", line


def retitle_one(run: Run, path: str, number: int) -> None:
    old = run.picture.said(path).data["question"]
    question = f"{old.rstrip('?')}: in other words, is it #{number}?"
    outcome = retitling.retitle(Site.at(run.root), retitling.RetitleRequest(path, question))
    before, after = run.apply(outcome.changes)
    moved = {c.path: c.to for c in outcome.changes.changes if isinstance(c, Move)}
    assert path in moved
    number_of = before.said(path).data["id"]
    assert set(moved) == {p for p in before.readable() if before.said(p).data["id"] == number_of}
    slug, new_slug = path.rpartition("/")[2][:-3], moved[path].rpartition("/")[2][:-3]
    dead = {f"/learn/{p.split('/')[2]}/questions/{slug}" for p in moved}
    titles = {
        str(block["title"])
        for p in before.readable()
        for block in before.said(p).links.values()
        if block["url"] in dead
    }
    for one, other in changed(before, after, moved).items():
        check_lines(
            before.files[one], after.files[other], [old, slug, *titles], [question, new_slug]
        )
    check_gone(after, dead)


def move_one(run: Run, path: str, number: int) -> None:
    said = run.picture.said(path).data
    subject, subjects = said["subject"], sorted({p.split("/")[2] for p in run.picture.files})
    taken = {p.split("/")[2] for p in run.picture.files if p.endswith(path.rpartition("/")[2])}
    key = next(k for k in subjects[number % len(subjects) :] + subjects if k not in taken)
    sample = next(p for p in run.picture.readable() if p.split("/")[2] == key)
    new = run.picture.said(sample).data["subject"]
    outcome = moving.move(Site.at(run.root), [moving.Refile(path, new)])
    before, after = run.apply(outcome.changes)
    moved = {c.path: c.to for c in outcome.changes.changes if isinstance(c, Move)}
    assert moved == {path: path.replace(path.split("/")[2], key, 1)}
    values = after.said(moved[path]).data
    assert values["seo"]["title"] == f"QuickTakes | {values['subject']}"
    assert values["subject"].lower() == new.lower()
    for one, other in changed(before, after, moved).items():
        check_lines(
            before.files[one],
            after.files[other],
            [subject, path.split("/")[2]],
            [values["subject"], f"/{key}/"],
        )
    check_gone(after, {said["url"]})


def remove_one(run: Run, path: str, number: int) -> None:
    url = run.picture.said(path).data["url"]
    other = run.picture.readable()[number]
    replacement = other if number % 2 and other != path else None
    outcome = removing.remove(Site.at(run.root), removing.RemoveRequest(path, replacement))
    before, after = run.apply(outcome.changes)
    assert path not in after.files
    for one in changed(before, after, {}):
        old, new = before.files[one], after.files[one]
        assert without_blocks(old) == without_blocks(new)
        kept = [b for b in block_texts(old) if f"url: {url}\n" not in b]
        if replacement is None:
            assert block_texts(new) == kept
        else:
            there = [b for b in block_texts(new) if b in kept]
            assert there == kept
            assert len(block_texts(new)) <= len(kept) + 1
    check_gone(after, {url})


def check_gone(picture: Picture, urls: set[str]) -> None:
    named = {
        block["url"] for path in picture.readable() for block in picture.said(path).links.values()
    }
    assert not named & urls


def each(run: Run, one: Callable[[Run, str, int], None], count: int) -> None:
    chance = random.Random(20251)
    chosen = chance.sample(sorted(run.picture.files), count)
    for path in chosen:
        if path in run.picture.files:  # a filing may have gone with another one
            one(run, path, chance.randrange(len(chosen)))


OPERATIONS = pytest.mark.parametrize("one", [retitle_one, move_one, remove_one])


@OPERATIONS
def test_no_link_is_deader_and_all_can_be_undone(
    run: Run, one: Callable[[Run, str, int], None]
) -> None:
    each(run, one, 8)


@pytest.mark.slow
@OPERATIONS
def test_no_link_is_deader_after_any_of_300_and_all_can_be_undone(
    run: Run, one: Callable[[Run, str, int], None]
) -> None:
    each(run, one, 300)


@pytest.mark.slow
def test_all_three_in_turn_and_all_can_be_undone(run: Run) -> None:
    for one in (retitle_one, move_one, remove_one, move_one, retitle_one):
        each(run, one, 60)
