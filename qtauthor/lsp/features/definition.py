"""Definition: from a related block, a url or an id to the article."""

from __future__ import annotations

from lsprotocol import types

from qtauthor.lsp.article import locations
from qtauthor.lsp.feature import Feature
from qtauthor.lsp.session import RequestContext


def definition(work: RequestContext, params: types.DefinitionParams) -> list[types.Location] | None:
    """Where the article is that is meant under the cursor; an id may mean several."""
    target = work.target(params.text_document.uri)
    found = locations.meant(target, params.position) if target else None
    if target is None or found is None:
        return None
    return [locations.of_article(work.file(target.site, entry.path)) for entry in found.entries]


FEATURE = Feature("definition", {types.TEXT_DOCUMENT_DEFINITION: (definition, None)})
