"""No operation brings in a character that no file may hold."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from qtauthor import scripting
from qtauthor.changes.change import Create, Modify
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.proof import prove
from qtauthor.content.article import Article
from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError
from qtauthor.operations.fields.edit import Insert, Rename, Set, edit
from qtauthor.operations.fields.patch import merge, patch
from qtauthor.operations.fields.replace import Replacement, replace
from qtauthor.operations.fields.revise import revise
from qtauthor.operations.house_style.fmt import PARTS, fmt
from qtauthor.operations.site import create, retitle
from qtauthor.text.json_patch import AddOperation
from tests.support.sites import DOUGH

NEW = create.CreateRequest("Why?", "Bread Baking", datetime.date(2025, 1, 1))
WAYS: dict[str, Callable[[Site, Article], object]] = {
    "set a field": lambda _, old: edit(DOUGH, old, [Set("question", "a\x00")]),
    "set a key that is no field": lambda _, old: edit(DOUGH, old, [Set("/x", "a\x1b")]),
    "set a list": lambda _, old: edit(DOUGH, old, [Set("/tags", ["a", "\x7f"])]),
    "insert": lambda _, old: edit(DOUGH, old, [Insert("/x", {"y": "\x80"})]),
    "insert a key": lambda _, old: edit(DOUGH, old, [Insert("/x", {"\x01": "y"})]),
    "name a key": lambda _, old: edit(DOUGH, old, [Set("/x\x02", "y")]),
    "rename a key": lambda _, old: edit(DOUGH, old, [Rename("/author", "x\x03")]),
    "patch": lambda _, old: patch(DOUGH, old, [AddOperation(path="/x", value=["a\ufffe"])]),
    "merge": lambda _, old: merge(DOUGH, old, {"seo": {"x\x04": "y"}}),
    "replace": lambda _, old: replace(DOUGH, old, Replacement("a", "\x05", ("answer",))),
    "edit in an editor": lambda _, old: revise(DOUGH, old, {"/answer": "a\x06"}),
    "a script, at the text": lambda site, _: scripting.edit(
        site, [DOUGH], lambda one: Article(one.document.set("/author", "a\x00"))
    ),
    "retitle": lambda site, _: retitle.retitle(site, retitle.RetitleRequest(DOUGH, "Why\x00?")),
    "new: question": lambda site, _: create.create(site, NEW._replace(question="a\x00")),
    "new: subject": lambda site, _: create.create(site, NEW._replace(subject="Bread\x00 Baking")),
    "new: answer": lambda site, _: create.create(site, NEW._replace(answer="a\x1b[31m")),
    "new: keywords": lambda site, _: create.create(site, NEW._replace(keywords=("\x9b",))),
    "new: description": lambda site, _: create.create(site, NEW._replace(description="\ud800")),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_every_way_in_refuses_it(way: Callable[[Site, Article], object], site: Site) -> None:
    with pytest.raises(QtauthorError) as caught:
        way(site, site.article(DOUGH))
    assert caught.value.code is Code.CONTROL_CHARACTER
    assert "U+" in caught.value.message


def test_a_new_article_is_looked_through_whatever_made_it(site: Site) -> None:
    data = site.source.read(DOUGH)
    for bad in (data + b"\x1b", data.replace(b"id:", b'x: ["\\0"]\nid:', 1)):
        with pytest.raises(QtauthorError) as caught:
            prove(ChangeSet((Create("content/learn/a/b.md", bad),)), site.source.read)
        assert caught.value.code is Code.CONTROL_CHARACTER


def test_what_stands_there_does_not_stop_other_edits(site: Site) -> None:
    path: Path = site.root / DOUGH
    path.write_bytes(path.read_bytes().replace(b"author:", b'x: "\\e \\\\"\nauthor:', 1))
    change = edit(DOUGH, site.article(DOUGH), [Set("author", "A \\ B")])
    assert isinstance(change, Modify)
    assert change.touched == ("/author",)
    fmt(DOUGH, site.article(DOUGH), site.template, tuple(PARTS))
    assert scripting.edit(site, [DOUGH], lambda one: Article(one.document.rename("/x", "y")))
