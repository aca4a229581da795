"""How many hidden links of real articles are proposed: see ``benchmarks/suggest.py``."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks import suggest
from qtauthor.content.site import Site

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def trial(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> suggest.Trial:
    root = tmp_path_factory.mktemp("trial")
    shutil.copytree(corpus, root / "content" / "learn")
    return suggest.Trial(Site.at(root), 10)


def test_with_ids_more_are_found_than_by_the_nearest_ids(trial: suggest.Trial) -> None:
    recall, reciprocal = trial.measure(trial.ours("kept"))
    nearest = trial.measure(suggest.nearest(trial))
    assert recall > max(0.47, nearest[0])
    assert reciprocal > max(0.53, nearest[1])
    assert trial.measure(trial.ours("none"))[0] > 0.45


def test_with_ids_as_dense_as_on_the_site_many_more_are_found(corpus: Path, tmp_path: Path) -> None:
    shutil.copytree(corpus, tmp_path / "content" / "learn")
    suggest.fold(tmp_path)
    dense = suggest.Trial(Site.at(tmp_path), 15)
    recall = dense.measure(dense.ours("kept"))[0]
    assert recall > max(0.42, 1.2 * dense.measure(suggest.nearest(dense))[0])


def test_without_an_id_more_are_found_than_by_words(trial: suggest.Trial) -> None:
    recall, reciprocal = trial.measure(trial.ours("none", with_id=False))
    words = trial.measure(suggest.bm25(trial))
    assert recall > max(0.29, 1.2 * words[0], 1.5 * trial.measure(suggest.titles(trial))[0])
    assert reciprocal > max(0.35, words[1])
    assert trial.measure(trial.ours("none", with_id=False, text=False))[0] > 0.26


def test_what_is_hidden_is_not_seen(trial: suggest.Trial) -> None:
    for entry in trial.asked[:40]:
        own = trial.own(entry)
        for incoming in ("kept", "hidden", "none"):
            ends = trial.links(entry, incoming).ends(trial.entries)
            assert not any(ends[path].out for path in own)
            assert not any(found.into & own for found in ends.values())
            back = {path for path, found in ends.items() if found.out & own}
            into = frozenset().union(*(ends[path].into for path in own))
            if incoming == "none":
                assert not back | into
            if incoming == "hidden":
                assert not (back | into) & trial.wanted[entry.path]
