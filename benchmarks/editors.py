"""Editors of YAML compared on the cases of the tests: what is exact, wrong, refused.

    python -m benchmarks.editors [--list COLUMN TOOL]

Every file of tests/text/cases is taken whose requests any editor could be given (set, insert,
append, remove, rename) and have a right result. `benchmarks/peers/judge.py` says what is exact;
"misread" counts those of the exact ones that YAML 1.1 (PyYAML) or the site (gray-matter) reads
otherwise than the expected file, a lost tag included; the others are exact "for all readers".
A tool that is not installed is left out, and a line says so. ``--list wrong-data yaml`` names
the cases of one cell. Needs the extras ``bench`` and ``test``, and for what is on npm, node.
"""

from __future__ import annotations

import importlib.metadata
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from typing import NamedTuple

from benchmarks.peers import commands, libraries, node
from benchmarks.peers.judge import misread, verdict
from benchmarks.peers.requests import Case, Peer, UnableError, around, cases
from tests.support.readers import SITE_READER, SiteReader

COLUMNS = (
    "for all readers",
    "exact",
    "same bytes",
    "misread",
    "wrong data",
    "other lines",
    "refused",
    "no such request",
)
HEAD = ["tool", *COLUMNS, "ms"]


class Tool(NamedTuple):
    """A peer; ``seconds`` tells how long it took itself, given how long the call took."""

    peer: Peer
    seconds: Callable[[float], float] = float


class Bench:
    """The cases, and what the tools make of them."""

    def __init__(self, site: SiteReader | None) -> None:
        self.cases = list(cases())
        self.site = site

    def measure(self, tool: Tool) -> tuple[dict[str, list[str]], float]:
        """The names of cases by column, and the mean time for a case in milliseconds."""
        columns: dict[str, list[str]] = defaultdict(list)
        spent = 0.0
        for case in self.cases:
            before, text, after = around(case.before)
            start = time.perf_counter()
            refusal, result = _answer(tool.peer, case, text)
            spent += tool.seconds(time.perf_counter() - start)
            kinds = [refusal] if refusal else self.kinds(case, f"{before}{result}{after}")
            for kind in kinds:
                columns[kind].append(case.name)
        return columns, 1000 * spent / len(self.cases)

    def kinds(self, case: Case, result: str) -> list[str]:
        """The columns that a result counts in."""
        kind = verdict(case, result)
        if kind not in ("same bytes", "exact"):
            return [kind]
        kinds = ["exact"]
        if kind == "same bytes":
            kinds.append(kind)
        kinds.append("misread" if misread(case, result, self.site) else "for all readers")
        return kinds


def _answer(peer: Peer, case: Case, text: str) -> tuple[str, str]:
    """What kind of refusal it was, if it was one, and the text that came back."""
    try:
        result = peer(text, case.requests)
    except UnableError:
        return "no such request", ""
    except KeyboardInterrupt:
        raise
    except BaseException:  # a panic of a library in Rust is no Exception
        return "refused", ""
    return "", result if result.endswith("\n") or not result else result + "\n"


def tools(stack: ExitStack) -> Iterator[tuple[str, Tool | str]]:
    """Each tool, ready to be asked, or why it is not."""
    yield "qtauthor", Tool(libraries.qtauthor)
    for name, make in libraries.PEERS.items():
        try:
            yield f"{name} {importlib.metadata.version(name)}", Tool(make())
        except ImportError:
            yield name, "not installed"
    try:
        process = stack.enter_context(node.Node())
    except node.MissingError as error:
        yield ", ".join(node.PEERS), str(error)
    else:
        for name in node.PEERS:
            label = f"{name} {process.version(name)} (npm)"
            yield label, Tool(partial(process.edit, name), process.seconds)
    for name, find in commands.PEERS.items():
        peer = find()
        yield f"{name} (a process each)", "not installed" if peer is None else Tool(peer)


def main() -> None:
    listed = sys.argv[2:4] if sys.argv[1:2] == ["--list"] else None
    missing: list[str] = []
    with ExitStack() as stack:
        has_site = (SITE_READER / "node_modules").is_dir()
        bench = Bench(stack.enter_context(SiteReader()) if has_site else None)
        if not has_site:
            missing.append("gray-matter: not installed; the tests of the site's reader install it")
        print(f"{len(bench.cases)} cases, Python {sys.version.split()[0]}\n")
        if listed is None:
            print(f"| {' | '.join(HEAD)} |\n| --- {'| ---: ' * (len(HEAD) - 1)}|")
        for name, tool in tools(stack):
            if isinstance(tool, str):
                missing.append(f"{name}: {tool}")
            elif listed is None:
                columns, spent = bench.measure(tool)
                numbers = [str(len(columns[column])) for column in COLUMNS]
                print(f"| {' | '.join([name, *numbers, f'{spent:.2f}'])} |", flush=True)
            elif name.split()[0] == listed[1]:
                print("\n".join(bench.measure(tool)[0][listed[0].replace("-", " ")]))
    print("\n".join(["", *missing]))


if __name__ == "__main__":
    main()
