"""The commands over the site one after the other, and all of them undone."""

from __future__ import annotations

from pathlib import Path

from tests.cli.support import CHAIN, DOUGH, SHIFTING, git, here, tree

STEPS = (
    ("retitle", "1215", "--question", "Friction shifting: is it easier?"),
    ("move", DOUGH, CHAIN, "--new-subject", "--subject", "Kitchen Physics"),
    ("remove", "1240", "--replace-with", "1215"),
    ("related", "add", "431", "1215", "--both"),
    ("ids", "reassign", "1215", "--id", "5000"),
    ("retitle", "5000", "--question", "Is friction shifting easier?", "--keep-url"),
    ("remove", "431"),
)


def test_after_undoing_all_git_finds_nothing_changed(site: Path) -> None:
    (site / "qtauthor.toml").write_text('[redirects]\npath = "redirects.json"\n')
    (site / "redirects.json").write_text("[]\n")
    git(site, "init", "-q")
    git(site, "add", ".")
    git(site, "commit", "-qm", "first")
    before = tree(site)
    for step in STEPS:
        result = here(*step, "--allow-dirty")
        assert result.code == 0, result.err
        assert "changed: " in result.err
    assert tree(site) != before
    for _ in STEPS:
        undone = here("undo")
        assert undone.code == 0, undone.err
    assert tree(site) == before
    assert git(site, "status", "--porcelain").stdout == b""


def test_uncommitted_changes_are_not_written_over(site: Path) -> None:
    git(site, "init", "-q")
    git(site, "add", ".")
    git(site, "commit", "-qm", "first")
    (site / CHAIN).write_bytes((site / CHAIN).read_bytes() + b"\n")
    before = tree(site)
    result = here("retitle", SHIFTING, "--question", "New?")
    assert result.code == 2
    assert "[uncommitted-changes]" in result.err
    assert tree(site) == before


def test_what_was_planned_is_what_is_written(site: Path) -> None:
    """The counts of a dry run are those of the run itself."""
    for step in STEPS[:4]:
        dry = here(*step, "--dry-run").err
        assert here(*step).err == dry.replace("would change", "changed")
