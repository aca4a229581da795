"""How long a key takes that is typed in ``qtauthor pick``, over a made site of 36,000 articles.

    python -m benchmarks.pick [ROOT]

Every query is typed letter by letter, each as often as it is long. ROOT is a site to measure on
instead.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from benchmarks.make_site import make
from benchmarks.table import show
from qtauthor.content.search.fuzzy import Finder
from qtauthor.content.site import Site

COUNT = 36_000
ROWS = 120
EVERY = 900


def main() -> None:
    if len(sys.argv) > 1:
        measure(Site.at(Path(sys.argv[1])))
        return
    with tempfile.TemporaryDirectory() as name:
        root = Path(name).resolve()
        make(COUNT, root)
        measure(Site.at(root))


def measure(site: Site) -> None:
    start = time.process_time()
    finder = Finder(site.index.entries())
    finder.prepare()
    ready = time.process_time() - start
    rows = []
    questions = [str(entry.question) for entry in finder.entries if entry.question][::EVERY]
    for title, texts in (
        ("questions", questions),
        ("their last words", [question.split(" ", 2)[-1] for question in questions]),
        ("mistyped", [mistyped(question) for question in questions]),
        ("in no article", ["zzqx", "how do you m", "osmosis in plants"]),
    ):
        times = sorted(seconds for text in texts for seconds in typed(finder, text))
        chosen = (times[len(times) // 2], times[len(times) * 95 // 100], times[-1])
        rows.append([title, *(f"{each * 1000:.0f}" for each in chosen)])
    count = len(finder.entries)
    show(f"ms of the processor a key, of {count} articles", ["", "median", "95 %", "longest"], rows)
    print(f"ready after {ready * 1000:.0f} ms")


def typed(finder: Finder, text: str) -> list[float]:
    """Seconds for each letter."""
    times = []
    for end in range(1, len(text) + 1):
        start = time.process_time()
        finder.best(text[:end], ROWS)
        finder.count(text[:end])
        times.append(time.process_time() - start)
    return times


def mistyped(question: str) -> str:
    """The longest word with two of its letters swapped."""
    word = max(question.split(), key=len).strip("?")
    return f"{word[:2]}{word[3]}{word[2]}{word[4:]}" if len(word) > 4 else word


if __name__ == "__main__":
    main()
