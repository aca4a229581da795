"""File questions under other subjects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qtauthor.content import naming
from qtauthor.content.site import Site
from qtauthor.errors import Code, Place, RequestError, SiteError
from qtauthor.operations import filings, redirects, rewiring
from qtauthor.operations.draft import Draft
from qtauthor.operations.outcome import Outcome
from qtauthor.text.values import Value


class Refile(NamedTuple):
    """The article at ``path`` goes under ``subject``, in whatever spelling."""

    path: str
    subject: str


class _Step(NamedTuple):
    """An article's path, its path afterwards, and its subject's proper spelling."""

    path: str
    to: str
    subject: str


def move(site: Site, wanted: Sequence[Refile], *, leave_unreadable: bool = False) -> Outcome:
    """Plan all moves at once: an article may take the place that another one leaves.

    Folder, ``subject`` and ``url`` change, and ``seo.title`` if it followed the pattern. Links
    follow in subject and url. Raises ``ArticleError`` (names), ``RequestError`` (one article
    twice), ``SiteError`` (``slug-taken``, ``unreadable-link``, ``bad-redirects``), ``EditError``.
    """
    steps = _steps(site, wanted)
    _refuse_taken(site, steps)
    draft = Draft(site)
    says: dict[str, dict[str, Value]] = {}
    moved: dict[str, str] = {}
    for step in steps:
        entry = filings.entry(site, step.path)
        _refile(draft, step)
        members: dict[str, Value] = {"subject": step.subject}
        if step.to != step.path:
            members["url"] = filings.address(site, step.to)
            moved |= dict.fromkeys(filings.urls(site, entry), filings.address(site, step.to))
        if members["subject"] != entry.subject or step.to != step.path:
            says |= dict.fromkeys(filings.urls(site, entry), members)
    rewiring.rewire(draft, says)
    notices = redirects.record(draft, moved)
    notices += rewiring.guard(site, says, leave=leave_unreadable or not moved)
    return Outcome(draft.changes(), tuple(notices))


def _steps(site: Site, wanted: Sequence[Refile]) -> list[_Step]:
    subjects: dict[str, str] = {}
    spelled: dict[str, str] = {}
    for path, name in wanted:
        subject = name.strip()
        if subject not in spelled:
            spelled[subject] = site.canonical_subject(subject)
        if subjects.setdefault(path, spelled[subject]) != spelled[subject]:
            raise RequestError(
                Code.USAGE,
                f"{path} cannot go under two subjects at once",
                excerpt=f"{subjects[path]}, {spelled[subject]}",
                remedy="give one subject for each article",
            )
    style = site.config.slug.style
    return [
        _Step(path, site.path_of(f"{naming.subject_key(subject, style)}/{_name(path)}"), subject)
        for path, subject in subjects.items()
    ]


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _refuse_taken(site: Site, steps: Sequence[_Step]) -> None:
    """A place is free if nothing is there, or if what is there goes in the same request."""
    leaving = {step.path for step in steps if step.to != step.path}
    arriving: set[str] = set()
    for step in steps:
        taken = step.to in arriving
        if step.to != step.path and step.to not in leaving:
            taken = taken or site.source.exists(step.to)
        if taken:
            raise SiteError(
                Code.SLUG_TAKEN,
                f"an article of this name is filed under {step.subject} already",
                where=Place(step.to),
                excerpt=step.path,
                remedy="move that one away too, or remove one of them with --replace-with",
            )
        arriving.add(step.to)


def _refile(draft: Draft, step: _Step) -> None:
    site = draft.site
    article = draft.article(step.path)
    names: dict[str, Value] = {"subject": step.subject}
    pattern = site.config.seo.title
    old = article.get("subject") if article.has("subject") else None
    followed = isinstance(old, str) and article.has("seo.title")
    if followed and article.get("seo.title") == naming.seo_title(str(old), pattern):
        names["seo.title"] = naming.seo_title(step.subject, pattern)
    if step.to != step.path:
        names["url"] = filings.address(site, step.to)
    with rewiring.placed(step.path):
        for name, value in names.items():
            article = article.set(name, value)
    draft.put(step.path, article, *names)
    draft.move(step.path, step.to)
