"""Servers and commands at work on one site for a while: no id is given twice, no link is missed.

``QTAUTHOR_SECONDS`` says how long; what was done is printed (``-s`` shows it).
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from qtauthor.content.site import Site
from tests.cli.support import process
from tests.lsp.client import ABLE, Editor, FailedError
from tests.lsp.conftest import DIFFUSION, OSMOSIS
from tests.lsp.test_life import ALL_BY_DISK, whole

SECONDS = float(os.environ.get("QTAUTHOR_SECONDS", "60"))


class Done:
    """Counts what was done and refused, until time is up."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.failures: list[str] = []
        self.end = time.monotonic() + SECONDS

    def repeat(self, work: Callable[[int], None]) -> threading.Thread:
        def loop() -> None:
            number = 0
            while time.monotonic() < self.end:
                work(number)
                number += 1

        thread = threading.Thread(target=loop)
        thread.start()
        return thread


def path_of(root: Path, number: int) -> str:
    """Where the article with this id is now, by the files alone."""
    mark = b"\nid: %d\n" % number
    while True:
        for path in root.glob("content/learn/*/*.md"):
            try:
                if mark in path.read_bytes():
                    return path.relative_to(root).as_posix()
            except FileNotFoundError:
                continue


@pytest.mark.slow
def test_no_id_is_given_twice_and_no_inbound_link_is_missed(
    root: Path, start: Callable[..., Editor]
) -> None:
    done = Done()
    editors = [start(root) for _ in range(2)]
    for editor in editors:
        editor.begin(ABLE, ALL_BY_DISK)

    def retitle(editor: Editor, made: int, name: str) -> Callable[[int], None]:
        def once(number: int) -> None:
            uri = (root / path_of(root, made)).as_uri()
            question = f"Which {name} is number {number}?"
            params = {"command": "qtauthor.retitle", "arguments": [uri, question]}
            editor.tell("workspace/didChangeWatchedFiles", {"changes": []})
            try:
                editor.ask("workspace/executeCommand", params)
                done.counts["retitled"] += 1
            except FailedError as error:
                done.counts["refused"] += 1
                done.failures.append(error.message)

        return once

    def new(name: str, related: int) -> Callable[[int], None]:
        def once(number: int) -> None:
            question = ("--question", f"What is {name} {number}?", "--related", str(related))
            result = process("new", "--subject", "Biology", *question, cwd=root)
            done.counts["new" if result.code == 0 else "new failed"] += 1
            if result.code:
                done.failures.append(result.err)

        return once

    threads = [
        done.repeat(retitle(editors[0], OSMOSIS.id, "osmosis")),
        done.repeat(retitle(editors[1], DIFFUSION.id, "diffusion")),
        done.repeat(new("sugar", OSMOSIS.id)),
        done.repeat(new("salt", DIFFUSION.id)),
    ]
    for thread in threads:
        thread.join()
    site = Site.at(root)
    ids = Counter(site.article(path).id for path in site.paths())
    twice = [number for number, count in ids.items() if count > 1]
    wrong = whole(root)
    sys.stdout.write(
        f"\n{SECONDS:.0f} s: {dict(done.counts)}, {len(ids)} ids, {len(twice)} of them twice,"
        f" {len(wrong)} names or links wrong; refusals: {Counter(done.failures).most_common(5)}\n"
    )
    assert done.counts["new"] > 0
    assert (twice, wrong) == ([], [])
