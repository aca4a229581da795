"""Renew what related blocks say from the articles that they mean.

The url is believed first, for the site follows it. If nothing lives there, the list of redirects is
asked, then the id, which is believed only if the title agrees with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from qtauthor.content.index import Entry, Link
from qtauthor.content.site import Site
from qtauthor.model import numbered_blocks
from qtauthor.operations.links import inbound_links
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site import redirects
from qtauthor.operations.working_copy import WorkingCopy
from qtauthor.text.yaml.values import Value


class StaleBlock(NamedTuple):
    """What is thought of one block that does not agree with the site.

    ``believed`` are the members that tell which article is meant (``url``, ``redirect``,
    ``id and title``), empty if none can be told; ``why`` says it in words, and ``changes`` are the
    members that differ, with their new values.
    """

    path: str
    number: int
    believed: str
    why: str
    changes: dict[str, Value]


class _Meant(NamedTuple):
    entry: Entry | None
    believed: str
    why: str


class Synced(NamedTuple):
    """The change set, and a finding for each block that did not agree."""

    outcome: Outcome
    findings: tuple[StaleBlock, ...]


def sync(site: Site, paths: Iterable[str] | None = None) -> Synced:
    """Plan to renew the blocks of these articles, or of all.

    Blocks whose article cannot be told are left and found. Only files that differ are read. Raises
    ``EditError``, ``SiteError`` with ``bad-redirects``.
    """
    witnesses = _Witnesses(site, whole=paths is None)
    draft = WorkingCopy(site)
    findings: list[StaleBlock] = []
    for held in _lists(site, paths):
        for finding in _findings(witnesses, held):
            findings.append(finding)
            _renew(draft, finding)
    return Synced(Outcome(draft.changes()), tuple(findings))


def _lists(site: Site, paths: Iterable[str] | None) -> Iterator[list[Link]]:
    """The links of one article after the other."""
    if paths is not None:
        yield from (site.index.links_of(path) for path in dict.fromkeys(paths))
        return
    held: dict[str, list[Link]] = {}
    for link in site.index.links():
        held.setdefault(link.source, []).append(link)
    yield from held.values()


def _findings(witnesses: _Witnesses, held: list[Link]) -> Iterator[StaleBlock]:
    page, led = witnesses.addresses.page, witnesses.addresses.led
    listed = {page(link.url) for link in held if link.url}
    for link in held:
        meant = witnesses.meant(link)
        if meant.entry is None:
            yield StaleBlock(link.source, link.number, "", meant.why, {})
            continue
        new = {"id": meant.entry.id, "title": meant.entry.title, "subject": meant.entry.subject}
        there = page(meant.entry.address)
        url = led(link.url or "", meant.entry.address)
        changes: dict[str, Value] = {
            name: value
            for name, value in (*new.items(), ("url", url))
            if value is not None and value != getattr(link, name)
        }
        if "url" in changes and (there in listed or meant.entry.path == link.source):
            why = f"it seems to mean {meant.entry.address}, which is listed already or is itself"
            yield StaleBlock(link.source, link.number, "", why, {})
            continue
        if changes:
            listed.add(there)
            yield StaleBlock(link.source, link.number, meant.believed, meant.why, changes)


class _Witnesses:
    """What the site knows that tells which article a block means."""

    def __init__(self, site: Site, *, whole: bool) -> None:
        """``whole`` reads all addresses at once, which is quicker for a whole site."""
        self._site = site
        self.addresses = site.config.addresses
        page = self.addresses.page
        self._whole = whole
        entries = site.index.entries() if whole else ()
        self._pages = {page(entry.address): entry for entry in entries}
        self._redirects = {page(one.source): one.target for one in redirects.entries(site)}

    def _at(self, url: str) -> Entry | None:
        if self._whole:
            return self._pages.get(self.addresses.page(url))
        return self._site.index.at_address(url)

    def meant(self, link: Link) -> _Meant:
        there = self._at(link.url) if link.url else None
        if there is not None and there.problem:
            return _Meant(None, "", f"{there.path} cannot be read ({there.problem})")
        if there is not None:
            return _Meant(there, "url", "its url lives")
        target = self._redirects.get(self.addresses.page(link.url or ""))
        led = self._at(target) if target else None
        if led is not None and not led.problem:
            return _Meant(led, "redirect", f"its url is redirected to {target}")
        return self._by_id(link)

    def _by_id(self, link: Link) -> _Meant:
        known = self._site.index.with_id(link.id) if link.id is not None else []
        if not known:
            return _Meant(None, "", "nothing has its url or its id")
        agreeing = [entry for entry in known if entry.title == link.title]
        if not agreeing:
            return _Meant(None, "", f"its url is dead, and the id {link.id} has another title")
        if len(agreeing) > 1:
            agreeing = [entry for entry in agreeing if entry.subject == link.subject]
        if len(agreeing) != 1:
            why = f"its url is dead, and the id {link.id} is filed under several subjects"
            return _Meant(None, "", why)
        return _Meant(agreeing[0], "id and title", "its url is dead, its id and title agree")


def _renew(draft: WorkingCopy, finding: StaleBlock) -> None:
    if not finding.changes:
        return
    path, at = finding.path, numbered_blocks.pointer(finding.number)
    document = draft.article(path).document
    with inbound_links.placed(path):
        for name in numbered_blocks.MEMBERS:
            if name in finding.changes:
                document = document.set(f"{at}/{name}", finding.changes[name])
    declared = [f"{at}/{name}" for name in finding.changes]
    inbound_links.put_document(draft, path, document, *declared)
