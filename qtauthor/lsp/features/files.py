"""Files that get other names or go in the editor: what they say, and links to them, follow.

Before it happens the editor gets the edits that go with it. An editor that does not ask before
tells afterwards, or runs a command; then the files are worked on as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from lsprotocol import types

from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError, RequestError
from qtauthor.lsp import delivery
from qtauthor.lsp.feature import Apply, Feature
from qtauthor.lsp.files import promised_edits, renames
from qtauthor.lsp.session import RequestContext, told
from qtauthor.operations.site import files_follow

RENAME = "qtauthor.renameFile"
_RENAMED = "Rename files"
_DELETED = "Delete files"


# Before


def will_rename(
    work: RequestContext, params: types.RenameFilesParams
) -> types.WorkspaceEdit | None:
    """The edits that go with other names; the names themselves are the client's."""
    found: list[types.WorkspaceEdit] = []
    for site, pairs in renames.pairs(work, params.files).items():
        plan = partial(files_follow.followed, pairs, own=True)
        edit = delivery.deliver(work, site, plan, _RENAMED)
        found += [edit] if edit else []
    for file in params.files:
        promised_edits.add(work, file.old_uri, file.new_uri)
    return _merged(found)


def will_delete(
    work: RequestContext, params: types.DeleteFilesParams
) -> types.WorkspaceEdit | None:
    """The edits that take links to these files out."""
    found: list[types.WorkspaceEdit] = []
    for site, paths in renames.paths(work, [file.uri for file in params.files]).items():
        edit = delivery.deliver(work, site, partial(files_follow.unlinked, paths), _DELETED)
        found += [edit] if edit else []
    for file in params.files:
        promised_edits.add(work, file.uri)
    return _merged(found)


# After


def did_rename(work: RequestContext, params: types.RenameFilesParams) -> None:
    """Let everything follow, if the client did not ask before."""
    _look_again(work)
    files = [f for f in params.files if not promised_edits.take(work, f.old_uri, f.new_uri)]
    for site, pairs in renames.pairs(work, files).items():
        plan = partial(files_follow.followed, pairs, own=False)
        _afterwards(work, site, plan, _RENAMED, _formerly(pairs))


def did_delete(work: RequestContext, params: types.DeleteFilesParams) -> None:
    """Take links out, if the client did not ask before."""
    _look_again(work)
    gone = [file.uri for file in params.files if not promised_edits.take(work, file.uri)]
    for site, paths in renames.paths(work, gone).items():
        _afterwards(work, site, partial(files_follow.unlinked, paths), _DELETED, {})


def _look_again(work: RequestContext) -> None:
    for site in work.sites:
        delivery.look_again(site)


def _formerly(pairs: Sequence[files_follow.Pair]) -> dict[str, str]:
    """By the new names those that git may know these files by."""
    return {pair.new: pair.old for pair in pairs if pair.new}


def _afterwards(
    work: RequestContext,
    site: Site,
    plan: delivery.Operation,
    label: str,
    formerly: Mapping[str, str],
) -> None:
    """Write it to the disk, where the files themselves are already what they are to be."""
    try:
        delivery.deliver(work, site, plan, label, disk=True, formerly=formerly)
    except QtauthorError as error:  # nobody waits for an answer
        work.say(told(error), types.MessageType.Error)


def _merged(edits: list[types.WorkspaceEdit]) -> types.WorkspaceEdit | None:
    """One edit for files of several sites."""
    if len(edits) < 2:
        return edits[0] if edits else None
    changes = {uri: found for edit in edits for uri, found in (edit.changes or {}).items()}
    steps = [step for edit in edits for step in edit.document_changes or ()]
    return types.WorkspaceEdit(changes or None, steps or None)


# By command


def rename_file(work: RequestContext, old: Any = None, new: Any = None) -> Apply | None:
    """Give a file another name, or let everything follow if it has it already."""
    if not isinstance(old, str) or not isinstance(new, str):
        raise RequestError(
            Code.USAGE,
            f"{RENAME} has other arguments",
            excerpt=RENAME,
            remedy="they are the URI that the file had, and the one that it gets",
        )
    for site, pairs in renames.pairs(work, [types.FileRename(old, new)]).items():
        here = site.source.exists(pairs[0].old)
        edit = delivery.deliver(
            work,
            site,
            partial(files_follow.followed, pairs, own=False),
            _RENAMED,
            disk=not here,
            formerly=_formerly(pairs),
        )
        if edit is not None:
            promised_edits.of_edit(work, edit)
            return Apply(_RENAMED, edit)
    return None


_ARTICLES = types.FileOperationRegistrationOptions(
    [
        types.FileOperationFilter(
            types.FileOperationPattern("**/*.md", types.FileOperationPatternKind.File), "file"
        ),
        types.FileOperationFilter(
            types.FileOperationPattern("**/*", types.FileOperationPatternKind.Folder), "file"
        ),
    ]
)

FEATURE = Feature(
    "files",
    {
        types.WORKSPACE_WILL_RENAME_FILES: (will_rename, _ARTICLES),
        types.WORKSPACE_DID_RENAME_FILES: (did_rename, _ARTICLES),
        types.WORKSPACE_WILL_DELETE_FILES: (will_delete, _ARTICLES),
        types.WORKSPACE_DID_DELETE_FILES: (did_delete, _ARTICLES),
    },
    {RENAME: rename_file},
    loud=True,
)
