"""Standard input in the place of one article: the document goes to standard output, alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qtauthor.changes.change import Modify, apply
from qtauthor.changes.changeset import ChangeSet
from qtauthor.cli.arguments.options import Sink
from qtauthor.cli.arguments.selection import Selected
from qtauthor.cli.output import article_report
from qtauthor.cli.running import collected, driver
from qtauthor.cli.running.collected import Collected
from qtauthor.cli.state import STDIN, State, Target
from qtauthor.content.site import Site
from qtauthor.content.staged_site import staged
from qtauthor.errors import Code, QtauthorError, RequestError
from qtauthor.files import presence
from qtauthor.operations.bulk_edit import EditFunction
from qtauthor.operations.outcome import Outcome

if TYPE_CHECKING:
    from qtauthor.sinks.commit import Commit


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


def edited(
    state: State,
    selected: Selected,
    stdin_name: str | None,
    edit: EditFunction,
    sink: Sink,
    found: Collected,
) -> int:
    """An edit of standard input, which needs no site. Gives the exit code."""
    if selected != Selected((STDIN,)):
        raise RequestError(
            Code.BAD_ASSIGNMENT,
            "standard input cannot be edited together with files",
            excerpt=" ".join(selected.names)[:200],
            remedy="give - alone",
        )

    def work() -> bytes:
        target = state.stdin_target(stdin_name)
        data = state.read_stdin()
        try:
            result = edit(target.path, target.site.parse(data))
        except QtauthorError as error:
            raise error.at(target.name) from None
        found.take(target, result, data)
        return data

    return driver.run(_Piped(state, sink, found, work))


def operate(
    state: State, name: str | None, operation: Callable[[Site, str], Outcome], sink: Sink
) -> int:
    """An operation on one article, which is standard input. Gives the exit code."""
    found = collected.nothing()

    def work() -> bytes:
        target, data = named(state, name)
        change = alone(operation(target.site, target.path).changes, target)
        found.take(target, change, data)
        return data

    return driver.run(_Piped(state, sink, found, work))


def put_out(state: State, data: bytes, change: Modify | None) -> None:
    """The document and nothing else."""
    state.console.raw(apply(data, change.edits) if change else data)


class _Piped(driver.Job):
    """A change that no file gets: there is nothing to lock, and nothing to check on the disk.

    ``work`` adds the change to what is ``found``, and gives the document.
    """

    def __init__(
        self, state: State, sink: Sink, found: Collected, work: Callable[[], bytes]
    ) -> None:
        super().__init__(state, sink, ())
        _refuse_json(sink)
        self.found = found
        self.work = work
        self.data = b""

    def plan(self, commit: Commit | None) -> None:
        self.data = self.work()

    def tell(self) -> None:
        if self.sink.writes:
            changed = self.found.changed
            put_out(self.state, self.data, changed[0].change if changed else None)
            article_report.tell_notices(self.state, self.found)
        else:
            article_report.tell(self.state, self.found, self.sink)

    @property
    def changes(self) -> bool:
        return bool(self.found.changed)


def _refuse_json(sink: Sink) -> None:
    """Raise ``RequestError`` if the document and JSON would go to standard output."""
    if sink.writes and sink.as_format == "json":
        raise RequestError(
            Code.BAD_ASSIGNMENT,
            "standard output cannot carry both the document and JSON",
            remedy="leave --format out, or add --dry-run or --diff",
        )
