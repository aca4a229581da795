"""The index of a large site: made, kept current and asked, beside merely reading the files.

    python -m benchmarks.site [FOLDER]

FOLDER is a site such as ``benchmarks.make_site`` makes; without it one of 36,000 articles is made
in a temporary folder. Whole processes are measured where it says so, less the start of a command
that needs no index.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import frontmatter
import yaml

import qtauthor
from benchmarks.make_site import make
from benchmarks.table import best, show
from qtauthor.content.index.conditions.condition import Selection
from qtauthor.content.site import Site
from tests.support.state import apart, state

COUNT = 36_000
SOME = 1_500
"""So many articles are enough for a way that takes minutes for all; its time is scaled."""

HOME = Path(qtauthor.__file__).parents[1]
FIELDS = re.compile(
    rb"^(id|date|title|question|subject|url|file_name|score): (?:>-\n +)?(.*)$", re.MULTILINE
)
BLOCKS = re.compile(
    rb"^related_article\d:\n    id: (\d+)\n    title: (?:>-\n +)?(.*)\n"
    rb"    subject: (.*)\n    url: (.*)$",
    re.MULTILINE,
)


def files(root: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(root / "content" / "learn") as folders:
        for folder in folders:
            with os.scandir(folder) as entries:
                yield from entries


def read_all(root: Path) -> int:
    total = 0
    for entry in files(root):
        with open(entry.path, "rb") as file:  # noqa: PTH123  the quickest way
            total += len(file.read())
    return total


def stat_all(root: Path) -> int:
    return sum(entry.stat().st_size for entry in files(root))


def peers(root: Path) -> dict[str, float]:
    """Other ways to get at the fields of all articles, in seconds; nothing is kept of them."""
    paths = sorted(entry.path for entry in files(root))
    some = paths[:: max(1, len(paths) // SOME)]
    ways: dict[str, tuple[Callable[[bytes], object], list[str]]] = {
        "two regular expressions": (expressions, paths),
        "PyYAML, CSafeLoader": (csafe, some),
        "python-frontmatter": (matter, some),
    }
    found: dict[str, float] = {}
    for name, (way, chosen) in ways.items():
        start = time.perf_counter()
        for path in chosen:
            way(Path(path).read_bytes())
        found[name] = (time.perf_counter() - start) * len(paths) / len(chosen)
    return found


def expressions(data: bytes) -> object:
    return FIELDS.findall(data), BLOCKS.findall(data)


def csafe(data: bytes) -> object:
    try:
        return yaml.load(data.decode().split("\n---", 1)[0], yaml.CSafeLoader)
    except yaml.YAMLError:
        return None


def matter(data: bytes) -> object:
    try:
        return frontmatter.loads(data.decode())
    except yaml.YAMLError:
        return None


def command(root: Path, *arguments: str) -> float:
    """The time of a whole process, and what it says is thrown away."""
    line = [sys.executable, "-m", "qtauthor", *arguments, "--root", str(root)]
    start = time.perf_counter()
    subprocess.run(line, check=True, cwd=HOME, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    return time.perf_counter() - start


def peak(root: Path, *arguments: str) -> float:
    """The most memory that a command held, in MB."""
    code = (
        "import resource, sys\nfrom qtauthor.cli.app import main\n"
        f"try: main({[*arguments, '--root', str(root)]!r})\nexcept SystemExit: pass\n"
        "sys.stderr.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=HOME, capture_output=True, text=True
    )
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return int(re.findall(r"\d+", done.stderr)[-1]) / unit


def cold(root: Path) -> float:
    """A first index in this process, over what the file system's cache holds."""
    shutil.rmtree(state(root), ignore_errors=True)
    return timed(Site.at(root).index.refresh)


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def asked(site: Site, where: str) -> float:
    return timed(lambda: list(site.index.select(Selection(where=where))))


def measure(root: Path) -> None:
    reading, stating = best(lambda: read_all(root), 3), best(lambda: stat_all(root), 3)
    rows = [("read all bytes", reading, 1.0, ""), ("stat all files", stating, 0.0, "")]
    rows += [(name, seconds, seconds / reading, "read") for name, seconds in peers(root).items()]
    first = min(cold(root) for _ in range(3))
    rows.append(("cold index", first, first / reading, "read"))
    start = min(command(root, "--version") for _ in range(7))
    site = Site.at(root)
    unchanged = best(Site.at(root).index.refresh, 5)
    rows.append(("nothing changed, in the process", unchanged, unchanged / stating, "stat"))
    listing = min(command(root, "ls", "--limit", "1") for _ in range(7)) - start
    rows.append(("ls --limit 1, less the start", listing, listing / stating, "stat"))
    changed = min(one_changed(root) for _ in range(5)) - start
    rows.append(("ls --limit 1 after one change", changed, changed / stating, "stat"))
    words = asked(site, "articles match 'ten'")
    rows.append(("full text, first use", words, words / reading, "read"))
    for where in ("articles match 'ten AND nundbe'", "inbound = 0", "title regexp '^Why.*ten'",
                  "answer like '%cannot answer%'"):  # fmt: skip
        seconds = min(asked(site, where) for _ in range(3))
        rows.append((where, seconds, seconds / reading, "read"))
    report(root, rows, start)


def one_changed(root: Path) -> float:
    path = Path(next(files(root)).path)
    path.write_bytes(path.read_bytes())
    return command(root, "ls", "--limit", "1")


def report(root: Path, rows: list[tuple[str, float, float, str]], start: float) -> None:
    cells = [
        [name, f"{seconds:.3f}", f"{ratio:.1f} × {of}" if of else ""]
        for name, seconds, ratio, of in rows
    ]
    show("The index", ["what", "s", "against"], cells)
    size = (state(root) / "index.sqlite").stat().st_size / 1e6
    print(f"\nstart of a command that needs no index: {start:.3f} s")
    print(f"index with full text: {size:.0f} MB")
    full = peak(root, "ls", "--where", "articles match 'ten'")
    shutil.rmtree(state(root))
    print(f"peak memory: {peak(root, 'ls', '--limit', '1'):.0f} MB for a cold index", end=", ")
    print(f"{full:.0f} MB for a query of all", end=", ")
    print(f"{peak(root, 'ls', '--where', 'articles match 12'):.0f} MB for the full text")


def main() -> None:
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]).resolve())
        return
    with tempfile.TemporaryDirectory() as name:
        root = Path(name).resolve()
        make(COUNT, root)
        measure(root)


if __name__ == "__main__":
    with apart():
        main()
