"""Commands that edit articles: each of those that are named or chosen by itself, all or none."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

import click

from qtauthor.cli.arguments.options import Sink
from qtauthor.cli.arguments.selection import Selected
from qtauthor.cli.output import article_report
from qtauthor.cli.output.console import visible
from qtauthor.cli.running import collected, driver, standard_input
from qtauthor.cli.running.collected import ArticleChange, Collected, as_called
from qtauthor.cli.state import STDIN, State, Target
from qtauthor.content.site import Site
from qtauthor.errors import Code, RequestError
from qtauthor.operations import bulk_edit, process_pool
from qtauthor.operations.bulk_edit import EditFunction

if TYPE_CHECKING:  # nothing of the sinks is loaded by those who only read
    from qtauthor.sinks.commit import Commit


def run(
    state: State,
    selected: Selected,
    stdin_name: str | None,
    edit: EditFunction,
    sink: Sink,
    idle: str = "",
) -> int:
    """Edit the selected articles, all or none. Gives the exit code.

    ``idle`` is told, as the likely reason, if no article changes.
    """
    selected.require()
    found = collected.nothing(keep_going=sink.keep_going, idle=idle)
    if STDIN in selected.names:
        return standard_input.edited(state, selected, stdin_name, edit, sink, found)
    if selected.is_only_names:
        return driver.run(_NamedEdits(state, sink, edit, found, _targets(state, selected.names)))
    return driver.run(_SelectedEdits(state, sink, edit, found, selected))


def run_one(state: State, target: Target, edit: EditFunction, sink: Sink) -> int:
    """Edit one article, or show that. Gives the exit code."""
    return driver.run(_NamedEdits(state, sink, edit, collected.nothing(), [target]))


def _targets(state: State, names: Sequence[str]) -> list[Target]:
    """The files of these names, each once."""
    found = {(t.site.root, t.path): t for t in reversed([*map(state.target, names)])}
    return [*reversed(found.values())]


class _Edits(driver.Job):
    """The part that does not depend on how articles are named."""

    are_sites = False

    def __init__(
        self, state: State, sink: Sink, edit: EditFunction, found: Collected, sites: Sequence[Site]
    ) -> None:
        super().__init__(state, sink, sites)
        self.asks = sink.interactive
        self.edit = edit
        self.found = found

    def ask(self) -> None:
        wanted = _wanted(self.state, self.found.changed)
        self.found = self.found._replace(changed=wanted)
        self.sites = [one.target.site for one in wanted]
        self.plans = self.found.plans()

    def deliver(self, commit: Commit | None) -> None:
        with as_called(self.found.changed):
            super().deliver(commit)

    def tell(self) -> None:
        article_report.tell(self.state, self.found, self.sink)

    @property
    def changes(self) -> bool:
        return bool(self.found.changed)

    @property
    def is_partial(self) -> bool:
        return bool(self.found.left)


class _NamedEdits(_Edits):
    """Edits of files, which may be in several sites or in none."""

    def __init__(
        self,
        state: State,
        sink: Sink,
        edit: EditFunction,
        found: Collected,
        targets: Sequence[Target],
    ) -> None:
        super().__init__(state, sink, edit, found, [target.site for target in targets])
        self.targets = targets

    def plan(self, commit: Commit | None) -> None:
        for target in self.targets:
            self.found.take(target, bulk_edit.one(target.site, target.path, self.edit))
        self.plans = self.found.plans()


class _SelectedEdits(_Edits):
    """Edits of a site's articles.

    They are chosen while the lock is held, too: none of them leaves its name in between.
    """

    def __init__(
        self, state: State, sink: Sink, edit: EditFunction, found: Collected, selected: Selected
    ) -> None:
        super().__init__(state, sink, edit, found, [state.site()])
        self.selected = selected

    def plan(self, commit: Commit | None) -> None:
        from qtauthor.cli.output.progress import Progress

        site, paths = self.selected.articles(self.state)
        jobs = self.sink.jobs or process_pool.jobs_for(len(paths))
        progress = Progress(self.state.console, "editing")
        done = progress.ticks(len(paths))

        def take(path: str, result: bulk_edit.Result) -> None:
            done()
            self.found.take(Target(path, site, path), result)

        try:
            # Processes that do not fork do not share the journal that they would have to write.
            if commit is not None and (jobs < 2 or process_pool.FORKS):
                from qtauthor.cli.running import bulk_write

                dirty = self.sink.allow_dirty
                bulk_write.write(
                    self.state, commit, site, paths, self.edit, take, jobs=jobs, allow_dirty=dirty
                )
                return
            with closing(
                process_pool.each(site, paths, bulk_edit.Editing(self.edit), jobs)
            ) as results:
                for path, result in zip(paths, results, strict=True):
                    take(path, result)
        finally:
            progress.end()
        self.plans = self.found.plans()


def _wanted(state: State, changed: Sequence[ArticleChange]) -> list[ArticleChange]:
    """Those that the user says yes to, one by one, having seen what would change."""
    if not sys.stdin.isatty():
        raise RequestError(
            Code.USAGE,
            "--interactive asks on a terminal, and there is none",
            remedy="leave it out; --diff shows what would change",
        )
    wanted: list[ArticleChange] = []
    for number, one in enumerate(changed, 1):
        state.console.diff(one.diff())
        words = (
            f"change {visible(one.target.name)} ({number} of {len(changed)})? yes, no, all, quit"
        )
        answer = click.prompt(words, type=click.Choice(["y", "n", "a", "q"]), err=True)
        if answer == "a":
            return [*wanted, *changed[number - 1 :]]
        if answer == "q":
            return wanted
        if answer == "y":
            wanted.append(one)
    return wanted
