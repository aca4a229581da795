"""Create, or bring up to date, an article for each record of a batch: all of them or none."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import closing
from typing import Any, Literal, NamedTuple, TypeAlias, overload

from qtauthor.changes.change import Change, Create, Modify
from qtauthor.changes.changeset import ChangeSet
from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError, SiteError
from qtauthor.operations import process_pool
from qtauthor.operations.process_pool import ArticleWork
from qtauthor.operations.records.article_changes import ArticleOrder, Making
from qtauthor.operations.records.article_text import ArticleSheet
from qtauthor.operations.records.placed_record import PlacedRecord
from qtauthor.operations.records.placement import Intake
from qtauthor.operations.records.placement_table import Became
from qtauthor.operations.records.record_links import Linker
from qtauthor.operations.records.spool import Spool
from qtauthor.operations.site import redirects

Told = Callable[[int, int], None]
"""Is told how many articles of how many are made."""

IfExists = Literal["fail", "skip", "update"]


class ImportRequest(NamedTuple):
    """What is asked beside the batch. ``date`` is that of records without one, ``label`` the name
    of the batch's file, ``taken`` are ids that no file of the site shows. Records ``without`` are
    left out, by their numbers. Unknown subjects are refused unless ``new_subjects``, all at once or
    ``one_by_one``."""

    date: datetime.date
    if_exists: IfExists = "fail"
    label: str = "<batch>"
    taken: tuple[int, ...] = ()
    without: Collection[int] = ()
    new_subjects: bool = False
    one_by_one: bool = False


class Imported(NamedTuple):
    """What an import would do; with problems there are no changes.

    ``created``, ``updated`` and ``skipped`` are paths, ``ids`` the numbers of new articles.
    """

    changes: ChangeSet
    created: tuple[str, ...]
    updated: tuple[str, ...]
    skipped: tuple[str, ...]
    notices: tuple[str, ...]
    problems: tuple[QtauthorError, ...]
    ids: tuple[int, ...]


def import_batch(
    site: Site, spool: Spool, request: ImportRequest, *, jobs: int = 1, told: Told | None = None
) -> Imported:
    """Plan the import, all of its changes in memory; what is wrong in any record is in
    ``problems``, sorted by its place.

    Call it with the site's lock held: ids are taken from what is there now. Articles are made
    by so many processes as ``jobs`` says; ``told`` is told how many of how many there are.
    """
    planned = Importing(site, spool, request)
    changes: list[Change] = []
    with closing(planned.each(planned.making(), jobs, told)) as made:
        changes += (change for change in made if isinstance(change, Create | Modify))
    problems = planned.problems()
    listed = planned.redirects() if not problems else ChangeSet()
    return Imported(
        ChangeSet(
            () if problems else tuple(sorted((*changes, *listed.changes), key=lambda c: c.path))
        ),
        tuple(planned.paths("created")),
        tuple(planned.paths("updated")),
        tuple(planned.paths("skipped")),
        tuple(planned.notices),
        problems,
        tuple(number for _, number in planned.places.became("created")),
    )


Made: TypeAlias = Any
"""What a work gives for an order: a result with a change or error, or whatever it makes of it."""


class Importing:
    """An import that is planned. Its records come from the spool one by one, as they are made."""

    def __init__(self, site: Site, spool: Spool, request: ImportRequest) -> None:
        self.site = site
        self.spool = spool
        self.request = request
        self.places = spool.ledger.places()
        self.intake = Intake(site, request.label, self.places, request.taken)
        if not request.new_subjects:
            self.intake.refuse_new(spool.subjects, one_by_one=request.one_by_one)
        self.linker = Linker(site, self.intake, self.places)
        self.notices = self.intake.notices
        self.wanted = self.places.wanted
        for item in self.intake.place(spool, request.without):
            self._put_down(item)

    def making(self) -> Making:
        """The work of making the articles, without writing."""
        return Making(self.request.date)

    def each(
        self, work: ArticleWork[ArticleOrder, Made], jobs: int = 1, told: Told | None = None
    ) -> Generator[Made, None, None]:
        """The changes that ``work`` gives, in the order of the records; problems are noted."""
        orders = Orders(self)
        with closing(process_pool.each(self.site, orders, work, jobs)) as found:
            for done, (item, made) in enumerate(zip(self.wanted, found, strict=True), 1):
                if told:
                    told(done, len(self.wanted))
                yield from self._taken(item, made)

    def problems(self) -> tuple[QtauthorError, ...]:
        """What is wrong in the batch, by its place."""
        known = [one for one in self.spool.problems if one[0] not in self.request.without]
        found = sorted((*known, *self.intake.problems), key=lambda problem: problem[0])
        return tuple(error for _, error in found)

    def paths(self, became: Became) -> list[str]:
        """The paths of the articles of which that became."""
        return [path for path, _ in self.places.became(became)]

    def bad(self) -> set[int]:
        """The numbers of the records that cannot be imported, as far as is known by now."""
        told = {number for number, _ in self.intake.problems if number}
        return self.spool.faulty | self.intake.strangers | told

    def redirects(self) -> ChangeSet:
        """The change of the list of redirects, where new articles live; notes what goes."""
        urls = (self.linker.url(item) for item in self.wanted if not item.exists)
        changes, notices = redirects.arrive(self.site, urls)
        self.notices += notices
        return changes

    def order(self, item: PlacedRecord) -> ArticleOrder:
        """What is to be made of a record; references that mean nothing are noted."""
        record = self.spool.record(item.spooled)
        links = () if item.spooled.whole else self.linker.links(item, record)
        names = self.intake.names(item.spooled, item.subject)
        return ArticleOrder(
            item.path, item.exists, ArticleSheet(record, names, item.subject, item.id, links)
        )

    def _put_down(self, item: PlacedRecord) -> None:
        """Note a record, and whether something is to be made of it."""
        became: Became | None = None
        if not item.exists:
            became = "created"
        elif self.request.if_exists == "skip":
            became = "skipped"
        elif self.request.if_exists == "fail":
            error = SiteError(
                Code.SLUG_TAKEN,
                "question: it is there already",
                excerpt=item.path,
                remedy="leave the record out, or import with --if-exists skip or update",
            )
            self.intake.problem(error, item.number, item.line)
        wanted = not item.exists or self.request.if_exists == "update"
        self.places.add(item, self.linker.page(item), became, wanted=wanted)

    def _taken(self, item: PlacedRecord, made: Made) -> Iterator[Made]:
        result = made[0] if isinstance(made, tuple) else made
        if isinstance(result, QtauthorError):
            self.intake.problem(result, item.number, item.line)
        elif result is None:
            self.places.mark(item, "skipped")
        else:
            if item.exists:
                self.places.mark(item, "updated")
            yield made


class Orders(Sequence[ArticleOrder]):
    """What is to be made of each record, made out when it is asked for."""

    def __init__(self, planned: Importing) -> None:
        self._planned = planned

    def __len__(self) -> int:
        return len(self._planned.wanted)

    @overload
    def __getitem__(self, at: int) -> ArticleOrder: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[ArticleOrder]: ...
    def __getitem__(self, at: int | slice) -> ArticleOrder | Sequence[ArticleOrder]:
        wanted = self._planned.wanted[at]
        if isinstance(wanted, PlacedRecord):
            return self._planned.order(wanted)
        return [self._planned.order(item) for item in wanted]
