"""File operations of the client whose consequences it has already.

A client that was given the edits that go with a rename tells afterwards that the file has another
name. Its buffers are ahead of the disk then, and nothing is to be worked out from that.
"""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from qtauthor.lsp.files import uris
from qtauthor.lsp.session import RequestContext


def of_edit(work: RequestContext, edit: types.WorkspaceEdit) -> None:
    """The renames that are part of an edit."""
    for step in edit.document_changes or ():
        if isinstance(step, types.RenameFile):
            add(work, step.old_uri, step.new_uri)


def add(work: RequestContext, *named: str) -> None:
    """An operation on these URIs: two for a rename, one for a deletion."""
    work.session.promised.add(_paths(named))


def take(work: RequestContext, *named: str) -> bool:
    """Whether the client has what follows from the operation, which is done now."""
    paths = _paths(named)
    known = paths in work.session.promised
    work.session.promised.discard(paths)
    return known


def _paths(named: tuple[str, ...]) -> tuple[Path | None, ...]:
    return tuple(map(uris.to_path, named))
