"""Ids that no file of the site shows to be taken."""

from __future__ import annotations

from qtauthor.cli.output.console import Console
from qtauthor.content.site import Site
from qtauthor.errors import Code
from qtauthor.text.plural import counted


def taken(site: Site, console: Console | None = None, *, all_refs: bool = False) -> list[int]:
    """The largest ids that no file of the site shows: reserved ones, and with ``all_refs`` those of
    other branches.

    The ``console`` is told if there are articles whose ids nobody can know here. Raises
    ``SiteError`` with ``no-git``.
    """
    if console is not None:
        _warn_of_unknown(site, console)
    from qtauthor.sinks import id_reservation

    found = [id_reservation.reserved(site.root)]
    if all_refs:
        from qtauthor.content import id_scan
        from qtauthor.sinks.git import refs

        articles = refs.articles(site.root, site.config.content, site.paths())
        found.append(id_scan.largest_id(articles))
    return found


def _warn_of_unknown(site: Site, console: Console) -> None:
    unknown = [one for one in site.index.unreadable() if one.problem == Code.NOT_CHECKED_OUT]
    if unknown:
        what = counted(len(unknown), "article is", "articles are")
        console.note(
            f"warning: {what} neither checked out nor in this clone, and may have larger ids"
        )
