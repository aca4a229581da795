"""``qtauthor check``."""

from __future__ import annotations

from pathlib import Path

import click

from qtauthor import exit_codes
from qtauthor.cli.arguments import options
from qtauthor.cli.arguments.selection import Selected, selecting
from qtauthor.cli.checking import baseline, task, telling
from qtauthor.cli.running import standard_input
from qtauthor.cli.state import STDIN, State
from qtauthor.errors import Code, RequestError
from qtauthor.files import name_forms
from qtauthor.rules import rule_selection
from qtauthor.text.plural import counted


@click.command()
@click.argument("names", nargs=-1, metavar="[ARTICLE]…")
@click.option("--select", metavar="RULE,…", multiple=True, help="Check only these rules.")
@click.option("--extend-select", metavar="RULE,…", multiple=True, help="Check these rules as well.")
@click.option("--ignore", metavar="RULE,…", multiple=True, help="Skip these rules.")
@click.option("--fix", is_flag=True, help="Apply the safe fixes.")
@click.option("--unsafe-fixes", is_flag=True, help="Apply the unsafe fixes as well.")
@click.option("--dry-run", is_flag=True, help="Write nothing; report what the fixes would leave.")
@click.option(
    "--diff", "as_diff", is_flag=True, help="Write nothing; print what the fixes change as a diff."
)
@options.allow_dirty
@click.option(
    "--format",
    "--output-format",
    "as_format",
    type=click.Choice(telling.FORMATS),
    metavar="FORMAT",
    default="full",
    help="full, concise, grouped, json, jsonl, sarif, github or junit.",
)
@click.option("--statistics", is_flag=True, help="Print how often each rule found something.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings.")
@click.option("--baseline", "known", metavar="FILE", help="Leave out the findings that FILE knows.")
@click.option(
    "--write-baseline",
    "write",
    metavar="FILE",
    help="Record the current findings in FILE as known.",
)
@selecting
@options.stdin_filename
@options.common
@options.pass_state
def check(
    state: State,
    select: tuple[str, ...],
    extend_select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    unsafe_fixes: bool,
    dry_run: bool,
    as_diff: bool,
    allow_dirty: bool,
    as_format: str,
    statistics: bool,
    exit_zero: bool,
    known: str | None,
    write: str | None,
    stdin_filename: str | None,
    selected: Selected,
) -> int:
    """Find what is wrong with articles, and fix it.

    ARTICLE is a file, a folder, a pattern, a url, a slug or an id; without one, the whole site is
    checked. The file - is standard input, with --stdin-filename as its name; with --fix it is
    written to standard output. RULE is a code (QT501), the beginning of codes (QT5), a name
    (dead-link) or ALL.

    \b
    qtauthor check
    qtauthor check --fix --diff --select QT5
    qtauthor check --changed-since main --format github
    """
    telling.refuse_mixtures(as_format, as_diff=as_diff, statistics=statistics)
    trying = dry_run or as_diff
    if write is not None and trying:
        raise RequestError(
            Code.USAGE,
            "--write-baseline writes, and nothing is to be written",
            remedy="leave out --dry-run and --diff",
        )
    if _is_open(selected):
        selected = selected._replace(everything=True)
    stdin = None
    if selected == Selected((STDIN,)):
        _refuse_two_documents(as_format, written=fix and not trying)
        stdin, _ = standard_input.named(state, stdin_filename)
    site = stdin.site if stdin is not None else state.site()
    rules = rule_selection.chosen(site, select, extend_select, ignore)
    asked = task.Task(
        site,
        (),
        whole=selected == Selected(everything=True),
        chosen=rules,
        known=baseline.parsed(state.read_text(known), known) if known is not None else {},
        fixing=fix or trying,
        unsafe=unsafe_fixes,
        trying=trying,
        as_diff=as_diff,
        allow_dirty=allow_dirty,
        stdin=stdin,
    )
    report, left = task.run(
        state, asked, lambda: [stdin.path] if stdin is not None else selected.articles(state)[1]
    )
    if write is not None:
        baseline.write(Path(name_forms.there(write)), left)
        state.console.note(f"{write} knows {counted(len(left), 'problem', grouped=True)}")
        return exit_codes.DONE
    if not (stdin and asked.writes and state.quiet):
        telling.tell(state, report, as_format, statistics=statistics)
    is_clean = not report.findings and not (trying and report.fixed)
    return exit_codes.of(findings=not is_clean and not exit_zero)


def _refuse_two_documents(as_format: str, *, written: bool) -> None:
    """Standard output carries the fixed article and nothing else."""
    if written and as_format not in telling.FOR_PEOPLE:
        raise RequestError(
            Code.USAGE,
            f"standard output cannot carry both the article and {as_format}",
            remedy="leave --format out, or add --dry-run or --diff",
        )


def _is_open(selected: Selected) -> bool:
    """Whether nothing says which articles are meant, so that all are."""
    given = (selected.names, selected.ids, selected.from_file, selected.subjects, selected.where)
    return not any(given) and selected.since is None and not selected.everything
