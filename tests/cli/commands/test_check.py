"""``qtauthor check``: what it looks at, what it fixes, how it ends."""

from __future__ import annotations

import os
import shutil
import signal
from collections import Counter
from pathlib import Path

import pytest

from qtauthor.cli.checking import running
from qtauthor.content.site import Site
from qtauthor.operations import process_pool
from qtauthor.rules import registry
from qtauthor.rules.checker import Checker, context
from qtauthor.rules.finding import Finding
from qtauthor.text.source.encoding import MAX_BYTES
from tests.cli.support import (
    CHAIN,
    SHIFTING,
    assert_refused,
    git,
    here,
    process,
    start,
    tree,
)
from tests.rules.support import TODAY
from tests.support import plain_checker
from tests.support.patience import PATIENCE
from tests.support.sites import copy_demo

STALE = "content/learn/bread-baking/why-does-bread-go-stale.md"


@pytest.fixture
def site(flawed: Path) -> Path:
    """The site with four flaws."""
    return flawed


def found(*arguments: str) -> Counter[str]:
    """How often each rule found something."""
    result = here("check", "--format", "json", *arguments)
    return Counter(finding["code"] for finding in result.json["findings"])


def test_without_a_path_the_whole_site_is_checked(site: Path) -> None:
    result = here("check", "--format", "concise")
    assert result.code == 1
    assert f"{SHIFTING}:12:11: QT305" in result.text
    assert f"{STALE}:14:5: QT702" in result.text
    assert "found 4 problems in 2 of 9 articles" in result.err
    assert "can be fixed: 1 with --fix" in result.err


def test_a_clean_selection_is_no_finding(site: Path) -> None:
    for selection in ([CHAIN], ["--id", "412"], ["--where", "id = 1208"], ["--exclude", "*"]):
        result = here("check", *selection)
        assert (result.code, result.out) == (0, b"")
        assert "no problems in" in result.err


def test_the_folder_and_the_file_can_be_named_from_within(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _, name = STALE.rpartition("/")
    monkeypatch.chdir(site / folder)
    text = here("check", "--format", "concise", ".").text
    assert text.startswith(f"{name}:14")


def test_rules_are_chosen(site: Path) -> None:
    assert found("--select", "QT7") == {"QT702": 1, "QT704": 1}
    assert found("--select", "QT7,empty-text", "--ignore", "QT702") == {"QT704": 1, "QT206": 1}
    assert found("--extend-select", "orphan")["QT509"] == 1
    assert found("--select", "all")["QT509"] == 1
    assert found("--select", "ALL", "--ignore", "QT5,QT7,QT2") == {"QT305": 1}


def test_rules_are_configured(site: Path) -> None:
    config = '[check]\nselect = ["QT7"]\nignore = ["QT702"]\nextend-select = ["QT305"]\n'
    (site / "qtauthor.toml").write_text(config)
    assert found() == {"QT704": 1, "QT305": 1}
    assert found("--extend-select", "QT702") == {"QT702": 1, "QT704": 1, "QT305": 1}
    assert found("--select", "QT702") == {"QT702": 1}
    (site / "qtauthor.toml").write_text("[check]\ndescription-min = 10\ndescription-max = 20\n")
    assert found("--select", "QT70", STALE)["QT703"] == 1


def test_rules_are_silent_for_some_paths(site: Path) -> None:
    (site / "pyproject.toml").write_text(
        '[tool.qtauthor.check.per-path-ignores]\n"*/bread-baking/*" = ["QT7", "empty-text"]\n'
    )
    assert found() == {"QT305": 1}


def test_a_comment_silences_a_rule(site: Path) -> None:
    text = (site / SHIFTING).read_bytes()
    marked = text.replace(b"---\n", b"---\n# qtauthor: ignore[seo-title-differs]\n", 1)
    (site / SHIFTING).write_bytes(marked)
    assert found(SHIFTING) == {}


def test_what_is_no_rule_is_refused_with_the_nearest(site: Path) -> None:
    assert_refused(here("check", "--select", "QT5011"), "usage", "did you mean QT501?")
    assert_refused(here("check", "--ignore", "ded-link"), "usage", "did you mean dead-link?")
    (site / "qtauthor.toml").write_text('[check]\nselect = ["QT7"]\nignore = ["QT99"]\n')
    result = here("check")
    assert_refused(result, "bad-configuration", "qtauthor.toml:3:1", "check.ignore", "QT99")


def test_safe_fixes_are_applied_and_can_be_undone(site: Path) -> None:
    before = tree(site)
    result = here("check", "--fix", "--format", "concise")
    assert result.code == 1
    assert "fixed 1 problem: 1 file changed" in result.err
    assert "left 3 problems in 1 of 9 articles" in result.err
    assert b"title: 'QuickTakes | Bicycles'" in (site / SHIFTING).read_bytes()
    changed = tree(site)
    assert here("check", "--fix", "--select", "QT3").code == 0
    assert tree(site) == changed
    assert here("undo").code == 0
    assert tree(site) == before


def test_unsafe_fixes_are_not_applied_unless_they_are_wanted(site: Path) -> None:
    text = (site / CHAIN).read_bytes()
    text = text.replace(b"subject: Bicycles\nfile", b"subject: bicycles\nfile")
    (site / CHAIN).write_bytes(text)
    here("check", "--fix", "--select", "QT306")
    assert (site / CHAIN).read_bytes() == text
    here("check", "--fix", "--unsafe-fixes", "--select", "QT306")
    assert b"subject: Bicycles\nfile" in (site / CHAIN).read_bytes()


@pytest.mark.parametrize("how", ["--diff", "--dry-run"])
def test_nothing_is_written_to_look(site: Path, how: str) -> None:
    before = tree(site)
    result = here("check", how)
    assert result.code == 1
    assert tree(site) == before
    assert "would fix 1 problem: 1 file changed" in result.err
    shown = result.err if how == "--diff" else result.text
    assert "QT704" in shown
    assert "QT305" not in shown
    assert here("check", how, CHAIN).code == 0
    assert here("check", how, SHIFTING).code == 1


def test_the_diff_can_be_applied_and_is_what_the_fix_does(site: Path) -> None:
    diff = here("check", "--diff").out
    git(site, "init", "-q")
    assert git(site, "apply", "-", stdin=diff).returncode == 0
    applied = tree(site)
    git(site, "apply", "-R", "-", stdin=diff)
    here("check", "--fix", "--allow-dirty")
    assert tree(site) == applied


def test_a_fix_that_changes_other_articles_says_so(site: Path) -> None:
    text = (site / CHAIN).read_bytes()
    (site / CHAIN).write_bytes(text.replace(b"id: 1207\n", b"id: -5\n", 1))
    before = tree(site)
    result = here("check", "--fix", "--unsafe-fixes", "--select", "QT401")
    assert result.code == 0
    assert f"QT401 changed other files, too: {SHIFTING}" in result.err
    assert found("--select", "QT4,QT5", "--ignore", "orphan") == {}
    here("undo")
    assert tree(site) == before


def test_a_broken_file_is_mended_only_if_that_is_wanted(site: Path) -> None:
    good = (site / CHAIN).read_bytes()
    (site / CHAIN).write_bytes(b"\n" + good)
    shown = here("check", CHAIN)
    assert "QT101" in shown.text
    assert "= unsafe fix: line 1: take out what is empty before the fence" in shown.text
    here("check", CHAIN, "--fix")
    assert (site / CHAIN).read_bytes() == b"\n" + good
    mended = here("check", CHAIN, "--fix", "--unsafe-fixes", "--format", "json")
    assert "mended" not in mended.text
    assert (site / CHAIN).read_bytes() == good
    here("undo")
    again = here("check", CHAIN, "--fix", "--unsafe-fixes")
    assert f"mended {CHAIN}: line 1: take out what is empty before the fence\n  -\n" in again.err


def test_uncommitted_changes_are_not_fixed_over(site: Path) -> None:
    git(site, "init", "-q")
    git(site, "add", "-A")
    git(site, "commit", "-qm", "x")
    (site / SHIFTING).write_bytes((site / SHIFTING).read_bytes() + b"\n")
    assert_refused(here("check", "--fix", "--select", "QT305"), "uncommitted-changes")
    assert here("check", "--fix", "--select", "QT305", "--allow-dirty").code == 0


def test_a_file_that_cannot_be_read_is_a_finding(site: Path) -> None:
    with (site / CHAIN).open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    result = here("check", CHAIN, "--fix", "--format", "concise")
    assert result.code == 1
    assert result.text.startswith(f"{CHAIN}: QT110 {MAX_BYTES + 1:,} bytes are more")


def test_exit_zero(site: Path) -> None:
    assert here("check", "--exit-zero").code == 0
    assert here("check", "--exit-zero", "--select", "none").code == 2


def test_what_cannot_be_printed_together_is_refused(site: Path) -> None:
    assert_refused(here("check", "--diff", "--format", "sarif"), "usage", "--diff")
    assert_refused(here("check", "--statistics", "--format", "junit"), "usage", "--statistics")
    assert_refused(here("check", "--diff", "--write-baseline", "x"), "usage", "--dry-run")
    assert_refused(here("check", "nowhere.md"), "unknown-article")


def test_no_site_is_told(tmp_path: Path) -> None:
    assert_refused(process("check", cwd=tmp_path), "no-site")


def test_a_reader_that_leaves_is_no_failure(site: Path) -> None:
    (site / STALE).write_text((site / STALE).read_text().replace('answer: ""', 'answer: "é"'))
    with start("check", "--format", "jsonl", cwd=site) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        assert run.wait(timeout=PATIENCE) == 0
        assert b"Error" not in run.stderr.read()


def test_any_number_of_workers_finds_the_same(tmp_path: Path) -> None:
    site = copy_demo(tmp_path)
    data = site.source.read(CHAIN)
    paths = [f"{CHAIN.rpartition('/')[0]}/{number}.md" for number in range(500)]
    for path in paths:
        (site.root / path).write_bytes(data)
    checker = Checker(context(site, 1000, TODAY), registry.ALL)
    told: list[tuple[int, int]] = []
    one = running.check(checker, paths, lambda *done: told.append(done), workers=1)
    many = running.check(checker, paths, lambda *_: None, workers=3)
    assert one == many
    assert list(one) == list(many) == paths
    assert all(one.values())
    assert told[-1] == (500, 500)


@pytest.mark.skipif(not process_pool.FORKS, reason="processes are forked on Linux alone")
def test_articles_are_checked_though_a_process_is_ended(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = list(Site.at(site).paths())
    checker = Checker(context(Site.at(site), 1000, TODAY), registry.ALL)
    own, as_it_is = os.getpid(), Checker.check_file

    def ended(self: Checker, path: str) -> list[Finding]:
        if path == paths[5] and os.getpid() != own:
            os.kill(os.getpid(), signal.SIGKILL)
        return as_it_is(self, path)

    one = running.check(checker, paths, lambda *_: None, workers=1)
    monkeypatch.setattr(Checker, "check_file", ended)
    assert running.check(checker, paths, lambda *_: None, workers=2) == one


@pytest.mark.slow
def test_on_the_sample_counts_fixes_and_undo(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(corpus, tmp_path / "content" / "learn")
    for path in (tmp_path / "content").rglob("*"):
        path.chmod(path.stat().st_mode | 0o200)
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "as it was")
    counted = plain_checker.counts(corpus, TODAY)
    told = here("check", "--select", "ALL", "--statistics", "--format", "json").json["statistics"]
    by_rule = Counter({one["code"]: one["count"] for one in told})
    unjudged = ("QT603", "QT605", "QT801", "QT207")  # the last one depends on the day
    assert by_rule - Counter(dict.fromkeys(unjudged, 10**6)) == counted - Counter({"QT207": 9**9})
    for more in ([], ["--unsafe-fixes"]):
        assert here("check", "--fix", "-q", "--format", "jsonl", *more).code == 1
        assert git(tmp_path, "status", "--porcelain").stdout
        fixed = tree(tmp_path)
        again = here("check", "--fix", "--allow-dirty", "--format", "json", *more).json
        assert (again["fixed"], again["changed"]) == ([], 0)
        assert tree(tmp_path) == fixed
        assert here("undo").code == 0
        assert git(tmp_path, "status", "--porcelain").stdout == b""


def test_the_site_is_read_as_it_is_now(site: Path) -> None:
    assert found("--select", "QT501") == {}
    (site / CHAIN).unlink()
    assert found("--select", "QT501")["QT501"] > 0
    assert Site.at(site).index.entry(CHAIN) is None
