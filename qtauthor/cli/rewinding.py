"""The way of undo and redo: steps, then a diff, the disk, and what they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from qtauthor.changes.change import Change, Create, Delete, Move, apply
from qtauthor.changes.changeset import ChangeSet
from qtauthor.cli import delivery, output
from qtauthor.cli.options import Sink
from qtauthor.cli.state import State
from qtauthor.content.site import Site
from qtauthor.sinks import undo
from qtauthor.sinks.undo import Step


def run(state: State, count: int, sink: Sink, *, redo: bool, force: bool) -> int:
    """Take back or make again ``count`` changes, or show that. Gives the exit code."""
    site = state.site()
    if not sink.writes:
        steps = undo.plan(site.root, count, redo=redo, force=force)
        _report(state, site, steps, sink, redo=redo)
        return 1
    with delivery.held([site]) as commit:
        steps = undo.plan(site.root, count, redo=redo, force=force)
        commit.rewind(site.root, steps, site.config.content)
        state.written = True
    _report(state, site, steps, sink, redo=redo)
    return 0


def facts(step: Step, files: ChangeSet) -> dict[str, Any]:
    """One change of the history, as JSON."""
    header = step.header
    return {
        "number": step.entry.number,
        "time": header.time,
        "command": header.label,
        "summary": header.summary,
        "files": list(files.paths),
    }


def _report(state: State, site: Site, steps: list[Step], sink: Sink, *, redo: bool) -> None:
    diff = b"".join(_diff(site, steps)) if sink.as_diff else b""
    if sink.as_format == "json":
        shown = [{**facts(step, step.changes), "left": list(step.left)} for step in steps]
        members: dict[str, Any] = {"written": sink.writes, "steps": shown}
        if sink.as_diff:
            members["diff"] = diff.decode("utf-8", "replace")
        state.console.data(output.versioned(**members))
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


def _diff(site: Site, steps: list[Step]) -> Iterator[bytes]:
    """The diffs of all steps; each begins where the one before it ends."""
    from qtauthor.sinks.diff import unified
    from qtauthor.sinks.git.checkout import git_prefix

    prefix = git_prefix(site.root)
    so_far: dict[str, bytes] = {}

    def read(path: str) -> bytes:
        return so_far[path] if path in so_far else site.source.read(path)

    for step in steps:
        yield from unified(step.changes, read, prefix=prefix)
        so_far.update([found for change in step.changes.changes if (found := _new(change, read))])


def _new(change: Change, read: Callable[[str], bytes]) -> tuple[str, bytes] | None:
    if isinstance(change, Delete):
        return None
    if isinstance(change, Create):
        return change.path, change.content
    to = change.to if isinstance(change, Move) else change.path
    return to, apply(read(change.path), change.edits)
