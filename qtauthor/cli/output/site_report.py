"""What is told of an operation over a site: moved names, a diff, a summary; or JSON by change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from qtauthor.changes.change import Change, Move
from qtauthor.cli.arguments.options import Sink
from qtauthor.cli.output import json_values
from qtauthor.cli.state import State
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.summary import Summary

_KINDS = {"create": "created", "modify": "changed", "delete": "deleted", "move": "moved"}


class SiteReport(NamedTuple):
    """What an operation gave, counted, and as a diff if one is asked for.

    ``members`` are added to the JSON form.
    """

    outcome: Outcome
    summary: Summary
    diff: bytes = b""
    members: Mapping[str, Any] = {}


def tell(state: State, report: SiteReport, sink: Sink) -> None:
    """Print what was done, or would be, as asked."""
    if sink.as_format == "json":
        state.console.data(_json(report, sink))
        return
    outcome = report.outcome
    if sink.as_diff:
        state.console.diff(report.diff.splitlines(keepends=True))
    else:
        for change in outcome.changes.changes:
            if isinstance(change, Move):
                state.console.data(change.to)
    for notice in outcome.notices:
        state.console.say(f"note: {notice}")
    if not outcome.changes:
        state.console.say("nothing to change")
    else:
        state.console.say(f"{'changed' if sink.writes else 'would change'}: {report.summary}")


def _json(report: SiteReport, sink: Sink) -> str:
    summary = report.summary
    members: dict[str, Any] = {
        "written": sink.writes,
        "summary": {
            "articles": summary.articles,
            "related_blocks": summary.blocks,
            "related_articles": summary.holders,
            "redirects": summary.redirects,
        },
        "changed": [_as_json(change) for change in report.outcome.changes.changes],
        "notices": list(report.outcome.notices),
        **report.members,
    }
    if sink.as_diff:
        members["diff"] = report.diff.decode("utf-8", "replace")
    return json_values.versioned(**members)


def _as_json(change: Change) -> dict[str, Any]:
    found: dict[str, Any] = {"path": change.path, "change": _KINDS[change.kind]}
    if isinstance(change, Move):
        found["to"] = change.to
    touched = getattr(change, "touched", ())
    return {**found, "keys": list(touched)} if touched else found
