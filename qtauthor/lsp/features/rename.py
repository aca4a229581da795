"""Rename: a question in other words, or another address, with everything that follows from it."""

from __future__ import annotations

from lsprotocol import types

from qtauthor.content.site import Site
from qtauthor.errors import Code, Place, RequestError
from qtauthor.lsp import delivery
from qtauthor.lsp.feature import Feature
from qtauthor.lsp.files import promised_edits
from qtauthor.lsp.session import RequestContext, RequestFile
from qtauthor.lsp.sites import source
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site import rename_at
from qtauthor.operations.site import retitle as operation
from qtauthor.operations.site.rename_at import ArticleName


def prepare(
    work: RequestContext, params: types.PrepareRenameParams
) -> types.PrepareRenameResult | None:
    """What can be renamed at the cursor."""
    target = work.target(params.text_document.uri)
    found = _name_at(target, params.position) if target else None
    if target is None or found is None:
        return None
    return types.PrepareRenamePlaceholder(target.range(found.start, found.end), found.old)


def rename(work: RequestContext, params: types.RenameParams) -> types.WorkspaceEdit:
    """What follows from another name. It is empty if the disk has it already."""
    target = work.wanted(params.text_document.uri)
    found = _name_at(target, params.position)
    if found is None:
        raise RequestError(
            Code.USAGE,
            "this is no name of an article",
            remedy="rename a title, a question, a file_name or a url",
        )
    _refuse_new(target.site, found.path)
    name = params.new_name.strip()

    def plan(site: Site) -> Outcome:
        return operation.retitle(site, rename_at.request(site, found, name))

    edit = delivery.deliver(work, target.site, plan, "Retitle")
    if edit is None:
        return types.WorkspaceEdit()
    promised_edits.of_edit(work, edit)
    return edit


def _name_at(target: RequestFile, position: types.Position) -> ArticleName | None:
    offset = target.offset(position)
    return rename_at.name_at(target.site, target.path, target.text, offset)


def _refuse_new(site: Site, path: str) -> None:
    """No editor gives a file another name that is not there yet."""
    if not source(site).disk.exists(path):
        raise RequestError(
            Code.USAGE,
            "this file is not on the disk yet",
            where=Place(path),
            remedy="save it, then rename",
        )


FEATURE = Feature(
    "rename",
    {
        types.TEXT_DOCUMENT_PREPARE_RENAME: (prepare, None),
        types.TEXT_DOCUMENT_RENAME: (rename, types.RenameOptions(prepare_provider=True)),
    },
    loud=True,
)
