"""Standard input in the place of one article of its site."""

from __future__ import annotations

from collections.abc import Callable

from qtauthor.changes.change import Modify, apply
from qtauthor.changes.changeset import ChangeSet
from qtauthor.cli.options import Sink
from qtauthor.cli.state import State, Target
from qtauthor.content.site import Site
from qtauthor.content.staged import staged
from qtauthor.errors import Code, RequestError
from qtauthor.operations.outcome import Outcome
from qtauthor.text import presence


def named(state: State, name: str | None) -> tuple[Target, bytes]:
    """Standard input as the article ``name``, in a site where it stands in the place of that file.

    Raises ``RequestError`` without a name: most of what is asked of a site depends on the place of
    the article; ``SiteError`` with ``no-site`` where there is no site around it.
    """
    if not name:
        raise RequestError(
            Code.USAGE,
            "standard input needs the name of its article here",
            remedy="give it with --stdin-filename, as in --stdin-filename content/learn/a/b.md",
        )
    target = state.target(name)
    if not presence.is_folder(target.site.root / target.site.config.content):
        Site.find(target.site.root)  # raises, and says what a site is
    data = state.read_stdin()
    return target._replace(site=staged(target.site, {target.path: data})), data


def alone(changes: ChangeSet, target: Target) -> Modify | None:
    """The change of standard input. Raises ``RequestError`` if other files would change, too."""
    for change in changes.changes:
        if change.path != target.path or not isinstance(change, Modify):
            raise RequestError(
                Code.USAGE,
                f"{change.path} would change, too, and standard output carries one article",
                remedy=f"save the article and give {target.name} in the place of -",
            )
    return next((c for c in changes.changes if isinstance(c, Modify)), None)


def refuse_json(sink: Sink) -> None:
    """Raise ``RequestError`` if the document and JSON would go to standard output."""
    if sink.writes and sink.as_format == "json":
        raise RequestError(
            Code.BAD_ASSIGNMENT,
            "standard output cannot carry both the document and JSON",
            remedy="leave --format out, or add --dry-run or --diff",
        )


def operate(
    state: State, name: str | None, operation: Callable[[Site, str], Outcome], sink: Sink
) -> int:
    """An operation on one article, from standard input to standard output. Gives the exit code."""
    from qtauthor.cli import editing

    refuse_json(sink)
    target, data = named(state, name)
    outcome = operation(target.site, target.path)
    change = alone(outcome.changes, target)
    if sink.writes:
        state.console.raw(apply(data, change.edits) if change else data)
        return 0
    planned = [editing.Planned(target, change, data)] if change else []
    return editing.show(state, planned, sink)
