"""``qtauthor new``."""

from __future__ import annotations

import datetime
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from qtauthor import clock, exit_codes
from qtauthor.cli.arguments import options
from qtauthor.cli.arguments.new_question import Given
from qtauthor.cli.output import change_diff, json_values
from qtauthor.cli.running import driver
from qtauthor.cli.running.taken_ids import taken
from qtauthor.cli.state import State
from qtauthor.content import subject_names
from qtauthor.content.site import Site
from qtauthor.errors import Code, RequestError
from qtauthor.model import templates
from qtauthor.model.numbered_blocks import MAX_IN_WORDS
from qtauthor.operations.authoring.draft import Draft
from qtauthor.operations.authoring.lengths import listed
from qtauthor.operations.authoring.plan import PlannedQuestion
from qtauthor.sinks.commit import Commit
from qtauthor.text.document import Document
from qtauthor.text.plural import agreeing, counted

if TYPE_CHECKING:  # what is asked for loads much that a script does without
    from qtauthor.cli.wizard.asking import Asker
    from qtauthor.cli.wizard.screen import Screen


class InputMode(NamedTuple):
    """How to ask."""

    plain: bool
    fresh: bool
    yes: bool


@click.command()
@click.option("--subject", help="The subject's name; it decides the folder.")
@options.new_subject
@click.option(
    "--question", help="The question; title, slug, file name and url are derived from it."
)
@click.option("--description", help="The description that search engines show.")
@click.option("--keywords", help="Keywords, separated by commas.")
@click.option("--answer-file", metavar="FILE", help="The answer in Markdown; - is standard input.")
@click.option(
    "--related", metavar="ID", multiple=True, help=f"A related article; up to {MAX_IN_WORDS}."
)
@click.option(
    "--both/--no-both",
    default=None,
    help="Link back from the related articles that have room, or do not and do not ask.",
)
@click.option(
    "--date", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="[default: today]"
)
@click.option("--id", "number", type=int, help="[default: one more than the largest id]")
@click.option("--score", type=float, help="The score. [default: none]")
@click.option("--slug", help="[default: derived from the question]")
@click.option("--template", help="folded, plain, or a file of the site. [default: as configured]")
@click.option("--no-input", is_flag=True, help="Never ask; missing options are an error.")
@click.option(
    "--interactive",
    "-i",
    is_flag=True,
    help="Ask for everything that is not given, even if it is optional.",
)
@click.option("--plain", is_flag=True, help="Ask line by line, for screen readers.")
@click.option("--fresh", is_flag=True, help="Start over; do not offer unfinished drafts.")
@click.option("--yes", "-y", is_flag=True, help="Write without asking for a review.")
@options.all_refs
@options.changing
def new(
    state: State,
    subject: str | None,
    new_subject: bool,
    question: str | None,
    description: str | None,
    keywords: str | None,
    answer_file: str | None,
    related: tuple[str, ...],
    both: bool | None,
    date: datetime.datetime | None,
    number: int | None,
    score: float | None,
    slug: str | None,
    template: str | None,
    no_input: bool,
    plain: bool,
    fresh: bool,
    yes: bool,
    all_refs: bool,
    sink: options.Sink,
) -> int:
    """Create a new question from a template.

    The id, the slug, the file name and the url are derived; related articles are filled in from
    the articles that have those ids. On a terminal, if the subject or the question is missing,
    it asks for everything that is not given, step by step, and shows it all before writing.

    \b
    qtauthor new
    qtauthor new --subject Medicine --question "What is a fever?" --related 135103
    """
    site = state.site()
    given = Given(
        clock.day(date),
        _some(subject),
        _some(question),
        slug,
        state.read_text(answer_file).rstrip("\r\n") if answer_file else None,
        description.strip() if description is not None else None,
        listed(keywords) if keywords is not None else None,
        _numbers(related) if related else None,
        both,
        number,
        score,
        new_subject,
    )
    loaded = templates.load(template, site.root) if template else None
    writing = _Writing(state, site, sink, all_refs, given, loaded)
    manner = InputMode(plain, fresh, yes)
    missing = [
        option
        for option, value in (("--subject", given.subject), ("--question", given.question))
        if value is None
    ]
    if not no_input and (missing or sink.interactive) and _on_terminal():
        if given.subject is not None and not new_subject:
            subject_names.refuse_new(site, given.subject)  # nobody is asked for what was given
        return _converse(writing, manner)
    if missing:
        raise RequestError(
            Code.MISSING_OPTION,
            f"{' and '.join(missing)} must be given where nobody can be asked",
            remedy='qtauthor new --subject Medicine --question "What is a fever?"',
        )
    return writing.write(given.over(Draft()))


class _Writing(NamedTuple):
    """All that it takes to make a draft an article."""

    state: State
    site: Site
    sink: options.Sink
    all_refs: bool
    given: Given
    template: Document | None

    def write(self, draft: Draft) -> int:
        """Write the article, or show what would be. Gives the exit code.

        Raises what planning and writing raise.
        """
        return driver.run(_New(self, draft))


class _New(driver.Job):
    changes = True
    planned: PlannedQuestion

    def __init__(self, writing: _Writing, draft: Draft) -> None:
        super().__init__(writing.state, writing.sink, [writing.site])
        self.writing = writing
        self.draft = draft

    def plan(self, commit: Commit | None) -> None:
        _, site, _, all_refs, given, template = self.writing
        number = self.draft.id
        known = () if number is not None else taken(site, self.state.console, all_refs=all_refs)
        self.planned = given.planned(site, self.draft, template, tuple(known))
        self.plans = [(site, self.planned.changes)]

    def tell(self) -> None:
        _report(self.state, self.writing.site, self.planned, self.sink)


def _converse(writing: _Writing, manner: InputMode) -> int:
    """Ask, and write what was said."""
    from qtauthor.cli.wizard import dialogue
    from qtauthor.cli.wizard.desk import Around
    from qtauthor.cli.wizard.plain import Plain
    from qtauthor.cli.wizard.screen import Screen

    state = writing.state
    plain = manner.plain or bool(os.environ.get("QTAUTHOR_PLAIN")) or _is_dumb()
    screen = Screen(state.console, plain=plain)
    around = Around(
        writing.site,
        writing.given,
        screen,
        Plain(screen) if plain else _prompts(screen),
        os.environ,
        writing.template,
    )
    ended = dialogue.run(around, writing.write, fresh=manner.fresh, review=not manner.yes)
    if ended.instead is not None:
        return _open(state, writing.site, ended.instead)
    if ended.how != "written":
        state.console.note("nothing was written")
        return exit_codes.DONE
    return exit_codes.of(findings=not writing.sink.writes)


def _prompts(screen: Screen) -> Asker:
    from qtauthor.cli.prompts import Prompts

    return Prompts(screen)


def _is_dumb() -> bool:
    return os.environ.get("TERM", "") in ("", "dumb")


def _open(state: State, site: Site, path: str) -> int:
    """Edit the answer of the article that is there already."""
    from qtauthor.cli.commands.edit import edit

    state.console.note(f"opening {_shown(site.root / path)}")
    code: int = click.get_current_context().invoke(edit, article=str(site.root / path))
    return code


def _report(state: State, site: Site, planned: PlannedQuestion, sink: options.Sink) -> None:
    created = planned.created
    path = _shown(site.root / created.path)
    diff = change_diff.of(site.root, planned.changes, site.source.read)
    if sink.as_format == "json":
        facts: dict[str, object] = {"path": path, "id": created.id, "url": created.names.url}
        facts |= {"written": sink.writes, "linked_back": list(planned.back)}
        facts["notices"] = list(created.notices)
        if sink.as_diff:
            facts["diff"] = b"".join(diff).decode()
        state.console.data(json_values.versioned(**facts))
        return
    if sink.as_diff:
        state.console.diff(diff)
    else:
        state.console.data(path)
    verb = "created" if sink.writes else "would create"
    state.console.note(f"{verb} the article {created.id} at {created.names.url}")
    for notice in created.notices:
        state.console.note(f"note: {notice}")
    if planned.back or planned.full:
        state.console.note(_linked(planned, writes=sink.writes))


def _linked(planned: PlannedQuestion, *, writes: bool) -> str:
    count = len(planned.back)
    verb = agreeing(count, "links", "link") if writes else "would link"
    told = f"{counted(count, 'article')} {verb} back"
    return f"{told}; {len(planned.full)} had no room" if planned.full else told


def _shown(path: Path) -> str:
    """A path as one would type it here."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def _some(text: str | None) -> str | None:
    return text.strip() if text and text.strip() else None


def _numbers(given: tuple[str, ...]) -> tuple[int, ...]:
    words = [word for text in given for word in listed(text)]
    for word in words:
        if not (word.isascii() and word.isdigit()):
            raise RequestError(
                Code.BAD_ID,
                f"{word!r} is no id",
                excerpt=word,
                remedy="give --related a number, once for each article",
            )
    return tuple(map(int, words))


def _on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()
