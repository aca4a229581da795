"""Apply the fixes of findings until there is nothing more to fix, as one change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.files_after import After
from qtauthor.changes.sequence import then
from qtauthor.content.site import Site
from qtauthor.content.staged_site import staged
from qtauthor.operations.fixing.rounds import Bench, Findings, Rewired, learned
from qtauthor.operations.site import same_question
from qtauthor.rules.checker import Checker
from qtauthor.rules.context import Context
from qtauthor.rules.finding import Finding

_MOST_TURNS = 20
"""Of operations that change the same files; a turn does as many as do not."""


class Fixed(NamedTuple):
    """What is to change, the findings that are gone then, and those that stay.

    ``rewired`` are the fixes that change other articles, too. ``texts`` are the changed files by
    the names that they then have, as long as nothing is written; the places of what is ``left`` are
    those in them.
    """

    changes: ChangeSet
    fixed: tuple[Finding, ...]
    left: tuple[Finding, ...]
    rewired: tuple[Rewired, ...] = ()
    texts: Mapping[str, bytes | None] = {}


def fix_all(
    site: Site,
    paths: Iterable[str],
    checker: Checker,
    *,
    unsafe: bool = False,
    taken: Iterable[int] = (),
    found: Findings | None = None,
) -> Fixed:
    """Fix what ``checker`` finds in the articles at ``paths``, all of them together.

    Only safe fixes are applied, unless ``unsafe`` ones are wanted, too. New ids are none of
    ``taken``. ``found`` is what the checker finds, if that is known. Raises ``SiteError`` for a
    file that is not there.
    """
    findings = found or {path: checker.check_file(path) for path in dict.fromkeys(paths)}
    here, changes = site, ChangeSet()
    fixed: list[Finding] = []
    rewired: list[Rewired] = []
    for _ in range(_MOST_TURNS):
        bench = Bench(here, checker, unsafe=unsafe, taken=taken)
        findings = bench.run(findings, {done.finding.key for done in rewired})
        more = bench.changes()
        changes = then(changes, more, site.source.read)
        fixed += bench.fixed
        rewired += bench.rewired
        if not more or not (bench.rewired or bench.waiting):
            break
        new = After(more, here.source.read)
        here = staged(site, After(changes, site.source.read))
        before, checker = bench.checker.context, learned(bench.checker, here, new.items())
        findings = _known_again(before, more, checker, findings)
    left = tuple(finding for path in findings for finding in findings[path])
    return Fixed(changes, tuple(fixed), left, tuple(rewired), After(changes, site.source.read))


def _known_again(
    before: Context, changes: ChangeSet, checker: Checker, findings: Findings
) -> Findings:
    """The findings under new names; anew for whom the changes may concern."""
    names = {c.path: c.target for c in changes.changes if c.target is not None}
    concerned = _concerned(before, checker.context, changes)
    found: Findings = {}
    for path, old in findings.items():
        name = names.get(path, path)
        elsewhere = {other.path for finding in old for other in finding.elsewhere}
        anew = name in concerned or not concerned.isdisjoint(elsewhere)
        found[name] = checker.check_file(name) if anew else old
    return found


def _concerned(before: Context, after: Context, changes: ChangeSet) -> set[str]:
    """The articles that changed, those that link to them, and those with their slug or id."""
    found: set[str] = set()
    for change in changes.changes:
        for context, path in ((before, change.path), (after, change.target or change.path)):
            entry = context.known.entry(path)
            found.add(path)
            if entry is None:
                continue
            found.update(after.sources(entry.address))
            same = after.known.with_slug(same_question.slug(path))
            found |= {one.path for one in same}
            if entry.id is not None:
                found |= {one.path for one in after.known.with_id(entry.id)}
    return found
