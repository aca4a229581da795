"""Which subjects are offered, and in what order."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtauthor.content.site import Site
from qtauthor.operations.authoring import subjects
from qtauthor.operations.authoring.subjects import KnownSubject

KNOWN = [
    KnownSubject("Computer Science", "computer-science", 1900),
    KnownSubject("Political Science", "political-science", 700),
    KnownSubject("Science", "science", 500),
    KnownSubject("Medicine", "medicine", 90),
    KnownSubject("Compilers", "compilers", 0),
]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ["Computer Science", "Political Science", "Science", "Medicine", "Compilers"]),
        ("comp", ["Computer Science", "Compilers"]),
        ("SCI", ["Science", "Computer Science", "Political Science"]),
        ("edic", ["Medicine"]),
        ("cmpsc", ["Computer Science"]),
        ("zzz", []),
    ],
)
def test_beginnings_go_before_parts_and_often_used_ones_before_rare_ones(
    typed: str, names: list[str]
) -> None:
    assert [one.name for one in subjects.matching(KNOWN, typed)] == names


def test_what_may_have_been_meant_is_near() -> None:
    assert subjects.near(KNOWN, "Medecine") == [KNOWN[3]]
    assert subjects.near(KNOWN, "Jazz") == []


def test_counts_and_spellings_come_from_the_site_and_its_configuration(site: Path) -> None:
    (site / "qtauthor.toml").write_text('[subjects]\n"Baking" = ["Bread Baking"]\nBees = []\n')
    found = subjects.known(Site.find(site))
    assert [(one.name, one.articles) for one in found] == [
        ("Bicycles", 3),
        ("Baking", 3),
        ("Everyday Physics", 2),
        ("Bees", 0),
    ]


@pytest.mark.parametrize("typed", ["bread baking", " Bread Baking", "BREAD BAKING!"])
def test_any_spelling_of_a_subject_names_it(site: Path, typed: str) -> None:
    here = Site.find(site)
    found = subjects.chosen(here, subjects.known(here), typed)
    assert found is not None
    assert found.name == "Bread Baking"


@pytest.mark.parametrize("typed", ["Jazz", "???", ""])
def test_what_is_no_subject_is_none(site: Path, typed: str) -> None:
    here = Site.find(site)
    assert subjects.chosen(here, subjects.known(here), typed) is None
