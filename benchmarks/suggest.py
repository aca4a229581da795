"""Proposals of related articles: how many of the links that people have made they find, and when.

    python -m benchmarks.suggest CONTENT [EVERY]     quality, over one of EVERY articles (4)
    python -m benchmarks.suggest                     time, over a made site of 36,000 articles

CONTENT is a folder as ``content/learn``; it is copied. The links of an article to live articles are
hidden, five are proposed, and the hidden ones among them count: recall@5, and the mean of one
through the place of the first hit (MRR). For the article under test no proposal sees its own links,
nor those of the same question under other subjects (same id). The links of all other articles are
used, as they would be there. Those that lead to the article are a matter of the variant: ``kept``;
``links back hidden`` where they come from an article that is to be found; ``no incoming`` at all.
Without an id it is a new question: nothing links to it either.

The sample has an eighth of the site's articles, so its ids are sparse and hardly any other batch
lies between those of one. The second table is of the same articles with their ids folded into an
eighth of the range, where batches lie among each other as densely as on the site.
"""

from __future__ import annotations

import math
import re
import shutil
import sys
import tempfile
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from msgspec import structs

from benchmarks.make_site import make
from benchmarks.table import show
from qtauthor.content.index import Entry, Index
from qtauthor.content.search.similar import similar
from qtauthor.content.search.suggest.asked import SuggestedFor, asked
from qtauthor.content.search.suggest.graph import Ends, Graph
from qtauthor.content.search.suggest.suggester import suggest
from qtauthor.content.site import Site

COUNT = 36_000
FIVE = 5
RANGE = 22_000
"""Ids of the sample are folded into it; then the nearest ids do as well as on the whole site."""
_ID = re.compile(rb"^id: (\d+)$", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+")
Method = Callable[[Entry], Iterable[str]]


class Hidden:
    """The links of a site without some of one question."""

    def __init__(self, graph: Graph, own: frozenset[str], gone: frozenset[str] | None) -> None:
        self.graph = graph
        self.own = own
        self.gone = gone
        """Whose links to the question are hidden, too; ``None``: of all."""

    def ends(self, paths: Iterable[str]) -> dict[str, Ends]:
        found = {}
        for path, (out, into) in self.graph.ends(paths).items():
            if path in self.own:
                kept = into - self.gone if self.gone is not None else frozenset()
                found[path] = Ends(frozenset(), kept - self.own)
            elif self.gone is None or path in self.gone:
                found[path] = Ends(out - self.own, into - self.own)
            else:
                found[path] = Ends(out, into - self.own)
        return found


class Trial:
    """A site, and the links that are to be found again."""

    def __init__(self, site: Site, every: int) -> None:
        self.site = site
        self.index: Index = site.index
        self.entries = {e.path: e for e in self.index.entries() if e.question}
        self.graph = Graph(self.index)
        self.filings: dict[int | None, set[str]] = defaultdict(set)
        for entry in self.entries.values():
            self.filings[entry.id].add(entry.path)
        ends = self.graph.ends(self.entries)
        self.wanted = {
            path: wanted
            for path, entry in self.entries.items()
            if (wanted := {*ends[path].out & self.entries.keys()} - self.own(entry))
        }
        random = Random(every)  # noqa: S311  reproducible, no secret
        some = random.sample(sorted(self.wanted), len(self.wanted) // every)
        self.asked = [self.entries[path] for path in some]

    def own(self, entry: Entry) -> frozenset[str]:
        return frozenset(self.filings[entry.id] if entry.id else {entry.path})

    def links(self, entry: Entry, incoming: str) -> Hidden:
        gone: dict[str, frozenset[str] | None] = {
            "kept": frozenset(),
            "hidden": frozenset(self.wanted[entry.path]),
            "none": None,
        }
        return Hidden(self.graph, self.own(entry), gone[incoming])

    def ours(self, incoming: str, *, with_id: bool = True, text: bool = True) -> Method:
        """What is measured; without ``text``, of a question nothing but its words."""

        def proposed(entry: Entry) -> Iterable[str]:
            question: SuggestedFor = asked(self.site, entry.path)
            if not with_id:
                question = structs.replace(question, id=None)
            if not text:
                question = structs.replace(question, keywords="", answer="")
            links = self.links(entry, incoming)
            return [s.entry.path for s in suggest(self.index, question, FIVE, links=links)]

        return proposed

    def measure(self, method: Method) -> tuple[float, float]:
        """Recall@5 and MRR."""
        recall = reciprocal = 0.0
        for entry in self.asked:
            wanted = self.wanted[entry.path]
            given = self.five(entry, method(entry))
            recall += len(wanted.intersection(given)) / len(wanted)
            reciprocal += next((1 / n for n, p in enumerate(given, 1) if p in wanted), 0.0)
        return recall / len(self.asked), reciprocal / len(self.asked)

    def five(self, entry: Entry, given: Iterable[str]) -> list[str]:
        """The first five, by the rules that hold for all: not itself, not twice, no no_index."""
        ids, chosen = {entry.id}, []
        for path in given:
            other = self.entries.get(path)
            if other is not None and not other.no_index and other.id not in ids:
                ids.add(other.id)
                chosen.append(path)
        return chosen[:FIVE]


def nearest(trial: Trial) -> Method:
    ordered = sorted((e.id or 0, e.path) for e in trial.entries.values())

    def proposed(entry: Entry) -> Iterable[str]:
        own = entry.id or 0
        place = bisect_left(ordered, (own, ""))
        around = ordered[max(0, place - 20) : place + 20]
        return [path for _, path in sorted(around, key=lambda o: (abs(o[0] - own), o))]

    return proposed


def titles(trial: Trial) -> Method:
    """Cosine of TF-IDF over the words of titles."""
    bags = {p: Counter(_WORD.findall((e.title or "").lower())) for p, e in trial.entries.items()}
    having = Counter(word for bag in bags.values() for word in bag)
    postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for path, bag in bags.items():
        weights = {w: (1 + math.log(n)) * math.log(len(bags) / having[w]) for w, n in bag.items()}
        norm = math.sqrt(sum(x * x for x in weights.values())) or 1.0
        for word, weight in weights.items():
            postings[word].append((path, weight / norm))

    def proposed(entry: Entry) -> Iterable[str]:
        scores: Counter[str] = Counter()
        for word in bags[entry.path]:
            rarity = math.log(len(bags) / having[word])
            for path, weight in postings[word]:
                scores[path] += weight * rarity  # type: ignore[assignment]
        return sorted(scores, key=lambda p: (-scores[p], p))[:30]

    return proposed


def bm25(trial: Trial) -> Method:
    """All words of question and keywords, found in questions and keywords, by FTS5's BM25."""

    def proposed(entry: Entry) -> Iterable[str]:
        question = asked(trial.site, entry.path)
        words = dict.fromkeys(_WORD.findall(f"{question.question} {question.keywords}".lower()))
        query = " OR ".join(f'"{word}"' for word in words)
        return [p for p, _ in trial.index.search(f"{{question keywords}}: ({query})", 30)]

    return proposed


def fold(root: Path) -> None:
    """Give the articles of a site ids of a smaller range, in which each batch stays together."""
    files = {path: _ID.search(path.read_bytes()) for path in sorted(root.rglob("*.md"))}
    old = {path: int(found[1]) for path, found in files.items() if found}
    new: dict[int, int] = {}
    taken: set[int] = set()
    for number in sorted({number for number in old.values() if number > 0}):
        folded = number % RANGE + 1
        while folded in taken:
            folded += 1
        taken.add(folded)
        new[number] = folded
    for path, number in old.items():
        if number in new:
            path.chmod(0o644)
            path.write_bytes(_ID.sub(b"id: %d" % new[number], path.read_bytes(), count=1))


def quality(content: Path, every: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name).resolve()
        shutil.copytree(content, root / "content" / "learn")
        compare(Trial(Site.at(root), every), "as they are")
        fold(root)
        compare(Trial(Site.at(root), every), "with ids as dense as the site's")


def compare(trial: Trial, which: str) -> None:
    methods = {
        "(a) nearest ids": nearest(trial),
        "suggest, incoming links kept": trial.ours("kept"),
        "suggest, links back hidden": trial.ours("hidden"),
        "suggest, no incoming links": trial.ours("none"),
        "(b) TF-IDF on titles": titles(trial),
        "(c) BM25 on question + keywords": bm25(trial),
        "suggest, no id": trial.ours("none", with_id=False),
        "suggest, no id, question alone": trial.ours("none", with_id=False, text=False),
    }
    rows = []
    for title, method in methods.items():
        start = time.perf_counter()
        recall, reciprocal = trial.measure(method)
        each = (time.perf_counter() - start) / len(trial.asked) * 1000
        rows.append([title, f"{recall:.3f}", f"{reciprocal:.3f}", f"{each:.1f}"])
    title = f"{len(trial.asked)} of {len(trial.wanted)} articles with links, {which}"
    show(title, ["", "recall@5", "MRR", "ms"], rows)


def timing(site: Site, count: int = 100) -> None:
    entries = [entry for entry in site.index.entries() if entry.question]
    some = entries[:: max(1, len(entries) // count)][:count]
    index = site.index
    index.frequencies(["warm"])

    def new(entry: Entry) -> None:
        suggest(index, structs.replace(asked(site, entry.path), id=None))

    actions: dict[str, Callable[[Entry], object]] = {
        "suggest for an article": lambda e: suggest(index, asked(site, e.path)),
        "suggest without an id": new,
        "already asked?": lambda e: similar(index, str(e.question)),
    }
    rows = []
    for title, action in actions.items():
        times = sorted(timed(action, entry) for entry in some)
        chosen = (times[len(times) // 2], times[len(times) * 95 // 100], times[-1])
        rows.append([title, *(f"{seconds * 1000:.0f}" for seconds in chosen)])
    show(
        f"ms of the processor, of {len(entries)} articles", ["", "median", "95 %", "longest"], rows
    )


def timed(action: Callable[[Entry], object], entry: Entry) -> float:
    """Seconds of the processor: with a warm index nothing waits for a disk."""
    start = time.process_time()
    action(entry)
    return time.process_time() - start


def main() -> None:
    if len(sys.argv) > 1:
        quality(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 4)
        return
    with tempfile.TemporaryDirectory() as name:
        root = Path(name).resolve()
        make(COUNT, root)
        timing(Site.at(root))


if __name__ == "__main__":
    main()
