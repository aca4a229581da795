from __future__ import annotations

from qtauthor.text.near_match import hint, meant, near

NAMES = ("title", "subject", "score", "titles")


def test_the_most_like_comes_first_and_what_is_unlike_does_not_come() -> None:
    assert near("titel", NAMES) == ["title"]
    assert near("titel", NAMES, 3) == ["title", "titles"]
    assert near("banana", NAMES) == []


def test_names_may_come_one_by_one() -> None:
    assert near("scoer", (name for name in NAMES)) == ["score"]


def test_a_remedy_asks_first_whether_one_of_them_was_meant() -> None:
    assert hint(["title"], "see --help") == "did you mean title? see --help"
    assert hint([], "see --help") == "see --help"
    assert meant(["a", "b"]) == "did you mean a or b?"
    assert meant([], "name one") == "name one"
