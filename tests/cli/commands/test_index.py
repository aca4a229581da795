"""``qtauthor index``, and the progress of reading many articles."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from qtauthor.cli.output import progress
from qtauthor.cli.output.console import Console
from qtauthor.cli.output.progress import Progress
from tests.cli.support import CHAIN, SGR, here
from tests.support.state import state


def test_it_says_what_it_took(site: Path) -> None:
    assert here("index").text == "8 articles: 8 read, 0 gone\n"
    second = here("index")
    assert second.text.startswith("8 articles: ")
    assert second.err.startswith(f"{state(site)}/index.sqlite has ")
    (site / CHAIN).unlink()
    assert here("index").text.endswith("1 gone\n")
    assert here("index", "--rebuild").text == "7 articles: 7 read, 0 gone\n"
    assert here("index", "--quiet").err == ""


def test_the_json_form(site: Path) -> None:
    found = here("index", "--format", "json").json
    assert found["path"] == str(state(site) / "index.sqlite")
    assert found["size"] > 4096
    assert (found["version"], found["articles"], found["read"], found["gone"]) == (1, 8, 8, 0)


def test_without_a_folder_it_stays_in_memory(site: Path) -> None:
    state(site).parent.mkdir(parents=True)
    state(site).write_text("in the way")
    result = here("index")
    assert result.text == "8 articles: 8 read, 0 gone\n"
    assert "in memory only" in result.err
    assert here("index", "--format", "json").json["path"] is None
    assert len(here("ls").text.splitlines()) == 8


class Terminal:
    """Standard error as a terminal would be."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        raise OSError


@pytest.mark.parametrize(("patience", "shown"), [(-1.0, True), (60.0, False)])
def test_progress_shows_on_a_terminal_once_it_takes_long(
    monkeypatch: pytest.MonkeyPatch, patience: float, *, shown: bool
) -> None:
    stream = Terminal()
    monkeypatch.setattr(progress, "PATIENCE", patience)
    monkeypatch.setattr("sys.stderr", stream)
    told = Progress(Console(), "reading articles", count().__next__)
    for done in (250, 500, 700):
        told(done, 700)
    assert ("reading articles" in stream.text) is shown
    assert ("500/700" in stream.text) is shown
    assert told.bar is None


def test_progress_says_nothing_in_a_pipe_or_if_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    told = Progress(Console(), "reading articles")
    told(1, 2)
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    Progress(Console(quiet=True), "reading articles")(1, 2)
    assert stream.text == ""
    assert capsys.readouterr().err == ""


def test_progress_is_a_line_now_and_then_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    times = iter([0.0, 9.9, 10.1, 19.9, 20.2, 30.0])
    told = Progress(Console(), "editing", lambda: next(times))
    for done in (0, 9_000, 10_100, 19_000, 20_200, 36_000):
        told(done, 36_000)
    assert capsys.readouterr().err.splitlines() == [
        "editing: 10,100 of 36,000, 1,000 a second, 26 s left",
        "editing: 20,200 of 36,000, 1,000 a second, 16 s left",
    ]
    Progress(Console(quiet=True), "editing", iter([0.0, 99.0]).__next__)(1, 9)
    assert capsys.readouterr().err == ""


def test_the_bar_shows_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    times = iter([0.0, 10.0, 10.01, 20.0])
    told = Progress(Console(), "editing", lambda: next(times))
    for done in (0, 10_000, 10_001, 20_000):
        told(done, 36_000)
    shown = SGR.sub("", stream.text)
    assert "10000/36000 1,000/s 0:00:26" in shown
    assert "10001/" not in shown
    assert "20000/36000 1,000/s 0:00:16" in shown
    told.end()
