"""The ways in which a process is asked to end, all of which do what Ctrl-C does: leave nothing.

A signal raises ``KeyboardInterrupt`` wherever Python happens to be. In a callback of SQLite, of a
weak reference or of ``__del__`` nobody can catch that, and it is thrown away. So it is raised again
as long as it is not on its way.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_SOON, _LATER = 0.02, 0.5
"""Seconds until an interrupt that got lost is raised again, and again."""


class Interrupts:
    """``heard`` tells whether the process was asked to end."""

    def __init__(self) -> None:
        self.heard = False

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """Heed signals meanwhile, but for those that are ignored or that someone else heeds."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.getsignal(number) for number in _NUMBERS}
        for number, handler in before.items():
            if handler in (signal.SIG_DFL, signal.default_int_handler):
                signal.signal(number, self._again if number == _ALARM else self._raise)
        tell, sys.unraisablehook = sys.unraisablehook, self._unraisable
        try:
            yield
        finally:
            sys.unraisablehook = tell
            if self.heard and _ALARM is not None:
                signal.setitimer(signal.ITIMER_REAL, 0)
            for number, handler in before.items():
                signal.signal(number, handler or signal.SIG_DFL)

    def _raise(self, _number: int, _frame: FrameType | None) -> NoReturn:
        self.heard = True
        if _ALARM is not None:
            signal.setitimer(signal.ITIMER_REAL, _SOON, _LATER)
        raise KeyboardInterrupt

    def _unraisable(self, lost: sys.UnraisableHookArgs) -> None:
        """Say nothing of an interrupt that got lost: it is raised again."""
        if not (self.heard and isinstance(lost.exc_value, KeyboardInterrupt)):
            sys.__unraisablehook__(lost)

    def _again(self, _number: int, _frame: FrameType | None) -> None:
        if not _on_its_way(sys.exc_info()[1]):
            raise KeyboardInterrupt


def _on_its_way(error: BaseException | None) -> bool:
    """Whether an interrupt is being handled, or led to what is."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, KeyboardInterrupt):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


_ALARM = getattr(signal, "SIGALRM", None)
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGALRM")
_NUMBERS = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
