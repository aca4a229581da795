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
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL

import frontmatter
import yaml
import yaml_edit

from benchmarks.make_site import make
from benchmarks.site import COUNT, HOME, files, read_all
from benchmarks.table import show
from tests.support.state import apart, state

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
    subprocess.run(line, check=False, cwd=HOME, stdout=DEVNULL, stderr=DEVNULL)
    return time.perf_counter() - start


def journal_size(root: Path, *arguments: str) -> int:
    """The most bytes that the journal has while a command runs."""
    names = [state(root) / name for name in ("journal.part", "journal")]
    line = [sys.executable, "-m", "qtauthor", *arguments, "--root", str(root)]
    most = 0
    with subprocess.Popen(line, cwd=HOME, stdout=DEVNULL, stderr=DEVNULL) as child:
        while child.poll() is None:
            for name in names:
                with suppress(FileNotFoundError):
                    most = max(most, name.stat().st_size)
            time.sleep(0.02)
    return most


def peaks(root: Path, *arguments: str) -> str:
    """The most memory that a command held, and that the largest of its processes did."""
    code = (
        "import resource, sys\nfrom qtauthor.cli.app import main\n"
        f"try: main({[*arguments, '--root', str(root)]!r})\nexcept SystemExit: pass\n"
        "for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):\n"
        "    print('', resource.getrusage(who).ru_maxrss, file=sys.stderr)"
    )
    line = [sys.executable, "-c", code]
    done = subprocess.run(line, check=True, cwd=HOME, capture_output=True, text=True)
    own, others = (int(found) / 1024 for found in done.stderr.split()[-2:])
    return f"{own:.0f} MB, and {others:.0f} MB at most in each further process"


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
    questions = ("import", str(batch(root)), "--new-subject")
    rows.append((f"import of {IMPORTED:,}", command(root, *questions)))
    command(root, "undo")
    rows += exchange(root)
    cells = [[name, f"{seconds:.2f}", f"{seconds / plain:.2f}"] for name, seconds in rows]
    show(f"{sum(1 for _ in files(root)):,} articles", ["what", "s", "× plainly"], cells)
    history = sum(path.stat().st_size for path in (state(root) / "history").iterdir())
    print(f"\nhistory of these changes: {history / 1e6:.0f} MB")
    os.sync()
    size = journal_size(root, *edit, "author=Ten")
    total = sum(entry.stat().st_size for entry in files(root))
    print(f"journal of set: {size / 1e6:.0f} MB for articles of {total / 1e6:.0f} MB")
    print(f"peak memory of set: {peaks(root, *edit, 'author=Ben')}")
    print(f"peak memory of import: {peaks(root, *questions)}")


def exchange(root: Path) -> list[tuple[str, float]]:
    """A site as records, and these as a site again."""
    with tempfile.TemporaryDirectory() as name:
        records, empty = Path(name, "site.jsonl"), Path(name, "empty")
        (empty / "content" / "learn").mkdir(parents=True)
        one, many = (export(root, records, jobs) for jobs in (1, 0))
        count = sum(1 for _ in records.open("rb"))
        rows = [("export in one process", one), ("export", many)]
        rows.append((f"import of {count:,}", command(empty, "import", str(records))))
        skipping = ("import", str(records), "--if-exists", "skip")
        rows.append((f"import of {count:,} that are there", command(empty, *skipping)))
        print(f"peak memory of an import of {count:,}: {peaks(empty, *skipping)}")
        return rows


def export(root: Path, records: Path, jobs: int) -> float:
    line = [sys.executable, "-m", "qtauthor", "export", "--all", "--root", str(root)]
    start = time.perf_counter()
    with records.open("wb") as file:
        arguments = [*line, "--jobs", str(jobs)]
        subprocess.run(arguments, check=False, cwd=HOME, stdout=file, stderr=DEVNULL)
    return time.perf_counter() - start


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
    with apart():
        main()
