"""Formatting: `qtauthor fmt` over the buffer, for those who ask for it."""

from __future__ import annotations

from lsprotocol import types

from qtauthor.changes.changeset import ChangeSet
from qtauthor.lsp.feature import Feature
from qtauthor.lsp.session import RequestContext
from qtauthor.operations.house_style.fmt import PARTS, fmt
from qtauthor.sinks.workspace_edit import text_edits


def formatting(
    work: RequestContext, params: types.DocumentFormattingParams
) -> list[types.TextEdit] | None:
    """The edits that bring an article into the house style; its data stays."""
    target = work.target(params.text_document.uri)
    if target is None:
        return None
    site = target.site
    change = fmt(target.path, site.parse(target.data), site.template, (*PARTS,))
    if change is None:
        return []
    return text_edits(ChangeSet((change,)), work.known(site, target.path))


FEATURE = Feature("format", {types.TEXT_DOCUMENT_FORMATTING: (formatting, None)}, loud=True)
