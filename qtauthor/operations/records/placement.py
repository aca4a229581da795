"""Where each record of a batch goes: its subject, names, id, and whether it is there already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from qtauthor.content import subject_names
from qtauthor.content.records.batch import placed
from qtauthor.content.site import Site
from qtauthor.errors import ArticleError, Code, Place, QtauthorError, SiteError
from qtauthor.model import derived_names
from qtauthor.model.derived_names import Names
from qtauthor.operations.records.placed_record import PlacedRecord, Spooled
from qtauthor.operations.records.placement_table import TakenPlaces
from qtauthor.operations.records.spool import Spool
from qtauthor.text import near_match
from qtauthor.text.plural import agreeing, counted


class Intake:
    """Gives the records of a batch their places, in their order; gathers problems and notices.

    Whoever takes them puts each into ``places`` before the next one.
    """

    def __init__(
        self, site: Site, label: str, places: TakenPlaces, taken: tuple[int, ...] = ()
    ) -> None:
        self.site = site
        self.places = places
        self.label = label
        self.problems: list[tuple[int, QtauthorError]] = []
        self.notices: list[str] = []
        self.strangers: set[int] = set()
        self._refused: dict[str, SiteError | None] = {}
        self._taken = taken
        self._next = 0
        self._subjects: dict[str, str] = {}

    def refuse_new(self, subjects: Counter[str], *, one_by_one: bool) -> None:
        """Refuse records of subjects that are not known, unless the site has none at all.

        They are told in one problem, without a record's number, or ``one_by_one``. The numbers of
        such records become ``strangers``.
        """
        new = {name: count for name, count in subjects.items() if self._is_new(name)}
        if not new or subject_names.has_none(self.site):
            return
        for name in new:
            remedy = "to begin a new subject, give --new-subject"
            error = subject_names.unknown(self.site, name, remedy)
            self._refused[name] = error if one_by_one else None
        if one_by_one:
            return
        told = SiteError(
            Code.UNKNOWN_SUBJECT,
            f"the site does not have {agreeing(len(new), 'this subject', 'these subjects')}: "
            + ", ".join(self._counted(name, count) for name, count in new.items()),
            where=Place(self.label),
            remedy="mend them, or begin new subjects with --new-subject",
        )
        self.problems.append((0, told))

    def _is_new(self, name: str) -> bool:
        try:
            return not subject_names.is_known(self.site, name)
        except QtauthorError:
            return False  # it is no subject's name, which is told when it is placed

    def _counted(self, name: str, count: int) -> str:
        meant = subject_names.nearest(self.site, name)
        question = f"; {near_match.meant([meant])}" if meant else ""
        return f"{name} ({counted(count, 'record')}{question})"

    def place(self, spool: Spool, without: Collection[int] = ()) -> Iterator[PlacedRecord]:
        """Every record that has a place; the others are problems. ``without`` are left out.

        Raises ``SiteError``.
        """
        self._spell(spool.subjects)
        largest = 0
        lacking = False
        for item in spool.records:
            if item.number not in without:
                lacking = lacking or item.id is None
                largest = max(largest, item.id or 0)
        if lacking:  # else it need not be known, and cannot always be told
            self._next = max((self.site.next_id() - 1, *self._taken, largest)) + 1
        for item in spool.records:
            if item.number in without:
                continue
            try:
                found = self._placed(item)
            except QtauthorError as error:
                self.problem(error, item.number, item.line)
            else:
                yield found

    def names(self, item: Spooled, subject: str) -> Names:
        """The names of a record's article. Raises ``ArticleError``."""
        rules = self.site.config.naming
        return derived_names.derive(item.question, subject, slug=item.slug, naming=rules)

    def problem(self, error: QtauthorError, number: int, line: int) -> None:
        """Note what is wrong with a record, with its number."""
        self.problems.append((number, placed(error, self.label, number, line)))

    def _spell(self, subjects: Counter[str]) -> None:
        """Settle how each subject is spelled: as the site has it, else as most of the batch."""
        spellings: dict[str, Counter[str]] = {}
        for name, count in subjects.items():
            try:
                spellings.setdefault(self.site.key_of(name), Counter())[name] += count
            except QtauthorError:
                continue  # the record's own problem, told when it is placed
        for found in spellings.values():
            usual = found.most_common(1)[0][0]
            for name in found:
                self._subjects[name] = self.site.canonical_subject(usual)

    def _placed(self, item: Spooled) -> PlacedRecord:
        spelled = item.subject
        if spelled in self._refused:
            self.strangers.add(item.number)
            refused = self._refused[spelled]
            if refused is not None:
                raise refused
        # A file itself says how its subject is spelled.
        subject = spelled if item.whole else self._subjects.get(spelled, spelled)
        names = self.names(item, subject)
        path = self.site.path_of(_safe(item.path) if item.path else names.path)
        first = self.places.first(path, item.number)
        if first != item.number:
            raise SiteError(
                Code.SLUG_TAKEN,
                f"question: record {first} asks it already, under the same subject",
                excerpt=item.question,
                remedy="leave one of them out, or give it another slug",
            )
        exists = self.site.source.exists(path)
        if spelled != subject and not item.spelled:
            self.notices.append(f"record {item.number}: {spelled} is spelled {subject} here")
        number = self._id(item, item.question, path, exists=exists)
        return PlacedRecord(item, subject, names.slug, path, number, exists)

    def _id(self, item: Spooled, question: str, path: str, *, exists: bool) -> int:
        given = item.id
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
        return number

    def _shared(self, question: str, path: str) -> int | None:
        """The id of the same question under another subject: of this batch, or of the site."""
        known = self.places.id_of(question)
        if known is not None:
            return known
        slug = path.rpartition("/")[2].removesuffix(".md")
        for entry in self.site.index.with_slug(slug):
            if entry.question == question and entry.id is not None:
                return entry.id
        return None

    def _new(self) -> int:
        self._next += 1
        return self._next - 1

    def _refuse_other_question(self, number: int, question: str) -> None:
        known = self.places.question_of(number)
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
