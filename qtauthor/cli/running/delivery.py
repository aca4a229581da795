"""Give change sets to the disk, under the name of the command that made them."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from qtauthor import clock
from qtauthor.changes.changeset import ChangeSet
from qtauthor.cli.output.console import Console
from qtauthor.cli.state import State
from qtauthor.content.site import Site
from qtauthor.errors import Code, SiteError
from qtauthor.files import presence

if TYPE_CHECKING:  # nothing of the sinks is loaded by those who only read
    from qtauthor.sinks.commit import Commit
    from qtauthor.sinks.transaction.prepare import Preparer, Ready
    from qtauthor.sinks.transaction.recovery import Recovered
    from qtauthor.sinks.transaction.stage import Feed

SiteChanges: TypeAlias = tuple[Site, ChangeSet]


@contextmanager
def held(sites: Sequence[Site], *, are_sites: bool) -> Iterator[Commit]:
    """Hold the locks of the sites; unless all ``are_sites``, of folders with files that stand alone
    as well."""
    from qtauthor.sinks import commit
    from qtauthor.sinks.locks import folder_lock

    alone = {site.root for site in sites if not are_sites and not is_site(site)}
    with ExitStack() as locks:
        for root in sorted(alone):
            locks.enter_context(folder_lock.locked(root))
        yield locks.enter_context(commit.held(*(s.root for s in sites if s.root not in alone)))


def recover(console: Console, root: Path) -> None:
    """End a change that an earlier run had begun, if nobody is at work, and say what became of it.

    A site that cannot be written to is only warned of: whoever reads may go on.
    """
    from qtauthor.sinks import commit

    try:
        found = commit.ended(root)
        if found is not None:
            _tell(console, found)
    except SiteError as error:
        if error.code is not Code.LOCKED:
            console.note(f"warning: {error.message}; {error.remedy}")


def _tell(console: Console, found: Recovered) -> None:
    if found.how == "damaged":
        console.note(
            "warning: a run was interrupted, and the record of its change is damaged; "
            f"it is kept as {', '.join(found.left)}, and git diff shows what was changed"
        )
        return
    named = f" “{found.label}”" if found.label else ""
    console.note(f"an interrupted run{named} was {found.how}")
    for path in found.left:
        console.note(f"warning: {path} was edited since and stays as it is")


def is_site(site: Site) -> bool:
    """Whether there is a folder of articles."""
    return presence.is_folder(site.root / site.config.content)


def check(plans: Sequence[SiteChanges]) -> None:
    """Raise if the changes could not be written, as far as that shows without writing."""
    from qtauthor.sinks import loose_files

    for site, changes in plans:
        loose_files.check(changes, site.root)


def write(
    state: State,
    commit: Commit,
    plans: Sequence[SiteChanges],
    *,
    allow_dirty: bool,
    feed: Feed | None = None,
    jobs: int = 1,
) -> None:
    """Write the changes, all or none. A ``feed`` gives those of one site, see ``stream``.

    Raises ``SiteError`` with ``uncommitted-changes`` or ``git-unknown`` unless ``allow_dirty``, and
    what a transaction raises.
    """
    from qtauthor.cli.output.progress import Progress
    from qtauthor.sinks.commit import ALLOW, REFUSE
    from qtauthor.sinks.transaction.stage import WriteOrder

    now = clock.now()
    orders = [
        WriteOrder(
            site.root,
            changes,
            state.command,
            now,
            site.config.content,
            is_site(site),
            feed=feed,
            jobs=jobs,
        )
        for site, changes in plans
    ]
    steps = 2 * sum(len(changes.changes) for _, changes in plans)
    progress = Progress(state.console, "writing")
    state.written = bool(steps or feed)  # before an interrupt can come between it and the writing
    try:
        uncommitted = ALLOW if allow_dirty else REFUSE
        commit.write(orders, uncommitted, progress.ticks(steps) if steps else None)
    except BaseException:
        state.written = False
        raise
    finally:
        progress.end()


def stream(
    state: State, commit: Commit, site: Site, feed: Feed, *, allow_dirty: bool, jobs: int
) -> None:
    """Write what a ``feed`` makes ready, all or none: no more of it is in memory than it gives at a
    time. Raises as ``write`` does."""
    from qtauthor.operations import process_pool

    fed = 0

    def counting(preparer: Preparer) -> Generator[Ready, None, None]:
        nonlocal fed
        with closing(feed(preparer)) as found:
            for ready in found:
                fed += 1
                yield ready

    with process_pool.no_collector():
        plans = [(site, ChangeSet())]
        write(state, commit, plans, allow_dirty=allow_dirty, feed=counting, jobs=jobs)
    state.written = bool(fed)
