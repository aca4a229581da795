"""``qtauthor related suggest``."""

from __future__ import annotations

from typing import Any

import click

from qtauthor import exit_codes
from qtauthor.cli.arguments import articles, options
from qtauthor.cli.output import json_values
from qtauthor.cli.output.progress import Progress
from qtauthor.cli.running import site_operation
from qtauthor.cli.state import State
from qtauthor.content import subject_names
from qtauthor.content.search.suggest.asked import SuggestedFor
from qtauthor.content.search.suggest.suggester import Suggestion
from qtauthor.content.site import Site
from qtauthor.errors import ArticleError
from qtauthor.operations.links import suggest as operation
from qtauthor.operations.links.suggest import Proposal
from qtauthor.operations.outcome import Outcome

_REASONS = {"words": "words", "ids": "same batch", "links": "links"}


@click.command("suggest")
@click.argument("article", required=False, metavar="[ARTICLE]")
@click.option("--question", metavar="TEXT", help="Suggest for a question that does not exist yet.")
@click.option("--subject", metavar="NAME", help="The subject of that question.")
@click.option("--keywords", metavar="WORDS", default="", help="The keywords of that question.")
@click.option(
    "--answer-file",
    metavar="FILE",
    help="The answer to that question, in Markdown; - is standard input.",
)
@click.option(
    "--count",
    "-n",
    type=click.IntRange(1, 50),
    default=5,
    metavar="N",
    help="The maximum number of suggestions. [default: 5]",
)
@click.option(
    "--all", "of_all", is_flag=True, help="Suggest for every article that has room for more."
)
@click.option("--apply", "applied", is_flag=True, help="Add them at the end of the list.")
@options.changing
def suggest(
    state: State,
    article: str | None,
    question: str | None,
    subject: str | None,
    keywords: str,
    answer_file: str | None,
    count: int,
    of_all: bool,
    applied: bool,
    sink: options.Sink,
) -> int:
    """Propose articles to link to, best first.

    They come from the words of question, keywords and answer, from close ids, and from the links
    that are there. None is hidden from search engines, none is in the list already, and no two ask
    nearly the same. With --apply, as many are added as the list has room for.

    \b
    qtauthor related suggest 135103
    qtauthor related suggest 135103 -n 3 --apply
    qtauthor related suggest --question "How long does a dough rise?" --subject Baking
    qtauthor related suggest --all --apply
    """
    _refuse_nonsense(article, question, of_all=of_all, applied=applied)
    if not question and any((subject, keywords, answer_file)):
        raise click.UsageError("--subject, --keywords and --answer-file go with --question")
    if question:
        answer = state.read_text(answer_file) if answer_file else ""
        return _for_text(state, SuggestedFor(question, keywords, answer, subject), count, sink)
    if not applied:
        return _shown(state, article, count, sink)
    return _added(state, article, count, sink)


def _refuse_nonsense(
    article: str | None, question: str | None, *, of_all: bool, applied: bool
) -> None:
    if [article is not None, question is not None, of_all].count(True) != 1:
        raise click.UsageError("give an article, --question or --all")
    if question is not None and not question.strip():
        raise click.UsageError("the question is empty")
    if question is not None and applied:
        raise click.UsageError("--apply needs an article that is there")


def _for_text(state: State, asked: SuggestedFor, count: int, sink: options.Sink) -> int:
    from qtauthor.content.search.suggest.suggester import suggest as proposed

    site = state.site()
    if asked.subject:
        asked = _spelled(site, asked)
    _print(state, [Proposal("", tuple(proposed(site.index, asked, count)))], sink)
    return exit_codes.DONE


def _spelled(site: Site, asked: SuggestedFor) -> SuggestedFor:
    from msgspec import structs

    name = asked.subject or ""
    try:
        subject_names.key(site, name)
        return structs.replace(asked, subject=site.canonical_subject(name))
    except ArticleError as error:
        raise click.UsageError(str(error)) from None


def _shown(state: State, article: str | None, count: int, sink: options.Sink) -> int:
    site = state.site()
    if article is None:
        _print(state, _everywhere(state, site, count)[0], sink)
    else:
        _print(state, [operation.propose(site, articles.article(site, article), count)], sink)
    return exit_codes.DONE


def _added(state: State, article: str | None, count: int, sink: options.Sink) -> int:
    proposals: list[Proposal] = []

    def plan(site: Site) -> Outcome:
        notices: tuple[str, ...] = ()
        if article is None:
            found, unreadable = _everywhere(state, site, count)
            notices = tuple(f"{path} cannot be read: left" for path in unreadable)
        else:
            found = [operation.missing(site, articles.article(site, article), count)]
        proposals.extend(found)
        if sink.as_format == "text" and not sink.as_diff and not sink.writes:
            _print(state, found, sink)
        return operation.apply(site, found)._replace(notices=notices)

    return site_operation.run(
        state, plan, sink, suggestions=lambda: [_as_json(proposal) for proposal in proposals]
    )


def _everywhere(state: State, site: Site, count: int) -> tuple[list[Proposal], list[str]]:
    progress = Progress(state.console, "looking for related articles")
    try:
        return operation.missing_everywhere(site, count, progress)
    finally:
        progress.end()  # words after an interrupt begin on a line of their own


def _print(state: State, proposals: list[Proposal], sink: options.Sink) -> None:
    if sink.as_format == "json":
        state.console.data(json_values.versioned(suggestions=[_as_json(p) for p in proposals]))
        return
    for proposal in proposals:
        head = f"{proposal.path}: " if len(proposals) > 1 else ""
        for one in proposal.suggestions:
            state.console.data(head + _line(one))
    if not any(proposal.suggestions for proposal in proposals):
        state.console.say("nothing to suggest")


def _line(one: Suggestion) -> str:
    why = ", ".join(_REASONS[reason] for reason in one.reasons)
    told = f"{one.entry.path}  {json_values.line(one.entry.question)}"
    return f"{told}  ({why})" if why else told


def _as_json(proposal: Proposal) -> dict[str, Any]:
    return {
        "path": proposal.path or None,
        "articles": [
            {
                "path": one.entry.path,
                "id": one.entry.id,
                "question": one.entry.question,
                "subject": one.entry.subject,
                "url": one.entry.address,
                "score": round(one.score, 3),
                "reasons": list(one.reasons),
            }
            for one in proposal.suggestions
        ],
    }
