"""The subjects that an author can choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qtauthor.content.site import Site
from qtauthor.errors import ArticleError
from qtauthor.text import near_match as names_near


class KnownSubject(NamedTuple):
    """A subject of the site in its canonical spelling, and how many articles it has."""

    name: str
    key: str
    articles: int


def known(site: Site) -> list[KnownSubject]:
    """Every subject, most used first; configured ones without articles last, in their order."""
    found: dict[str, KnownSubject] = {}
    for one in site.index.subjects():
        name = site.config.canonical_subject(one.name or one.key)
        key = _key(site, name) or one.key
        same = found.get(key, KnownSubject(name, key, 0))
        found[key] = same._replace(articles=same.articles + one.articles)
    for name, _ in site.config.spellings:
        own = _key(site, name)
        if own:
            found.setdefault(own, KnownSubject(name, own, 0))
    return sorted(found.values(), key=lambda one: -one.articles)


def matching(subjects: Sequence[KnownSubject], typed: str) -> list[KnownSubject]:
    """Those that ``typed`` may mean, best first: its beginning, that of a word, or any part.

    Among equals the most used comes first, as it does in ``subjects``.
    """
    wanted = typed.strip().casefold()
    ranked = ((_rank(one.name.casefold(), wanted), place) for place, one in enumerate(subjects))
    return [subjects[place] for rank, place in sorted(ranked) if rank < _NONE]


def chosen(site: Site, subjects: Sequence[KnownSubject], typed: str) -> KnownSubject | None:
    """The subject that ``typed`` names, however it is spelled; ``None`` for a new one."""
    key = _key(site, typed.strip())
    return next((one for one in subjects if one.key == key), None)


def near(subjects: Sequence[KnownSubject], typed: str, count: int = 4) -> list[KnownSubject]:
    """Those that may have been meant by what is no subject, best first."""
    names = {one.name.casefold(): one for one in subjects}
    found = dict.fromkeys(matching(subjects, typed)[:count])
    close = names_near.near(typed.strip().casefold(), names, count)
    found.update(dict.fromkeys(names[name] for name in close))
    return list(found)[:count]


_NONE = 9


def _rank(name: str, wanted: str) -> int:
    if not wanted or name.startswith(wanted):
        return 0
    if any(word.startswith(wanted) for word in name.split()) or f" {wanted}" in name:
        return 1
    if wanted in name:
        return 2
    letters = iter(name)
    return 3 if all(sign in letters for sign in wanted) else _NONE


def _key(site: Site, name: str) -> str | None:
    try:
        return site.key_of(name)
    except ArticleError:
        return None
