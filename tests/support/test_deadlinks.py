"""The judge of links sees what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.deadlinks import Picture, worse
from tests.support.small_sites import Made, make

A = Made("Question a?", "Baking", 1)
B = Made("Question b?", "Biology", 2, (A.link(), A.link(id=9, url="/dead")))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (f"url: {A.url}", "url: /other", "dead"),
        ("    id: 1\n", "    id: 5\n", "'id'"),
        ("Question a?", "Other?", "title"),
        ("subject: Baking", "subject: Cakes", "subject"),
        ("related_article1", "related_article3", "a gap"),
        ("url: /dead", f"url: {A.url}", "twice"),
        ("url: /dead", f"url: {B.url}", "itself"),
        ("file_name: question-b.md", "file_name: b.md", "file_name"),
        ("date: 2024", "date: [2024", "broke"),
    ],
)
def test_what_is_worse_is_found(tmp_path: Path, old: str, new: str, told: str) -> None:
    make(tmp_path, [A, B])
    before = Picture(tmp_path)
    assert worse(before, Picture(tmp_path), {}) == []
    path = tmp_path / B.path
    path.write_text(path.read_text().replace(old, new, 1))
    found = worse(before, Picture(tmp_path, before), {})
    assert any(told in one for one in found), found


def test_a_lost_file_is_found(tmp_path: Path) -> None:
    make(tmp_path, [A, B])
    before = Picture(tmp_path)
    (tmp_path / A.path).unlink()
    assert worse(before, Picture(tmp_path), {}) == ["files were lost or came from nowhere"]
