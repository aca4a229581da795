"""Parse, edit and identity of one article, and the start of the command line.

    python -m benchmarks.document [FOLDER]

FOLDER holds articles (``<subject>/<slug>.md``); without it, the sample site is used.
"""

from __future__ import annotations

import io
import itertools
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import frontmatter
from ruamel.yaml import YAML

import qtauthor
from benchmarks.table import best, show
from qtauthor.errors import QtauthorError
from qtauthor.text.document import Document
from qtauthor.text.yaml.located_tree import Located
from qtauthor.text.yaml.tree_builder import compose

SLOW = 40
"""So many articles are enough for a way that needs tens of milliseconds each."""

TITLE = "What is new: a title"
Way = tuple[str, Callable[[bytes], bytes], int]

NUMBERS = itertools.count()
"""So that no edit is one that was made before: those are remembered."""


def split(data: bytes) -> tuple[str, str]:
    """The YAML of a file and what follows, for libraries that know no front matter."""
    text = data.decode()[4:]
    end = text.index("\n---") + 1
    return text[:end], text[end:]


def ruamel_round_trip(data: bytes) -> bytes:
    front, rest = split(data)
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10**9
    loaded = yaml.load(front)
    out = io.StringIO()
    yaml.dump(loaded, out)
    return f"---\n{out.getvalue()}{rest}".encode()


def frontmatter_round_trip(data: bytes) -> bytes:
    return frontmatter.dumps(frontmatter.loads(data.decode())).encode()


def parse(data: bytes) -> bytes:
    return Document.parse(data).to_bytes()


def parse_pure(data: bytes) -> bytes:
    located = Located.decode(data)
    compose(located.text, located.front.start, located.front.end, pure=True)
    return located.text.encode()


def edit(data: bytes) -> bytes:
    return Document.parse(data).set("/title", f"{TITLE} {next(NUMBERS)}").to_bytes()


def milliseconds(way: Callable[[bytes], bytes], articles: list[bytes]) -> float:
    return 1000 * best(lambda: [way(data) for data in articles], rounds=3) / len(articles)


def documents(articles: list[bytes]) -> None:
    ways: list[Way] = [
        ("qtauthor: parse and back", parse, len(articles)),
        ("qtauthor: parse, edit, proof, back", edit, len(articles)),
        ("qtauthor: parse without the C parser", parse_pure, SLOW),
        ("ruamel.yaml: load and dump", ruamel_round_trip, SLOW),
        ("python-frontmatter: load and dump", frontmatter_round_trip, SLOW),
    ]
    times = {name: milliseconds(way, articles[:count]) for name, way, count in ways}
    reference = times["ruamel.yaml: load and dump"]
    rows = []
    for name, way, count in ways:
        same = "–" if way is edit else f"{sum(way(a) == a for a in articles[:count])}/{count}"
        ratio = f"{reference / times[name]:.1f} ×"
        rows.append([name, f"{times[name]:.2f}", ratio, same])
    show("One article", ["way", "ms", "faster than ruamel", "same bytes"], rows)
    alone = times["qtauthor: parse, edit, proof, back"] - times["qtauthor: parse and back"]
    print(f"the edit with its proof alone: {alone:.2f} ms")


def start_up() -> None:
    article = next((Path(qtauthor.__file__).parent / "demo").rglob("*.md"))
    ways = {
        'python -c "import click"': [sys.executable, "-c", "import click"],
        "qtauthor get FILE title": [sys.executable, "-m", "qtauthor", "get", str(article), "title"],
    }
    times = {name: best(partial(run, line), rounds=15) for name, line in ways.items()}
    reference = next(iter(times.values()))
    rows = [[name, f"{1000 * t:.0f}", f"{t / reference:.2f} ×"] for name, t in times.items()]
    show("Start of a process", ["command", "ms", "ratio"], rows)


def run(line: list[str]) -> None:
    """Run a command where this very qtauthor is found, installed or not."""
    home = Path(qtauthor.__file__).parents[1]
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL, cwd=home)


def readable(paths: list[Path]) -> list[bytes]:
    found: list[bytes] = []
    for path in paths:
        data = path.read_bytes()
        try:
            Document.parse(data)
        except QtauthorError:
            continue
        found.append(data)
    return found


def main() -> None:
    sample = Path(qtauthor.__file__).parent / "demo" / "content" / "learn"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else sample
    paths = sorted(folder.glob("*/*.md"))
    articles = readable(paths[:: max(1, len(paths) // 1000)])
    size = sum(map(len, articles)) / len(articles)
    print(f"{len(articles)} articles of {size:,.0f} bytes, Python {sys.version.split()[0]}")
    documents(articles)
    start_up()


if __name__ == "__main__":
    main()
