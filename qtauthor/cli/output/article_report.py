"""What is told of edits of articles: names, a diff, and kinds of change; or JSON by article."""

from __future__ import annotations

from collections import Counter

from qtauthor.cli.arguments.options import Sink
from qtauthor.cli.output import json_values
from qtauthor.cli.running.collected import Collected
from qtauthor.cli.state import State
from qtauthor.text.plural import counted

_KINDS = 12
"""Kinds of change that the summary tells one by one."""

_NOTICES = 6
"""Notices that are told one by one."""

_TOLD = 3
"""Articles up to which their diff says more than a summary would."""


def tell(state: State, found: Collected, sink: Sink) -> None:
    """Print what was edited, or would be, as asked."""
    if sink.as_format == "json":
        state.console.data(_json(found, sink))
        return
    for one in found.changed if sink.names and not sink.as_diff else ():
        state.console.data(one.target.name)
    if sink.as_diff:
        state.console.diff(line for one in found.changed for line in one.diff())
    _tell_summary(state, found, sink)


def tell_notices(state: State, found: Collected) -> None:
    """Print the first of the notices."""
    told = found.told()
    for notice in told[:_NOTICES]:
        state.console.note(f"note: {notice}")
    if len(told) > _NOTICES:
        state.console.note(f"note: {len(told) - _NOTICES} more like these; --format json has all")


def _json(found: Collected, sink: Sink) -> str:
    changed = [{"path": one.target.name, "keys": list(one.change.touched)} for one in found.changed]
    members: dict[str, object] = {"written": sink.writes, "changed": changed}
    if found.notices:
        members["notices"] = found.told()
    if sink.keep_going:
        members["left"] = [
            {"path": error.where.path, "code": error.code, "message": error.message}
            for error in found.left
        ]
    if sink.as_diff:
        members["diff"] = b"".join(line for one in found.changed for line in one.diff()).decode()
    return json_values.versioned(**members)


def _tell_summary(state: State, found: Collected, sink: Sink) -> None:
    note = state.console.note
    for error in found.left:
        state.console.error(error)
    count = len(found.changed)
    verb = "changed" if sink.writes else "would change"
    why = f": {found.idle}" if found.idle and not count and not found.left else ""
    note(f"{verb} {counted(count, 'article')}{why}")
    if count > _TOLD:
        kinds = Counter(at for one in found.changed for at in one.change.touched)
        for at, number in kinds.most_common(_KINDS):
            note(f"  {at or '/'} in {number}")
        if len(kinds) > _KINDS:
            note(f"  and {len(kinds) - _KINDS} more kinds")
    if found.left:
        note(f"left {counted(len(found.left), 'article')} as they are, for the reasons above")
    tell_notices(state, found)
