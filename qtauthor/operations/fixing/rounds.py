"""Articles under repair: what fixes make of them, and what is known of all others meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple, TypeAlias

from qtauthor.changes.change import Change, Modify, apply, digest
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.sequence import then
from qtauthor.content.index import Entry
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.operations.fixing.page_steps import Page
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site import ids, move, retitle
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.checker import Checker
from qtauthor.rules.context import Snapshot
from qtauthor.rules.finding import Finding
from qtauthor.rules.fix import Rewire
from qtauthor.rules.quick_values import quickly

Findings: TypeAlias = dict[str, list[Finding]]
"""By the paths of the articles, which may have none."""

_MOST_ROUNDS = 50
"""A fix can call for another one, but no chain of rules is nearly so long."""


class Rewired(NamedTuple):
    """A finding that an operation mended, the other files that change for it, and its notices."""

    finding: Finding
    others: tuple[str, ...]
    notices: tuple[str, ...]


class Bench:
    """One turn: fixes in single articles until there are no more, then operations.

    An operation is worked out from the files as they are; if one of those is changed already, it is
    ``waiting`` for a site in which that is done. Operations come last, and no two change one file.
    """

    def __init__(
        self, site: Site, checker: Checker, *, unsafe: bool, taken: Iterable[int] = ()
    ) -> None:
        self.site = site
        self.checker = checker
        self.unsafe = unsafe
        self.taken = list(taken)
        self.fixed: list[Finding] = []
        self.rewired: list[Rewired] = []
        self.waiting = False
        self._seen: dict[str, set[str]] = {}
        self._changes: dict[str, Change] = {}
        self._names: set[str] = set()
        self._refused: set[tuple[str, ...]] = set()

    def run(self, found: Findings, rewired: Collection[tuple[str, ...]] = ()) -> Findings:
        """Mend what can be mended; gives what is left. What is ``rewired`` is left alone."""
        found = dict(found)
        dirty = list(found)
        for _ in range(_MOST_ROUNDS):
            changed = [path for path in dirty if self._mend(path, found[path])]
            if not changed:
                break
            affected = self._learn(changed)
            dirty = [path for path in found if path in affected]
            found.update({path: self._check(path) for path in dirty})
        self._names = set(self._changes)
        for path, findings in found.items():
            found[path] = [f for f in findings if f.key in rewired or not self._rewire(f)]
        return found

    def changes(self) -> ChangeSet:
        """All that was done."""
        return ChangeSet(tuple(sorted(self._changes.values(), key=lambda change: change.path)))

    def _check(self, path: str) -> list[Finding]:
        checker = self.checker.thorough()
        if path not in self._changes:
            return checker.check_file(path)
        return checker.check(path, self._data(path))

    def _data(self, path: str) -> bytes:
        """The file as changed so far; all that changed are too many to keep."""
        data, change = self.site.source.read(path), self._changes.get(path)
        return apply(data, change.edits) if isinstance(change, Modify) else data

    def _mend(self, path: str, findings: list[Finding]) -> bool:
        """Apply the fixes that do not touch each other. Whether the article changed.

        What would bring it back to a state in which it was is refused: fixes that undo each other
        never end.
        """
        wanted = [f for f in findings if self._is_wanted(f) and f.key not in self._refused]
        wanted = [finding for finding in wanted if not _is_rewiring(finding)]
        if not wanted:
            return False
        before = self._data(path)
        page = Page(path, before, self.site.template)
        done, refused = page.apply(wanted)
        seen = self._seen.setdefault(path, {digest(before)})
        change = page.change()
        if done and (change is None or change.after in seen):
            done, refused = [], [*done, *refused]
        self._refused |= {finding.key for finding in refused}
        if not done or change is None:
            return False
        seen.add(change.after)
        self._take(path, change)
        self.fixed += done
        return True

    def _take(self, path: str, change: Modify) -> None:
        earlier = ChangeSet((self._changes[path],) if path in self._changes else ())
        both = then(earlier, ChangeSet((change,)), self.site.source.read)
        [self._changes[path]] = both.changes

    def _is_wanted(self, finding: Finding) -> bool:
        return finding.fix is not None and (finding.fix.safe or self.unsafe)

    def _learn(self, changed: list[str]) -> set[str]:
        """Tell the rules of what changed. Gives the articles that have to be checked again."""
        context = self.checker.context
        before = {path: context.known.entry(path) for path in changed}
        if not isinstance(context.known, Snapshot) and all(
            CheckedArticle(path, self._data(path), context).entry == before[path]
            for path in changed
        ):
            return set(changed)  # and nobody has to read about all other articles
        files = ((path, self._data(path)) for path in changed)
        self.checker = learned(self.checker, self.site, files)
        context = self.checker.context
        found = set(changed)
        for path, old in before.items():
            entry = context.known.entry(path)
            if entry is not None and entry != old:
                found.update(context.sources(entry.address))
        return found

    def _rewire(self, finding: Finding) -> bool:
        """Do the operation that a fix names. Whether it could be done."""
        if not _is_rewiring(finding) or not self._is_wanted(finding):
            return False
        try:
            outcome = self._operation(finding)
        except QtauthorError:
            return False
        names = {*outcome.changes.paths, *outcome.changes.arrivals}
        if not names.isdisjoint(self._names) or finding.path in self._names:
            self.waiting = True
            return False
        if not outcome.changes:
            return False
        self._names |= names
        self._changes |= {change.path: change for change in outcome.changes.changes}
        own = {finding.path, *outcome.changes.arrivals}
        self.rewired.append(Rewired(finding, tuple(sorted(names - own)), outcome.notices))
        self.fixed.append(finding)
        return True

    def _operation(self, finding: Finding) -> Outcome:
        assert finding.fix is not None
        [step, *_] = finding.fix.steps
        assert isinstance(step, Rewire)
        return _OPERATIONS[step.operation](self, finding.path, step.argument)

    def reassign_id(self, path: str, argument: str) -> Outcome:
        """Give the id ``argument``, or the next free one."""
        number = int(argument or ids.next_ids(self.site, taken=self.taken)[0])
        outcome = ids.reassign(self.site, path, number)
        self.taken.append(number)
        return outcome

    def move(self, path: str, argument: str) -> Outcome:
        """File the article under the subject ``argument``."""
        return move.move(self.site, [move.Refile(path, argument)], new_subjects=True)

    def retitle(self, path: str, argument: str) -> Outcome:
        """Give the article the slug ``argument``."""
        question = self.site.article(path).question
        return retitle.retitle(self.site, retitle.RetitleRequest(path, question, slug=argument))


_OPERATIONS: dict[str, Callable[[Bench, str, str], Outcome]] = {
    "reassign-id": Bench.reassign_id,
    "move": Bench.move,
    "retitle": Bench.retitle,
}
"""The operations that a fix may name."""


def learned(checker: Checker, site: Site, files: Iterable[tuple[str, bytes | None]]) -> Checker:
    """A checker that knows of files as they are now; ``None`` is one that is gone."""
    context, content = checker.context, site.config.content
    entries: dict[str, Entry | None] = {}
    urls: dict[str, tuple[str, ...]] = {}
    for path, data in files:
        entries[path] = None
        if data is not None and path.startswith(f"{content}/"):
            subject = CheckedArticle(path, data, context, usual=quickly(data))
            entries[path], urls[path] = subject.entry, subject.urls
    known = context.known
    if not isinstance(known, Snapshot):
        index = context.site.index
        known = Snapshot(index.entries(), index.links, content, site.config.addresses)
    return checker.around(context.knowing(known.updated(entries, urls), site))


def _is_rewiring(finding: Finding) -> bool:
    return finding.fix is not None and isinstance(finding.fix.steps[0], Rewire)
