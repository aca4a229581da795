"""Any operations in any order on any small site leave no link deader than it was."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qtauthor.changes.change import Delete, Move
from qtauthor.changes.changeset import ChangeSet
from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError
from qtauthor.operations.links import relate, sync
from qtauthor.operations.site import ids
from qtauthor.operations.site import move as moving
from qtauthor.operations.site import remove as removing
from qtauthor.operations.site import retitle as retitling
from tests.support import applying
from tests.support.deadlinks import Picture, worse
from tests.support.small_sites import Made, make

SUBJECTS = ("Baking", "Biology", "Zoology")
PLAIN = tuple(f"Is it {letter}?" for letter in "abcdef")
QUESTIONS = (*PLAIN, *(f"Is it {letter}: yes, or #{letter}?" for letter in "abc"))
CONFIGURATIONS = (
    "",
    '[redirects]\npath = "r.json"\n',
    '[redirects]\nformat = "netlify"\npath = "_redirects"\n',
    '[redirects]\nformat = "moves"\npath = "moved.json"\n',
)
EXPECTED = {
    Code.SLUG_TAKEN,
    Code.SELF_RELATED,
    Code.TOO_MANY_RELATED,
    Code.NOT_RELATED,
    Code.USAGE,
    Code.ID_TAKEN,
}
Data = st.DataObject


@st.composite
def articles(draw: st.DrawFn) -> list[Made]:
    """Articles of which some share a question and its id, with links of every state."""
    places = draw(
        st.lists(
            st.tuples(st.integers(0, 5), st.sampled_from(SUBJECTS)),
            min_size=3,
            max_size=9,
            unique=True,
        )
    )
    made = [Made(PLAIN[n], subject, 100 + n, folded=draw(st.booleans())) for n, subject in places]
    return [article._replace(links=tuple(_links(draw, made))) for article in made]


def _links(draw: st.DrawFn, made: list[Made]) -> list[dict[str, object]]:
    states: list[dict[str, object]] = [{}, {}, {}, {"id": 7}, {"title": "Other"}, {"url": "/dead"}]
    chosen = draw(st.lists(st.tuples(st.sampled_from(made), st.sampled_from(states)), max_size=5))
    return [article.link(**state) for article, state in chosen]


def step(data: Data, site: Site) -> Callable[[], ChangeSet]:
    """A random operation."""
    paths = st.sampled_from([*site.paths()])
    path, other, third = data.draw(paths), data.draw(paths), data.draw(paths)
    question = data.draw(st.sampled_from(QUESTIONS))
    subjects = st.sampled_from(SUBJECTS)
    both, flag = data.draw(st.booleans()), data.draw(st.booleans())
    kinds: dict[str, Callable[[], Any]] = {
        "retitle": lambda: (
            retitling.retitle(
                site, retitling.RetitleRequest(path, question, keep_url=both and flag)
            ).changes
        ),
        "move": lambda: (
            moving.move(
                site,
                [moving.Refile(p, s) for p, s in zip((path, other, third), refiled, strict=False)],
                new_subjects=True,
            ).changes
        ),
        "remove": lambda: (
            removing.remove(site, removing.RemoveRequest(path, other if flag else None)).changes
        ),
        "add": lambda: relate.add(site, path, [other, third], both=both),
        "unrelate": lambda: relate.remove(site, path, [other], both=both),
        "set": lambda: relate.replace(site, path, [other, third], both=both),
        "order": lambda: relate.order(site, path, [other]),
        "clear": lambda: relate.clear(site, path, both=both),
        "sync": lambda: sync.sync(site).outcome.changes,
        "reassign": lambda: ids.reassign(site, path, 900 if flag else None).changes,
    }
    weighted = ["retitle", "move", "remove"] * 3 + list(kinds)
    refiled = data.draw(st.lists(subjects, min_size=1, max_size=3))
    return kinds[data.draw(st.sampled_from(weighted))]


def check_redirects(root: Path, picture: Picture) -> None:
    """A redirect starts where nothing lives, leads where something does, and is there once."""
    found = [*_redirects(root)]
    assert len({source for source, _ in found}) == len(found)
    for source, target in found:
        assert source not in picture.places
        assert target in picture.places


def _redirects(root: Path) -> Iterator[tuple[str, str]]:
    if (root / "r.json").exists():
        for entry in json.loads((root / "r.json").read_text()):
            yield entry["from"], entry["to"]
    if (root / "moved.json").exists():
        for entry in json.loads((root / "moved.json").read_text()):
            slug = entry["question"]
            yield (
                f"/learn/{entry['previous']}/questions/{slug}",
                f"/learn/{entry['current']}/questions/{slug}",
            )
    if (root / "_redirects").exists():
        for line in (root / "_redirects").read_text().splitlines():
            source, target, _ = line.split()
            yield source, target


def check_one(site: Site, changes: ChangeSet, before: Picture) -> Picture:
    applying.write(changes, site.root)
    after = Picture(site.root, before)
    check_redirects(site.root, after)
    moved = {c.path: c.to for c in changes.changes if isinstance(c, Move)}
    gone = [c.path for c in changes.changes if isinstance(c, Delete)]
    assert worse(before, after, moved, *gone) == []
    return after


def check(made: list[Made], configuration: str, data: Data) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        make(root, made, configuration)
        first = before = Picture(root)
        done: list[ChangeSet] = []
        for _ in range(data.draw(st.integers(1, 4))):
            if len(before.files) < 2:
                break
            site = Site.at(root)
            operation = step(data, site)
            try:
                changes = operation()
            except QtauthorError as error:
                assert error.code in EXPECTED, error
                continue
            before = check_one(site, changes, before)
            done.append(changes)
        for changes in reversed(done):
            applying.write(changes.invert(), root)
        assert Picture(root, before).files == first.files


SITES = given(made=articles(), configuration=st.sampled_from(CONFIGURATIONS), data=st.data())
SLOWLY = [HealthCheck.too_slow]


@settings(max_examples=50, deadline=None, suppress_health_check=SLOWLY)
@SITES
def test_no_sequence_of_operations_makes_a_site_worse(
    made: list[Made], configuration: str, data: Data
) -> None:
    check(made, configuration, data)


@pytest.mark.slow
@settings(max_examples=800, deadline=None, suppress_health_check=SLOWLY)
@SITES
def test_no_longer_sequence_of_operations_makes_a_site_worse(
    made: list[Made], configuration: str, data: Data
) -> None:
    check(made, configuration, data)
