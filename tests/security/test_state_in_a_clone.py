"""A repository that brings a ``.qtauthor`` folder: nothing in it is obeyed, read or changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qtauthor import Site, commit
from qtauthor.changes.changeset import ChangeSet
from qtauthor.errors import SiteError
from qtauthor.operations.fields.edit import Set, edit
from qtauthor.sinks.transaction.journal import Filing, JournalRecord
from tests.cli.support import CHAIN, here
from tests.lsp.client import Editor
from tests.security import attacks
from tests.security.attacks import HOOK, KEYS, create, delete, move, overwrite

Plant = Callable[[Path], None]

RECORDS: dict[str, tuple[JournalRecord, ...]] = {
    "overwrite a key": (overwrite(KEYS),),
    "make a key": (create("../home/.ssh/id_new"),),
    "remove a key": (delete(KEYS),),
    "move a key into the site": (move(KEYS, "content/learn/keys.md"),),
    "make a hook": (create(HOOK),),
    "make a file by its whole path": (create("/../home/.profile"),),
    "change an article": (create("content/learn/bicycles/planted.md"),),
}


def journal(*records: JournalRecord, name: str = "journal", **more: object) -> Plant:
    def plant(root: Path) -> None:
        attacks.plant(root / ".qtauthor" / name, *records, **more)  # type: ignore[arg-type]

    return plant


def refiling(root: Path) -> None:
    """A record of nothing, whose entry in the history gets the name of a file of the user."""
    entries = root / ".qtauthor/history"
    attacks.plant(root / ".qtauthor/journal", filing=Filing(1, "evil", "../../../home/.bashrc", ()))
    entries.mkdir(parents=True)
    (entries / "evil").write_bytes(attacks.THEIRS)


def clearing(root: Path) -> None:
    """Temporary files to clear and empty folders to remove, elsewhere."""
    (root.parent / f"home/.qtauthor-{attacks.ID}-0.tmp").write_bytes(b"the user's")
    attacks.plant(
        root / ".qtauthor/journal", folders=["../home"], emptied=("../home/empty",), made=()
    )


PLANTS: dict[str, Plant] = {name: journal(*found) for name, found in RECORDS.items()}
PLANTS |= {
    "go back": journal(delete("../home/new"), create(KEYS), name="journal.back"),
    "what was only prepared": journal(name="journal.part", made=["../home/empty"]),
    "rename over a file": refiling,
    "clear folders elsewhere": clearing,
}


def look(_: Path) -> None:
    for words in (("ls",), ("show", CHAIN), ("log",)):
        here(*words)


def ask(root: Path) -> None:
    site = Site.find(root)
    site.next_id()
    list(site.paths())
    site.index.close()


def write(root: Path) -> None:
    site = Site.at(root)
    change = edit(CHAIN, site.article(CHAIN), [Set("score", 1.5)])
    assert change is not None
    changes = ChangeSet((change,))
    commit(site, changes, allow_dirty=True)
    site.index.close()
    with pytest.raises(SiteError):
        here_undo(root)


def here_undo(root: Path) -> None:
    from qtauthor import undo

    undo(Site.at(root), 2)


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
@pytest.mark.parametrize("act", [look, ask], ids=["commands", "library"])
def test_a_record_that_came_with_a_clone_is_not_obeyed(
    site: Path, home: Path, plant: Plant, act: Plant
) -> None:
    plant(site)
    before = attacks.snapshot(site.parent)
    act(site)
    assert attacks.snapshot(site.parent) == before
    assert home.is_dir()


def test_no_command_obeys_what_git_tracks(site: Path, home: Path) -> None:
    PLANTS["overwrite a key"](site)
    attacks.commit_all(site)
    before = attacks.snapshot(site.parent)
    for words in (("check",), ("index",), ("stats",), ("export",), ("undo",), ("ids",)):
        here(*words)
    assert attacks.snapshot(site.parent) == before
    assert home.is_dir()


def test_a_commit_does_not_obey_it_either(site: Path, home: Path) -> None:
    PLANTS["overwrite a key"](site)
    before = attacks.snapshot(site.parent)
    write(site)
    after = attacks.snapshot(site.parent)
    article = f"site/{CHAIN}"
    assert before.pop(article) != after.pop(article)
    assert after == before
    assert home.is_dir()


def test_undo_and_redo_ask_no_history_that_came_with_a_clone(site: Path, home: Path) -> None:
    for number, (name, record) in enumerate(
        {"a": create(KEYS), "b": overwrite(CHAIN), "c": delete("../home/.bashrc")}.items(), 1
    ):
        assert name
        attacks.plant(site / f".qtauthor/history/{number:06d}", record)
        attacks.plant(site / f".qtauthor/history/{number + 10:06d}.undone", record)
    attacks.commit_all(site)
    before = attacks.snapshot(site.parent)
    for words in (("undo",), ("redo",), ("undo", "3", "--force-unchanged"), ("log",)):
        assert "innocent" not in here(*words).text
    assert "nothing can be undone" in here("undo").err
    assert attacks.snapshot(site.parent) == before


def test_the_language_server_begins_without_obeying_it(site: Path, home: Path) -> None:
    PLANTS["overwrite a key"](site)
    before = attacks.snapshot(site.parent)
    editor = Editor(site)
    try:
        editor.begin()
        editor.open(CHAIN)
        editor.diagnostics(CHAIN, 1)
        editor.end()
    finally:
        editor.kill()
    assert attacks.snapshot(site.parent) == before


def test_it_is_named_once_on_one_line_and_the_command_goes_on(site: Path) -> None:
    PLANTS["overwrite a key"](site)
    result = here("ls")
    assert result.code == 0
    assert len(result.text.splitlines()) == 8
    assert result.err.count(".qtauthor") == 1
    assert len(result.err.splitlines()) == 1
    assert here("--quiet", "ls").err == ""


@pytest.mark.parametrize("name", ["history/000001", "index.sqlite", "drafts/1/draft.json"])
def test_everything_that_looks_like_state_is_named(site: Path, name: str) -> None:
    path = site / ".qtauthor" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    assert ".qtauthor is not used" in here("ls").err


def test_a_folder_of_that_name_with_other_things_is_nobodys_business(site: Path) -> None:
    (site / ".qtauthor").mkdir()
    (site / ".qtauthor/notes.txt").write_bytes(b"x")
    assert here("ls").err == ""


def test_a_link_of_that_name_leads_nowhere(site: Path, home: Path) -> None:
    (site / ".qtauthor").symlink_to(home)
    before = attacks.snapshot(site.parent)
    assert here("index").code == 0
    assert here("set", CHAIN, "score=1.5", "--allow-dirty").code == 0
    assert here("undo").code == 0
    assert attacks.snapshot(site.parent) == before
    assert ".qtauthor is not used" in here("ls").err


def test_ids_and_drafts_of_a_clone_are_not_looked_at(site: Path) -> None:
    (site / ".qtauthor/drafts/1").mkdir(parents=True)
    (site / ".qtauthor/reserved-ids").write_text("9000000\n")
    (site / ".qtauthor/drafts/1/draft.json").write_text("{}")
    assert here("ids", "next", "--dry-run").text == "3056\n"


def test_what_a_command_does_leaves_nothing_in_the_site(site: Path) -> None:
    before = attacks.snapshot(site)
    for words in (("ls",), ("check",), ("ids", "next"), ("set", CHAIN, "score=1.5"), ("undo",)):
        here(*words)
    assert attacks.snapshot(site) == before
