"""Change sets as an editor applies them: the texts come out that the disk would have got."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types
from lsprotocol.converters import get_converter

from qtauthor.changes.change import Create, Delete, Edit, Modify, Move, apply, digest, rewrite
from qtauthor.changes.changeset import ChangeSet
from qtauthor.errors import QtauthorError
from qtauthor.sinks.workspace_edit import Abilities, ClientFile, workspace_edit
from qtauthor.text.source.positions import Encoding, Positions
from tests.lsp.texts import after, applied

ALL = Abilities(versions=True, create=True, rename=True, delete=True, annotations=True)
ENCODINGS = get_args(Encoding)
TEXTS = st.text(st.sampled_from("ab\n\r😀😁éèÉ語誤\u2028\f"), max_size=20)
NOTE = types.ChangeAnnotation("Rename", description="2 changed")


def told(
    changes: ChangeSet,
    files: dict[str, str],
    can: Abilities = ALL,
    encoding: Encoding = "utf-16",
    note: types.ChangeAnnotation | None = None,
) -> Any:
    """The edit as it goes over the wire; the paths are its URIs."""

    def look(path: str) -> ClientFile:
        return ClientFile(path, 7, Positions(files.get(path, ""), encoding))

    edit = workspace_edit(changes, look, can, note=note)
    return get_converter().unstructure(edit, types.WorkspaceEdit)


def modified(path: str, old: str, new: str) -> ChangeSet:
    return ChangeSet((rewrite(path, old.encode(), new.encode()),))


@given(TEXTS, TEXTS, st.sampled_from(ENCODINGS))
def test_an_edit_of_bytes_gives_the_same_text(old: str, new: str, encoding: Encoding) -> None:
    """The bytes that two texts share may end in the middle of a character, or of CR LF."""
    changes = modified("a", old, new)
    if not changes.changes[0].edits:  # type: ignore[union-attr]
        return
    edit = told(changes, {"a": old}, encoding=encoding)
    [step] = edit["documentChanges"]
    assert applied(old, step["edits"], encoding) == new


def test_open_files_are_told_with_their_version() -> None:
    [step] = told(modified("a", "x", "y"), {"a": "x"})["documentChanges"]
    assert step["textDocument"] == {"uri": "a", "version": 7}


def test_a_moved_file_is_edited_under_its_old_name_first() -> None:
    edits = (Edit(0, b"x", b"y"),)
    change = Move("a", "b", digest(b"x"), digest(b"y"), edits)
    steps = told(ChangeSet((change,)), {"a": "x"})["documentChanges"]
    assert [step.get("kind", "edit") for step in steps] == ["edit", "rename"]
    assert after({"a": "x"}, {"documentChanges": steps}) == {"b": "y"}


def test_files_that_take_the_names_of_others_move_behind_them() -> None:
    same = digest(b"")
    changes = ChangeSet((Move("a", "b", same, same), Move("b", "c", same, same)))
    steps = told(changes, {"a": "", "b": ""})["documentChanges"]
    assert [step["oldUri"] for step in steps] == ["b", "a"]


def test_files_that_come_and_go() -> None:
    changes = ChangeSet((Create("new.json", b"[]"), Delete("old", b"x")))
    edit = told(changes, {"old": "x"})
    assert after({"old": "x"}, edit) == {"new.json": "[]"}


def test_a_client_without_versions_gets_plain_edits() -> None:
    edit = told(modified("a", "x", "xy"), {"a": "x"}, ALL._replace(versions=False))
    assert "documentChanges" not in edit
    assert applied("x", edit["changes"]["a"]) == "xy"


@pytest.mark.parametrize("able", ["create", "rename", "delete", "versions"])
def test_what_a_client_cannot_do_is_known_before(able: str) -> None:
    changes = ChangeSet(
        (Create("a", b""), Delete("b", b""), Move("c", "d", digest(b""), digest(b"")))
    )
    assert ALL.can(changes)
    assert not ALL._replace(**{able: False}).can(changes)
    assert ALL._replace(**{able: False}).can(modified("a", "x", "y"))


def test_annotations_go_to_those_who_show_them() -> None:
    changes = modified("a", "x", "y")
    edit = told(changes, {"a": "x"}, note=NOTE)
    [step] = edit["documentChanges"]
    [name] = {one["annotationId"] for one in step["edits"]}
    assert edit["changeAnnotations"][name]["label"] == "Rename"
    plain = told(changes, {"a": "x"}, ALL._replace(annotations=False), note=NOTE)
    assert "changeAnnotations" not in plain
    assert "annotationId" not in str(plain)


@pytest.mark.parametrize("now", ["z", "xx"])
def test_a_text_that_is_another_now_is_refused(now: str) -> None:
    with pytest.raises(QtauthorError, match="changed while"):
        told(modified("a", "x", "y"), {"a": now})


def test_a_key_that_was_not_to_change_is_refused() -> None:
    edits = (Edit(0, b"x", b"y"),)
    change = Modify("a", digest(b"x"), digest(b"y"), edits, ("/title",), ("/url",))
    assert apply(b"x", edits) == b"y"
    with pytest.raises(QtauthorError, match="was not asked to"):
        told(ChangeSet((change,)), {"a": "x"})
