"""``qtauthor diff``: two articles compared."""

from __future__ import annotations

import json
from pathlib import Path

from qtauthor.text.document import Document
from tests.cli.support import CHAIN, DOUGH, SHIFTING, assert_refused, here, tree


def test_equal_data_is_no_difference_however_it_is_written(site: Path) -> None:
    data = (site / CHAIN).read_bytes()
    (site / "b.md").write_bytes(data.replace(b"author: QuickTakes", b"author: 'QuickTakes'"))
    assert here("diff", CHAIN, CHAIN) == (0, b"", "")
    told = b"written differently:\n  /author: plain -> single-quoted\n"
    assert here("diff", CHAIN, "b.md") == (0, told, "")
    assert here("diff", CHAIN, "b.md", "--format", "json-patch") == (0, b"[]\n", "")


def test_a_change_is_a_line_with_the_old_and_the_new_value(site: Path) -> None:
    data = (site / CHAIN).read_bytes()
    here("set", CHAIN, "id=7", "author=A", "score=1")
    here("unset", CHAIN, "related_article1")
    result = here("diff", "-", CHAIN, stdin=data)
    assert result.code == 1
    first, second, third, *_ = result.text.split("\n")
    assert (first, second) == ("id: 1207 -> 7", 'author: "QuickTakes" -> "A"')
    assert third.startswith('related_article1: removed {"id": 1215, "title": "Friction or ')
    assert third.endswith("…")
    assert "score: added 1.0\n" in result.text


def test_a_long_text_is_shortened_around_what_differs(site: Path) -> None:
    before = (site / CHAIN).read_bytes()
    (site / "b.md").write_bytes(before.replace(b"**Measure it.**", b"**Weigh it.**"))
    [line] = here("diff", CHAIN, "b.md").text.splitlines()
    assert line.startswith('answer: …"')
    old, new = line.split(" -> ")
    assert "Measure" in old
    assert "Weigh" in new
    assert len(line) < 200


def test_the_patch_of_a_difference_gives_the_other_files_data(site: Path) -> None:
    for other in (SHIFTING, DOUGH):
        result = here("diff", CHAIN, other, "--format", "json-patch")
        assert result.code == 1
        (site / "ops.json").write_bytes(result.out)
        assert here("patch", CHAIN, "--ops", "ops.json").code == 0
        one, two = (Document.parse((site / name).read_bytes()) for name in (CHAIN, other))
        assert one.get() == two.get()
        assert here("diff", CHAIN, other).code == 0


def test_bodies_that_differ_are_told_and_no_data(site: Path) -> None:
    (site / "b.md").write_bytes((site / CHAIN).read_bytes() + b"more")
    assert here("diff", CHAIN, "b.md") == (1, b"", "the bodies differ\n")
    patch = here("diff", CHAIN, "b.md", "--format", "json-patch")
    assert (patch.code, json.loads(patch.out)) == (1, [])


def test_trouble_is_no_difference_and_nothing_is_ever_written(site: Path) -> None:
    (site / "bad.md").write_text("no front matter")
    (site / "day.md").write_text("---\nday: 2024-01-01\n---\n")
    (site / "none.md").write_text("---\na: 1\n---\n")
    before = tree(site)
    assert_refused(here("diff", CHAIN, "no.md"), "not-found", "no.md")
    assert_refused(here("diff", CHAIN, "bad.md"), "no-front-matter", "bad.md")
    assert_refused(here("diff", "-", "-", stdin=b"---\n---\n"), "bad-assignment")
    refused = here("diff", "none.md", "day.md", "--format", "json-patch")
    assert_refused(refused, "unsupported-value", "/day", "--format text")
    assert here("diff", "none.md", "day.md").code == 1
    assert tree(site) == before
