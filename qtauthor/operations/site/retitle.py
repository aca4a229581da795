"""Ask a question in other words: its title everywhere, its address, its file's name."""

from __future__ import annotations

import re
from typing import NamedTuple

from qtauthor.content.article import Article
from qtauthor.content.index import Entry
from qtauthor.content.site import Site
from qtauthor.errors import ArticleError, Code, Place, RequestError, SiteError
from qtauthor.model import article_fields, derived_names
from qtauthor.operations.links import inbound_links
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site import redirects, same_question
from qtauthor.operations.working_copy import WorkingCopy
from qtauthor.text.yaml.values import Value

_NAMES = tuple(at[1:] for at in article_fields.TITLES)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class RetitleRequest(NamedTuple):
    """``path`` is the article, ``question`` the new words.

    ``slug`` replaces the derived one; ``keep_url`` leaves slug, file and url as they are.
    ``leave_unreadable`` lets links die in files that cannot be read.
    """

    path: str
    question: str
    slug: str | None = None
    keep_url: bool = False
    leave_unreadable: bool = False


class _Filing(NamedTuple):
    """An article that files the question, and the slug that it is to have."""

    entry: Entry
    slug: str

    @property
    def path(self) -> str:
        if same_question.slug(self.entry.path) == self.slug:
            return self.entry.path  # however the file system composes it
        return f"{self.entry.path.rpartition('/')[0]}/{derived_names.file_name(self.slug)}"


def retitle(site: Site, request: RetitleRequest) -> Outcome:
    """Plan new words for a question, under every subject that it is filed under.

    ``question`` changes, and with it those of ``title`` and ``article_title`` that are equal to it.
    The slug follows if it derives from the old question; one that was chosen stays. Links follow.
    Raises ``RequestError`` (no line of text), ``ArticleError`` (names), ``SiteError``
    (``slug-taken``, ``unreadable-link``, ``bad-redirects``), ``EditError``.
    """
    question = _one_line(request.question)
    draft = WorkingCopy(site)
    old = words(draft.article(request.path), request.path)
    slug_given = request.slug is not None and not request.keep_url
    if question == old and not slug_given:
        return Outcome(draft.changes())
    articles = same_question.filings(site, request.path)
    planned = [_Filing(entry, _slug(site, entry, old, request)) for entry in articles]
    _refuse_taken(site, planned)
    says: dict[str, dict[str, Value]] = {}
    for filing in planned:
        reworded = _reword(draft, filing.entry.path, old, question)
        members = _renamed(draft, filing, site) | ({"title": question} if reworded else {})
        says |= dict.fromkeys(same_question.urls(site, filing.entry), members)
    inbound_links.rewire(draft, says)
    notices = _told(draft, planned, old, request)
    return Outcome(draft.changes(), tuple(notices))


def _one_line(question: str) -> str:
    """The question without outer blanks. Raises ``RequestError``."""
    words = question.strip()
    article_fields.refuse_faults("/question", words)
    if words and not _CONTROL.search(words):
        return words
    raise RequestError(
        Code.USAGE,
        "a question is one line of text",
        excerpt=question,
        remedy="give words, without line breaks and control characters",
    )


def words(article: Article, path: str) -> str:
    """The question as it is asked now. Raises ``ArticleError`` with ``missing-field``."""
    for name in ("question", "title"):
        value = article.get(name) if article.has(name) else None
        if isinstance(value, str):
            return value
    raise ArticleError(
        Code.MISSING_FIELD,
        "the article has neither a question nor a title",
        where=Place(path),
        remedy="set the question first",
    )


def _slug(site: Site, entry: Entry, old: str, request: RetitleRequest) -> str:
    """The slug that an article is to have. Raises ``ArticleError``."""
    now = same_question.slug(entry.path)
    style = site.config.slug.style
    chosen = request.slug is None and now != derived_names.slugify(old, style)
    if request.keep_url or chosen:
        return now
    question = request.question.strip()
    names = derived_names.derive(question, "subject", slug=request.slug, naming=site.config.naming)
    return names.slug


def _refuse_taken(site: Site, planned: list[_Filing]) -> None:
    """A name belongs to one file, and a question to one id."""
    own = {filing.entry.path for filing in planned}
    wanted = [filing.path for filing in planned]
    for filing in planned:
        if filing.path == filing.entry.path:
            continue
        if site.is_taken(filing.path) or wanted.count(filing.path) > 1:
            raise _taken(filing.path, "this question is there already")
        for other in site.index.with_slug(filing.slug):
            if other.path not in own and other.id != filing.entry.id:
                why = f"this question is filed under another subject, with the id {other.id}"
                raise _taken(other.path, why)


def _taken(path: str, why: str) -> SiteError:
    return SiteError(
        Code.SLUG_TAKEN,
        why,
        where=Place(path),
        excerpt=same_question.slug(path),
        remedy="ask in other words, give another --slug, or remove one with --replace-with",
    )


def _reword(draft: WorkingCopy, path: str, old: str, question: str) -> bool:
    """Set the names that are equal to the old question. Whether the title is one of them."""
    article = draft.article(path)
    equal = [name for name in _NAMES if article.has(name) and article.get(name) == old]
    with inbound_links.placed(path):
        for name in equal:
            article = article.set(name, question)
    draft.put(path, article, *equal)
    return "title" in equal


def _renamed(draft: WorkingCopy, filing: _Filing, site: Site) -> dict[str, Value]:
    """Give an article its new file name and url; gives what links to it are to say."""
    path = filing.entry.path
    if filing.path == path:
        return {}
    article, url = draft.article(path), same_question.address(site, filing.path)
    names = {"file_name": derived_names.file_name(filing.slug), "url": url}
    with inbound_links.placed(path):
        for name, value in names.items():
            article = article.set(name, value)
    draft.put(path, article, *names)
    draft.move(path, filing.path)
    return {"url": url}


def _told(
    draft: WorkingCopy, planned: list[_Filing], old: str, request: RetitleRequest
) -> list[str]:
    """Record redirects, look for links that cannot follow, and say what was left."""
    site = draft.site
    moved = {
        url: same_question.address(site, filing.path)
        for filing in planned
        for url in same_question.urls(site, filing.entry)
        if filing.path != filing.entry.path
    }
    notices = redirects.record(draft, moved)
    meant = [url for filing in planned for url in same_question.urls(site, filing.entry)]
    leave = request.leave_unreadable or not moved
    notices += inbound_links.guard(site, meant, leave=leave)
    if len(planned) > 1:
        subjects = ", ".join(filing.entry.subject or "?" for filing in planned)
        notices.insert(0, f"the question is filed under {len(planned)} subjects: {subjects}")
    for stranger in same_question.strangers(site, request.path):
        notices.append(f"the same id, but another question, was left: {stranger.path}")
    return notices + _left(draft, planned, old, request)


def _left(
    draft: WorkingCopy, planned: list[_Filing], old: str, request: RetitleRequest
) -> list[str]:
    """Notices of titles and slugs that were somebody's choice."""
    notices: list[str] = []
    for filing in planned:
        article, path = draft.site.article(filing.entry.path), filing.entry.path
        other = [name for name in _NAMES if article.has(name) and article.get(name) != old]
        if other:
            notices.append(f"left, for it was not the question: {' and '.join(other)} in {path}")
        derived = derived_names.slugify(old, draft.site.config.slug.style)
        if not request.keep_url and request.slug is None and same_question.slug(path) != derived:
            notices.append(f"the slug was chosen and stays, unless --slug is given: {path}")
    return notices
