"""Choose an article by typing, on the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import (
    BufferControl,
    FormattedTextControl,
    HSplit,
    Layout,
    VSplit,
    Window,
)
from prompt_toolkit.output import ColorDepth, create_output
from prompt_toolkit.styles import Style
from rich.cells import cell_len, set_cell_size

from qtauthor.cli.output.console import Console, on_one_line
from qtauthor.content.index import Entry
from qtauthor.content.search.fuzzy import Finder

ROWS = 12
_SUBJECT = 24
"""Cells for the subject, or a quarter of the line."""
_AROUND = 2
"""Lines beside those of the results: what is typed, and where the chosen article is."""

_STYLE = Style([("sign", "fg:ansicyan bold"), ("chosen", "bold"), ("aside", "fg:ansibrightblack")])
_PLAIN = Style([])
_PROMPT = "Find: "
_ESCAPE_SECONDS = 0.1


def can_ask() -> bool:
    """Whether there is a terminal that shows what is typed, and eyes that see it."""
    plain = os.environ.get("QTAUTHOR_PLAIN") or os.environ.get("TERM") == "dumb"
    return sys.stdin.isatty() and not plain and _tells()


def pick(finder: Finder, query: str, console: Console) -> Entry | None:
    """The article that is chosen; ``None`` if the dialogue is left.

    It is drawn on standard error, or on the terminal itself if that is redirected: standard output
    is for what is chosen.
    """
    finder.prepare()
    with _terminal() as stream:
        chooser = _Chooser(finder, query, stream, colored=console.colored(stream))
        return chooser.app.run()


class _Chooser:
    """A line to type in, and below it the best articles."""

    def __init__(self, finder: Finder, query: str, stream: TextIO, *, colored: bool) -> None:
        self.finder = finder
        self.found: list[Entry] = []
        self.at = 0
        self.top = 0
        self.output = create_output(stream)
        self.rows = max(1, min(ROWS, self.output.get_size().rows - _AROUND - 1))
        self.buffer = Buffer(
            document=Document(query), multiline=False, on_text_changed=lambda _: self._look()
        )
        self.app: Application[Entry | None] = Application(
            layout=self._layout(),
            key_bindings=self._keys(),
            style=_STYLE if colored else _PLAIN,
            color_depth=None if colored else ColorDepth.DEPTH_1_BIT,
            input=create_input(),
            output=self.output,
            erase_when_done=True,
        )
        self.app.ttimeoutlen = self.app.timeoutlen = _ESCAPE_SECONDS
        self._look()

    def _look(self) -> None:
        self.found = self.finder.best(self.buffer.text, 10 * self.rows)
        self.at = self.top = 0

    def _layout(self) -> Layout:
        line = VSplit(
            [
                Window(FormattedTextControl([("class:sign", _PROMPT)]), width=len(_PROMPT)),
                Window(BufferControl(self.buffer), height=1),
                Window(FormattedTextControl(self._count), dont_extend_width=True),
            ],
            height=1,
        )
        results = Window(FormattedTextControl(self._results), height=self.rows)
        place = Window(FormattedTextControl(self._place), height=1)
        return Layout(HSplit([line, results, place]))

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        for names, by in (
            (("down", "c-n", "tab"), 1),
            (("up", "c-p", "s-tab"), -1),
            (("pagedown",), self.rows),
            (("pageup",), -self.rows),
        ):
            for name in names:
                keys.add(name)(lambda _, by=by: self._move(by))
        keys.add("enter")(self._accept)
        for name in ("escape", "c-c", "c-d", "c-g"):
            keys.add(name)(lambda event: event.app.exit(result=None))
        return keys

    def _move(self, by: int) -> None:
        self.at = max(0, min(len(self.found) - 1, self.at + by))
        self.top = min(self.at, max(self.top, self.at - self.rows + 1))

    def _accept(self, event: KeyPressEvent) -> None:
        if self.found:
            event.app.exit(result=self.found[self.at])

    # What is shown

    def _count(self) -> StyleAndTextTuples:
        count = self.finder.count(self.buffer.text)
        return [("class:aside", f" {count:,} of {len(self.finder.entries):,}")]

    def _results(self) -> StyleAndTextTuples:
        columns = self.output.get_size().columns
        aside = min(_SUBJECT, columns // 4)
        shown: StyleAndTextTuples = []
        for at in range(self.top, min(self.top + self.rows, len(self.found))):
            entry, chosen = self.found[at], at == self.at
            question = _fitted(entry.question or entry.path, columns - aside - 5)
            shown += [
                ("class:sign", "> " if chosen else "  "),
                ("class:chosen" if chosen else "", question),
                ("class:aside", f"  {_fitted(entry.subject or '', aside).rstrip()}\n"),
            ]
        return shown or [("class:aside", "  no article has these words\n")]

    def _place(self) -> StyleAndTextTuples:
        if not self.found:
            return []
        entry = self.found[self.at]
        number = f"{entry.id}  " if entry.id is not None else ""
        columns = self.output.get_size().columns
        return [("class:aside", _fitted(f"  {number}{entry.address}", columns - 1))]


def _fitted(text: str, room: int) -> str:
    """The text in exactly so many cells."""
    text = on_one_line(text)
    if cell_len(text) <= room:
        return set_cell_size(text, room)
    return f"{set_cell_size(text, room - 1)}…"


def _tells() -> bool:
    if sys.stderr.isatty():
        return True
    try:
        with open("/dev/tty", "w", encoding="utf-8"):  # noqa: PTH123  a device
            return True
    except OSError:
        return False


@contextmanager
def _terminal() -> Iterator[TextIO]:
    if sys.stderr.isatty():
        yield sys.stderr
        return
    with open("/dev/tty", "w", encoding="utf-8") as device:  # noqa: PTH123  a device
        yield device
