"""Edits and imports of thousands of articles, beside merely writing the files.

    python -m benchmarks.bulk [FOLDER]

FOLDER is a site such as ``benchmarks.make_site`` makes, of which a copy is changed; without it one
of 36,000 articles is made. The plain way reads each file, writes it under a temporary name and
renames that, without a sync. Whole processes are measured, from their start to the tree synced.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import frontmatter
import yaml
import yaml_edit

from benchmarks.make_site import make
from benchmarks.site import COUNT, HOME, files, peak, read_all
from benchmarks.table import show

IMPORTED = 4_000


def replaced(path: str, data: bytes) -> None:
    """Write a file under a temporary name, and rename it."""
    with open(path + ".tmp", "wb") as file:  # noqa: PTH123  the quickest way
        file.write(data)
    os.replace(path + ".tmp", path)  # noqa: PTH105


def each(root: Path, way: Callable[[bytes], bytes]) -> float:
    """The time in which every file becomes what ``way`` makes of it, and the disk has it."""
    paths = sorted(entry.path for entry in files(root))
    os.sync()
    start = time.perf_counter()
    for path in paths:
        with open(path, "rb") as file:  # noqa: PTH123
            data = file.read()
        replaced(path, way(data))
    seconds = time.perf_counter() - start
    os.sync()
    return seconds


def by_yaml_edit(data: bytes) -> bytes:
    """A round-trip editor that keeps most bytes."""
    head, front, body = data.decode().split("---\n", 2)
    try:
        file = yaml_edit.YamlFile.parse(front)
        file.ensure_document()["author"] = "A. Baker"
    except Exception:  # what it cannot read stays
        return data
    return f"{head}---\n{file}---\n{body}".encode()


def by_frontmatter(data: bytes) -> bytes:
    """A library that writes the front matter anew, and so does not keep its bytes."""
    try:
        post = frontmatter.loads(data.decode())
    except yaml.YAMLError:
        return data
    post["author"] = "A. Baker"
    return frontmatter.dumps(post).encode()


def command(root: Path, *arguments: str) -> float:
    line = [sys.executable, "-m", "qtauthor", *arguments, "--root", str(root)]
    os.sync()
    start = time.perf_counter()
    subprocess.run(
        line, check=False, cwd=HOME, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return time.perf_counter() - start


def batch(root: Path) -> Path:
    """Questions such as a batch has, each with links to others."""
    answer = "\n\n".join(["A paragraph of the answer, as long as most are. " * 8] * 8)
    rows = [
        {
            "question": f"How does part {number} of the machine work?",
            "subject": f"Subject {number % 40}",
            "answer": answer,
            "description": "What the part does, and why it is there.",
            "keywords": ["part", "machine", str(number)],
            "related": [f"#{(number + step) % IMPORTED + 1}" for step in range(1, 6)],
        }
        for number in range(IMPORTED)
    ]
    path = root / "batch.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def measure(root: Path) -> None:
    plain = min(each(root, lambda data: data) for _ in range(2))
    rows = [("read all bytes", timed(lambda: read_all(root)))]
    rows.append(("plainly read, write, rename", plain))
    command(root, "index")
    edit = ("set", "--all", "--keep-going")
    rows.append(("qtauthor set, dry run", command(root, *edit, "author=One", "--dry-run")))
    rows.append(("qtauthor set author", command(root, *edit, "author=Two")))
    rows.append(("the same in one process", command(root, *edit, "author=Six", "--jobs", "1")))
    rows.append(("qtauthor undo", command(root, "undo")))
    rows.append(("python-frontmatter", each(root, by_frontmatter)))
    rows.append(("yaml-edit", each(root, by_yaml_edit)))
    command(root, "index")
    questions = str(batch(root))
    rows.append((f"import of {IMPORTED:,}", command(root, "import", questions)))
    cells = [[name, f"{seconds:.2f}", f"{seconds / plain:.2f}"] for name, seconds in rows]
    show(f"{sum(1 for _ in files(root)):,} articles", ["what", "s", "× plainly"], cells)
    history = sum(path.stat().st_size for path in (root / ".qtauthor" / "history").iterdir())
    print(f"\nhistory of these changes: {history / 1e6:.0f} MB")
    print(f"peak memory of set: {peak(root, *edit, 'author=Ten', '--jobs', '1'):.0f} MB")
    command(root, "undo")


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name).resolve() / "site"
        if len(sys.argv) > 1:
            shutil.copytree(Path(sys.argv[1]).resolve() / "content", root / "content")
        else:
            make(COUNT, root)
        measure(root)


if __name__ == "__main__":
    main()
