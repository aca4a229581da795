"""A rule: what it looks for, why, and how it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from qtauthor.errors import Place
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, Safety

if TYPE_CHECKING:
    from qtauthor.rules.redirects.redirect_list import RedirectList


class Elsewhere(NamedTuple):
    """Another place that belongs to a finding, and what is there."""

    path: str
    message: str


class Hit(NamedTuple):
    """What a check found, before anyone looked where exactly it stands.

    It stands at ``pointer``; ``span`` are offsets in the text there. ``key`` means the key and not
    its value. ``place`` is given instead where the file cannot be read; ``offset`` is one of the
    file's text.
    """

    pointer: str
    message: str
    fix: Fix | None = None
    span: tuple[int, int] | None = None
    key: bool = False
    place: Place | None = None
    offset: int | None = None
    elsewhere: tuple[Elsewhere, ...] = ()


CheckFunction: TypeAlias = Callable[[CheckedArticle], Iterator[Hit]]
ListCheck: TypeAlias = "Callable[[RedirectList], Iterator[Hit]]"


def of_no_article(_subject: CheckedArticle) -> Iterator[Hit]:
    """The check of a rule that is about no article: it finds nothing there."""
    return iter(())


class Rule(NamedTuple):
    """One check. Its texts are Markdown; `qtauthor rule` and docs/checks/ are made of them.

    ``example`` is what it finds: some fields of an article, or a whole file if it has fences.
    ``fixes`` are the safeties that its fixes may have. A rule with ``raw`` runs on files that
    cannot be read, too; one that is ``formal`` finds nothing in one of the house's usual form. A
    rule about the site's list of redirects has its check in ``listed``, and that list as example.
    """

    code: str
    name: str
    check: CheckFunction
    what: str
    why: str
    example: str
    fix: str
    fixes: tuple[Safety, ...] = ()
    raw: bool = False
    formal: bool = False
    default: bool = True
    listed: ListCheck | None = None
