"""How far the reading of files is, on a terminal, once it takes longer than a second."""

from __future__ import annotations

import atexit
import sys
import time
from typing import TYPE_CHECKING

from qtauthor.cli.console import Console

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

PATIENCE = 1.0
"""Seconds without a word."""


class Progress:
    """Is told how many files of how many are done. ``words`` say what is being done."""

    def __init__(self, console: Console, words: str) -> None:
        self.console = console
        self.words = words
        self.started: float | None = None
        self.bar: Bar | None = None

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self.started is None or done < 1:
            self.started = now
        if self.bar is None and now - self.started > PATIENCE and self._watched():
            self.bar = self._begin(total)
        if self.bar is not None:
            self.bar.update(self.bar.task_ids[0], completed=done, total=total, refresh=True)
        if done >= total:
            self.end()

    def end(self) -> None:
        """Take the bar away. The next call begins anew."""
        if self.bar is not None:
            self.bar.stop()
        self.started = self.bar = None

    def _watched(self) -> bool:
        return sys.stderr.isatty() and not self.console.quiet

    def _begin(self, total: int) -> Bar:
        from rich.console import Console as Screen
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        screen = Screen(file=sys.stderr, no_color=not self.console.colored(sys.stderr))
        columns = (TextColumn(self.words), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        bar = Bar(*columns, console=screen, auto_refresh=False, transient=True)
        bar.add_task(self.words, total=total)
        bar.start()
        atexit.register(bar.stop)  # an interrupt must not leave the terminal without its cursor
        return bar
