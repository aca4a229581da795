"""The proof before every sink reads again what is about to be written."""

from __future__ import annotations

import pytest

from qtauthor.changes.change import Create, Edit, Modify, Move, apply, digest, modify, rewrite
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.proof import prove, proven
from qtauthor.errors import Code, EditError, ParseError
from qtauthor.text.document import Document

ARTICLE = b"---\ntitle: A\nseo:\n  title: B\nid: 1\n---\nbody\n"
ODD = b"---\ntitle: A # why\nseo: {title: B}\nid: &x 1\n---\nbody\n"


def changed(data: bytes, old: bytes, new: bytes, *declared: str) -> Modify:
    """A change that promises what its edit does, whatever that is."""
    edit = Edit(data.index(old), old, new)
    return Modify("a.md", digest(data), digest(apply(data, (edit,))), (edit,), declared)


@pytest.mark.parametrize("data", [ARTICLE, ODD])
@pytest.mark.parametrize(
    ("old", "new", "declared"),
    [
        (b"title: A", b"title: a: b", "/title"),
        (b"title: A", b"title: [", "/title"),
        (b"title: A", b"title: \x0c", "/title"),
        (b"title: A", b"title: A\nid: 2", "/title"),
        (b"title: A", b"title: A\nnew: 2", "/title"),
        (b"title: A", b"title: C", "/id"),
        (b"title: A", b"title: A\n--- x", "/title"),
        (b"title: A", b"title: A\n---", "/title"),
        (b"body", b"buddy", "/title"),
        (b"---\nt", b"--- \nt: 1\nt", "/title"),
    ],
)
def test_what_cannot_be_read_or_reads_otherwise_is_refused(
    data: bytes, old: bytes, new: bytes, declared: str
) -> None:
    change = changed(data, old, new, declared)
    with pytest.raises(EditError) as caught:
        proven(change, data)
    assert caught.value.code is Code.UNPROVEN_EDIT
    assert caught.value.where.path == "a.md"
    moved = Move("a.md", "b.md", *(getattr(change, name) for name in ("before", "after", "edits")))
    with pytest.raises(EditError):
        proven(moved, data)
    assert proven(change, data, readable=False) == apply(data, change.edits)


@pytest.mark.parametrize("data", [ARTICLE, ODD])
def test_what_was_declared_may_change_and_how_all_is_written(data: bytes) -> None:
    for change in (
        changed(data, b"title: A", b"title: 'C'", "/title"),
        changed(data, b"title: A", b"new: 1\ntitle: A", "/new"),
        changed(data, b"title: A", b"title:   A"),
        changed(data, b"seo:", b"# c\n\nseo:"),
        changed(data, b"title: B", b"title: C", "/seo/title"),
    ):
        assert proven(change, data) == apply(data, change.edits)


def test_the_changes_of_documents_hold() -> None:
    for data in (ARTICLE, ODD):
        document = Document.parse(data).set("/title", "x: y").remove("/seo/title").set("/n", [1])
        change = modify("a.md", document, document.touched)
        assert proven(change, data) == document.to_bytes()


def test_a_file_that_could_not_be_read_may_be_mended_and_only_so() -> None:
    broken = ARTICLE.replace(b"title: A", b"title: a: b")
    mended = rewrite("a.md", broken, ARTICLE)
    assert proven(mended, broken) == ARTICLE
    with pytest.raises(EditError):
        proven(rewrite("a.md", ARTICLE, broken), ARTICLE)
    assert proven(rewrite("redirects.json", b"[]", b"["), b"[]") == b"["


def test_a_new_article_has_to_be_readable_and_a_file_that_comes_back_is_as_it_was() -> None:
    with pytest.raises(ParseError) as caught:
        prove(ChangeSet((Create("a.md", b"---\na: [\n---\n"),)), lambda _: b"")
    assert caught.value.where.path == "a.md"
    assert proven(Create("a.md", b"---\n"), b"", readable=False) == b"---\n"


def test_a_move_without_edits_is_no_edit() -> None:
    broken = b"---\na: [\n---\n"
    assert proven(Move("a.md", "b.md", digest(broken), digest(broken)), broken) == broken
