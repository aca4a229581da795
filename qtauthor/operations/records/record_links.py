"""The related articles of a batch's records: references to what they name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qtauthor.content.index import Entry
from qtauthor.content.records.batch import Record
from qtauthor.content.site import Site
from qtauthor.errors import ArticleError, Code, QtauthorError, SiteError
from qtauthor.model import derived_names
from qtauthor.model.article_fields import Related
from qtauthor.model.numbered_blocks import MAX_RELATED
from qtauthor.operations.records.placed_record import PlacedRecord
from qtauthor.operations.records.placement import Intake
from qtauthor.operations.records.placement_table import TakenPlaces

_RECORD = re.compile("#[0-9]{1,18}")


class Linker:
    """Finds what references mean, in the batch and on the site."""

    def __init__(self, site: Site, intake: Intake, places: TakenPlaces) -> None:
        self.site = site
        self.intake = intake
        self._pattern = site.config.naming.url_pattern
        self._addresses = site.config.addresses
        self._places = places

    def links(self, item: PlacedRecord, record: Record) -> tuple[Related, ...]:
        """The related blocks of a record; what cannot be found is a problem of it.

        A whole block is taken as it is. Of references, those to the article itself and those to
        what is in the list already are dropped with a notice.
        """
        found: list[Related] = []
        for reference in record.related or ():
            if isinstance(reference, Related):
                found.append(reference)
                continue
            try:
                link = self._link(reference, item)
            except QtauthorError as error:
                self.intake.problem(error.explained("related"), item.number, item.line)
                continue
            why = self._superfluous(link, item, found)
            if why:
                self.intake.notices.append(f"record {item.number}: {reference} is left out: {why}")
            else:
                found.append(link)
        if len(found) > MAX_RELATED:
            many = ArticleError(
                Code.TOO_MANY_RELATED,
                f"related: {len(found)} are more than the {MAX_RELATED} that a page shows",
                remedy=f"choose {MAX_RELATED}",
            )
            self.intake.problem(many, item.number, item.line)
        return tuple(found[:MAX_RELATED])

    def url(self, item: PlacedRecord) -> str:
        """The address of a record's article, as it derives."""
        return derived_names.url(self._pattern, self.site.key_of(item.subject), item.slug)

    def page(self, item: PlacedRecord) -> str | None:
        """The page of a record that says itself where its file is."""
        return None if item.spooled.path is None else self._addresses.page(self.url(item))

    def _at_url(self, url: str) -> PlacedRecord | None:
        parts = self._addresses.names(url)
        path = self.site.path_of(f"{parts[0]}/{derived_names.file_name(parts[1])}") if parts else ""
        return self._places.at_page(self._addresses.page(url)) or self._places.at_path(path)

    def _superfluous(self, link: Related, item: PlacedRecord, found: list[Related]) -> str:
        page = self._addresses.page
        if page(link.url) == page(self.url(item)):
            return "it is the article itself"
        twice = any(page(link.url) == page(other.url) for other in found)
        return "it is there twice" if twice else ""

    def _link(self, reference: int | str, item: PlacedRecord) -> Related:
        there = list(self._candidates(reference))
        near = [link for link in there if link.subject == item.subject]
        if not there:
            raise SiteError(
                Code.UNKNOWN_ARTICLE,
                f"nothing is called {reference}",
                excerpt=str(reference),
                remedy="give the id, url or slug of an article, or # and the number of a record",
            )
        return (near or there)[0]

    def _candidates(self, reference: int | str) -> Iterator[Related]:
        """What a reference may mean, of the batch first."""
        if isinstance(reference, int):
            yield from map(self._of_record, self._places.with_id(reference))
            yield from _of_entries(self.site.index.with_id(reference))
        elif _RECORD.fullmatch(reference):
            named = self._places.numbered(int(reference[1:]))
            if named is not None:
                yield self._of_record(named)
        elif "/" in reference:
            there = self._at_url(reference)
            if there is not None:
                yield self._of_record(there)
            entry = self.site.index.at_address(reference)
            yield from _of_entries([entry] if entry else [])
        else:
            slug = reference.removesuffix(".md")
            yield from map(self._of_record, self._places.with_slug(slug))
            yield from _of_entries(self.site.index.with_slug(slug))

    def _of_record(self, item: PlacedRecord) -> Related:
        title = item.spooled.title
        return Related(id=item.id, title=title, subject=item.subject, url=self.url(item))


def _of_entries(entries: list[Entry]) -> Iterator[Related]:
    for entry in entries:
        if entry.id is not None and entry.title is not None and entry.subject is not None:
            yield Related(id=entry.id, title=entry.title, subject=entry.subject, url=entry.address)
