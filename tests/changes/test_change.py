"""Changes as values: applied, inverted, proven."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qtauthor.changes.change import (
    Change,
    Create,
    Delete,
    Edit,
    Modify,
    Move,
    apply,
    digest,
    invert,
    modify,
    move,
    rewrite,
)
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.proof import prove
from qtauthor.errors import Code, QtauthorError
from qtauthor.text.document import Document

ARTICLE = "---\ntitle: Größe\nseo:\n  title: x\n---\n\n&nbsp;".encode()


@st.composite
def edited(draw: st.DrawFn) -> tuple[bytes, tuple[Edit, ...]]:
    """Bytes and edits in them, in order and apart."""
    data = draw(st.binary(max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(data)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    new = st.binary(max_size=5)
    return data, tuple(Edit(start, data[start:end], draw(new)) for start, end in pairs)


@given(edited())
def test_a_change_and_its_inverse_give_the_original(case: tuple[bytes, tuple[Edit, ...]]) -> None:
    data, edits = case
    after = apply(data, edits)
    change = Modify("a.md", digest(data), digest(after), edits)
    back = invert(change)
    assert isinstance(back, Modify)
    assert (back.before, back.after) == (change.after, change.before)
    assert apply(after, back.edits) == data
    assert invert(back) == change


@given(edited().filter(lambda case: any(edit.old for edit in case[1])))
def test_edits_are_refused_on_other_bytes(case: tuple[bytes, tuple[Edit, ...]]) -> None:
    data, edits = case
    edit = next(edit for edit in edits if edit.old)
    other = bytearray(data)
    other[edit.start] ^= 1
    with pytest.raises(ValueError, match="not what was edited"):
        apply(bytes(other), edits)


def test_a_new_file_and_a_removed_one_are_each_others_inverse() -> None:
    create = Create("a.md", ARTICLE)
    assert invert(create) == Delete("a.md", ARTICLE)
    assert invert(invert(create)) == create


def test_a_moved_file_moves_back_with_its_old_bytes() -> None:
    document = Document.parse(ARTICLE).set("/title", "y")
    change = move("a.md", "b.md", document, ("/title",))
    assert apply(ARTICLE, change.edits) == document.to_bytes()
    back = invert(change)
    assert isinstance(back, Move)
    assert (back.path, back.to) == ("b.md", "a.md")
    assert apply(document.to_bytes(), back.edits) == ARTICLE
    assert invert(back) == change


@given(st.binary(max_size=30), st.binary(max_size=30))
def test_any_file_can_be_rewritten_and_taken_back(old: bytes, new: bytes) -> None:
    change = rewrite("list.json", old, new)
    assert apply(old, change.edits) == new
    back = invert(change)
    assert isinstance(back, Modify)
    assert apply(new, back.edits) == old
    assert bool(change.edits) == (old != new)


def test_a_rewritten_file_changes_only_where_it_differs() -> None:
    (edit,) = rewrite("list", b"one two three", b"one 2 three").edits
    assert edit == Edit(4, b"two", b"2")


def test_a_change_set_is_undone_in_reverse_order() -> None:
    one, two = Create("a.md", ARTICLE), Create("b.md", ARTICLE)
    assert ChangeSet((one, two)).invert().paths == ("b.md", "a.md")


def test_a_change_set_says_what_it_does() -> None:
    some = ChangeSet((Create("a", b""), Create("b", b""), Delete("c", b"")))
    assert some.summary() == "2 created, 1 deleted"
    assert ChangeSet().summary() == "nothing to change"
    assert not ChangeSet()


def modified(document: Document, *declared: str) -> ChangeSet:
    return ChangeSet((modify("a.md", document, declared),))


def code(changes: ChangeSet, data: bytes = ARTICLE) -> Code:
    with pytest.raises(QtauthorError) as caught:
        prove(changes, lambda _path: data)
    return caught.value.code


def test_what_was_declared_is_proven() -> None:
    document = Document.parse(ARTICLE).set("/seo/title", "a: b")
    prove(modified(document, "/seo/title"), lambda _path: ARTICLE)
    prove(modified(document, "/seo"), lambda _path: ARTICLE)


def test_an_edit_beside_what_was_declared_is_refused() -> None:
    document = Document.parse(ARTICLE).set("/seo/title", "y")
    assert code(modified(document, "/seo/titles")) is Code.UNPROVEN_EDIT
    assert code(modified(document)) is Code.UNPROVEN_EDIT


def test_a_file_that_changed_since_is_a_conflict() -> None:
    document = Document.parse(ARTICLE).set("/title", "y")
    assert code(modified(document, "/title"), ARTICLE + b" ") is Code.CHANGED_SINCE


def test_edits_that_do_not_give_their_digest_are_refused() -> None:
    change = modify("a.md", Document.parse(ARTICLE).set("/title", "y"), ("/title",))
    forged = msgspec.structs.replace(change, edits=(Edit(4, b"title", b"titel"),))
    assert code(ChangeSet((forged,))) is Code.UNPROVEN_EDIT


def test_one_file_is_changed_once() -> None:
    create = Create("a.md", ARTICLE)
    assert code(ChangeSet((create, create))) is Code.UNPROVEN_EDIT


def test_a_new_file_that_cannot_be_read_back_is_refused() -> None:
    assert code(ChangeSet((Create("a.md", b"title: x"),))) is Code.NO_FRONT_MATTER


def moved(path: str, to: str) -> Move:
    return move(path, to, Document.parse(ARTICLE), ())


def test_files_may_change_their_names_in_a_ring() -> None:
    ring = ChangeSet((moved("a.md", "b.md"), moved("b.md", "a.md")))
    prove(ring, lambda _path: ARTICLE)
    assert ring.summary() == "2 moved"


def test_two_files_do_not_get_one_name() -> None:
    assert code(ChangeSet((moved("a.md", "c.md"), moved("b.md", "c.md")))) is Code.UNPROVEN_EDIT
    there = modified(Document.parse(ARTICLE).set("/title", "y"), "/title").changes
    assert code(ChangeSet((*there, moved("b.md", "a.md")))) is Code.UNPROVEN_EDIT


def test_a_file_that_is_to_go_is_still_what_it_was() -> None:
    assert code(ChangeSet((Delete("a.md", ARTICLE),)), ARTICLE + b" ") is Code.CHANGED_SINCE


OLD, NEW = b"old\n", b"new\n"
EDITED = (digest(OLD), digest(NEW), rewrite("a.md", OLD, NEW).edits)


@pytest.mark.parametrize(
    ("change", "names", "apart", "contents"),
    [
        (Create("a.md", NEW), (None, "a.md"), (None, "a.md"), (None, NEW)),
        (Modify("a.md", *EDITED), ("a.md", "a.md"), (None, None), (OLD, NEW)),
        (Move("a.md", "b.md", *EDITED), ("a.md", "b.md"), ("a.md", "b.md"), (OLD, NEW)),
        (Delete("a.md", OLD), ("a.md", None), ("a.md", None), (OLD, None)),
    ],
    ids=lambda value: value.kind if isinstance(value, Create | Modify | Move | Delete) else "",
)
def test_a_change_knows_its_names_and_contents(
    change: Change,
    names: tuple[str | None, str | None],
    apart: tuple[str | None, str | None],
    contents: tuple[bytes | None, bytes | None],
) -> None:
    before, after = contents
    assert (change.origin, change.target) == names
    assert (change.leaves, change.arrives) == apart
    assert change.digests() == (before and digest(before), after and digest(after))
    assert change.result(before or b"") == after
