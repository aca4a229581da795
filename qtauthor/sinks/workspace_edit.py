"""Change sets for an editor: edits of its buffers and of files, which it applies and may undo.

Only the language server imports this: it needs the types of the protocol.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from lsprotocol import types

from qtauthor.changes.change import Change, Create, Delete, Edit, Modify, Move
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.proof import prove
from qtauthor.text.source.positions import Positions

EditorStep: TypeAlias = (
    types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile
)


class Abilities(NamedTuple):
    """What the client can apply. Without ``versions`` it takes edits of texts, and nothing else."""

    versions: bool
    create: bool
    rename: bool
    delete: bool
    annotations: bool

    def can(self, changes: ChangeSet) -> bool:
        """Whether all these changes can be told."""
        wanted = ((Create, self.create), (Move, self.rename), (Delete, self.delete))
        return all(
            able and self.versions
            for kind, able in wanted
            if any(isinstance(change, kind) for change in changes.changes)
        )


class ClientFile(NamedTuple):
    """A file as the client knows it; ``version`` is ``None`` for one that is not open."""

    uri: str
    version: int | None
    text: Positions


Look: TypeAlias = Callable[[str], ClientFile]
"""From a path to the file there, which may be one that is still to come."""


def workspace_edit(
    changes: ChangeSet,
    look: Look,
    can: Abilities,
    *,
    note: types.ChangeAnnotation | None = None,
) -> types.WorkspaceEdit:
    """The changes as the client takes them, proven.

    ``note`` is what an editor shows of them before it applies them, if it can. Raises what `prove`
    raises. The client must be able to apply them: ``Abilities.can``.
    """
    prove(changes, lambda path: look(path).text.text.encode("utf-8", "surrogatepass"))
    if not can.versions:
        edited = ((change, look(change.path)) for change in changes.changes)
        return types.WorkspaceEdit(
            changes={known.uri: _edits(change, known) for change, known in edited}
        )
    name = "qtauthor" if note is not None and can.annotations else None
    steps = [step for change in _ordered(changes) for step in _steps(change, look, name)]
    annotations = {name: note} if name and note else None
    return types.WorkspaceEdit(document_changes=steps, change_annotations=annotations)


def text_edits(changes: ChangeSet, known: ClientFile) -> list[types.TextEdit]:
    """The edits of one file that is only modified, proven. Raises what `prove` raises."""
    prove(changes, lambda _: known.text.text.encode("utf-8", "surrogatepass"))
    return [edit for change in changes.changes for edit in _edits(change, known)]


def _ordered(changes: ChangeSet) -> list[Change]:
    """What leaves a name goes before what takes it."""
    found = changes.changes
    modified = [change for change in found if isinstance(change, Modify)]
    deleted = [change for change in found if isinstance(change, Delete)]
    moved = [change for change in found if isinstance(change, Move)]
    created = [change for change in found if isinstance(change, Create)]
    return [*modified, *deleted, *_apart(moved), *created]


def _apart(moves: list[Move]) -> Iterator[Move]:
    """Moves into names that others leave, behind those others."""
    waiting = list(moves)
    while waiting:
        leaving = {move.path for move in waiting}
        ready = [move for move in waiting if move.to not in leaving - {move.path}] or waiting
        yield from ready
        waiting = [move for move in waiting if move not in ready]


def _steps(change: Change, look: Look, note: str | None) -> Iterator[EditorStep]:
    if isinstance(change, Create):
        uri = look(change.path).uri
        whole = types.Range(types.Position(0, 0), types.Position(0, 0))
        identity = types.OptionalVersionedTextDocumentIdentifier(uri, None)
        text = [types.TextEdit(whole, change.content.decode())]
        yield types.CreateFile(uri, annotation_id=note)
        yield types.TextDocumentEdit(identity, _noted(text, note))
        return
    known = look(change.path)
    if isinstance(change, Delete):
        yield types.DeleteFile(known.uri, annotation_id=note)
        return
    if change.edits:
        identity = types.OptionalVersionedTextDocumentIdentifier(known.uri, known.version)
        yield types.TextDocumentEdit(identity, _noted(_edits(change, known), note))
    if isinstance(change, Move):
        yield types.RenameFile(known.uri, look(change.to).uri, annotation_id=note)


def _noted(
    edits: list[types.TextEdit], note: str | None
) -> list[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit]:
    if note is None:
        return list(edits)
    return [types.AnnotatedTextEdit(note, edit.range, edit.new_text) for edit in edits]


def _edits(change: Change, known: ClientFile) -> list[types.TextEdit]:
    assert isinstance(change, Modify | Move)  # the others are no edits of a text
    data = known.text.text.encode("utf-8", "surrogatepass")
    return [_edit(edit, data, known.text) for edit in change.edits]


def _edit(edit: Edit, data: bytes, text: Positions) -> types.TextEdit:
    first, last, new = edit.start, edit.start + len(edit.old), edit.new
    while _is_inside(data, first):
        first -= 1
        new = data[first : first + 1] + new
    while _is_inside(data, last):
        new += data[last : last + 1]
        last += 1
    start = len(data[:first].decode("utf-8", "surrogatepass"))
    end = start + len(data[first:last].decode("utf-8", "surrogatepass"))
    return types.TextEdit(span(text, start, end), new.decode("utf-8", "surrogatepass"))


def _is_inside(data: bytes, at: int) -> bool:
    """Whether a place is between the bytes of one character or of one line break: edits of bytes
    may begin there, and no position of an editor is there."""
    return at < len(data) and (data[at] & 0xC0 == 0x80 or data[at - 1 : at + 1] == b"\r\n")


def span(text: Positions, start: int, end: int) -> types.Range:
    """The range between two offsets."""
    return types.Range(types.Position(*text.spot(start)), types.Position(*text.spot(end)))
