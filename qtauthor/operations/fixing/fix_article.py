"""Fixes in one article: of one finding, of all of a rule, of all that are safe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qtauthor.changes.changeset import ChangeSet
from qtauthor.content.site import Site
from qtauthor.errors import Code, Place, SiteError
from qtauthor.operations.fixing.fix_all import fix_all
from qtauthor.operations.fixing.page_steps import Page
from qtauthor.operations.fixing.rounds import Bench, Rewired
from qtauthor.operations.outcome import Outcome
from qtauthor.rules import registry
from qtauthor.rules.checker import Checker
from qtauthor.rules.finding import Finding
from qtauthor.rules.fix import Rewire


def rewires(finding: Finding) -> bool:
    """Whether a fix is an operation that changes other articles, too."""
    return finding.fix is not None and isinstance(finding.fix.steps[0], Rewire)


def alone(site: Site, path: str, data: bytes, finding: Finding) -> ChangeSet:
    """What the fix of one finding changes in its article; nothing if it cannot be applied."""
    page = Page(path, data, site.template)
    page.apply([finding])
    change = page.change()
    return ChangeSet((change,) if change else ())


def one(
    site: Site, path: str, wanted: tuple[str, ...], checker: Checker, *, taken: Sequence[int]
) -> Outcome:
    """The fix of the finding with this rule, pointer and message, whatever it changes.

    ``taken`` are ids that no file shows, but that are given out already. Raises ``SiteError`` with
    ``changed-since`` if there is no such finding any more.
    """
    found = [f for f in checker.check_file(path) if (f.rule, f.pointer, f.message) == wanted]
    if not found or found[0].fix is None:
        raise SiteError(
            Code.CHANGED_SINCE,
            "this problem is not there any more",
            where=Place(path),
            remedy="look at the list of problems again",
        )
    if not rewires(found[0]):
        return Outcome(alone(site, path, site.source.read(path), found[0]))
    bench = Bench(site, checker, unsafe=True, taken=taken)
    bench.run({path: found[:1]})
    return Outcome(bench.changes(), _notices(bench.rewired))


def of_rule(site: Site, path: str, code: str, checker: Checker, *, taken: Sequence[int]) -> Outcome:
    """All fixes of one rule in an article. Raises ``RequestError`` for what is no rule."""
    alone = Checker(checker.context, registry.named(code), checker.ignored)
    return _fixed(site, path, alone, unsafe=True, taken=taken)


def safe(site: Site, path: str, checker: Checker, *, taken: Sequence[int]) -> Outcome:
    """All safe fixes in an article, until there are no more."""
    return _fixed(site, path, checker, unsafe=False, taken=taken)


def _fixed(
    site: Site, path: str, checker: Checker, *, unsafe: bool, taken: Sequence[int]
) -> Outcome:
    done = fix_all(site, [path], checker, unsafe=unsafe, taken=taken)
    return Outcome(done.changes, _notices(done.rewired))


def _notices(rewired: Iterable[Rewired]) -> tuple[str, ...]:
    return tuple(notice for done in rewired for notice in done.notices)
