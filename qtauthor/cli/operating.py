"""The way of every command over the site: one outcome, then a diff, the disk, and a summary."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qtauthor.changes.change import Change, Move
from qtauthor.changes.changeset import ChangeSet
from qtauthor.cli import delivery, output
from qtauthor.cli.console import Console
from qtauthor.cli.options import Sink
from qtauthor.cli.state import State
from qtauthor.content.site import Site
from qtauthor.errors import Code
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.summary import Summary, summarise

if TYPE_CHECKING:
    from qtauthor.sinks.commit import Commit

Operation = Callable[[Site], Outcome]
"""From the site, as it is while its lock is held, to what is to change."""

_KINDS = {"create": "created", "modify": "changed", "delete": "deleted", "move": "moved"}


def run(state: State, operation: Operation, sink: Sink, **members: Any) -> int:
    """Do what an operation plans, or show it. Gives the exit code.

    ``members`` are added to the JSON form; a function among them is called when the operation is
    done.
    """
    site = state.site()
    with _held(site.root) if sink.writes else nullcontext() as commit:
        site.refresh()  # others may have written while the lock was theirs
        outcome = operation(site)
        summary = summarise(site, outcome.changes)
        diff = diff_of(site, outcome.changes) if sink.as_diff else b""
        plan = [(site, outcome.changes)]
        if commit is not None:
            delivery.write(state, commit, plan, allow_dirty=sink.allow_dirty)
        else:
            delivery.check(plan)
    tell(state, outcome, summary, sink, diff, members)
    return 0 if sink.writes else int(bool(outcome.changes))


def tell(
    state: State,
    outcome: Outcome,
    summary: Summary,
    sink: Sink,
    diff: bytes,
    members: dict[str, Any],
) -> None:
    """Print what was done, or would be, as asked."""
    if sink.as_format == "json":
        more = {name: value() if callable(value) else value for name, value in members.items()}
        _print_json(state, outcome, summary, sink, diff, more)
    else:
        _print(state, outcome, summary, sink, diff)


def taken(site: Site, console: Console | None = None, *, all_refs: bool = False) -> list[int]:
    """The largest ids that no file of the site shows: reserved ones, and with ``all_refs`` those of
    other branches.

    The ``console`` is told if there are articles whose ids nobody can know here. Raises
    ``SiteError`` with ``no-git``.
    """
    if console is not None:
        _warn_of_unknown(site, console)
    from qtauthor.sinks import reservation

    found = [reservation.reserved(site.root)]
    if all_refs:
        from qtauthor.content import skim
        from qtauthor.sinks.git import refs

        articles = refs.articles(site.root, site.config.content, site.paths())
        found.append(skim.largest_id(articles))
    return found


def _warn_of_unknown(site: Site, console: Console) -> None:
    unknown = [one for one in site.index.unreadable() if one.problem == Code.NOT_CHECKED_OUT]
    if unknown:
        what = "1 article is" if len(unknown) == 1 else f"{len(unknown)} articles are"
        console.note(
            f"warning: {what} neither checked out nor in this clone, and may have larger ids"
        )


def say(state: State, text: str) -> None:
    """Words that may be longer than a terminal is wide; they break between words only."""
    if sys.stderr.isatty():
        width = shutil.get_terminal_size().columns
        text = textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)
    state.console.note(text)


def _held(root: Path) -> AbstractContextManager[Commit]:
    from qtauthor.sinks import commit

    return commit.held(root)


def diff_of(site: Site, changes: ChangeSet) -> bytes:
    """The unified diff of changes."""
    from qtauthor.sinks.diff import unified
    from qtauthor.sinks.git.checkout import git_prefix

    return b"".join(unified(changes, site.source.read, prefix=git_prefix(site.root)))


def _print(state: State, outcome: Outcome, summary: Summary, sink: Sink, diff: bytes) -> None:
    if sink.as_diff:
        state.console.diff(line for line in diff.splitlines(keepends=True))
    else:
        for change in outcome.changes.changes:
            if isinstance(change, Move):
                state.console.data(change.to)
    for notice in outcome.notices:
        say(state, f"note: {notice}")
    if not outcome.changes:
        say(state, "nothing to change")
    else:
        say(state, f"{'changed' if sink.writes else 'would change'}: {summary}")


def _print_json(
    state: State,
    outcome: Outcome,
    summary: Summary,
    sink: Sink,
    diff: bytes,
    more: dict[str, Any],
) -> None:
    members: dict[str, Any] = {
        "written": sink.writes,
        "summary": {
            "articles": summary.articles,
            "related_blocks": summary.blocks,
            "related_articles": summary.holders,
            "redirects": summary.redirects,
        },
        "changed": [_as_json(change) for change in outcome.changes.changes],
        "notices": list(outcome.notices),
        **more,
    }
    if sink.as_diff:
        members["diff"] = diff.decode("utf-8", "replace")
    state.console.data(output.versioned(**members))


def _as_json(change: Change) -> dict[str, Any]:
    kind = type(change).__name__.lower()
    found: dict[str, Any] = {"path": change.path, "change": _KINDS[kind]}
    if isinstance(change, Move):
        found["to"] = change.to
    touched = getattr(change, "touched", ())
    return {**found, "keys": list(touched)} if touched else found
