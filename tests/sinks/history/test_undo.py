"""The history: what was done is taken back and made again, in steps, as far as it still can be."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.changes.change import Create, Delete
from qtauthor.changes.changeset import ChangeSet
from qtauthor.errors import Code, SiteError
from qtauthor.sinks.history import stored_entries, undo
from tests.sinks.scenes import KEEP, TIME, body, build, commit, everything, modify, move, tree
from tests.support.state import state

D = f"{KEEP}/s/d.md"
X = f"{KEEP}/t/x.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    build(tmp_path)
    return tmp_path


def edit(site: Path, path: str, old: int, new: int) -> None:
    commit(site, ChangeSet((modify(path, body(old), body(new)),)))


def back(site: Path, count: int = 1, *, force: bool = False) -> list[undo.UndoStep]:
    steps = undo.plan(site, count, redo=False, force=force)
    undo.make(site, steps, KEEP)
    return steps


def again(site: Path, count: int = 1, *, force: bool = False) -> None:
    undo.make(site, undo.plan(site, count, redo=True, force=force), KEEP)


def numbers(site: Path) -> list[tuple[int, bool]]:
    return [(entry.number, entry.undone) for entry in stored_entries.entries(site)]


def refused(site: Path, count: int = 1, *, redo: bool = False, force: bool = False) -> SiteError:
    before = tree(site), numbers(site)
    with pytest.raises(SiteError) as caught:
        undo.plan(site, count, redo=redo, force=force)
    assert (tree(site), numbers(site)) == before
    return caught.value


def test_everything_comes_back_byte_for_byte_folders_too(site: Path) -> None:
    before = {path: found and found[0] for path, found in tree(site).items()}
    commit(site, everything())
    after = tree(site)
    back(site)
    assert {path: found and found[0] for path, found in tree(site).items()} == before
    again(site)
    assert tree(site).keys() == after.keys()
    back(site)
    assert {path: found and found[0] for path, found in tree(site).items()} == before


def test_several_steps_go_back_and_forth(site: Path) -> None:
    for number in range(3, 8):
        edit(site, D, number, number + 1)
    back(site, 3)
    assert (site / D).read_bytes() == body(5)
    assert numbers(site) == [(1, False), (2, False), (3, True), (4, True), (5, True)]
    again(site, 2)
    assert (site / D).read_bytes() == body(7)
    back(site, 4)
    assert (site / D).read_bytes() == body(3)
    again(site, 5)
    assert (site / D).read_bytes() == body(8)


def test_a_new_change_ends_what_could_be_made_again(site: Path) -> None:
    edit(site, D, 3, 4)
    edit(site, D, 4, 5)
    back(site, 2)
    edit(site, X, 7, 8)
    assert numbers(site) == [(3, False)]
    assert refused(site, redo=True).code is Code.NOTHING_TO_UNDO


def test_there_may_be_too_little_to_undo(site: Path) -> None:
    assert refused(site).message == "nothing can be undone"
    edit(site, D, 3, 4)
    assert refused(site, 2).message == "only 1 change can be undone"
    assert refused(site, redo=True).message == "nothing can be made again"


def test_files_that_were_edited_since_are_all_named_and_nothing_is_touched(site: Path) -> None:
    commit(site, everything())
    edited = [D, f"{KEEP}/s/b.md", f"{KEEP}/fresh/e.md"]
    for path in edited:
        (site / path).write_bytes(b"edited")
    error = refused(site)
    assert error.code is Code.CHANGED_SINCE
    assert all(path in error.message for path in edited)
    assert error.message.startswith("3 files")


def test_the_others_can_be_undone_and_only_they_are_made_again(site: Path) -> None:
    both = ChangeSet((modify(D, body(3), body(13)), modify(X, body(7), body(17))))
    commit(site, both)
    (site / D).write_bytes(b"edited")
    (step,) = back(site, force=True)
    assert step.left == (D,)
    assert (site / D).read_bytes() == b"edited"
    assert (site / X).read_bytes() == body(7)
    assert numbers(site) == [(1, True)]
    again(site)
    assert (site / X).read_bytes() == body(17)
    assert (site / D).read_bytes() == b"edited"
    back(site)
    assert (site / X).read_bytes() == body(7)


def test_a_step_of_which_nothing_is_left_is_refused(site: Path) -> None:
    edit(site, D, 3, 4)
    (site / D).write_bytes(b"edited")
    assert refused(site, force=True).code is Code.CHANGED_SINCE


def test_a_file_whose_place_is_taken_is_left_too(site: Path) -> None:
    """Of a swap, neither can go back without the other."""
    a, b = f"{KEEP}/s/swap1.md", f"{KEEP}/s/swap2.md"
    swap = move(a, b, body(4), body(4)), move(b, a, body(5), body(5))
    commit(site, ChangeSet((*swap, modify(D, body(3), body(13)))))
    (site / a).write_bytes(b"edited")
    (step,) = back(site, force=True)
    assert set(step.left) == {a, b}
    assert ((site / a).read_bytes(), (site / b).read_bytes()) == (b"edited", body(4))
    assert (site / D).read_bytes() == body(3)


def test_steps_are_looked_at_together_before_the_first(site: Path) -> None:
    edit(site, X, 7, 8)
    edit(site, D, 3, 4)
    (site / X).write_bytes(b"edited")
    assert refused(site, 2).where.path == X
    back(site)
    assert (site / D).read_bytes() == body(3)


def test_a_removed_file_that_was_no_article_comes_back(site: Path) -> None:
    (site / D).write_bytes(b"no front matter")
    commit(site, ChangeSet((Delete(D, b"no front matter"),)))
    back(site)
    assert (site / D).read_bytes() == b"no front matter"


def test_a_name_that_was_taken_since_is_a_conflict(site: Path) -> None:
    commit(site, ChangeSet((Delete(D, body(3)),)))
    (site / D).write_bytes(b"new")
    assert refused(site).where.path == D


def test_an_entry_tells_when_what_and_how_much(site: Path) -> None:
    commit(site, everything())
    (entry,) = stored_entries.entries(site)
    header = entry.header
    assert (header.label, header.time, header.count) == ("test", TIME, 12)
    assert header.summary == "2 created, 7 moved, 2 changed, 1 deleted"
    assert set(entry.changes().paths) == set(everything().paths)


def test_an_entry_has_edits_and_no_whole_files(site: Path) -> None:
    large = b"---\nid: 1\n---\n" + b"x" * 10_000
    commit(site, ChangeSet((Create(f"{KEEP}/s/l.md", large),)))
    change = modify(D, body(3), body(13))
    commit(site, ChangeSet((change,)))
    assert stored_entries.entries(site)[1].path
    assert Path(stored_entries.entries(site)[1].path).stat().st_size < 500


def test_a_damaged_entry_cannot_be_undone_and_says_so(site: Path) -> None:
    edit(site, D, 3, 4)
    path = Path(stored_entries.entries(site)[0].path)
    path.write_bytes(path.read_bytes()[:-5])
    assert refused(site).code is Code.DAMAGED_JOURNAL


@pytest.mark.parametrize(("entries", "size", "left"), [(3, 1 << 20, 3), (500, 400, 1), (500, 1, 1)])
def test_the_oldest_entries_go_but_never_the_newest(
    site: Path, monkeypatch: pytest.MonkeyPatch, entries: int, size: int, left: int
) -> None:
    monkeypatch.setattr(stored_entries, "KEEP_ENTRIES", entries)
    monkeypatch.setattr(stored_entries, "KEEP_BYTES", size)
    for number in range(3, 9):
        edit(site, D, number, number + 1)
    assert [number for number, _ in numbers(site)] == list(range(7 - left, 7))


def test_what_else_is_in_the_folder_does_no_harm(site: Path) -> None:
    edit(site, D, 3, 4)
    for name in ("notes.txt", "²", "7.bak"):
        (state(site) / "history" / name).touch()
    assert numbers(site) == [(1, False)]
