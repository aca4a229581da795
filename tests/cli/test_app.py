"""The command line as a whole: help, errors, streams, exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import click
import pytest

from qtauthor.cli import app as app_module
from qtauthor.cli.app import SECTIONS, app
from tests.cli.support import (
    CHAIN,
    SHIFTING,
    assert_refused,
    assert_well_worded,
    environment,
    here,
    process,
)

COMMANDS = {name: line for section in SECTIONS.values() for name, line in section.items()}


def command(name: str) -> click.Command:
    found = app.get_command(click.Context(app), name)
    assert found is not None
    return found


def test_the_help_lists_every_command_with_its_line_under_its_section() -> None:
    text = here("--help").text
    headings = [line for line in text.split("\n") if line.removesuffix(":") in SECTIONS]
    assert headings == [f"{section}:" for section in SECTIONS]
    for name, line in COMMANDS.items():
        assert f"  {name} " in text
        assert line in text


@pytest.mark.parametrize("name", COMMANDS)
def test_a_commands_line_is_the_first_sentence_of_its_help(name: str) -> None:
    help_ = command(name).help or ""
    assert help_.split("\n")[0] == COMMANDS[name]
    assert command(name).name == name


def test_every_module_of_a_command_is_in_the_table_of_contents() -> None:
    folder = Path(app_module.__file__).with_name("commands")
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert {name.rstrip("_").replace("_", "-") for name in modules} == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("columns", ["60", "120"])
def test_help_fits_the_terminal_and_ends_each_option_with_a_full_stop_or_a_default(
    name: str, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    result = here(name, "--help")
    assert result.code == 0
    assert result.err == ""
    lines = [line for line in result.text.split("\n") if not line.startswith("  qtauthor ")]
    assert all(len(line) <= min(int(columns), 100) for line in lines)
    for parameter in command(name).params:
        if isinstance(parameter, click.Option):
            assert (parameter.help or "").endswith((".", "]")), parameter.name


def test_the_version_is_that_of_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "version", lambda name: f"1.2 of {name}")
    assert here("--version") == (0, b"qtauthor 1.2 of qtauthor\n", "")


def test_without_a_command_the_help_goes_to_standard_error() -> None:
    result = here()
    assert result.code == 2
    assert result.out == b""
    assert "Usage: qtauthor" in result.err


@pytest.mark.parametrize(
    ("arguments", "message", "remedy"),
    [
        (["sett"], "no such command 'sett'", "did you mean set? qtauthor --help"),
        (["xyzzy"], "no such command 'xyzzy'", "qtauthor --help shows what there is"),
        (["set", "--dif"], "'--dif'", "did you mean --diff? qtauthor set --help"),
        (["--rot", "x"], "'--rot'", "did you mean --root? qtauthor --help"),
        (["get"], "missing argument 'FILE… [KEY]'", "qtauthor get --help"),
        (["show", "a", "b"], "unexpected extra argument", "qtauthor show --help"),
        (["new", "--id", "x"], "'--id': 'x' is not a valid integer", "qtauthor new --help"),
        (
            ["new", "--date", "1.1.2020"],
            "'1.1.2020' does not match the format 'YYYY-MM-DD'",
            "qtauthor new --help",
        ),
        (["get", "--format", "xml", "a"], "'--format': 'xml'", "qtauthor get --help"),
    ],
)
def test_misuse_is_told_in_the_form_of_every_other_error(
    arguments: list[str], message: str, remedy: str
) -> None:
    assert_refused(here(*arguments), "usage", message, remedy)


def test_an_error_shows_place_line_and_remedy(site: Path) -> None:
    (site / "a.md").write_text("---\nid: 1\nid: 2\n---\n")
    assert here("get", "a.md", "id").err == (
        "a.md:3:1: error: the key 'id' stands here for the second time [duplicate-key]\n"
        "    id: 2\n"
        "help: remove or rename one of the two\n"
    )


def test_debug_shows_a_traceback_before_the_error(site: Path) -> None:
    for arguments in (("--debug", "get", "no.md"), ("get", "no.md", "--debug")):
        result = here(*arguments)
        assert result.code == 2
        assert result.err.startswith("Traceback (most recent call last)")
        assert "\nno.md: error: there is no such file [not-found]\n" in result.err


def test_a_traceback_sends_no_escape_sequence(site: Path) -> None:
    result = here("--debug", "get", "a\x1b]0;x\x07.md")
    assert "Traceback" in result.err
    assert "\x1b" not in result.err
    assert "\x07" not in result.err


@pytest.mark.parametrize("debug", [False, True])
def test_a_bug_is_owned_up_to_with_an_exit_code_of_its_own(
    site: Path, monkeypatch: pytest.MonkeyPatch, *, debug: bool
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a\x1bb")

    monkeypatch.setattr("qtauthor.cli.state.State.read_bytes", broken)
    result = here(*(["--debug"] if debug else []), "get", CHAIN)
    assert result.code == 3
    assert "error: a bug in qtauthor: ZeroDivisionError" in result.err
    assert ("Traceback" in result.err) is debug
    assert "\x1b" not in result.err


def test_an_interruption_says_that_nothing_was_written(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("qtauthor.cli.state.State.read_bytes", interrupted)
    result = here("get", CHAIN)
    assert result.code == 130
    assert result.err.strip() == "interrupted; nothing was written"


def test_an_interruption_after_the_writing_does_not_say_that_nothing_was_written(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("qtauthor.cli.output.console.Console.note", interrupted)
    result = here("set", CHAIN, "score=5")
    assert result.code == 130
    assert result.err.strip() == "interrupted"
    assert b"score: 5.0" in (site / CHAIN).read_bytes()


@pytest.mark.parametrize("place", ["before", "behind"])
def test_shared_options_may_stand_before_and_behind_the_command(site: Path, place: str) -> None:
    words = ["--quiet", "set"] if place == "before" else ["set", "--quiet"]
    assert here(*words, CHAIN, "score=5") == (0, b"", "")


def test_a_reader_that_leaves_is_no_error(site: Path) -> None:
    names = [CHAIN, SHIFTING] * 200
    line = '"$@" | head -c 1 >/dev/null; echo "${PIPESTATUS[0]}"'
    done = subprocess.run(
        ["bash", "-c", line, "bash", sys.executable, "-m", "qtauthor", "get", *names],
        cwd=site,
        capture_output=True,
        env=environment(),
        check=True,
    )
    assert done.stdout == b"0\n"
    assert done.stderr == b""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")  # noqa: PTH110
def test_output_that_cannot_be_written_is_an_error_and_no_bug(site: Path) -> None:
    for arguments in (["get", CHAIN], ["show", CHAIN], ["get", "--format", "json", CHAIN]):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "qtauthor", *arguments],
                stdout=full,
                stderr=subprocess.PIPE,
                env=environment(),
                check=False,
            )
        assert done.returncode == 2
        told = done.stderr.decode()
        assert "standard output: error: the system refused: No space left on device" in told
        assert len(told.rstrip("\n").split("\n")) == 2
        assert_well_worded(told)


def test_a_closed_stream_is_an_empty_one(site: Path) -> None:
    for closed in (">&-", "2>&-", "<&-"):
        done = subprocess.run(
            ["sh", "-c", f'"$@" {closed}', "sh", sys.executable, "-m", "qtauthor", "show", CHAIN],
            capture_output=True,
            env=environment(),
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")


def test_data_is_utf8_whatever_the_locale_says(site: Path) -> None:
    here("set", CHAIN, "author=Zoë 🥖")
    for arguments in (["get", CHAIN, "author"], ["set", CHAIN, "author=Z", "--diff"]):
        result = process(*arguments, cwd=site, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
        assert "Zoë 🥖" in result.out.decode()
    page = process("show", CHAIN, cwd=site, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert page.code == 0
    assert page.err == ""
