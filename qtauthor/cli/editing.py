"""The way of every editing command: files in, one change set, then a diff, the disk or a filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from qtauthor.changes.change import Modify, apply
from qtauthor.changes.changeset import ChangeSet
from qtauthor.cli import output
from qtauthor.cli.state import STDIN, State, Target
from qtauthor.content.article import Article
from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError, RequestError

Edit = Callable[[str, Article], Modify | None]
"""From a path and its article to the change of it."""


class Sink(NamedTuple):
    """Where the command's change goes."""

    dry_run: bool
    as_diff: bool
    as_format: str
    names: bool = False

    @property
    def writes(self) -> bool:
        return not self.dry_run and not self.as_diff


class Planned(NamedTuple):
    """The change of one file, and the bytes that it was made from."""

    target: Target
    old: bytes
    change: Modify

    def diff(self) -> Iterable[bytes]:
        from qtauthor.sinks.diff import git_prefix, unified

        prefix = git_prefix(self.target.site.root)
        return unified(ChangeSet((self.change,)), lambda _path: self.old, prefix=prefix)


def run(state: State, names: Sequence[str], stdin_name: str | None, edit: Edit, sink: Sink) -> int:
    """Edit the articles called ``names``, all or none. Gives the exit code."""
    if STDIN in names:
        return _filter(state, names, stdin_name, edit, sink)
    targets = {
        (target.site.root, target.path): target for target in reversed([*map(state.target, names)])
    }
    planned = [
        change
        for target in reversed(targets.values())
        if (change := _planned(target, target.site.source.read, edit))
    ]
    with _as_called(planned):
        _to_disk(planned, dry=not sink.writes)
    state.written = sink.writes and bool(planned)
    return _report(state, planned, sink)


def _filter(
    state: State, names: Sequence[str], stdin_name: str | None, edit: Edit, sink: Sink
) -> int:
    """Standard input to standard output: the document and nothing else."""
    if len(names) > 1:
        raise RequestError(
            Code.BAD_ASSIGNMENT,
            "standard input cannot be edited together with files",
            excerpt=" ".join(names)[:200],
            remedy="give - alone",
        )
    if sink.writes and sink.as_format == "json":
        raise RequestError(
            Code.BAD_ASSIGNMENT,
            "standard output cannot carry both the document and JSON",
            remedy="leave --format out, or add --dry-run or --diff",
        )
    target = state.stdin_target(stdin_name)
    data = state.read_stdin()
    planned = _planned(target, lambda _path: data, edit)
    if not sink.writes:
        return _report(state, [planned] if planned else [], sink)
    state.console.raw(apply(data, planned.change.edits) if planned else data)
    return 0


def _planned(target: Target, read: Callable[[str], bytes], edit: Edit) -> Planned | None:
    try:
        data = read(target.path)
        change = edit(target.path, target.site.parse(data))
    except QtauthorError as error:
        raise error.at(target.name) from None
    return Planned(target, data, change) if change else None


def _to_disk(planned: Sequence[Planned], *, dry: bool) -> None:
    """Write the changes, or only see whether they could be written."""
    from qtauthor.sinks import disk, lock

    by_root: dict[Path, tuple[Site, list[Modify]]] = {}
    for target, _, change in planned:
        by_root.setdefault(target.site.root, (target.site, []))[1].append(change)
    plans = [(root, ChangeSet(tuple(changes))) for root, (_, changes) in sorted(by_root.items())]
    if dry:
        for root, changes in plans:
            disk.check(changes, root)
        return
    with ExitStack() as locks:
        for root, _ in plans:
            if (root / by_root[root][0].config.content).is_dir():
                locks.enter_context(lock.locked(root))
        disk.write_all(plans)


@contextmanager
def _as_called(planned: Sequence[Planned]) -> Iterator[None]:
    """Errors name a file as the user did."""
    names = {change.path: target.name for target, _, change in planned}
    try:
        yield
    except QtauthorError as error:
        path = error.where.path
        error.where = error.where._replace(path=names.get(path, path) if path else None)
        raise


def _report(state: State, planned: Sequence[Planned], sink: Sink) -> int:
    if sink.as_format == "json":
        changed = [{"path": p.target.name, "keys": list(p.change.touched)} for p in planned]
        members: dict[str, object] = {"written": sink.writes, "changed": changed}
        if sink.as_diff:
            members["diff"] = b"".join(line for p in planned for line in p.diff()).decode()
        state.console.data(output.versioned(**members))
    else:
        for one in planned if sink.names and not sink.as_diff else ():
            state.console.data(one.target.name)
        if sink.as_diff:
            state.console.diff(line for p in planned for line in p.diff())
        verb = "changed" if sink.writes else "would change"
        state.console.note(f"{verb} {len(planned)} article{'' if len(planned) == 1 else 's'}")
    return 0 if sink.writes else int(bool(planned))
