"""The list of redirects of a site: read, and brought up to date by splices.

A list says where a reader goes who asks for an address at which nothing lives any more. So no entry
starts at an address that lives, none ends at one that does not, and none leads to another entry:
when an article moves on, the entries that lead to it follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol, assert_never

from qtauthor.errors import Code, Place, SiteError
from qtauthor.model.address import Addresses
from qtauthor.model.config.tables import RedirectFormat


class Redirect(NamedTuple):
    """Who asks for ``source`` gets ``target``; both are addresses on the site."""

    source: str
    target: str


class Changed(NamedTuple):
    """What an operation did to addresses, all at once.

    ``moved`` has the new address by the old one, ``gone`` those that have no successor, ``living``
    those at which something lives now.
    """

    moved: Mapping[str, str]
    gone: frozenset[str] = frozenset()
    living: frozenset[str] = frozenset()


class Updated(NamedTuple):
    """The text of a list afterwards, and the redirects that its format cannot express."""

    text: str
    lost: tuple[Redirect, ...] = ()


class Ledger(Protocol):
    """The text of a list in one format."""

    def entries(self) -> list[Redirect]:
        """What it says, in its order. A rule with conditions has no ``source``."""
        ...

    def offsets(self) -> list[int]:
        """Where in its text each of these entries begins."""
        ...

    def rewritten(self, targets: Sequence[str | None], added: Sequence[Redirect]) -> Updated:
        """Its text with other targets (``None`` takes an entry out) and with more entries."""
        ...


def ledger(data: bytes, path: str, form: RedirectFormat, pattern: str) -> Ledger:
    """The list in the file ``path``; ``pattern`` is the site's ``url.pattern``.

    Raises ``SiteError`` with ``bad-redirects`` and the place.
    """
    from qtauthor.content.redirects.json_lists import JsonLedger, MovesLedger
    from qtauthor.content.redirects.netlify import NetlifyLedger

    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise malformed(path, "", 0, f"the file is not UTF-8 (byte {error.start})") from None
    match form:
        case "netlify":
            return NetlifyLedger(text, path)
        case "json":
            return JsonLedger(text, path)
        case "moves":
            return MovesLedger(text, path, pattern)
        case _:
            assert_never(form)


def update(entries: Ledger, changed: Changed, addresses: Addresses) -> Updated | None:
    """The list after the addresses have changed; ``None`` if it stays as it is."""
    known = entries.entries()
    page = addresses.page
    pages = Changed(
        {page(old): new for old, new in changed.moved.items()},
        frozenset(map(page, changed.gone)),
        frozenset(map(page, (*changed.living, *changed.moved.values()))),
    )
    targets = [_target(entry, pages, addresses) for entry in known]
    listed = pages.living.union(page(entry.source) for entry in known)
    added = [
        Redirect(addresses.without_end(old), new)
        for old, new in changed.moved.items()
        if page(old) not in listed and not addresses.elsewhere(old)
    ]
    if not added and targets == [entry.target for entry in known]:
        return None
    return entries.rewritten(targets, added)


def _target(entry: Redirect, pages: Changed, addresses: Addresses) -> str | None:
    """Where an entry leads now; ``None`` if it is to go. ``pages`` has the pages of old urls."""
    source, end = addresses.page(entry.source), addresses.page(entry.target)
    new = pages.moved.get(end)
    target = entry.target if new is None else addresses.led(entry.target, new)
    if not entry.source:
        return target
    if source in pages.living or (end in pages.gone and end not in pages.living):
        return None
    target = pages.moved.get(source) or target
    return None if addresses.page(target) == source else target


def malformed(path: str, text: str, offset: int, why: str) -> SiteError:
    """The error for a list that cannot be read, at the character ``offset`` of its text."""
    start = text.rfind("\n", 0, offset) + 1
    line = text.count("\n", 0, offset) + 1 if text else 0
    return SiteError(
        Code.BAD_REDIRECTS,
        why,
        where=Place(path, line, offset - start + 1 if text else 0),
        excerpt=text[start:].split("\n", 1)[0].rstrip("\r"),
        remedy="nothing was written; mend the list of redirects, or correct [redirects]",
    )
