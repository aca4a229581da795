"""Whether a subject is known, and which one may have been meant by what is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qtauthor.errors import ArticleError, Code, SiteError
from qtauthor.text.near_match import hint, near

if TYPE_CHECKING:
    from qtauthor.content.site import Site


def is_known(site: Site, name: str) -> bool:
    """Whether articles are filed under a subject, however it is spelled, or the site's
    configuration names it. Raises ``ArticleError`` for what is no subject's name."""
    key = site.key_of(name)
    return site.source.exists(site.path_of(key)) or key in set(_configured(site))


def has_none(site: Site) -> bool:
    """Whether the site has no subject yet: the first is no mistake for another one."""
    return not site.config.spellings and next(site.paths(), None) is None


def key(site: Site, name: str) -> str:
    """The folder's name of a subject that is known. Raises ``SiteError``, ``ArticleError``."""
    if not is_known(site, name):
        raise unknown(site, name, "qtauthor stats lists the subjects")
    return site.key_of(name)


def refuse_new(site: Site, name: str) -> None:
    """Refuse a subject that is not known, unless the site has none at all.

    Raises ``SiteError`` with ``unknown-subject``, ``ArticleError``.
    """
    if not is_known(site, name) and not has_none(site):
        raise unknown(site, name, "to begin a new subject, give --new-subject")


def unknown(site: Site, name: str, remedy: str) -> SiteError:
    """What is said of a subject that is not known."""
    meant = nearest(site, name)
    return SiteError(
        Code.UNKNOWN_SUBJECT,
        f"there is no subject {name!r}",
        excerpt=name,
        remedy=hint([meant] if meant else [], remedy),
    )


def nearest(site: Site, name: str) -> str | None:
    """The known subject that a name is most like, if it is like one."""
    names = {one.casefold(): one for one in _names(site)}
    words = name.strip().casefold()
    begun = [one for one in names if words and one.startswith(words)]
    likely = near(words, names) or begun[:1]
    return names[likely[0]] if likely else None


def _names(site: Site) -> Iterator[str]:
    for one in site.index.subjects():
        yield site.config.canonical_subject(one.name or one.key)
    for name, _ in site.config.spellings:
        yield name


def _configured(site: Site) -> Iterator[str]:
    """The keys of the subjects of the configuration."""
    for name, _ in site.config.spellings:
        try:
            yield site.key_of(name)
        except ArticleError:
            continue
