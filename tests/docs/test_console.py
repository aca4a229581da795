"""The console examples print what the pages say."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from tests.docs.console import Shell, Step, plain_words, steps
from tests.docs.dialogue import play
from tests.docs.pages import DOCS, README, ROOT, SITE, Block, blocks

FROM_AN_EMPTY_FOLDER = (DOCS / "tutorial.md", DOCS / "tutorial-site.md")
WITH_EXAMPLES = [page for page in (README, *SITE) if blocks(page, "console")]
IN_THE_DEMO_SITE = [page for page in WITH_EXAMPLES if page not in FROM_AN_EMPTY_FOLDER]


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def check(page: Path, shell: Shell) -> None:
    found = [step for block in blocks(page, "console") for step in steps(block)]
    assert found
    for step in found:
        compare(page, step, shell.run(step.command))


def compare(page: Path, step: Step, actual: list[str]) -> None:
    if not step.matches(actual):
        told = difflib.unified_diff(step.expected, actual, "told", "printed", lineterm="")
        pytest.fail(f"{page.name}:{step.line}: $ {step.command}\n" + "\n".join(told))


@pytest.mark.parametrize("page", IN_THE_DEMO_SITE, ids=name)
def test_examples_print_what_the_page_says(page: Path, shell: Shell) -> None:
    check(page, shell)


@pytest.mark.parametrize("page", FROM_AN_EMPTY_FOLDER, ids=name)
def test_the_tutorial_can_be_followed_from_an_empty_folder(page: Path, empty_shell: Shell) -> None:
    found = list(play(page, empty_shell))
    assert found
    for told, _, actual in found:
        compare(page, told, actual)


# The runner itself


def parsed(*lines: str) -> list[Step]:
    return steps(Block("console", lines, 7, ""))


def test_a_block_is_taken_apart_into_commands_and_outputs() -> None:
    assert parsed("$ cat <<END", "> x", "> END", "x", "$ true", "$ false") == [
        Step("cat <<END\nx\nEND", ("x",), 7),
        Step("true", (), 11),
        Step("false", (), 12),
    ]


@pytest.mark.parametrize(
    ("told", "printed", "matches"),
    [
        (("a", "b"), ("a", "b"), True),
        (("a  ",), ("a",), True),
        (("a",), ("a", "b"), False),
        (("a",), ("A",), False),
        ((), ("a",), False),
        (("a.",), ("ab",), False),
        (("a", "…", "d"), ("a", "b", "c", "d"), True),
        (("a", "…"), ("a",), True),
        (("…", "b"), ("a", "b", "c"), False),
        (("a…",), ("ab",), False),
    ],
)
def test_an_output_matches_line_by_line_but_for_elisions(
    told: tuple[str, ...], printed: tuple[str, ...], *, matches: bool
) -> None:
    assert Step("x", told, 1).matches(printed) is matches


def test_a_shell_keeps_its_folder_and_its_exit_code(shell: Shell) -> None:
    assert shell.run("cd content && echo out; echo err >&2; (exit 3)") == ["out", "err"]
    assert shell.run("echo $? ${PWD##*/}") == ["3 content"]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("qtauthor get a.md 'seo.title'", ["get", "a.md", "seo.title"]),
        ('qtauthor set a.md title="It\'s new"', ["set", "a.md", "title=It's new"]),
        ("qtauthor set a.md 'title=$5 (or *)'", ["set", "a.md", "title=$5 (or *)"]),
        ("qtauthor set $(ls) title=x", None),
        ("qtauthor set *.md title=x", None),
        ('qtauthor set a.md "title=$HOME"', None),
        ("qtauthor ls | wc -l", None),
        ("qtauthor ls; echo $?", None),
        ("qtauthor patch a.md <<END\nx\nEND", None),
        ("QTAUTHOR_ROOT=x qtauthor ls", None),
        ("echo qtauthor", None),
    ],
)
def test_what_needs_a_shell_is_known(command: str, words: list[str] | None) -> None:
    assert plain_words(command) == words


def test_a_command_that_needs_no_shell_prints_and_ends_as_in_one(shell: Shell) -> None:
    for words in ("ls", "get nowhere.md title", "check --format json", "nonsense", "--version"):
        told = shell.run(f"qtauthor {words}"), shell.code
        assert (shell.run(f":; qtauthor {words}"), shell.code) == told
