"""The files around the program say the same: the daily commands, CI, and the pages about them."""

from __future__ import annotations

import re
import tomllib

from tests.docs.pages import DOCS, ROOT, codes, prose, rows

CONTRIBUTING = DOCS / "contributing.md"
TASKS = tomllib.loads((ROOT / "poe_tasks.toml").read_text("utf-8"))["tasks"]
CI = (ROOT / ".ci" / "run").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_the_table_of_daily_commands_has_every_task() -> None:
    listed = [codes(row[0])[0] for row in rows(CONTRIBUTING, "Set-up")]
    assert listed == [f"poe {name}" for name in TASKS]


def test_every_task_says_what_it_does_and_names_tests_that_are_there() -> None:
    for task in TASKS.values():
        assert task["help"]
        for path in re.findall(r"tests/\S+", str(task.get("cmd", ""))):
            assert (ROOT / path).exists(), path


def test_ci_runs_tasks_that_there_are_and_the_tests_as_the_readme_does() -> None:
    used = re.findall(r"^\s*(?:\w+=\S+ )*poe (\w+)", CI, re.MULTILINE)
    assert {"laws", "equality", "completion", "style", "build", "docs"} <= set(used) <= set(TASKS)
    assert re.search(r"^\s*python -m pytest$", CI, re.MULTILINE)
    assert "python -m pytest" in (ROOT / "README.md").read_text("utf-8")


def test_the_hosted_ci_and_the_package_know_the_same_pythons() -> None:
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    oldest = PROJECT["project"]["requires-python"].removeprefix(">=")
    [listed] = re.findall(r"python: \[(.*)\]", workflow)
    assert re.findall(r"[\d.]+", listed)[0] == oldest
    [linux] = re.findall(r"python-version: \|\n((?:\s+[\d.]+\n)+)", workflow)
    assert linux.split() == re.findall(r"[\d.]+", listed)[::-1]


def test_the_changelog_begins_with_what_is_not_released() -> None:
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    version = re.escape(PROJECT["project"]["version"])
    for number, heading in enumerate(headings[1:]):
        assert re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", heading)
        assert number or re.match(rf"\[{version}\]", heading), "the version is not that of the top"


def test_the_table_of_quick_paths_has_every_test_that_holds_one() -> None:
    listed = {codes(row[2])[0] for row in rows(CONTRIBUTING, "Quick paths")}
    marked = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("test_*.py")
        if "@pytest.mark.equality" in path.read_text("utf-8") and path.name != "test_habits.py"
    }
    assert listed == marked


def test_the_tests_that_the_pages_name_are_there() -> None:
    for page in (CONTRIBUTING, DOCS / "design.md", DOCS / "security.md"):
        for line in prose(page):
            for path in re.findall(r"`(tests/[^`\s:]*)", line.text):
                assert (ROOT / path).exists(), f"{page.name}:{line.number}: {path}"
