"""Where each record of a batch goes: its subject, names, id, and whether it is there already."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from qtauthor.content import naming
from qtauthor.content.batch import Batch, Numbered, Record, placed
from qtauthor.content.naming import Names
from qtauthor.content.site import Site
from qtauthor.errors import ArticleError, Code, QtauthorError, SiteError


class Placed(NamedTuple):
    """A record with what derives from it. ``path`` is below the root, ``exists`` if it is there."""

    number: int
    line: int
    record: Record
    names: Names
    subject: str
    path: str
    id: int
    exists: bool


class Intake:
    """Places the records of a batch in their order; gathers problems and notices."""

    def __init__(self, site: Site, label: str, taken: tuple[int, ...] = ()) -> None:
        self.site = site
        self.label = label
        self.problems: list[QtauthorError] = []
        self.notices: list[str] = []
        self._taken = list(taken)
        self._next = 0
        self._subjects: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._questions: dict[int, str] = {}
        self._paths: dict[str, int] = {}

    def place(self, batch: Batch) -> list[Placed]:
        """Every record that has a place; the others are problems. Raises ``SiteError``."""
        self._spell(batch)
        given = [item.record.id for item in batch.records if item.record.id is not None]
        self._taken += given
        if len(given) < len(batch.records):  # else it need not be known, and cannot always be told
            self._next = max((self.site.next_id() - 1, *self._taken)) + 1
        found: list[Placed] = []
        for item in batch.records:
            try:
                found.append(self._placed(item))
            except QtauthorError as error:
                self.problem(error, item.number, item.line)
        return found

    def problem(self, error: QtauthorError, number: int, line: int) -> None:
        """Note what is wrong with a record."""
        self.problems.append(placed(error, self.label, number, line))

    def _spell(self, batch: Batch) -> None:
        """Settle how each subject is spelled: as the site has it, else as most of the batch."""
        spellings: dict[str, Counter[str]] = {}
        for _, _, record in batch.records:
            name = record.subject.strip()
            try:
                spellings.setdefault(self.site.key_of(name), Counter())[name] += 1
            except QtauthorError:
                continue  # the record's own problem, told when it is placed
        for counted in spellings.values():
            usual = counted.most_common(1)[0][0]
            for name in counted:
                self._subjects[name] = self.site.canonical_subject(usual)

    def _placed(self, item: Numbered) -> Placed:
        record = item.record
        question, spelled = record.question.strip(), record.subject.strip()
        subject = self._subjects.get(spelled, spelled)
        if record.file is not None:
            subject = spelled  # the file itself says how it is spelled
        names = naming.derive(question, subject, slug=record.slug, naming=self.site.config.naming)
        path = self.site.path_of(_safe(record.path) if record.path else names.path)
        first = self._paths.setdefault(path, item.number)
        if first != item.number:
            raise SiteError(
                Code.SLUG_TAKEN,
                f"question: record {first} asks it already, under the same subject",
                excerpt=question,
                remedy="leave one of them out, or give it another slug",
            )
        exists = self.site.source.exists(path)
        if spelled != subject and "subject" not in record.fields:
            self.notices.append(f"record {item.number}: {spelled} is spelled {subject} here")
        number = self._id(item, question, path, exists=exists)
        return Placed(item.number, item.line, record, names, subject, path, number, exists)

    def _id(self, item: Numbered, question: str, path: str, *, exists: bool) -> int:
        given = item.record.id
        if given is not None:
            self._refuse_other_question(given, question)
            if given < 1:
                self.notices.append(f"record {item.number}: the id {given} is a placeholder")
            number = given
        elif exists:
            entry = self.site.index.entry(path)
            number = (entry and entry.id) or 0
        else:
            number = self._shared(question, path) or self._new()
        self._numbers.setdefault(question, number)
        self._questions.setdefault(number, question)
        return number

    def _shared(self, question: str, path: str) -> int | None:
        """The id of the same question under another subject: of this batch, or of the site."""
        if question in self._numbers:
            return self._numbers[question]
        slug = path.rpartition("/")[2].removesuffix(".md")
        for entry in self.site.index.with_slug(slug):
            if entry.question == question and entry.id is not None:
                return entry.id
        return None

    def _new(self) -> int:
        self._taken.append(self._next)
        self._next += 1
        return self._next - 1

    def _refuse_other_question(self, number: int, question: str) -> None:
        known = self._questions.get(number)
        others = [known] if known is not None else []
        others += [entry.question or "" for entry in self.site.index.with_id(number)]
        other = next((text for text in others if text != question), None)
        if other is not None:
            raise SiteError(
                Code.ID_TAKEN,
                f"id: {number} belongs to another question",
                excerpt=other,
                remedy="leave the id out to get the next one",
            )


def _safe(path: str) -> str:
    """A path of the form ``<subject-key>/<name>.md``. Raises ``ArticleError``."""
    folder, _, name = path.partition("/")
    parts = (folder, name.removesuffix(".md"))
    plain = all(part and "/" not in part and "\\" not in part for part in parts)
    if not plain or not name.endswith(".md") or {".", ".."} & {folder, *parts}:
        raise ArticleError(
            Code.UNSAFE_PATH,
            "path: this is no place of an article",
            excerpt=path,
            remedy="give <subject-key>/<slug>.md, or leave path out",
        )
    return path
