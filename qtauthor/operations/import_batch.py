"""Create, or bring up to date, an article for each record of a batch: all of them or none."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Literal, NamedTuple

from qtauthor.changes.change import Change, Create, modify
from qtauthor.changes.changeset import ChangeSet
from qtauthor.content import schema
from qtauthor.content.batch import Batch, Record
from qtauthor.content.schema import related_pointer
from qtauthor.content.site import Site
from qtauthor.errors import ArticleError, Code, QtauthorError, SiteError
from qtauthor.operations import bulk
from qtauthor.operations.batch_links import Linker
from qtauthor.operations.intake import Intake, Placed
from qtauthor.operations.press import Pressing, Sheet, others, words
from qtauthor.text.values import Value

Told = Callable[[int, int], None]
"""Is told how many articles of how many are made."""

IfExists = Literal["fail", "skip", "update"]


class Request(NamedTuple):
    """What is asked beside the batch. ``date`` is that of records without one, ``label`` the name
    of the batch's file, ``taken`` are ids that no file of the site shows."""

    date: datetime.date
    if_exists: IfExists = "fail"
    label: str = "<batch>"
    taken: tuple[int, ...] = ()


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
    site: Site, batch: Batch, request: Request, *, jobs: int = 1, told: Told | None = None
) -> Imported:
    """Plan the import; what is wrong in any record is in ``problems``, sorted by its place.

    Call it with the site's lock held: ids are taken from what is there now. New articles are made
    by so many processes as ``jobs`` says; ``told`` is told how many of how many there are.
    """
    return _Import(site, batch, request).run(jobs, told or _nobody)


def _nobody(_done: int, _total: int) -> None:
    pass


class _Import:
    def __init__(self, site: Site, batch: Batch, request: Request) -> None:
        self.site = site
        self.request = request
        self.intake = Intake(site, request.label, request.taken)
        self.placed = self.intake.place(batch)
        self.new: list[tuple[Placed, Sheet]] = []
        self.linker = Linker(site, self.intake, self.placed)
        self.problems = list(batch.problems)
        self.created: list[str] = []
        self.updated: list[str] = []
        self.skipped: list[str] = []
        self.ids: list[int] = []

    def run(self, jobs: int, told: Told) -> Imported:
        changes: list[Change] = []
        for item in self.placed:
            try:
                change = self.change(item)
            except QtauthorError as error:
                self.intake.problem(error, item.number, item.line)
                continue
            if change is not None:
                changes.append(change)
        changes += self.pressed(jobs, told)
        problems = sorted(
            [*self.problems, *self.intake.problems], key=lambda error: error.where.line
        )
        return Imported(
            ChangeSet(() if problems else tuple(sorted(changes, key=lambda c: c.path))),
            tuple(self.created),
            tuple(self.updated),
            tuple(self.skipped),
            tuple(self.intake.notices),
            tuple(problems),
            tuple(self.ids),
        )

    def pressed(self, jobs: int, told: Told) -> Iterator[Create]:
        """The new articles that can be made."""
        sheets = [sheet for _, sheet in self.new]
        with closing(bulk.each(self.site, sheets, Pressing(self.request.date), jobs)) as found:
            for done, (one, (item, _)) in enumerate(zip(found, self.new, strict=True), 1):
                told(done, len(sheets))
                if isinstance(one, QtauthorError):
                    self.intake.problem(one, item.number, item.line)
                else:
                    yield Create(item.path, one)

    def change(self, item: Placed) -> Change | None:
        """What becomes of an article that is there; a new one is noted."""
        if not item.exists:
            self.created.append(item.path)
            self.ids.append(item.id)
            links = () if item.record.file is not None else self.linker.links(item)
            self.new.append((item, Sheet(item.record, item.names, item.subject, item.id, links)))
            return None
        if self.request.if_exists == "fail":
            raise SiteError(
                Code.SLUG_TAKEN,
                "question: it is there already",
                excerpt=item.path,
                remedy="leave the record out, or import with --if-exists skip or update",
            )
        if self.request.if_exists == "skip":
            self.skipped.append(item.path)
            return None
        return self.update(item)

    def update(self, item: Placed) -> Change | None:
        """The change of an article that is there: what the record gives, and nothing else."""
        article = self.site.article(item.path)
        if item.record.id is not None and item.record.id != article.id:
            raise ArticleError(
                Code.ID_TAKEN,
                f"id: the article has {article.id}",
                excerpt=item.path,
                remedy="leave the id out; qtauthor ids reassign changes it",
            )
        declared: list[str] = []
        for at, value in self.given(item.record):
            article = article.set(at, value)
            declared.append(at)
        if item.record.no_index is False and article.has("no_index"):
            article = article.unset("no_index")
            declared.append("/no_index")
        if item.record.related is not None:
            article = article.set_related(self.linker.links(item))
            declared += [related_pointer(n) for n in range(1, schema.MAX_RELATED + 1)]
        if not article.document.edits:
            self.skipped.append(item.path)
            return None
        self.updated.append(item.path)
        return modify(item.path, article.document, tuple(declared))

    def given(self, record: Record) -> list[tuple[str, Value]]:
        answer = record.answer_raw
        if record.answer is not None:
            answer = self.site.answers.encode(record.answer)
        keywords = None if record.keywords is None else ", ".join(words(record.keywords))
        fields: dict[str, Value] = {
            "/date": record.date,
            "/seo/page_description": record.description,
            "/seo/page_keywords": keywords,
            "/no_index": record.no_index or None,
            "/answer": answer,
            "/score": record.score,
        }
        return [
            *((at, value) for at, value in fields.items() if value is not None),
            *others(record).items(),
        ]
