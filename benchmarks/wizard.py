"""What an author waits for in the dialogue of ``new``, on a site of 36,000 articles.

    python -m benchmarks.wizard [ROOT]

ROOT is a site to measure instead of a made one; its index is brought up to date. The last column
compares with one reading of an article, which any command does, in the same run.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.make_site import make
from benchmarks.table import show
from qtauthor.content.index import Entry
from qtauthor.content.search.similar import similar
from qtauthor.content.site import Site
from qtauthor.operations.authoring import keywords, question, related, subjects
from qtauthor.operations.authoring.draft import Draft

COUNT = 36_000
SOME = 100


def measure(site: Site) -> None:
    entries = [entry for entry in site.index.entries() if entry.question]
    some = entries[:: max(1, len(entries) // SOME)][:SOME]
    site.index.frequencies(["warm"])
    known = subjects.known(site)
    answers = {entry.path: str(site.article(entry.path).get("answer")) for entry in some}

    def draft(entry: Entry) -> Draft:
        return Draft(str(entry.subject), str(entry.question), answer=answers[entry.path])

    actions: dict[str, Callable[[Entry], object]] = {
        "one article read": lambda e: site.article(e.path).document.get(),
        "a key in the subject": lambda e: subjects.matching(known, str(e.subject)[:3]),
        "a key in the question": lambda e: question.read(
            str(e.question), str(e.subject), site.config.naming
        ),
        "all subjects": lambda _: subjects.known(site),
        "already asked?": lambda e: similar(site.index, str(e.question)),
        "keywords": lambda e: keywords.propose(
            site.index, str(e.question), site.answers.decode(answers[e.path])
        ),
        "related articles": lambda e: related.proposals(site, draft(e)),
        "a search": lambda e: related.search(site, " ".join(str(e.question).split()[:3])),
    }
    rows: list[list[str]] = []
    reference = 0.0
    for title, action in actions.items():
        times = sorted(timed(action, entry) for entry in some)
        median, late, longest = times[len(times) // 2], times[len(times) * 95 // 100], times[-1]
        reference = reference or median
        cells = [f"{seconds * 1000:.1f}" for seconds in (median, late, longest)]
        rows.append([title, *cells, f"{median / reference:.1f}"])
    head = ["", "median", "95 %", "longest", "of a reading"]
    show(f"ms of the processor, of {len(entries):,} articles", head, rows)


def timed(action: Callable[[Entry], object], entry: Entry) -> float:
    """Seconds of the processor: with a warm index nothing waits for a disk."""
    start = time.process_time()
    action(entry)
    return time.process_time() - start


def main() -> None:
    if len(sys.argv) > 1:
        measure(Site.at(Path(sys.argv[1])))
        return
    with tempfile.TemporaryDirectory() as name:
        root = Path(name).resolve()
        make(COUNT, root)
        measure(Site.at(root))


if __name__ == "__main__":
    main()
