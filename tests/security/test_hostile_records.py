"""Records of changes in the user's own folder that no program of ours would write.

The place is trusted, and yet each path and name goes through the checks of a path from outside.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from qtauthor.sinks import record_names
from qtauthor.sinks.transaction.journal import Filing, JournalRecord
from tests.cli.support import CHAIN, here
from tests.security import attacks
from tests.security.attacks import HOOK, KEYS, create, delete, move, overwrite
from tests.support.state import made, state

OUTSIDE: dict[str, tuple[JournalRecord, ...]] = {
    "overwrite a key": (overwrite(KEYS),),
    "make a key": (create("../home/.ssh/id_new"),),
    "remove a key": (delete(KEYS),),
    "move a key in": (move(KEYS, "content/learn/bicycles/keys.md"),),
    "make a hook": (create(HOOK),),
    "make a hook of a submodule": (create("content/learn/bicycles/.git/hooks/post-checkout"),),
    "make a hook where case does not count": (create(".GIT/hooks/post-checkout"),),
    "make a hook as Windows shortens it": (create("git~1/hooks/post-checkout"),),
    "bend a file of git's": (create("content/learn/.git"),),
    "write by the whole path": (create("/../home/.profile"),),
    "write by two dots in the middle": (create("content/learn/../../../home/.profile"),),
    "write by one dot": (create("./content/learn/bicycles/x.md"),),
    "write by an empty part": (create("content//learn/x.md"),),
    "write nowhere": (create(""),),
    "write behind a null": (create("content/learn/x.md\0.md"),),
    "be of a kind that is none": (create("content/x.md"), create("content/y.md")),
    "one good and one bad": (create("content/learn/bicycles/good.md"), create(HOOK)),
}


def spoilt(name: str) -> tuple[JournalRecord, ...]:
    found = OUTSIDE[name]
    if "kind" in name:
        bad = found[1]
        return found[0], msgspec.structs.replace(bad, kind="chmod")
    return found


def refused(site: Path, before: dict[str, tuple[int, bytes]]) -> None:
    """It is set aside and named, the command goes on, and nothing of it was done."""
    result = here("ls")
    assert result.code == 0
    assert "journal" in result.err
    assert ".damaged" in result.err
    assert list(state(site).glob("journal*.damaged"))
    assert attacks.snapshot(site.parent) == before
    assert here("ls").err == ""


@pytest.mark.parametrize("name", ["journal", "journal.back"])
@pytest.mark.parametrize("attack", OUTSIDE)
def test_a_record_that_leads_elsewhere_is_set_aside(
    site: Path, home: Path, attack: str, name: str
) -> None:
    attacks.plant(made(site) / name, *spoilt(attack))
    refused(site, attacks.snapshot(site.parent))


HEADERS: dict[str, dict[str, object]] = {
    "an id that is a path": {"id_": "x/../../../home/.bashrc"},
    "an id that is a pattern": {"id_": ""},
    "a folder to remove": {"emptied": ("../home/empty",)},
    "a folder that stays": {"keep": "../.."},
    "a folder to clear": {"folders": ("../home",)},
    "a folder that was made": {"made": ("../home/empty",)},
    "an entry from elsewhere": {"filing": Filing(1, "../../x", "000001")},
    "an entry to elsewhere": {"filing": Filing(1, "000001.new", "../../../home/.bashrc")},
    "an entry over the index": {"filing": Filing(1, "000001.new", "../index.sqlite")},
    "an entry to drop elsewhere": {
        "filing": Filing(1, "000001.new", "000001", ("../../../home/.bashrc",))
    },
}


@pytest.mark.parametrize("more", HEADERS.values(), ids=HEADERS)
def test_a_head_that_leads_elsewhere_is_set_aside(
    site: Path, home: Path, more: dict[str, object]
) -> None:
    (made(site) / "history").mkdir(mode=0o700)
    for name in ("000001.new", "x"):
        (state(site) / "history" / name).write_bytes(attacks.THEIRS)
    record = create("content/learn/bicycles/x.md")
    attacks.plant(state(site) / "journal", record, **more)  # type: ignore[arg-type]
    refused(site, attacks.snapshot(site.parent))


def test_what_was_only_prepared_elsewhere_is_left(site: Path, home: Path) -> None:
    (home / f".qtauthor-{attacks.ID}-0.tmp").write_bytes(b"the user's")
    before = attacks.snapshot(site.parent)
    attacks.plant(
        made(site) / "journal.part", folders=["../home"], made=["../home/empty", "../home/.ssh"]
    )
    assert here("ls").code == 0
    assert attacks.snapshot(site.parent) == before


def through(site: Path, home: Path) -> None:
    (site / "content/learn/cycling").symlink_to(home / ".ssh")


def above(site: Path, home: Path) -> None:
    (home / "learn/cycling").mkdir(parents=True)
    (home / "learn/cycling/authorized_keys").write_bytes(attacks.OURS)
    (site / "content/learn").rename(site / "content/away")
    (site / "content/learn").symlink_to(home / "learn")


@pytest.mark.parametrize("link", [through, above])
@pytest.mark.parametrize("name", ["journal", "journal.back"])
@pytest.mark.parametrize(
    "record",
    [overwrite, delete, create, lambda at: move(at, "content/learn/bread-baking/x.md")],
    ids=["overwrite", "delete", "create", "move"],
)
def test_a_folder_that_became_a_link_does_not_lead_out(
    site: Path,
    home: Path,
    link: Callable[[Path, Path], None],
    name: str,
    record: Callable[..., JournalRecord],
) -> None:
    link(site, home)
    at = "content/learn/cycling/authorized_keys"
    attacks.plant(made(site) / name, record(at))
    before = attacks.snapshot(site.parent)
    here("--root", str(site), "index")
    assert attacks.snapshot(site.parent) == before
    assert list(state(site).glob("journal*.damaged"))


@pytest.mark.parametrize("name", ["journal", "journal.back"])
def test_a_file_that_became_a_link_is_neither_read_nor_replaced(
    site: Path, home: Path, name: str
) -> None:
    link = site / "content/learn/bicycles/link.md"
    link.symlink_to(home / ".ssh/authorized_keys")
    at = link.relative_to(site).as_posix()
    attacks.plant(made(site) / name, overwrite(at))
    before = attacks.snapshot(site.parent)
    assert f"{at} was edited since" in here("ls").err
    assert attacks.snapshot(site.parent) == before


@pytest.mark.parametrize("mode", [0o100755, 0o104777, 0o102775, 0o101777])
def test_a_record_makes_nothing_executable(site: Path, mode: int) -> None:
    made_, changed = "content/learn/bicycles/made.md", site / CHAIN
    changed.chmod(0o640)
    old = changed.read_bytes()
    attacks.plant(made(site) / "journal", create(made_, mode=mode))
    assert "finished" in here("ls").err
    assert (site / made_).read_bytes() == attacks.THEIRS
    assert (site / made_).stat().st_mode & 0o7777 == mode & 0o666
    attacks.plant(made(site) / "journal", overwrite(CHAIN, old))
    assert "finished" in here("ls").err
    assert changed.stat().st_mode & 0o7777 == 0o640


@pytest.mark.parametrize("attack", OUTSIDE)
def test_an_entry_of_the_history_that_leads_elsewhere_is_neither_undone_nor_made_again(
    site: Path, home: Path, attack: str
) -> None:
    attacks.plant(made(site) / "history/000001", *spoilt(attack))
    attacks.plant(state(site) / "history/000002.undone", *spoilt(attack))
    before = attacks.snapshot(site.parent)
    assert here("undo").code == here("undo", "--force-unchanged").code == here("redo").code == 2
    assert attacks.snapshot(site.parent) == before


def test_folders_of_an_entry_elsewhere_are_not_removed(site: Path, home: Path) -> None:
    at = "content/learn/bicycles/x.md"
    (site / at).write_bytes(attacks.THEIRS)
    attacks.plant(made(site) / "history/000001", create(at), made=["../home/empty"])
    here("undo")
    assert (home / "empty").is_dir()


@pytest.mark.parametrize(
    "name",
    [".git", ".GIT", ".git ", ".git.", "git~1", "GIT~1", ".g\u200cit", ".git::$INDEX_ALLOCATION"],
)
def test_gits_own_folder_is_known_under_all_its_names(name: str) -> None:
    assert record_names.is_git(name)


@pytest.mark.parametrize(
    "name", [".gitignore", ".github", "git", "digit", "git~10", ".gi", "é.git"]
)
def test_other_names_are_not_taken_for_it(name: str) -> None:
    assert not record_names.is_git(name)


@pytest.mark.parametrize("folder", [".git/hooks", "content/learn/sub/.git", "content/.GIT"])
def test_nothing_is_written_below_git_by_a_command_either(site: Path, folder: str) -> None:
    path = site / folder / "x.md"
    path.parent.mkdir(parents=True)
    path.write_bytes((site / CHAIN).read_bytes())
    before = attacks.snapshot(site)
    result = here("set", str(path), "score=7", "--allow-dirty")
    assert "[unsafe-path]" in result.err
    assert attacks.snapshot(site) == before
