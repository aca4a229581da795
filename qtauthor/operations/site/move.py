"""File questions under other subjects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qtauthor.content import subject_names
from qtauthor.content.article import Article
from qtauthor.content.index import Entry
from qtauthor.content.site import Site
from qtauthor.errors import Code, Place, RequestError, SiteError
from qtauthor.model import derived_names
from qtauthor.operations.links import inbound_links
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site import redirects, same_question
from qtauthor.operations.working_copy import WorkingCopy
from qtauthor.text.yaml.values import Value


class Refile(NamedTuple):
    """The article at ``path`` goes under ``subject``, in whatever spelling; ``None`` leaves it.

    ``slug`` replaces the one that it has. ``was`` is the path that it had, if the file was moved
    already and only what it says, and what says its address, is to follow.
    """

    path: str
    subject: str | None
    slug: str | None = None
    was: str | None = None


class _Step(NamedTuple):
    """An article's path now, before and afterwards, and its subject's proper spelling.

    The subject is ``None`` if it stays.
    """

    path: str
    was: str
    to: str
    subject: str | None


def move(
    site: Site,
    wanted: Sequence[Refile],
    *,
    new_subjects: bool = False,
    leave_unreadable: bool = False,
) -> Outcome:
    """Plan all moves at once: an article may take the place that another one leaves.

    Folder, ``subject`` and ``url`` change, ``file_name`` with another slug, and ``seo.title`` if
    it followed the pattern. Links follow in subject and url. ``new_subjects`` may be begun.
    Raises ``ArticleError`` (names),
    ``RequestError`` (one article twice), ``SiteError`` (``slug-taken``, ``unreadable-link``,
    ``unknown-subject``,
    ``bad-redirects``), ``EditError``.
    """
    if not new_subjects:
        for name in {one.subject.strip() for one in wanted if one.subject is not None}:
            subject_names.refuse_new(site, name)
    steps = _steps(site, wanted)
    _refuse_taken(site, steps)
    draft = WorkingCopy(site)
    says: dict[str, dict[str, Value]] = {}
    moved: dict[str, str] = {}
    for step in steps:
        entry = same_question.entry(site, step.path)
        _refile(draft, step)
        members: dict[str, Value] = {} if step.subject is None else {"subject": step.subject}
        urls = _urls(site, step, entry)
        if step.to != step.was:
            members["url"] = same_question.address(site, step.to)
            moved |= dict.fromkeys(urls, same_question.address(site, step.to))
        if members and members != {"subject": entry.subject}:
            says |= dict.fromkeys(urls, members)
    inbound_links.rewire(draft, says)
    notices = redirects.record(draft, moved)
    notices += inbound_links.guard(site, says, leave=leave_unreadable or not moved)
    return Outcome(draft.changes(), tuple(notices))


def _steps(site: Site, wanted: Sequence[Refile]) -> list[_Step]:
    steps: dict[str, _Step] = {}
    spelled: dict[str, str] = {}
    for refile in wanted:
        subject = refile.subject and refile.subject.strip()
        if subject is not None and subject not in spelled:
            spelled[subject] = site.canonical_subject(subject)
        step = _step(site, refile, None if subject is None else spelled[subject])
        if steps.setdefault(refile.path, step) != step:
            raise RequestError(
                Code.USAGE,
                f"{refile.path} cannot go under two subjects at once",
                excerpt=f"{steps[refile.path].subject}, {step.subject}",
                remedy="give one subject for each article",
            )
    return list(steps.values())


def _step(site: Site, refile: Refile, subject: str | None) -> _Step:
    was = refile.was or refile.path
    slug = same_question.slug(was)
    if refile.slug not in (None, slug):
        slug = derived_names.derive("", "subject", slug=refile.slug, naming=site.config.naming).slug
    style = site.config.slug.style
    key = (
        same_question.folder(was) if subject is None else derived_names.subject_key(subject, style)
    )
    to = site.path_of(f"{key}/{derived_names.file_name(slug)}")
    if derived_names.composed(to) == derived_names.composed(was):
        to = was  # however the file system composes it
    return _Step(refile.path, was, to, subject)


def _urls(site: Site, step: _Step, entry: Entry) -> list[str]:
    """The urls that mean an article until it is moved."""
    if step.was == step.path:
        return same_question.urls(site, entry)
    old = same_question.address(site, step.was)
    if entry.url == entry.address and site.index.at_address(old):
        return []  # all has followed, and another one took its place
    page = site.config.addresses.page
    known = page(old), page(entry.address)
    others = [url for url in same_question.urls(site, entry) if page(url) not in known]
    return [old, *others]


def _refuse_taken(site: Site, steps: Sequence[_Step]) -> None:
    """A place is free if nothing is there, or if what is there goes in the same request."""
    leaving = {step.path for step in steps if step.to != step.path}
    arriving: set[str] = set()
    for step in steps:
        taken = step.to in arriving
        if step.to != step.path and step.to not in leaving:
            taken = taken or site.is_taken(step.to)
        if taken:
            raise SiteError(
                Code.SLUG_TAKEN,
                f"an article of this name is filed under {step.subject or 'this subject'} already",
                where=Place(step.to),
                excerpt=step.path,
                remedy="move that one away too, or remove one of them with --replace-with",
            )
        arriving.add(step.to)


def _of_subject(site: Site, article: Article, subject: str) -> dict[str, Value]:
    """The subject, and the title for search engines if it followed the pattern."""
    names: dict[str, Value] = {"subject": subject}
    pattern = site.config.seo.title
    old = article.get("subject") if article.has("subject") else None
    followed = isinstance(old, str) and article.has("seo.title")
    if followed and article.get("seo.title") == derived_names.seo_title(str(old), pattern):
        names["seo.title"] = derived_names.seo_title(subject, pattern)
    return names


def _refile(draft: WorkingCopy, step: _Step) -> None:
    site = draft.site
    article = draft.article(step.path)
    names = {} if step.subject is None else _of_subject(site, article, step.subject)
    if step.to != step.was:
        names["url"] = same_question.address(site, step.to)
    if same_question.slug(step.to) != same_question.slug(step.was):
        names["file_name"] = derived_names.file_name(same_question.slug(step.to))
    with inbound_links.placed(step.path):
        for name, value in names.items():
            article = article.set(name, value)
    draft.put(step.path, article, *names)
    draft.move(step.path, step.to)
