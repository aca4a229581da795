"""One question under several subjects: articles with the same id and the same question."""

from __future__ import annotations

from qtauthor.content import id_scan
from qtauthor.content.index import Entry, Link
from qtauthor.content.site import Site
from qtauthor.errors import Code, Place, QtauthorError, SiteError
from qtauthor.model import derived_names
from qtauthor.model.derived_names import composed


def entry(site: Site, path: str) -> Entry:
    """What the index has of the article at ``path``.

    Raises ``SiteError`` with ``unknown-article``, or what reading the file raises.
    """
    found = site.index.entry(path)
    if found is None:
        raise SiteError(
            Code.UNKNOWN_ARTICLE,
            f"no article is called {path!r}",
            excerpt=path,
            remedy="give the path, url, slug or id of an article",
        )
    return found


def filings(site: Site, path: str) -> list[Entry]:
    """The article at ``path`` first, then the others that file the same question.

    They have the same id and the same question. Raises ``SiteError`` with ``unreadable-link`` for a
    file that may be one of them and cannot be read.
    """
    own = entry(site, path)
    if own.id is None:
        return [own]
    others = [
        other
        for other in site.index.with_id(own.id)
        if other.path != path and _asked(other) == _asked(own)
    ]
    _refuse_unreadable(site, own)
    return [own, *others]


def strangers(site: Site, path: str) -> list[Entry]:
    """The articles that have the id of the one at ``path``, but ask another question."""
    own = entry(site, path)
    shared = [] if own.id is None else site.index.with_id(own.id)
    return [other for other in shared if _asked(other) != _asked(own)]


def urls(site: Site, article: Entry) -> list[str]:
    """The urls that mean an article: its address, and what it says if nobody else lives there.

    However these are spelled in a link, it means the article.
    """
    said = article.url
    page = site.config.addresses.page
    if said is None or "/" not in said or page(said) == page(article.address):
        return [article.address]
    if site.index.at_address(said):
        return [article.address]
    return [article.address, said]


def inbound(site: Site, article: Entry) -> list[Link]:
    """The related blocks that lead to an article, by path and number."""
    found = [link for url in urls(site, article) for link in site.index.links_to(url)]
    return sorted(found, key=lambda link: (link.source, link.number))


def slug(path: str) -> str:
    """The slug in an article's path, composed."""
    return composed(path.rpartition("/")[2].removesuffix(".md"))


def folder(path: str) -> str:
    """The name of the folder that an article is in, composed, which is its subject key."""
    return composed(path.split("/")[-2])


def address(site: Site, path: str) -> str:
    """The address of the article at ``path``."""
    return derived_names.url(site.config.url.pattern, folder(path), slug(path))


def _asked(article: Entry) -> str | None:
    return article.question if article.question is not None else article.title


def _refuse_unreadable(site: Site, own: Entry) -> None:
    for other in site.index.with_slug(slug(own.path)):
        if other.problem and own.id in _mentioned(site, other.path, own.id):
            raise SiteError(
                Code.UNREADABLE_LINK,
                f"this file cannot be read ({other.problem}), and seems to file the same question",
                where=Place(other.path),
                remedy="nothing was changed; mend that file first",
            )


def _mentioned(site: Site, path: str, own: int | None) -> list[int | None]:
    try:
        return [*id_scan.mentioned_ids(site.source.read(path))]
    except QtauthorError as error:  # it may mention any
        return [] if error.code is Code.NOT_FOUND else [own]
