"""How many broken articles are repaired, left alone, or wrong, by the kind of the break.

``python -m benchmarks.repair FOLDER [COUNT] [SEED]`` breaks the articles in the folders of FOLDER:
COUNT in one known way, COUNT in two to four, COUNT in a strange way with or without known ones.
What is repaired is compared with the article that was broken under ruamel, PyYAML and gray-matter.
"""

from __future__ import annotations

import sys
from collections import Counter
from itertools import islice
from pathlib import Path
from random import Random

from tests.rules.breaking import cases
from tests.support.readers import SiteReader

_COLUMNS = ("right", "left", "as shown", "WRONG")


def main(folder: Path, count: int = 1000, seed: int = 1) -> None:
    """Print the tables."""
    sources = [path.read_bytes().decode() for path in sorted(folder.glob("*/*.md"))[::5]]
    whole: Counter[str] = Counter()
    with SiteReader() as site:
        for title, choose in cases.CHOICES.items():
            rng = Random(seed)  # noqa: S311 - no secret
            counts: dict[str, Counter[str]] = {}
            for case in islice(cases.cases(rng, sources, choose), count):
                several = title == cases.SEVERAL
                name = f"{len(case.kinds)} kinds" if several else case.kinds[0]
                found = cases.verdict(case, site)
                for row in (name, "all"):
                    counts.setdefault(row, Counter())[found] += 1
                whole[found] += title != cases.STRANGE_ONES
            _print(title, counts)
    _print("all known kinds", {"single and several": whole})


def _print(title: str, counts: dict[str, Counter[str]]) -> None:
    print(f"\n{title:46}" + "".join(f"{name:>10}" for name in _COLUMNS))
    for name in sorted(counts, key=lambda name: (name == "all", name)):
        print(f"{name:46}" + "".join(f"{counts[name][column]:10}" for column in _COLUMNS))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
