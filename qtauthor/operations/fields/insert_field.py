"""Add a field to an article, with the value that derives or the template's."""

from __future__ import annotations

import datetime

from qtauthor.changes.changeset import ChangeSet
from qtauthor.content.site import Site
from qtauthor.operations.fields import derive
from qtauthor.operations.fields.edit import Set, edit
from qtauthor.rules import registry
from qtauthor.rules.finding import Finding

_MISSING = ("missing-field", "description-missing")
"""The rules whose findings are of a field that is not there."""


def inserted(site: Site, path: str, at: str, *, today: datetime.date) -> ChangeSet:
    """Add the field at a pointer with the value that derives, else with the template's.

    Nothing is changed if it is there, or if neither knows it. Raises ``ParseError``, ``SiteError``,
    ``ArticleError`` and ``EditError``.
    """
    article = site.article(path)
    known = derive.derived(site, path, article.document.get(), today=today)
    value = known.get(at, site.template.get(at) if site.template.has(at) else None)
    if value is None or article.has(at):
        return ChangeSet()
    change = edit(path, article, [Set(at, value)])
    return ChangeSet((change,) if change else ())


def tells_of_missing(finding: Finding) -> bool:
    """Whether a finding is mended by adding the field at its pointer."""
    return registry.BY_NAME[finding.rule].name in _MISSING
