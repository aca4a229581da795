"""Run the campaigns, and print what came of them as one table."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.table import show
from benchmarks.torture import cuts, edits, errors, kills
from benchmarks.torture.parts import Part
from benchmarks.torture.running import name, run

CAMPAIGNS = ("kills", "errors", "cuts", "edits")


def main() -> int:
    """Give 1 if anything was wrong."""
    asked = _asked()
    parts = list(_parts(asked))
    kept = Path(asked.results)
    known = _known(kept)
    todo = [part for part in parts if name(part) not in known]
    print(f"{len(parts)} parts, {len(parts) - len(todo)} of them done before: {kept}", flush=True)
    started = time.monotonic()
    with kept.open("a", encoding="utf-8") as file:
        for number, found in enumerate(run(todo, asked.jobs), 1):
            file.write(json.dumps(found) + "\n")
            file.flush()
            known[found["part"]] = found
            spent = time.monotonic() - started
            print(f"\r{number} of {len(todo)} parts, {spent:.0f} s", end="", file=sys.stderr)
    print(file=sys.stderr)
    return _told([known[name(part)] for part in parts])


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.torture")
    parser.add_argument("campaigns", nargs="*", metavar="CAMPAIGN", help=", ".join(CAMPAIGNS))
    parser.add_argument("--jobs", type=int, default=2, help="processes [2]")
    parser.add_argument("--edits", type=int, default=1_000_000, help="fuzzed edits [1000000]")
    parser.add_argument("--quick", action="store_true", help="a small share of each campaign")
    parser.add_argument("--results", default="torture.jsonl", help="where to keep what is done")
    asked = parser.parse_args()
    if wrong := set(asked.campaigns) - set(CAMPAIGNS):
        parser.error(f"no such campaign: {', '.join(sorted(wrong))}")
    return asked


def _parts(asked: argparse.Namespace) -> Iterator[Part]:
    chosen = asked.campaigns or CAMPAIGNS
    for called, campaign in (("kills", kills), ("errors", errors), ("cuts", cuts)):
        if called in chosen:
            yield from campaign.parts(quick=asked.quick)
    if "edits" in chosen:
        yield from edits.parts(2 * edits.SIZE if asked.quick else asked.edits)


def _known(kept: Path) -> dict[str, dict[str, Any]]:
    if not kept.exists():
        return {}
    lines = kept.read_text(encoding="utf-8").splitlines()
    return {found["part"]: found for found in map(json.loads, lines)}


def _told(results: Sequence[dict[str, Any]]) -> int:
    """Print the table, and what was wrong."""
    rows: list[list[str]] = []
    wrong = 0
    for campaign in CAMPAIGNS:
        own = [one for one in results if one["part"].startswith(f"{campaign}:")]
        if not own:
            continue
        total: Counter[str] = Counter()
        for one in own:
            total.update(one["figures"])
        seconds = sum(one["seconds"] for one in own)
        rows.append([campaign, f"{total[campaign]:,}", str(total["faults"]), f"{seconds:.0f}"])
        rest = {name: n for name, n in sorted(total.items()) if name not in (campaign, "faults")}
        rows += [[f"  {name}", f"{number:,}", "", ""] for name, number in rest.items()]
        wrong += total["faults"]
    show("Torture", ("campaign", "number", "faults", "seconds"), rows)
    for one in results:
        for fault in one["faults"]:
            print(f"{one['part']}: {fault}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
