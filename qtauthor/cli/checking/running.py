"""Checks many articles, in several processes where that is quicker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from typing import NamedTuple

from qtauthor.content.site import Site
from qtauthor.errors import Code, SiteError
from qtauthor.rules.checker import Checker
from qtauthor.rules.context import Snapshot
from qtauthor.rules.finding import Finding

MANY = 2000
"""From so many articles on, more than one process is worth while."""
_MOST = 4
_SOME = 200
"""Articles between two words on how far it is."""

Findings = dict[str, list[Finding]]


class Checking(NamedTuple):
    """The work of checking one article, in whatever process: it needs no site but the checker's."""

    checker: Checker

    def __call__(self, site: Site, number: int, path: str, /) -> list[Finding]:
        return self.checker.check_file(path)

    def flush(self) -> None:
        pass


def check(
    checker: Checker,
    paths: Sequence[str],
    progress: Callable[[int, int], None],
    workers: int | None = None,
) -> Findings:
    """What is found in each article; the same for any number of ``workers``."""
    found: Findings = {}
    count = _workers(len(paths)) if workers is None else workers
    try:
        _check(checker, paths, count, found, progress)
    except SiteError as error:
        if error.code is not Code.STOPPED_PROCESS:
            raise
        _check(checker, paths, 1, found, progress)  # someone ended one, or the memory did
    return found


def _workers(articles: int) -> int:
    """Only where processes fork do they share what is known of the site."""
    if articles < MANY:
        return 1
    from qtauthor.operations import process_pool

    return min(_MOST, process_pool.jobs_for(articles)) if process_pool.FORKS else 1


def _check(
    checker: Checker,
    paths: Sequence[str],
    workers: int,
    found: Findings,
    progress: Callable[[int, int], None],
) -> None:
    """Check what is not ``found`` yet."""
    left = paths[len(found) :]
    if workers < 2:
        results = (checker.check_file(path) for path in left)
    else:
        from qtauthor.operations import process_pool

        _ask_now(checker)
        results = process_pool.each(checker.context.site, left, Checking(checker), workers)
    with closing(results):
        for path, findings in zip(left, results, strict=True):
            found[path] = findings
            if len(found) % _SOME == 0 or len(found) == len(paths):
                progress(len(found), len(paths))


def _ask_now(checker: Checker) -> None:
    """Ask the database for all that rules may want: processes must not share it."""
    known = checker.context.known
    if isinstance(known, Snapshot) and any(rule.code == "QT509" for rule in checker.rules):
        known.sources("")
