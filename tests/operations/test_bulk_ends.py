"""What is at work in other processes ends when nobody wants it any more."""

from __future__ import annotations

import multiprocessing
import time
from contextlib import closing
from pathlib import Path

import pytest

from qtauthor.content.site import Site
from qtauthor.operations import process_pool

LONG = 60.0  # seconds


class Sleeping:
    """Work that takes long on all items but the first."""

    def __call__(self, site: Site, number: int, item: str, /) -> str:
        if number:
            time.sleep(LONG)
        return item

    def flush(self) -> None:
        pass


@pytest.mark.parametrize("error", [GeneratorExit, KeyboardInterrupt])
def test_nobody_waits_for_work_that_nobody_wants(
    error: type[BaseException], tmp_path: Path
) -> None:
    (tmp_path / "qtauthor.toml").write_text("")
    before = set(multiprocessing.active_children())
    began = time.monotonic()
    with closing(
        process_pool.each(Site.at(tmp_path), ["a", "b", "c", "d"], Sleeping(), 2)
    ) as found:
        assert next(found) == "a"
        with pytest.raises(error):
            found.throw(error())
    assert time.monotonic() - began < LONG / 2
    assert set(multiprocessing.active_children()) <= before
