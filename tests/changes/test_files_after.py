"""Files as they are after changes."""

from __future__ import annotations

from qtauthor.changes.change import Create, Delete, Edit, Modify, Move, digest
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.files_after import After

FILES = {"a": b"one", "b": b"two", "c": b"three", "d": b"four"}


def test_each_file_is_made_of_what_it_was_when_it_is_asked_for() -> None:
    asked: list[str] = []

    def read(path: str) -> bytes:
        asked.append(path)
        return FILES[path]

    edit = (Edit(0, b"t", b"T"),)
    changes = ChangeSet(
        (
            Create("new", b"content"),
            Modify("b", digest(b"two"), digest(b"Two"), edit),
            Move("c", "moved", digest(b"three"), digest(b"Three"), edit),
            Delete("d", b"four"),
        )
    )
    after = After(changes, read)
    assert set(after) == {"new", "b", "c", "moved", "d"}
    assert len(after) == 5
    assert "d" in after
    assert "a" not in after
    assert asked == []
    assert after["b"] == b"Two"
    assert asked == ["b"]
    expected = {"new": b"content", "b": b"Two", "c": None, "moved": b"Three", "d": None}
    assert dict(after) == expected


def test_a_name_that_is_left_and_taken_again_is_there() -> None:
    to_b = Move("a", "b", digest(b"one"), digest(b"one"))
    to_a = Move("b", "a", digest(b"two"), digest(b"two"))
    assert dict(After(ChangeSet((to_b, to_a)), FILES.__getitem__)) == {"a": b"two", "b": b"one"}
