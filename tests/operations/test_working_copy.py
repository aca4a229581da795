"""The working copy of an operation."""

from __future__ import annotations

from qtauthor.changes.change import Create, Delete, Modify, Move, apply
from qtauthor.content.site import Site
from qtauthor.operations.working_copy import WorkingCopy


def test_what_is_put_back_as_it_was_changes_nothing(site: Site) -> None:
    draft = WorkingCopy(site)
    path = next(site.paths())
    draft.put(path, draft.article(path), "title")
    draft.move(path, path)
    assert not draft.changes()


def test_steps_on_one_article_become_one_change(site: Site) -> None:
    draft = WorkingCopy(site)
    path = next(site.paths())
    draft.put(path, draft.article(path).set("title", "One"), "title")
    draft.put(path, draft.article(path).set("seo.title", "Two"), "seo.title")
    draft.move(path, "content/learn/baking/one.md")
    (change,) = draft.changes().changes
    assert isinstance(change, Move)
    assert change.declared == ("/title", "/seo/title")
    assert change.touched == ("/title", "/seo/title")
    assert apply(site.source.read(path), change.edits) == draft.article(path).to_bytes()


def test_other_files_are_made_and_rewritten(site: Site) -> None:
    draft = WorkingCopy(site)
    draft.write("redirects.json", b"[]\n")
    (change,) = draft.changes().changes
    assert change == Create("redirects.json", b"[]\n")
    (site.root / "redirects.json").write_bytes(b"[]\n")
    draft.write("redirects.json", b"[1]\n")
    (change,) = draft.changes().changes
    assert isinstance(change, Modify)
    draft.write("redirects.json", b"[]\n")
    assert not draft.changes()


def test_a_deleted_file_is_not_changed_as_well(site: Site) -> None:
    draft = WorkingCopy(site)
    path = next(site.paths())
    draft.put(path, draft.article(path).set("title", "One"), "title")
    draft.delete(path)
    assert draft.changes().changes == (Delete(path, site.source.read(path)),)
