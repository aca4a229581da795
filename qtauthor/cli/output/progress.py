"""How far a long work is: a bar on a terminal, and a line now and then elsewhere."""

from __future__ import annotations

import atexit
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

from qtauthor.cli.output.console import Console

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

PATIENCE = 1.0
"""Seconds without a bar."""

LULL = 10.0
"""Seconds from the beginning, or one line, to the next, where there is no bar."""

_REFRESH = 0.1
"""Seconds from one look of the bar to the next: drawing it takes as long as many articles do."""


class Progress:
    """Is told how many files of how many are done. ``words`` say what is being done."""

    def __init__(
        self, console: Console, words: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.console = console
        self.words = words
        self.clock = clock
        self.started: float | None = None
        self.first = 0
        self.due = 0.0
        self.bar: Bar | None = None

    def __call__(self, done: int, total: int) -> None:
        now = self.clock()
        if self.started is None or done < 1:
            self.started, self.first = now, done
            self.due = now + (PATIENCE if self._watched() else LULL)
        if done >= total:
            self.end()
        elif now > self.due and not self.console.quiet:
            self._tell(done, total, now)

    def ticks(self, total: int) -> Callable[[], None]:
        """What is to be called ``total`` times, once for each step that is done."""
        steps = count(1)
        return lambda: self(next(steps), total)

    def end(self) -> None:
        """Take the bar away. The next call begins anew."""
        if self.bar is not None:
            self.bar.stop()
        self.started = self.bar = None

    def _watched(self) -> bool:
        return sys.stderr.isatty()

    def _tell(self, done: int, total: int, now: float) -> None:
        assert self.started is not None
        rate = (done - self.first) / max(now - self.started, 1e-3)
        left = (total - done) / max(rate, 1e-9)
        if self._watched():
            self.due = now + _REFRESH
            self.bar = self.bar or self._begin(total)
            shown = f"{rate:,.0f}/s {timedelta(seconds=round(left))}" if rate else ""
            task = self.bar.task_ids[0]
            self.bar.update(task, completed=done, total=total, pace=shown, refresh=True)
        else:
            self.due = now + LULL
            pace = f", {rate:,.0f} a second, {left:.0f} s left" if rate else ""
            self.console.note(f"{self.words}: {done:,} of {total:,}{pace}")

    def _begin(self, total: int) -> Bar:
        from rich.console import Console as Screen
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bar

        screen = Screen(file=sys.stderr, no_color=not self.console.colored(sys.stderr))
        columns = (
            TextColumn(self.words),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pace]}"),
        )
        bar = Bar(*columns, console=screen, auto_refresh=False, transient=True)
        bar.add_task(self.words, total=total, pace="")
        bar.start()
        atexit.register(bar.stop)  # an interrupt must not leave the terminal without its cursor
        return bar
