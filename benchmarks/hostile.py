"""What hostile and large articles cost, by kind and by what is done with them.

    python -m benchmarks.hostile [--size BYTES] [--kinds WORDS] [--doing WORDS] [--all]

Each kind of `benchmarks.kinds` is made in two sizes, of which the second is four times the first.
Everything runs in a process of its own with a limit of time and memory. The table has the seconds
and the memory for each MB, and the exponent by which the time grows: 1 is linear, 2 is quadratic.
Without ``--all`` only what is above the promised bounds is listed.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import os
import resource
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple, TypeAlias

from benchmarks import kinds
from benchmarks.doings import DOINGS, Given, prepared
from benchmarks.table import show

SECONDS, MEGABYTES = 1.0, 300.0
"""The promised bounds, for each MB of the file."""

STEEP = 1.35
"""From this exponent on something is not linear."""

QUADRATIC = 1.7
"""An exponent above which no other work of the machine explains it."""

LEAST = 0.1
"""Seconds below which a ratio says nothing."""

_LIMIT = 10  # seconds
_MEMORY = 4 << 30
_MB = 1_000_000


class Cost(NamedTuple):
    """Seconds and bytes; ``failed`` says why there are none."""

    seconds: float = math.inf
    memory: int = 0
    failed: str = ""


def measured(doing: str, data: bytes) -> Cost:
    """What it costs to do something with an article, in a process of its own."""
    mine, other = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_run, args=(doing, data, other))
    process.start()
    other.close()
    found = Cost(failed="ended")
    with suppress(EOFError):
        found = mine.recv() if mine.poll(_LIMIT + 15) else Cost(failed="too long")
    if process.is_alive():
        process.kill()
    process.join()
    return found


def _run(doing: str, data: bytes, out: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with tempfile.TemporaryDirectory() as folder:
        try:
            action = prepared(doing, Given(data, Path(folder)))
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            Path("/proc/self/clear_refs").write_text("5")
            before = _peak()
            start = time.process_time()
            signal.signal(signal.SIGALRM, _stop)
            signal.alarm(_LIMIT)
            action()
            signal.alarm(0)
            out.send(Cost(time.process_time() - start, _peak() - before))
        except TimeoutError:
            out.send(Cost(failed=f"> {_LIMIT} s"))
        except MemoryError:
            out.send(Cost(failed="memory"))
        except Exception as error:
            signal.alarm(0)
            out.send(Cost(failed=f"{type(error).__name__}: {error}"[:60]))


def _stop(*_: object) -> None:
    raise TimeoutError


def _peak() -> int:
    told = Path("/proc/self/status").read_text().partition("VmHWM:")[2]
    return int(told.split()[0]) * 1024


Row: TypeAlias = tuple[str, ...]


def rows(size: int, wanted: str, doing: str, *, everything: bool) -> Iterator[Row]:
    for name, make in every():
        if wanted not in name:
            continue
        small, large = make(size), make(4 * size)
        for what in DOINGS:
            if doing in what:
                row, over = _row(name, what, small, large)
                if over or everything:
                    print("  ".join(row), flush=True)
                    yield row


def every() -> Iterator[tuple[str, Callable[[int], bytes]]]:
    """All kinds, with what makes one of a size."""
    for kind in kinds.FRONT:
        yield f"front: {kind}", partial(kinds.article, kind)
    for kind in kinds.ANSWERS:
        yield f"answer: {kind}", partial(kinds.answer, kind)


def exponent(doing: str, make: Callable[[int], bytes], size: int = 30_000) -> float:
    """By which power of the size the time grows; 1 where it is too short to tell."""
    small, large = make(size), make(4 * size)
    one, four = measured(doing, small), measured(doing, large)
    if four.failed:
        return 1.0 if one.failed == four.failed else math.inf
    return _growth(one, four, len(large) / len(small))


def _growth(one: Cost, four: Cost, ratio: float) -> float:
    if four.seconds < LEAST or ratio <= 1:
        return 1.0
    return math.log(four.seconds / max(one.seconds, 1e-6), ratio)


def _row(name: str, what: str, small: bytes, large: bytes) -> tuple[Row, bool]:
    one = measured(what, small)
    four = measured(what, large) if not one.failed else one
    if four.failed:
        return (name, what, "", "", "", f"{four.failed} ({len(large) / _MB:.2f} MB)"), True
    growth = _growth(one, four, len(large) / max(1, len(small)))
    more = max(1, len(large) - len(small))  # what does not depend on the size is left out
    each = max(0.0, four.seconds - one.seconds) / more * _MB
    memory = max(0, four.memory - one.memory) / more
    over = [
        *(["time"] if each > SECONDS and four.seconds > LEAST else []),
        *(["memory"] if memory > MEGABYTES and four.memory > 20 * _MB else []),
        *(["growth"] if growth > STEEP else []),
    ]
    return (name, what, f"{each:.2f}", f"{memory:.0f}", f"{growth:.2f}", ", ".join(over)), bool(
        over
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=50_000)
    parser.add_argument("--kinds", default="")
    parser.add_argument("--doing", default="")
    parser.add_argument("--all", action="store_true")
    asked = parser.parse_args()
    found = list(rows(asked.size, asked.kinds, asked.doing, everything=asked.all))
    head = ("kind", "doing", "s/MB", "MB/MB", "exponent", "over")
    show(f"{4 * asked.size / _MB:.2f} MB", head, found)


if __name__ == "__main__":
    main()
