"""Colours, and what a terminal must never be sent."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from qtauthor.cli.output.console import ColorChoice, on_one_line, visible, wants_color
from tests.cli.support import CHAIN, ESCAPE, SGR, SHIFTING, here, on_terminal, process, terminal

HOSTILE = {
    "title": "\x1b]0;owned\x07",
    "C1": "\x9b31m",
    "bidi": "\u202egnp.exe\u2066",
    "erase": "\x1b[2J\x1b[H",
    "return": "safe\rfake",
    "delete": "\x7f\x08\x08",
}
FORBIDDEN = re.compile("\x1b\\]|\x07|\x9b|\u202e|\u2066|\x1b\\[2J|\x7f|\x08|safe\rfake")


pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")


class Stream(io.StringIO):
    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    ("choice", "environment", "terminal", "expected"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, True, False),
        ("auto", {"NO_COLOR": "0"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"CLICOLOR_FORCE": "1"}, False, True),
        ("auto", {"FORCE_COLOR": ""}, False, False),
        ("auto", {"CLICOLOR_FORCE": ""}, False, False),
        ("auto", {"FORCE_COLOR": "0"}, False, False),
        ("auto", {"CLICOLOR_FORCE": "0"}, True, True),
        ("auto", {"FORCE_COLOR": "1", "CLICOLOR": "0"}, False, True),
        ("auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, False, True),
        ("auto", {"CLICOLOR": "0"}, True, False),
        ("auto", {"CLICOLOR": "1"}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"TERM": "xterm"}, True, True),
    ],
)
def test_the_option_goes_before_the_environment_and_that_before_the_terminal(
    choice: ColorChoice, environment: dict[str, str], *, terminal: bool, expected: bool
) -> None:
    assert wants_color(choice, environment, Stream(terminal=terminal)) is expected


def test_what_a_terminal_would_obey_is_spelled_out_and_all_else_stays() -> None:
    assert visible("\x1b]0;x\x07") == "\\u001b]0;x\\u0007"
    assert visible("a\x9bb\x7fc\u202ed\u2069e\ufefff\rg") == (
        "a\\u009bb\\u007fc\\u202ed\\u2069e\\ufefff\\u000dg"
    )
    plain = "a\tb\nc é 🥖 ‘x’ שלום عربى\u200d"
    assert visible(plain) == plain
    assert on_one_line("a\nb") == "a\\nb"


@pytest.fixture
def hostile(site: Path) -> str:
    """An article with escapes in its values; YAML lets them in between double quotes."""
    name = "content/learn/bicycles/hostile.md"
    text = (site / CHAIN).read_text(encoding="utf-8")
    for number, value in enumerate(HOSTILE.values()):
        escaped = "".join(f"\\u{ord(character):04x}" for character in value)
        text = text.replace("\nsubject:", f'\nextra{number}: "{escaped}"\nsubject:', 1)
    title = "".join(f"\\u{ord(character):04x}" for character in "".join(HOSTILE.values()))
    text = text.replace("\nauthor: QuickTakes\n", f'\nauthor: "{title}"\n')
    text = text.replace("\ntitle: How often", f'\ntitle: "{title}"\nformer: How often')
    text = text.replace("id: 1207", "id: 5555")
    (site / name).write_text(text, encoding="utf-8")
    return name


@pytest.mark.parametrize(
    "arguments",
    [
        ["get"],
        ["get", "author"],
        ["get", "title", "--format", "json"],
        ["get", "/no"],
        ["show"],
        ["show", "--color", "always"],
        ["show", "--format", "json"],
        ["set", "author=A", "--diff"],
        ["set", "author=\x1b]0;x\x07\u202e\x9b", "--diff"],
        ["set", "score=\x1b]0;x\x07\u202e\x9b"],
        ["set", "\x1b]0;x\x07=1"],
        ["unset", "author"],
        ["set", "date=2030-01-01", "--format", "json"],
        ["--debug", "get", "/\x1b]0;x\x07"],
    ],
)
def test_a_terminal_is_never_sent_the_escapes_of_a_value(
    site: Path, hostile: str, arguments: list[str]
) -> None:
    at = arguments.index("get") if "get" in arguments else 0
    line = [*arguments[: at + 1], hostile, *arguments[at + 1 :]]
    for environment in ({}, {"NO_COLOR": "1"}):
        shown = on_terminal(*line, cwd=site, **environment)
        assert shown
        assert not FORBIDDEN.search(shown)
        assert ESCAPE not in SGR.sub("", shown)


def test_a_new_article_and_its_refusals_send_no_escape(site: Path, hostile: str) -> None:
    ask = ("new", "--subject", "Bicycles", "--question")
    for question, told in (("A\u202e b?", "bicycles"), ("A\x1b]0;x\x07 b?", "control-character")):
        for more in (["--diff"], ["--related", "5555", "--diff"], [], ["--id", "5555"]):
            shown = on_terminal(*ask, question, *more, cwd=site)
            # The related article's title has an escape, and the id is that of another question.
            others = {"--related": "control-character", "--id": "bicycles"}
            assert others.get(more[0] if more else "", told) in shown
            assert not FORBIDDEN.search(shown)
            assert ESCAPE not in SGR.sub("", shown)


def test_a_name_with_escapes_is_shown_spelled_out(site: Path) -> None:
    shown = on_terminal("get", "\x1b]0;x\x07\n.md", "id", cwd=site)
    assert "\\u001b]0;x\\u0007\\n.md: " in SGR.sub("", shown)
    for arguments in (["\x1b]0;x\x07"], ["get", "--\x1b]0;x\x07"], ["new", "--id", "\x9b"]):
        shown = on_terminal(*arguments, cwd=site)
        assert "error" in shown
        assert not FORBIDDEN.search(shown)


def test_an_invalid_document_is_quoted_without_its_escapes(site: Path) -> None:
    (site / "a.md").write_bytes(b"---\na: \x1b]0;x\x07\n---\n")
    shown = on_terminal("get", "a.md", cwd=site)
    assert "[control-character]" in shown
    assert "\\u001b]0;x\\u0007" in SGR.sub("", shown)
    assert not FORBIDDEN.search(shown)


def test_a_pipe_gets_the_data_itself(site: Path, hostile: str) -> None:
    result = process("get", hostile, "author", cwd=site)
    assert result.text == "".join(HOSTILE.values()) + "\n"
    assert here("get", hostile, "author").out == result.out
    assert here("get", hostile, "author", "--format", "json").json["articles"][0]["value"] == (
        "".join(HOSTILE.values())
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["get", SHIFTING],
        ["show", SHIFTING],
        ["set", SHIFTING, "score=1", "--diff"],
        ["get", "no.md"],
        ["nothing"],
        ["--help"],
        ["demo"],
    ],
)
def test_a_pipe_gets_no_colours_unless_they_are_asked_for(site: Path, arguments: list[str]) -> None:
    plain = process(*arguments, cwd=site, TERM="xterm-256color", CLICOLOR="1")
    assert b"\x1b" not in plain.out
    assert ESCAPE not in plain.err
    if arguments[0] in ("show", "set", "demo", "nothing"):
        colored = process("--color", "always", *arguments, cwd=site)
        assert ESCAPE in colored.text + colored.err
        if arguments[0] != "demo":
            assert SGR.sub("", colored.text) == plain.text
            assert SGR.sub("", colored.err) == plain.err


@pytest.mark.parametrize(
    "arguments", [["show", SHIFTING], ["set", SHIFTING, "score=1", "--diff"], ["get", "no.md"]]
)
def test_a_terminal_gets_colours_unless_they_are_refused(site: Path, arguments: list[str]) -> None:
    assert ESCAPE in on_terminal(*arguments, cwd=site)
    assert ESCAPE not in on_terminal(*arguments, cwd=site, NO_COLOR="1")
    assert ESCAPE not in on_terminal(*arguments, cwd=site, TERM="dumb")
    assert ESCAPE not in on_terminal("--color", "never", *arguments, cwd=site)


def test_only_the_stream_that_is_a_terminal_gets_colours(site: Path) -> None:
    with terminal("set", SHIFTING, "score=1", "--diff", cwd=site, redirect=">diff") as run:
        run.rest()
    assert (site / "diff").read_bytes() == here("set", SHIFTING, "score=1", "--diff").out
    with terminal("get", "no.md", cwd=site, redirect="2>told") as run:
        run.rest()
    assert ESCAPE not in (site / "told").read_text()


def test_the_place_of_an_error_is_marked_in_colour(site: Path) -> None:
    (site / "a.md").write_text("---\nid: 1\nid: 2\n---\n")
    colored = here("--color", "always", "get", "a.md", "id").err
    assert "    \x1b[1m\x1b[4mi\x1b[0md: 2\n" in colored


def test_a_long_line_is_cut_around_the_place_of_the_error(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "a.md").write_text("---\ntitle: " + "x" * 500 + ": y" + "z" * 500 + "\n---\n")
    for columns in (40, 60, 120):
        monkeypatch.setenv("COLUMNS", str(columns))
        excerpt = here("get", "a.md").err.split("\n")[1]
        assert ": y" in excerpt
        assert excerpt.count("…") == 2
        assert len(excerpt) <= max(columns, 50)
