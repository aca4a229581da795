"""``qtauthor new``."""

from __future__ import annotations

import datetime
import sys
from contextlib import nullcontext
from pathlib import Path

import click

from qtauthor.cli import delivery, operating, options, output
from qtauthor.cli.given import Given
from qtauthor.cli.state import State
from qtauthor.content import templates
from qtauthor.content.site import Site
from qtauthor.errors import Code, RequestError
from qtauthor.operations.create import Created, Request, create
from qtauthor.sinks import lock
from qtauthor.sinks.diff import git_prefix, unified


@click.command()
@click.option("--subject", help="The subject's name; it decides the folder.")
@click.option("--question", help="The question; title, slug, file name and url derive from it.")
@click.option("--description", help="What search engines show.")
@click.option("--keywords", help="Keywords, with commas between them.")
@click.option("--answer-file", metavar="FILE", help="The answer in Markdown; - is standard input.")
@click.option("--related", metavar="ID", multiple=True, help="A related article; up to five.")
@click.option(
    "--date", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="[default: today]"
)
@click.option("--id", "number", type=int, help="[default: one more than the largest id]")
@click.option("--score", type=float, help="The score; left out if not given.")
@click.option("--slug", help="[default: derived from the question]")
@click.option("--template", help="folded, plain, or a file of the site. [default: as configured]")
@click.option("--no-input", is_flag=True, help="Never ask; options that are missing are an error.")
@options.all_refs
@options.changing
def new(
    state: State,
    subject: str | None,
    question: str | None,
    description: str | None,
    keywords: str | None,
    answer_file: str | None,
    related: tuple[str, ...],
    date: datetime.datetime | None,
    number: int | None,
    score: float | None,
    slug: str | None,
    template: str | None,
    no_input: bool,
    all_refs: bool,
    sink: options.Sink,
) -> int:
    """Scaffold a new question from a template.

    The id, the slug, the file's name and the url are derived; related articles are filled in from
    the articles that have those ids. On a terminal it asks for the subject and the question if they
    are not given.

    \b
    qtauthor new --subject Medicine --question "What is a fever?" --related 135103
    """
    site = state.site()
    given = Given(subject, question, description, keywords)
    asked = _asked(state, site, given, ask=not no_input and _on_terminal())
    request = asked._replace(
        date=date.date() if date else asked.date,
        answer=state.read_text(answer_file).rstrip("\r\n") if answer_file else "",
        related=_numbers(related),
        id=number,
        score=score,
        slug=slug,
    )
    document = templates.load(template, site.root) if template else None
    dry = not sink.writes
    with nullcontext() if dry else lock.locked(site.root):
        taken = () if number is not None else operating.taken(site, all_refs=all_refs)
        site.refresh()  # others may have written while a person was asked
        created = create(site, request._replace(taken=tuple(taken)), document)
        plan = [(site, created.changes)]
        if dry:
            delivery.check(plan)
        else:
            delivery.write(state, plan, allow_dirty=True)
    _report(state, site, created, sink)
    return int(dry)


def _asked(state: State, site: Site, given: Given, *, ask: bool) -> Request:
    """What the author gave, completed by asking. Raises ``RequestError`` ``missing-option``."""
    needed = {"--subject": given.subject, "--question": given.question}
    missing = [option for option, value in needed.items() if not (value or "").strip()]
    if missing and ask:
        from qtauthor.cli import prompts

        given = prompts.complete(site, given, state.console)
    elif missing:
        raise RequestError(
            Code.MISSING_OPTION,
            f"{' and '.join(missing)} must be given where nobody can be asked",
            remedy='qtauthor new --subject Medicine --question "What is a fever?"',
        )
    return Request(
        question=given.question or "",
        subject=given.subject or "",
        date=datetime.date.today(),  # noqa: DTZ011  the author's own day
        description=(given.description or "").strip(),
        keywords=_listed(given.keywords or ""),
    )


def _report(state: State, site: Site, created: Created, sink: options.Sink) -> None:
    path = _shown(site.root / created.changes.paths[0])
    diff = unified(created.changes, site.source.read, prefix=git_prefix(site.root))
    if sink.as_format == "json":
        facts = {"path": path, "id": created.id, "url": created.names.url, "written": sink.writes}
        if sink.as_diff:
            facts["diff"] = b"".join(diff).decode()
        state.console.data(output.versioned(**facts))
        return
    if sink.as_diff:
        state.console.diff(diff)
    else:
        state.console.data(path)
    verb = "created" if sink.writes else "would create"
    state.console.note(f"{verb} the article {created.id} at {created.names.url}")


def _shown(path: Path) -> str:
    """A path as one would type it here."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _numbers(given: tuple[str, ...]) -> tuple[int, ...]:
    words = [word for text in given for word in _listed(text)]
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
