"""Run parts of campaigns in several processes."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.torture.parts import Part

_MEMORY = Path("/dev/shm")  # noqa: S108  a folder in memory, where there is one


def name(part: Part) -> str:
    return f"{part.campaign}: {part.key}"


def run(parts: Sequence[Part], jobs: int) -> Iterator[dict[str, Any]]:
    """What comes of each part, as it is done."""
    place = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with (
        tempfile.TemporaryDirectory(dir=place) as folder,
        ProcessPoolExecutor(jobs, get_context("spawn")) as pool,
    ):
        running = [pool.submit(_one, part, Path(folder)) for part in parts]
        for done in as_completed(running):
            yield done.result()


def _one(part: Part, folder: Path) -> dict[str, Any]:
    start = time.monotonic()
    with tempfile.TemporaryDirectory(dir=folder) as place:
        figures, faults = part.run(Path(place) / "stage")
    spent = round(time.monotonic() - start, 1)
    return {"part": name(part), "figures": figures, "faults": faults, "seconds": spent}
