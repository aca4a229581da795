"""Whether what a configuration names is there: its folder, template, rules and redirects."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.content.site import Site
from qtauthor.errors import Code, Place, QtauthorError, SiteError
from qtauthor.operations.site import redirects
from qtauthor.rules.rule_selection import chosen


def problems(site: Site) -> Iterator[QtauthorError]:
    """What stands in the way of commands. That the file itself is right is known of any site."""
    content = site.config.content
    if not site.source.exists(content):
        yield SiteError(
            Code.NOT_FOUND,
            "the folder of the articles is not there",
            where=Place(content),
            remedy="make it, or correct content in the configuration",
        )
    for look in (_template, _rules, _redirects):
        try:
            look(site)
        except QtauthorError as error:
            yield error


def _template(site: Site) -> None:
    _ = site.template


def _rules(site: Site) -> None:
    chosen(site, (), (), ())


def _redirects(site: Site) -> None:
    path = site.config.redirects.path
    if path and site.source.exists(path):
        redirects.parsed(site, site.source.read(path))
