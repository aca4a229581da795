"""What becomes of a change that a run had begun and not ended."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from qtauthor.errors import Code, SiteError
from qtauthor.sinks import syscalls
from qtauthor.sinks.history import stored_entries
from qtauthor.sinks.locks import site_lock
from qtauthor.sinks.transaction import file_names, recovery
from tests.sinks import scenes
from tests.sinks.faults import kill
from tests.sinks.killing import in_a_fork
from tests.support.state import state

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the victims are forks")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    scenes.build(root)
    return root


def interrupt(site: Path, name: str) -> None:
    """Kill a change when its journal is called that: when all is ready, or half is in place."""
    original = syscalls.rename

    def rename(old: str, new: str) -> None:
        if (name == "journal.part" and old.endswith(name)) or new.endswith("/x.md"):
            kill()
        original(old, new)

    def victim() -> None:
        syscalls.rename = rename
        scenes.commit(site, scenes.everything())

    assert in_a_fork(victim) < 0
    assert (state(site) / name).exists()


def recovered(site: Path) -> recovery.Recovered:
    with site_lock.locked(site) as found:
        pass
    assert found is not None
    return found


def test_a_change_that_was_being_prepared_is_taken_back(site: Path) -> None:
    before = scenes.tree(site)
    interrupt(site, "journal.part")
    found = recovered(site)
    assert found == ("taken back", "test", ())
    assert scenes.tree(site) == before
    assert stored_entries.entries(site) == []


def test_a_change_that_was_being_made_is_finished(site: Path) -> None:
    interrupt(site, "journal")
    assert recovered(site) == ("finished", "test", ())
    assert [entry.number for entry in stored_entries.entries(site)] == [1]
    assert (site / "content/learn/s/d.md").read_bytes() == scenes.body(13)


def test_where_nothing_was_begun_nothing_happens(site: Path) -> None:
    with site_lock.locked(site) as found:
        assert found is None


@pytest.mark.parametrize("name", ["journal", "journal.back"])
def test_a_file_that_was_edited_since_stays_and_is_named(site: Path, name: str) -> None:
    interrupt(site, "journal")
    if name == "journal.back":
        (state(site) / "journal").rename(state(site) / "journal.back")
    edited = site / "content/learn/s/d.md"
    edited.write_bytes(b"edited")
    found = recovered(site)
    assert found.left == ("content/learn/s/d.md",)
    assert edited.read_bytes() == b"edited"
    number = 17 if name == "journal" else 7
    assert (site / "content/learn/t/x.md").read_bytes() == scenes.body(number)
    assert scenes.leftovers(site) == []


def test_temporary_files_that_were_removed_are_not_needed(site: Path) -> None:
    """As ``git clean`` does."""
    model = site.with_name("whole")
    shutil.copytree(site, model)
    scenes.commit(model, scenes.everything())
    interrupt(site, "journal")
    for path in site.rglob(".qtauthor-*.tmp"):
        path.unlink()
    recovered(site)
    assert {path: found and found[0] for path, found in scenes.tree(site).items()} == {
        path: found and found[0] for path, found in scenes.tree(model).items()
    }


@pytest.mark.parametrize("cut", [5, 25, -3])
def test_a_torn_journal_that_was_being_written_is_discarded(site: Path, cut: int) -> None:
    before = scenes.tree(site)
    interrupt(site, "journal.part")
    part = state(site) / "journal.part"
    part.write_bytes(part.read_bytes()[:cut])
    assert recovered(site).how == "taken back"
    assert scenes.leftovers(site) == []
    if cut == -3:
        assert set(scenes.tree(site)) == set(before)
    assert all(found == scenes.tree(site)[path] for path, found in before.items())


def test_a_damaged_journal_is_set_aside_and_nothing_is_touched(site: Path) -> None:
    interrupt(site, "journal")
    journal = state(site) / "journal"
    data = bytearray(journal.read_bytes())
    data[len(data) // 2] ^= 1
    journal.write_bytes(data)
    before = scenes.tree(site)
    assert recovered(site).how == "damaged"
    assert scenes.tree(site) == before
    assert (state(site) / "journal.damaged").read_bytes() == data
    assert not file_names.of_site(site).pending


def test_an_entry_whose_journal_a_power_cut_took_goes(site: Path) -> None:
    entries = state(site) / "history"
    scenes.commit(site, scenes.everything())
    (entries / "000002.new").write_bytes(b"half")
    with site_lock.locked(site) as found:
        assert found is None
    assert [path.name for path in entries.iterdir()] == ["000001"]


def test_a_power_cut_that_leaves_a_new_folder_leaves_its_record(site: Path) -> None:
    """What was synced is all that is left, but the folder."""
    whole = Path(file_names.of_site(site).part)
    own = str(state(site))
    original = syscalls.fsync, syscalls.sync_folder, syscalls.mkdir
    before = scenes.tree(site)

    def victim() -> None:
        on_disk: list[bytes] = []
        named: list[str] = []

        def fsync(handle: int) -> None:
            original[0](handle)
            if os.path.samestat(os.fstat(handle), whole.stat()):
                on_disk.append(whole.read_bytes())

        def sync_folder(folder: str) -> None:
            original[1](folder)
            named.append(folder)

        def mkdir(path: str, mode: int = 0o777) -> None:
            original[2](path, mode)
            if path.startswith(str(site)):
                whole.write_bytes(on_disk[-1] if on_disk and own in named else b"")
                kill()

        syscalls.fsync, syscalls.sync_folder, syscalls.mkdir = fsync, sync_folder, mkdir
        scenes.commit(site, scenes.everything())

    assert in_a_fork(victim) == -9
    assert scenes.tree(site) != before
    recovered(site)
    assert scenes.tree(site) == before
    assert scenes.leftovers(site) == []


def test_a_recovery_that_the_system_refuses_can_be_tried_again(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt(site, "journal")

    def refused(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(syscalls, "unlink", refused)
        with pytest.raises(SiteError) as caught, site_lock.locked(site):
            pass
    assert caught.value.code is Code.CANNOT_WRITE
    assert "cannot be finished now: No space left" in caught.value.message
    assert "files are written; make room on the disk, then run any command" in caught.value.remedy
    assert "it finishes the change" in caught.value.remedy
    assert recovered(site).how == "finished"


def test_a_new_change_ends_the_old_one_first(site: Path) -> None:
    interrupt(site, "journal")
    scenes.commit(site, scenes.everything().invert())
    assert [entry.number for entry in stored_entries.entries(site)] == [1, 2]
    assert (site / "content/learn/s/d.md").read_bytes() == scenes.body(3)
