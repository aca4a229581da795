"""The language server on a large site: what an editor waits for, and what it costs in memory.

    python -m benchmarks.server [FOLDER]

FOLDER is a site such as ``benchmarks.make_site`` makes, which is not changed but for its index;
without it one of 36,000 articles is made in a temporary folder. Times are those between a message
and its answer, as a client in another process sees them: the middle one and the longest of several
in which each asks for something else. Beside them is what they took of a processor.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.make_site import make
from benchmarks.table import show
from tests.lsp.client import ABLE, Editor, FailedError, span
from tests.lsp.texts import where
from tests.support.state import apart, state

COUNT = 36_000
ROUNDS = 30

LIMITS = {
    "diagnostics of an edited buffer": 50,
    "completion: related article, two words": 50,
    "completion: field": 50,
    "completion: subject": 50,
    "hover on a related url": 50,
    "definition of a related url": 50,
    "references": 100,
    "workspace symbols": 100,
}
"""Milliseconds that the middle time must not exceed."""


class Bench:
    """An editor at work on some articles of a site."""

    def __init__(self, root: Path) -> None:
        self.root = root
        chosen = random.Random(7).sample(  # noqa: S311  nothing secret
            sorted((root / "content").rglob("*.md")), 400
        )
        linked = [file for file in chosen if b"related_article2" in file.read_bytes()]
        self.paths = [file.relative_to(root).as_posix() for file in linked[:ROUNDS]]
        self.texts = {path: (root / path).read_bytes().decode() for path in self.paths}
        self.editor = Editor(root)

    def asked(self, method: str, path: str, part: str, **more: Any) -> object:
        line, unit = where(self.texts[path], part)
        if part.startswith("\n"):  # the beginning of the next line
            line, unit = line + 1, -1
        return self.editor.ask(method, self.editor.at(path, line, unit + len(part), **more))

    def edited(self, path: str, old: str, new: str) -> str:
        """Give a buffer another text."""
        text = self.texts[path].replace(old, new, 1)
        self.editor.change(path, text)
        return text

    def completed(self, path: str, old: str, new: str) -> object:
        """Ask what fits at the end of ``new``, which stands for ``old``."""
        text = self.edited(path, old, new)
        line, unit = where(text, new)
        line, unit = line + new.count("\n"), unit if "\n" not in new else 0
        last = new.rpartition("\n")[2]
        place = self.editor.at(path, line, unit + len(last))
        return self.editor.ask("textDocument/completion", place)

    def checked(self, path: str) -> object:
        version = self.editor.change(path, self.texts[path] + " ")
        return self.editor.diagnostics(path, version)

    def spent(self) -> float:
        """Milliseconds of a processor that the server took so far; 0 if the system does not tell.

        Beside other work on the machine they say more than the time that passes.
        """
        try:
            told = Path(f"/proc/{self.editor.process.pid}/stat").read_text(encoding="ascii")
        except OSError:
            return 0
        user, system = told.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")

    def memory(self) -> tuple[float, float]:
        """What the server holds and held at most, in MB; 0 where the system does not tell."""
        try:
            status = Path(f"/proc/{self.editor.process.pid}/status").read_text(encoding="ascii")
        except OSError:
            return 0, 0
        sizes = {
            line.split(":")[0]: line.split()[1] for line in status.splitlines() if "kB" in line
        }
        return int(sizes["VmRSS"]) / 1024, int(sizes["VmHWM"]) / 1024


def title(bench: Bench, path: str) -> str:
    """Two words of the title of another article."""
    other = bench.texts[bench.paths[bench.paths.index(path) - 1]]
    words = other.split("\nquestion: >-\n")[1].split("\n")[0].split()
    return " ".join(words[-3:-1])


def questions(bench: Bench) -> dict[str, Callable[[str], object]]:
    """What an editor asks, by name."""
    ask, asked = bench.editor.ask, bench.asked
    context: dict[str, Any] = {"diagnostics": []}

    def document(path: str) -> dict[str, Any]:
        return {"textDocument": {"uri": (bench.root / path).as_uri()}}

    def actions(path: str) -> object:
        place = where(bench.texts[path], "subject:")
        params = {**document(path), "range": span(place, place), "context": context}
        return ask("textDocument/codeAction", params)

    def fixed(path: str) -> object:
        only = {**context, "only": ["source.fixAll"]}
        params = {**document(path), "range": span((0, 0), (0, 0)), "context": only}
        return ask("textDocument/codeAction", params)

    def renamed(path: str) -> dict[str, Any]:
        old = document(path)["textDocument"]["uri"]
        return {"files": [{"oldUri": old, "newUri": old.replace(".md", "-2.md")}]}

    return {
        "diagnostics of an edited buffer": bench.checked,
        "completion: related article, two words": lambda path: bench.completed(
            path, "related_article2:\n", f"related_article2:\n    {title(bench, path)}"
        ),
        "completion: field": lambda path: bench.completed(path, "file_name: ", "fi\nx: "),
        "completion: subject": lambda path: bench.completed(path, "\nsubject: ", "\nsubject: m"),
        "hover on a related url": lambda path: asked("textDocument/hover", path, "    url: /learn"),
        "hover on the answer": lambda path: asked("textDocument/hover", path, "\nanswer"),
        "definition of a related url": lambda path: asked(
            "textDocument/definition", path, "    url: /learn"
        ),
        "references": lambda path: asked(
            "textDocument/references", path, "\nurl: /learn", context={"includeDeclaration": True}
        ),
        "document symbols": lambda path: ask("textDocument/documentSymbol", document(path)),
        "document links": lambda path: ask("textDocument/documentLink", document(path)),
        "code lens": lambda path: ask("textDocument/codeLens", document(path)),
        "code actions": actions,
        "fix all": fixed,
        "workspace symbols": lambda path: ask("workspace/symbol", {"query": title(bench, path)}),
        "prepare rename": lambda path: asked("textDocument/prepareRename", path, "\nquestion"),
        "rename of a question": lambda path: asked(
            "textDocument/rename", path, "\nquestion", newName=f"{title(bench, path)}, then?"
        ),
        "rename of a file": lambda path: ask("workspace/willRenameFiles", renamed(path)),
        "deletion of a file": lambda path: ask(
            "workspace/willDeleteFiles", {"files": [document(path)["textDocument"]]}
        ),
    }


class Measured(NamedTuple):
    """Milliseconds for each article, and of a processor for each on the average."""

    times: list[float]
    spent: float


def measured(bench: Bench, question: Callable[[str], object]) -> Measured | None:
    """``None`` for what the server does not do."""
    times: list[float] = []
    spent = 0.0
    for path in bench.paths:
        bench.editor.change(path, bench.texts[path])
        bench.editor.wait()
        before, start = bench.spent(), time.perf_counter()
        try:
            question(path)
        except FailedError as error:
            if error.code == -32601:
                return None
            if "cannot be read" not in error.message:  # what is broken on purpose
                raise
        times.append((time.perf_counter() - start) * 1000)
        spent += bench.spent() - before
    return Measured(times, spent / len(times))


def run(root: Path) -> bool:
    """Print the tables. Whether all that has a limit keeps it."""
    shutil.rmtree(state(root), ignore_errors=True)
    rows: list[tuple[str, ...]] = []
    for name in ("first start: 36,000 articles are read", "start with an index"):
        bench = Bench(root)
        start = time.perf_counter()
        bench.editor.begin(ABLE, {"diagnostics": {"delay": 0}})
        begun = time.perf_counter()
        bench.editor.open(bench.paths[0])
        bench.editor.diagnostics(bench.paths[0])
        ready = time.perf_counter()
        rows.append((name, f"{begun - start:.2f} s", f"{ready - start:.2f} s"))
        if "first" in name:
            bench.editor.end()
            bench.editor.kill()
    show("Start", ("", "initialized", "first diagnostics"), rows)
    for path in bench.paths[1:]:
        bench.editor.open(path)
        bench.editor.diagnostics(path)
    bench.editor.ask("workspace/symbol", {"query": "what"})
    well = _latencies(bench)
    now, most = bench.memory()
    rows = [("after all of this", f"{now:.0f}", f"{most:.0f}")]
    show("Memory of the server, MB (limit 400)", ("", "now", "at most"), rows)
    bench.editor.end()
    bench.editor.kill()
    return well and most < 400


def _latencies(bench: Bench) -> bool:
    rows: list[tuple[str, ...]] = []
    well = True
    for name, question in questions(bench).items():
        found = measured(bench, question)
        limit = LIMITS.get(name)
        if found is None:
            rows.append((name, "-", "-", "-", "not offered"))
            continue
        middle = statistics.median(found.times)
        kept = limit is None or middle < limit
        well = well and kept
        told = "" if limit is None else f"{limit}" if kept else f"{limit} missed"
        longest, spent = max(found.times), found.spent
        rows.append((name, f"{middle:.1f}", f"{longest:.1f}", f"{spent:.1f}", told))
    head = ("milliseconds", "middle", "longest", "of a processor", "limit")
    show(f"Answers, with {len(bench.paths)} articles open", head, rows)
    return well


def main() -> None:
    if len(sys.argv) > 1:
        sys.exit(0 if run(Path(sys.argv[1]).resolve()) else 1)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "site"
        make(COUNT, root)
        sys.exit(0 if run(root) else 1)


if __name__ == "__main__":
    with apart():
        main()
