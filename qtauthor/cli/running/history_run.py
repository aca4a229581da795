"""The way of undo and redo: steps, then a diff, the disk, and what they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from qtauthor.changes.change import Change, Create, Delete, Move, apply
from qtauthor.changes.changeset import ChangeSet
from qtauthor.cli.arguments.options import Sink
from qtauthor.cli.output import change_diff, json_values
from qtauthor.cli.running import driver
from qtauthor.cli.state import State
from qtauthor.content.site import Site
from qtauthor.sinks.commit import Commit
from qtauthor.sinks.history import undo
from qtauthor.sinks.history.undo import UndoStep


def run(state: State, count: int, sink: Sink, *, redo: bool, force: bool) -> int:
    """Take back or make again ``count`` changes, or show that. Gives the exit code."""
    return driver.run(_Rewinding(state, sink, count, redo=redo, force=force))


class _Rewinding(driver.Job):
    are_sites = False
    changes = True  # that nothing can be rewound is an error

    def __init__(self, state: State, sink: Sink, count: int, *, redo: bool, force: bool) -> None:
        self.site = state.site()
        super().__init__(state, sink, [self.site])
        self.count = count
        self.redo = redo
        self.force = force
        self.steps: list[UndoStep] = []

    def plan(self, commit: Commit | None) -> None:
        self.steps = undo.plan(self.site.root, self.count, redo=self.redo, force=self.force)

    def deliver(self, commit: Commit | None) -> None:
        if commit is not None:
            commit.rewind(self.site.root, self.steps, self.site.config.content)
            self.state.written = True

    def tell(self) -> None:
        _report(self.state, self.site, self.steps, self.sink, redo=self.redo)


def facts(step: UndoStep, files: ChangeSet) -> dict[str, Any]:
    """One change of the history, as JSON."""
    header = step.header
    return {
        "number": step.entry.number,
        "time": header.time,
        "command": header.label,
        "summary": header.summary,
        "files": list(files.paths),
    }


def _report(state: State, site: Site, steps: list[UndoStep], sink: Sink, *, redo: bool) -> None:
    diff = b"".join(_diff(site, steps)) if sink.as_diff else b""
    if sink.as_format == "json":
        shown = [{**facts(step, step.changes), "left": list(step.left)} for step in steps]
        members: dict[str, Any] = {"written": sink.writes, "steps": shown}
        if sink.as_diff:
            members["diff"] = diff.decode("utf-8", "replace")
        state.console.data(json_values.versioned(**members))
        return
    if sink.as_diff:
        state.console.diff(diff.splitlines(keepends=True))
    verb = ("redid" if redo else "undid") if sink.writes else f"would {'redo' if redo else 'undo'}"
    for step in steps:
        state.console.note(f"{verb} {step.entry.number}: {step.header.label}")
        state.console.note(f"  {step.changes.summary()}")
        for path in step.left:
            why = "it was edited since" if path in step.edited else "its name is taken"
            state.console.note(f"  left as it is, for {why}: {path}")


def _diff(site: Site, steps: list[UndoStep]) -> Iterator[bytes]:
    """The diffs of all steps; each begins where the one before it ends."""
    so_far: dict[str, bytes] = {}

    def read(path: str) -> bytes:
        return so_far[path] if path in so_far else site.source.read(path)

    for step in steps:
        yield from change_diff.of(site.root, step.changes, read)
        so_far.update([found for change in step.changes.changes if (found := _new(change, read))])


def _new(change: Change, read: Callable[[str], bytes]) -> tuple[str, bytes] | None:
    if isinstance(change, Delete):
        return None
    if isinstance(change, Create):
        return change.path, change.content
    to = change.to if isinstance(change, Move) else change.path
    return to, apply(read(change.path), change.edits)
