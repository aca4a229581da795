"""The way of every editing command: files in, one change set, then a diff, the disk or a filter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from qtauthor.changes.change import Modify
from qtauthor.changes.changeset import ChangeSet
from qtauthor.cli import output
from qtauthor.cli.state import STDIN, State, Target, read_stdin
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


def run(state: State, names: Sequence[str], stdin_name: str | None, edit: Edit, sink: Sink) -> int:
    """Edit the articles called ``names``, all or none. Gives the exit code."""
    if STDIN in names:
        return _filter(state, names, stdin_name, edit, sink)
    by_site: dict[Path, tuple[Site, list[Modify]]] = {}
    for target in dict.fromkeys(state.target(name) for name in names):
        change = _change(target, None, edit)
        _, changes = by_site.setdefault(target.site.root, (target.site, []))
        if change is not None:
            changes.append(change)
    plans = [(site, ChangeSet(tuple(found))) for site, found in by_site.values() if found]
    if not sink.dry_run and not sink.as_diff:
        for site, planned in plans:
            _write(site, planned)
    _report(state, plans, sink)
    return int(bool(plans)) if sink.dry_run or sink.as_diff else 0


def _filter(
    state: State, names: Sequence[str], stdin_name: str | None, edit: Edit, sink: Sink
) -> int:
    """Standard input to standard output: the document and nothing else."""
    if len(names) > 1:
        raise RequestError(
            Code.BAD_ASSIGNMENT,
            "standard input cannot be edited together with files",
            remedy="give - alone",
        )
    data = read_stdin()
    target = state.target(stdin_name or "stdin.md")
    change = _change(target._replace(name=stdin_name or "<stdin>"), data, edit)
    from qtauthor.changes.change import apply

    if sink.as_diff or sink.dry_run:
        plans = [(target.site, ChangeSet((change,)))] if change else []
        _report(state, plans, sink, data)
        return int(bool(plans))
    state.console.raw(apply(data, change.edits) if change else data)
    return 0


def _change(target: Target, data: bytes | None, edit: Edit) -> Modify | None:
    """The edit of an article; ``data`` stands for the file if it is given."""
    try:
        content = target.site.source.read(target.path) if data is None else data
        return edit(target.path, target.site.parse(content))
    except QtauthorError as error:
        raise error.at(target.name) from None


def _write(site: Site, changes: ChangeSet) -> None:
    from qtauthor.sinks import disk, lock

    holds = (site.root / site.config.content).is_dir()
    with lock.locked(site.root) if holds else nullcontext():
        disk.write(changes, site.root)


def _report(
    state: State, plans: list[tuple[Site, ChangeSet]], sink: Sink, data: bytes | None = None
) -> None:
    if sink.as_diff:
        from qtauthor.sinks.diff import unified

        for site, changes in plans:
            read = site.source.read if data is None else (lambda _path: data)
            state.console.diff(unified(changes, read))
    if sink.as_format == "json":
        state.console.data(output.versioned(written=not sink.dry_run, changed=list(_paths(plans))))
        return
    count = sum(len(changes.changes) for _, changes in plans)
    verb = "would change" if sink.dry_run or sink.as_diff else "changed"
    state.console.note(f"{verb} {count} article{'' if count == 1 else 's'}")


def _paths(plans: list[tuple[Site, ChangeSet]]) -> Iterator[dict[str, object]]:
    for _, changes in plans:
        for change in changes.changes:
            touched = change.touched if isinstance(change, Modify) else ()
            yield {"path": change.path, "keys": list(touched)}
