"""Let the n-th call that writes fail, or end the process."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from qtauthor.sinks import syscalls


class Faults:
    """Counts the calls that write; the call number ``at`` strikes, and with ``for_good`` all after
    it. ``names`` are those so far."""

    def __init__(self, at: int, strike: Callable[[], None], *, for_good: bool = False) -> None:
        self.at = at
        self.strike = strike
        self.for_good = for_good
        self.names: list[str] = []

    @property
    def struck(self) -> str:
        """The call that was struck, or nothing."""
        return self.names[self.at - 1] if len(self.names) >= self.at else ""

    def wrapped(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            self.names.append(name)
            if len(self.names) == self.at:
                if name in ("write", "append"):  # the half of it comes through
                    function(arguments[0], arguments[1][: len(arguments[1]) // 2])
                self.strike()
            if self.for_good and len(self.names) > self.at:
                self.strike()
            return function(*arguments)

        return call


@contextmanager
def faults(at: int, strike: Callable[[], None], *, for_good: bool = False) -> Iterator[Faults]:
    """Every writing call of the sinks goes through ``Faults``."""
    found = Faults(at, strike, for_good=for_good)
    originals = {name: getattr(syscalls, name) for name in syscalls.CALLS}
    for name, function in originals.items():
        setattr(syscalls, name, found.wrapped(name, function))
    try:
        yield found
    finally:
        for name, function in originals.items():
            setattr(syscalls, name, function)


def failing(error: BaseException) -> Callable[[], None]:
    """A strike that raises."""

    def strike() -> None:
        raise error

    return strike


def kill() -> None:
    """A strike that nothing in this process survives."""
    os.kill(os.getpid(), signal.SIGKILL)
