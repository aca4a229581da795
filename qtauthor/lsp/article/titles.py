"""The titles of the sites that are in use, each read once."""

from __future__ import annotations

from qtauthor.content.site import Site
from qtauthor.lsp.session import RequestContext
from qtauthor.operations.title_search import Titles


def of(work: RequestContext, site: Site) -> Titles:
    """The titles of a site, which are read once."""
    known: dict[Site, Titles] = work.session.titles
    if site not in known:
        for other in [one for one in known if one not in set(work.sites)]:
            del known[other]
        known[site] = Titles(site)
    return known[site]
