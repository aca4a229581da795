"""References: who links here."""

from __future__ import annotations

from lsprotocol import types

from qtauthor.lsp.article import locations
from qtauthor.lsp.feature import Feature
from qtauthor.lsp.session import RequestContext
from qtauthor.operations.site import same_question


def references(work: RequestContext, params: types.ReferenceParams) -> list[types.Location] | None:
    """The links to the article that is meant under the cursor, which is else the one itself."""
    target = work.target(params.text_document.uri)
    if target is None:
        return None
    site = target.site
    found = locations.meant(target, params.position)
    if found is not None and found.block is not None:
        entries = found.entries[:1]
    else:
        own = site.index.entry(target.path)
        entries = [own] if own else []
    told: list[types.Location] = []
    for entry in entries:
        if params.context.include_declaration:
            told.append(locations.of_article(work.file(site, entry.path)))
        told += locations.of_links(work, site, same_question.inbound(site, entry))
    return told


FEATURE = Feature("references", {types.TEXT_DOCUMENT_REFERENCES: (references, None)})
