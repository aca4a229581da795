"""Files that get other names: chains, swaps, other folders, other case; odd names and odd disks."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import pytest

from qtauthor.changes.change import Create, Delete, Move
from qtauthor.changes.changeset import ChangeSet
from qtauthor.errors import Code, QtauthorError
from qtauthor.files.name_forms import folded
from qtauthor.sinks.real_paths import Places, folds_case
from qtauthor.sinks.transaction.preflight import survey
from tests.sinks.scenes import KEEP, body, build, commit, everything, move, tree
from tests.sinks.support import refused, write


@pytest.fixture
def site(tmp_path: Path) -> Path:
    build(tmp_path)
    return tmp_path


def read(site: Path, name: str) -> bytes:
    return (site / KEEP / f"{name}.md").read_bytes()


def moved(old: str, new: str, number: int, after: int | None = None) -> Move:
    end = number if after is None else after
    return move(f"{KEEP}/{old}.md", f"{KEEP}/{new}.md", body(number), body(end))


def test_chains_swaps_and_edits_happen_at_once(site: Path) -> None:
    commit(site, everything())
    names = ("s/b", "s/c", "new/deep/c", "s/swap2", "s/swap1", "s/Case", "t/one")
    assert [read(site, name) for name in names] == [*map(body, (10, 1, 12, 4, 15, 6, 19))]
    gone = {f"{KEEP}/{name}" for name in ("s/a.md", "s/case.md", "t/gone.md", "lone")}
    assert not gone & set(tree(site))


def test_everything_is_as_it_was_after_the_inverse(site: Path) -> None:
    before = tree(site)
    commit(site, everything())
    commit(site, everything().invert())
    after = tree(site)
    made = {"data", f"{KEEP}/new"}
    assert {path for path in after if path not in before} <= made
    assert {path: found and found[0] for path, found in after.items() if path not in made} == {
        path: found and found[0] for path, found in before.items()
    }


def test_a_moved_file_keeps_its_mode(site: Path) -> None:
    (site / KEEP / "s/a.md").chmod(0o604)
    commit(site, ChangeSet((moved("s/a", "s/z", 0, 10),)))
    assert stat.S_IMODE((site / KEEP / "s/z.md").stat().st_mode) == 0o604


def test_an_emptied_folder_goes_but_never_that_of_all_articles(tmp_path: Path) -> None:
    (tmp_path / KEEP).mkdir(parents=True)
    (tmp_path / KEEP / "flat.md").write_bytes(body(1))
    (tmp_path / "other").mkdir()
    (tmp_path / "other/a.md").write_bytes(body(2))
    (tmp_path / "other/stays.txt").touch()
    gone = Delete(f"{KEEP}/flat.md", body(1)), Delete("other/a.md", body(2))
    commit(tmp_path, ChangeSet(gone))
    assert set(tree(tmp_path)) == {"content", KEEP, "other", "other/stays.txt"}


def test_a_name_that_is_taken_is_refused(site: Path) -> None:
    change = ChangeSet((moved("s/a", "s/b", 0),))
    assert refused(change, site).code is Code.FILE_EXISTS
    (site / KEEP / "s/link.md").symlink_to("nowhere")
    assert refused(ChangeSet((moved("s/a", "s/link", 0),)), site).code is Code.FILE_EXISTS


def test_the_twin_of_a_leaving_file_is_another_file(site: Path) -> None:
    os.link(site / KEEP / "s/a.md", site / KEEP / "s/twin.md")
    assert refused(ChangeSet((moved("s/a", "s/twin", 0),)), site).code is Code.FILE_EXISTS


@pytest.mark.parametrize("kind", ["move", "delete"])
def test_a_link_neither_moves_nor_goes(site: Path, kind: str) -> None:
    (site / KEEP / "s/link.md").symlink_to("a.md")
    gone = Delete(f"{KEEP}/s/link.md", body(0))
    change = gone if kind == "delete" else moved("s/link", "s/z", 0)
    assert refused(ChangeSet((change,)), site).code is Code.NOT_A_FILE


def test_two_names_of_one_file_are_not_changed_at_once(site: Path) -> None:
    (site / KEEP / "u").symlink_to("t")
    both = ChangeSet((moved("t/x", "s/y", 7), Delete(f"{KEEP}/u/x.md", body(7))))
    assert refused(both, site).code is Code.TWO_NAMES


@pytest.mark.parametrize("path", ["../x.md", ".qtauthor/x.md", ".git/x.md", "s/..", "out/x.md"])
def test_a_file_does_not_move_out_of_the_site(site: Path, path: str) -> None:
    (site / "out").symlink_to(site.parent)
    change = ChangeSet((move(f"{KEEP}/s/a.md", path, body(0), body(0)),))
    assert refused(change, site).code is Code.UNSAFE_PATH


def test_a_name_may_have_255_bytes_and_no_more(site: Path) -> None:
    longest = "é" * 126
    commit(site, ChangeSet((moved("s/a", f"s/{longest}", 0, 10),)))
    commit(site, ChangeSet((moved(f"s/{longest}", f"t/{longest[:-1]}zz", 10, 11),)))
    assert read(site, f"t/{longest[:-1]}zz") == body(11)
    error = refused(ChangeSet((moved("s/b", f"s/{longest}zz", 1),)), site)
    assert (error.code, "shorter name" in error.remedy) == (Code.CANNOT_WRITE, True)


@pytest.mark.parametrize("name", ["\udcff.md", "a\nb.md", "ä ö.md"])
def test_a_name_need_not_be_text(site: Path, name: str) -> None:
    (site / KEEP / "s" / name).write_bytes(body(1))
    commit(site, ChangeSet((move(f"{KEEP}/s/{name}", f"{KEEP}/s/z{name}", body(1), body(2)),)))
    assert (site / KEEP / "s" / f"z{name}").read_bytes() == body(2)


def test_a_content_folder_on_another_device_is_written_beside_its_files(tmp_path: Path) -> None:
    memory = Path("/dev/shm")  # noqa: S108
    if not os.access(memory, os.W_OK) or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second device")
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        root = Path(folder) / "site"
        build(root)
        (root / ".qtauthor").symlink_to(tmp_path)
        commit(root, everything())
        assert read(root, "t/one") == body(19)


def test_names_that_differ_in_case_only_collide_where_the_system_ignores_case(site: Path) -> None:
    new = ChangeSet((Create(f"{KEEP}/s/new.md", body(1)), Create(f"{KEEP}/s/NEW.md", body(2))))
    with pytest.raises(QtauthorError) as caught:
        list(survey(new, Places(site, folds=lambda _folder: True)))
    assert caught.value.code is Code.FILE_EXISTS
    assert caught.value.where.path == f"{KEEP}/s/NEW.md"
    assert f"{KEEP}/s/new.md differ only in the case of letters" in caught.value.message
    assert len(list(survey(new, Places(site, folds=lambda _folder: False)))) == 2


def test_a_file_that_leaves_does_not_stand_in_its_own_way(site: Path) -> None:
    """On a system that ignores case, the new name is found, and it is the old file."""
    os.link(site / KEEP / "s/case.md", site / KEEP / "s/CASE.md")
    change = ChangeSet((moved("s/case", "s/CASE", 6),))
    assert [found.to for found in survey(change, Places(site))] == [
        os.path.realpath(site / KEEP / "s/CASE.md")
    ]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [("a.md", "A.md", True), ("é", "e\u0301", True), ("É", "e\u0301", True), ("a", "b", False)],
)
def test_names_are_folded_as_such_systems_do(left: str, right: str, same: bool) -> None:
    assert (folded(left) == folded(right)) is same


def test_this_system_is_probed_by_a_folders_own_name(tmp_path: Path) -> None:
    folder = tmp_path / "Folder" / "123"
    folder.mkdir(parents=True)
    assert folds_case(str(folder)) is (tmp_path / "fOLDER").exists()


def test_a_folder_that_is_new_is_not_left_by_a_change_that_is_refused(site: Path) -> None:
    change = ChangeSet((moved("s/a", "fresh/a", 0), moved("s/b", "fresh/b", 99)))
    with pytest.raises(QtauthorError):
        write(change, site)
    assert not (site / KEEP / "fresh").exists()
