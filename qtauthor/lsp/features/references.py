"""References: who links here."""

from __future__ import annotations

from lsprotocol import types

from qtauthor.lsp import inbound, meaning
from qtauthor.lsp.feature import Feature
from qtauthor.lsp.session import Work


def references(work: Work, params: types.ReferenceParams) -> list[types.Location] | None:
    """The links to the article that is meant under the cursor, which is else the one itself."""
    target = work.target(params.text_document.uri)
    if target is None:
        return None
    site = target.site
    found = meaning.at(target, target.offset(params.position))
    if found is not None and found.block is not None:
        entries = found.entries[:1]
    else:
        own = site.index.entry(target.path)
        entries = [own] if own else []
    places: list[types.Location] = []
    for entry in entries:
        if params.context.include_declaration:
            places.append(meaning.location(work.file(site, entry.path)))
        places += inbound.locations(work, site, inbound.to(site, entry))
    return places


FEATURE = Feature("references", {types.TEXT_DOCUMENT_REFERENCES: (references, None)})
