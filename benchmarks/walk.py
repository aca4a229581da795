"""What one command runs through: modules, calls, readings of YAML, of files, questions to git.

    python -m benchmarks.walk [SITE]

SITE is a folder with ``content/learn`` in it, of which a copy is changed; without it one of 2,000
articles is made. Each way runs in a process of its own, on a committed site with an index. Calls
are those of functions of the package. Parses are readings of a whole text as YAML, be it a file or
what becomes of it; one is read again if the very same text was read before. Files are those of the
site, opened to be read or written.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL
from types import FrameType
from typing import Any

from benchmarks.make_site import make
from benchmarks.table import show
from tests.support.state import apart

PACKAGE = f"{Path(__file__).parents[1] / 'qtauthor'}{os.sep}"
COUNT = 2_000
HEAD = ["way", "modules", "calls", "parses", "again", "opened", "again", "git"]


class Walk:
    """Counts what a run of the command line does, from its start to its end."""

    def __init__(self, root: Path) -> None:
        self.root = f"{root}{os.sep}"
        self.modules: set[str] = set()
        self.calls: Counter[str] = Counter()
        self.texts: Counter[str] = Counter()
        self.opened: Counter[str] = Counter()
        self.git = 0

    def run(self, arguments: list[str]) -> dict[str, Any]:
        """Do it. Gives the figures."""
        from qtauthor.cli import app

        sys.addaudithook(self._heard)
        sys.setprofile(self._called)
        with suppress(SystemExit):
            app.main(arguments)
        sys.setprofile(None)
        return {
            "modules": len(self.modules),
            "calls": self.calls.total(),
            "parses": self.texts.total(),
            "parsed_again": self.texts.total() - len(self.texts),
            "opened": self.opened.total(),
            "opened_again": self.opened.total() - len(self.opened),
            "git": self.git,
            "most": self.calls.most_common(12),
            "files": {path: count for path, count in self.opened.items() if count > 1},
        }

    def _called(self, frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(PACKAGE):
            return
        if code.co_name == "<module>":
            return
        name = code.co_filename[len(PACKAGE) :]
        self.modules.add(name)
        self.calls[f"{name}:{code.co_qualname}"] += 1
        if code.co_qualname == "Located._read" and not _is_part(frame):
            self.texts[frame.f_locals["text"]] += 1

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "subprocess.Popen":
            self.git += "git" in str(arguments[0])
        elif event == "open" and isinstance(arguments[0], str):
            path = os.path.abspath(arguments[0])  # noqa: PTH100  links keep their names
            if path.startswith(self.root) and not Path(path).is_dir():
                self.opened[path[len(self.root) :]] += 1


def _is_part(frame: FrameType | None) -> bool:
    """Whether only the lines of one key are read."""
    while frame is not None:
        if frame.f_code.co_qualname == "_edited":
            return True
        frame = frame.f_back
    return False


def ways(root: Path) -> Iterator[tuple[str, list[str]]]:
    """The commands that are walked, by their names."""
    paths = [
        path.relative_to(root).as_posix() for path in sorted(root.glob("content/learn/*/*.md"))
    ]
    path, words = paths[0], "How is this asked in other words?"
    yield "set FILE title=x", ["set", path, "title=x"]
    yield "set --where, one of all", ["set", path, "title=x", "--where", "1"]
    yield "related remove", ["related", "remove", path, _linked(root / path)]
    yield "retitle", ["retitle", path, "--question", words]
    yield "retitle, the most linked", ["retitle", _most_linked(root, paths), "--question", words]
    yield "check FILE", ["check", path]
    yield "check --fix FILE", ["check", "--fix", path]
    yield "ls", ["ls"]


def _most_linked(root: Path, paths: Sequence[str]) -> str:
    """The article that most others link to."""
    urls = Counter(
        line.partition(":")[2].strip()
        for path in paths
        for line in (root / path).read_text(encoding="utf-8").split("\n")
        if line.startswith(" ") and line.strip().startswith("url:")
    )
    slugs = {f"{path.split('/')[2]}/questions/{Path(path).stem}": path for path in paths}
    for url, _ in urls.most_common():
        if url.removeprefix("/learn/") in slugs:
            return slugs[url.removeprefix("/learn/")]
    raise LookupError(root)


def _linked(file: Path) -> str:
    """The id of an article in the list of one."""
    for line in file.read_text(encoding="utf-8").split("related_article1:")[1].split("\n"):
        if line.strip().startswith("id:"):
            return line.partition(":")[2].strip()
    raise LookupError(file)


def walked(root: Path, arguments: Sequence[str]) -> dict[str, Any]:
    """The figures of one way, after which the site is as it was."""
    result = subprocess.run(
        [sys.executable, "-m", "benchmarks.walk", "--inside", str(root), *arguments],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(Path(PACKAGE).parent)},
    )
    for command in (["checkout", "-q", "--", "."], ["clean", "-qfd"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)
    _index(root)
    found: dict[str, Any] = json.loads(result.stderr.splitlines()[-1])
    return found


def _prepared(given: list[str], home: Path) -> Path:
    """A committed copy of the site that is given, or of one that is made."""
    root = home / "site"
    if given:
        shutil.copytree(Path(given[0]) / "content", root / "content")
    else:
        make(COUNT, root)
    author = ["-c", "user.name=walk", "-c", "user.email=walk@localhost"]
    for command in (["init", "-q"], ["add", "."], [*author, "commit", "-qm", "all"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)
    _index(root)
    return root


def _index(root: Path) -> None:
    """Let the index know all files as they are."""
    subprocess.run(
        [sys.executable, "-m", "qtauthor", "-q", "index"], cwd=root, stdout=DEVNULL, check=True
    )


def main(given: list[str]) -> None:
    """Walk all ways."""
    telling = "-v" in given
    with tempfile.TemporaryDirectory() as home, apart():
        root = _prepared([one for one in given if one != "-v"], Path(home).resolve())
        rows = []
        for name, arguments in ways(root):
            found = walked(root, arguments)
            figures = list(found.values())[: len(HEAD) - 1]
            rows.append([name, *(f"{figure:,}" for figure in figures)])
            if telling:
                print(name, *found["most"], found["files"], sep="\n  ")
    show("What a command runs through", HEAD, rows)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        os.chdir(sys.argv[2])
        print(json.dumps(Walk(Path(sys.argv[2])).run(sys.argv[3:])), file=sys.stderr)
    else:
        main(sys.argv[1:])
