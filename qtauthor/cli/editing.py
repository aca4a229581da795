"""The way of every editing command: articles in, one change set, then a diff or the disk."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from qtauthor.changes.change import Modify, apply
from qtauthor.changes.changeset import ChangeSet
from qtauthor.cli import output, piped
from qtauthor.cli.console import visible
from qtauthor.cli.options import Sink
from qtauthor.cli.selection import Selected
from qtauthor.cli.state import STDIN, State, Target
from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError, RequestError
from qtauthor.operations import bulk
from qtauthor.operations.bulk import Edit
from qtauthor.operations.noted import Noted, Notice, change_of

if TYPE_CHECKING:  # nothing of the sinks is loaded by those who only read
    from qtauthor.sinks.commit import Commit

_KINDS = 12
"""Kinds of change that the summary tells one by one."""

_NOTICES = 6
"""Notices that are told one by one."""

_TOLD = 3
"""Articles up to which their diff says more than a summary would."""


class Planned(NamedTuple):
    """The change of one article; ``data`` are its bytes where they are no file's."""

    target: Target
    change: Modify
    data: bytes | None = None

    def diff(self) -> Iterable[bytes]:
        from qtauthor.sinks.diff import unified
        from qtauthor.sinks.git.checkout import git_prefix

        site = self.target.site
        prefix = git_prefix(site.root)
        return unified(ChangeSet((self.change,)), self._read, prefix=prefix)

    def _read(self, path: str) -> bytes:
        return self.target.site.source.read(path) if self.data is None else self.data


class Plan(NamedTuple):
    """What would change, the errors of articles that are left as they are, and what to tell.

    ``notices`` has the number of articles in which each is so. ``idle`` is the likely reason if
    nothing changes.
    """

    planned: list[Planned]
    left: list[QtauthorError]
    notices: Counter[Notice]
    keep_going: bool = False
    idle: str = ""

    def take(self, target: Target, result: bulk.Result) -> None:
        """Add the result for one article. Raises a refusal, unless it is to ``keep_going``."""
        if isinstance(result, QtauthorError):
            if result.where.path in (None, target.path):
                result.where = result.where._replace(path=target.name)
            if not self.keep_going:
                raise result
            self.left.append(result)
            return
        if isinstance(result, Noted):
            self.notices.update(result.notices)
        change = change_of(result)
        if change is not None:
            self.planned.append(Planned(target, change))

    def told(self) -> list[str]:
        """The notices in words, those of most articles first."""
        return [notice.told(count) for notice, count in self.notices.most_common()]


def run(
    state: State,
    selected: Selected,
    stdin_name: str | None,
    edit: Edit,
    sink: Sink,
    idle: str = "",
) -> int:
    """Edit the selected articles, all or none. Gives the exit code.

    ``idle`` is told, as the likely reason, if no article changes.
    """
    selected.require()
    plan = Plan([], [], Counter(), sink.keep_going, idle)
    if STDIN in selected.names:
        return _filter(state, selected, stdin_name, edit, sink, plan)
    if selected.is_only_names:
        found = {(t.site.root, t.path): t for t in reversed([*map(state.target, selected.names)])}
        targets = [*reversed(found.values())]
        with _held(sink, [target.site for target in targets]) as commit:
            _named(targets, edit, plan)
            if not sink.interactive:
                _to_disk(state, commit, plan.planned, sink)
    else:
        with _held(sink, [state.site()]) as commit:
            if _selected(state, commit, selected, edit, sink, plan):
                return _report(state, plan, sink)
            if not sink.interactive:
                _to_disk(state, commit, plan.planned, sink)
    if sink.interactive:  # what was seen is written, or it has changed since
        plan = plan._replace(planned=_wanted(state, plan.planned))
        sites = [one.target.site for one in plan.planned]
        with _held(sink._replace(interactive=False), sites) as commit:
            _to_disk(state, commit, plan.planned, sink)
    return _report(state, plan, sink)


def run_one(state: State, target: Target, edit: Edit, sink: Sink) -> int:
    """Edit one article, or show that. Gives the exit code."""
    plan = Plan([], [], Counter())
    with _held(sink, [target.site]) as commit:
        _named([target], edit, plan)
        _to_disk(state, commit, plan.planned, sink)
    return _report(state, plan, sink)


def show(state: State, planned: list[Planned], sink: Sink) -> int:
    """Tell of changes that no file is to get. Gives the exit code."""
    return _report(state, Plan(planned, [], Counter()), sink)


def _filter(
    state: State,
    selected: Selected,
    stdin_name: str | None,
    edit: Edit,
    sink: Sink,
    plan: Plan,
) -> int:
    """Standard input to standard output: the document and nothing else."""
    if selected != Selected((STDIN,)):
        raise RequestError(
            Code.BAD_ASSIGNMENT,
            "standard input cannot be edited together with files",
            excerpt=" ".join(selected.names)[:200],
            remedy="give - alone",
        )
    piped.refuse_json(sink)
    target = state.stdin_target(stdin_name)
    data = state.read_stdin()
    try:
        edited = edit(target.path, target.site.parse(data))
    except QtauthorError as error:
        raise error.at(target.name) from None
    plan.take(target, edited)
    changes = [one.change for one in plan.planned]
    if not sink.writes:
        planned = [Planned(target, change, data) for change in changes]
        return _report(state, plan._replace(planned=planned), sink)
    state.console.raw(apply(data, changes[0].edits) if changes else data)
    _print_notices(state, plan)
    return 0


def _held(sink: Sink, sites: Sequence[Site]) -> AbstractContextManager[Commit | None]:
    """The locks of the sites, from before anything is read that is edited: nobody else writes
    between the reading and the writing. A person who is asked meanwhile keeps nobody waiting."""
    if not sink.writes or sink.interactive:
        return nullcontext()
    from qtauthor.cli import delivery

    return delivery.held([*{site.root: site for site in sites}.values()])


def _named(targets: Sequence[Target], edit: Edit, plan: Plan) -> None:
    """Plan the edits of files, which may be in several sites or in none."""
    for target in targets:
        plan.take(target, bulk.one(target.site, target.path, edit))


def _selected(
    state: State, commit: Commit | None, selected: Selected, edit: Edit, sink: Sink, plan: Plan
) -> bool:
    """Plan the edits of a site's articles. Gives whether they are written already.

    They are chosen while the lock is held, too: none of them leaves its name in between.
    """
    from qtauthor.cli.progress import Progress

    site, paths = selected.articles(state)
    jobs = sink.jobs or bulk.jobs_for(len(paths))
    progress = Progress(state.console, "editing")
    done = progress.ticks(len(paths))

    def take(path: str, result: bulk.Result) -> None:
        done()
        plan.take(Target(path, site, path), result)

    try:
        # Processes that do not fork do not share the journal that they would have to write.
        if commit is not None and (jobs < 2 or bulk.FORKS):
            from qtauthor.cli import writing

            dirty = sink.allow_dirty
            writing.write(state, commit, site, paths, edit, take, jobs=jobs, allow_dirty=dirty)
            return True
        with closing(bulk.each(site, paths, bulk.Editing(edit), jobs)) as found:
            for path, result in zip(paths, found, strict=True):
                take(path, result)
    finally:
        progress.end()
    return False


def _wanted(state: State, planned: Sequence[Planned]) -> list[Planned]:
    """Those that the user says yes to, one by one, having seen what would change."""
    if not sys.stdin.isatty():
        raise RequestError(
            Code.USAGE,
            "--interactive asks on a terminal, and there is none",
            remedy="leave it out; --diff shows what would change",
        )
    wanted: list[Planned] = []
    for number, one in enumerate(planned, 1):
        state.console.diff(one.diff())
        words = (
            f"change {visible(one.target.name)} ({number} of {len(planned)})? yes, no, all, quit"
        )
        answer = click.prompt(words, type=click.Choice(["y", "n", "a", "q"]), err=True)
        if answer == "a":
            return [*wanted, *planned[number - 1 :]]
        if answer == "q":
            return wanted
        if answer == "y":
            wanted.append(one)
    return wanted


def _to_disk(state: State, commit: Commit | None, planned: Sequence[Planned], sink: Sink) -> None:
    """Write the changes, whose locks are held, or only see whether they could be written."""
    from qtauthor.cli import delivery

    by_root: dict[Path, tuple[Site, list[Modify]]] = {}
    for target, change, _ in planned:
        by_root.setdefault(target.site.root, (target.site, []))[1].append(change)
    plans = [(site, ChangeSet(tuple(changes))) for site, changes in by_root.values()]
    with _as_called(planned):
        if commit is not None:
            delivery.write(state, commit, plans, allow_dirty=sink.allow_dirty)
        else:
            delivery.check(plans)


@contextmanager
def _as_called(planned: Sequence[Planned]) -> Iterator[None]:
    """Errors name a file as the user did."""
    names = {change.path: target.name for target, change, _ in planned}
    try:
        yield
    except QtauthorError as error:
        path = error.where.path
        error.where = error.where._replace(path=names.get(path, path) if path else None)
        raise


def _report(state: State, plan: Plan, sink: Sink) -> int:
    if sink.as_format == "json":
        _print_json(state, plan, sink)
    else:
        for one in plan.planned if sink.names and not sink.as_diff else ():
            state.console.data(one.target.name)
        if sink.as_diff:
            state.console.diff(line for one in plan.planned for line in one.diff())
        _print_summary(state, plan, sink)
    return 1 if plan.left else 0 if sink.writes else int(bool(plan.planned))


def _print_json(state: State, plan: Plan, sink: Sink) -> None:
    changed = [{"path": p.target.name, "keys": list(p.change.touched)} for p in plan.planned]
    members: dict[str, object] = {"written": sink.writes, "changed": changed}
    if plan.notices:
        members["notices"] = plan.told()
    if sink.keep_going:
        members["left"] = [
            {"path": error.where.path, "code": error.code, "message": error.message}
            for error in plan.left
        ]
    if sink.as_diff:
        members["diff"] = b"".join(line for p in plan.planned for line in p.diff()).decode()
    state.console.data(output.versioned(**members))


def _print_summary(state: State, plan: Plan, sink: Sink) -> None:
    for error in plan.left:
        state.console.error(error)
    count = len(plan.planned)
    verb = "changed" if sink.writes else "would change"
    why = f": {plan.idle}" if plan.idle and not count and not plan.left else ""
    state.console.note(f"{verb} {_articles(count)}{why}")
    if count > _TOLD:
        kinds = Counter(at for one in plan.planned for at in one.change.touched)
        for at, number in kinds.most_common(_KINDS):
            state.console.note(f"  {at or '/'} in {number}")
        if len(kinds) > _KINDS:
            state.console.note(f"  and {len(kinds) - _KINDS} more kinds")
    if plan.left:
        state.console.note(f"left {_articles(len(plan.left))} as they are, for the reasons above")
    _print_notices(state, plan)


def _print_notices(state: State, plan: Plan) -> None:
    told = plan.told()
    for notice in told[:_NOTICES]:
        state.console.note(f"note: {notice}")
    if len(told) > _NOTICES:
        state.console.note(f"note: {len(told) - _NOTICES} more like these; --format json has all")


def _articles(count: int) -> str:
    return f"{count} article{'' if count == 1 else 's'}"
