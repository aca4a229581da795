"""placeholder"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.torture.parts import Part

SIZE = 5000


def parts(count: int) -> Iterator[Part]:
    yield from ()
