"""Questions to a person at a terminal. The only module that knows questionary."""

from __future__ import annotations

from collections import Counter

import click
import questionary
from questionary import Question

from qtauthor.content import naming
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.operations.create import Request


def complete(site: Site, request: Request) -> Request:
    """Ask for what a new question needs and was not given. Raises ``click.Abort`` on Ctrl-C."""
    subject = request.subject or _subject(site)
    question = request.question or _question(subject, site)
    description = request.description or _ask(
        questionary.text("Description for search engines (may be empty):")
    )
    keywords = request.keywords
    if not keywords:
        given = _ask(questionary.text("Keywords, with commas between (may be empty):"))
        keywords = tuple(word.strip() for word in given.split(",") if word.strip())
    return request._replace(
        subject=subject,
        question=question,
        description=description.strip(),
        keywords=keywords,
    )


def _subject(site: Site) -> str:
    known = _known_subjects(site)
    if not known:
        return _ask(questionary.text("Subject:", validate=_some_text)).strip()
    return _ask(
        questionary.autocomplete(
            "Subject:", choices=known, ignore_case=True, match_middle=True, validate=_some_text
        )
    ).strip()


def _known_subjects(site: Site) -> list[str]:
    """The configured subjects, else those of the folders' articles, most used first."""
    configured = [name for name, _ in site.config.spellings]
    if configured:
        return configured
    folders = Counter(path.rsplit("/", 2)[-2] for path in site.paths())
    return [_subject_name(site, folder) for folder, _ in folders.most_common()]


def _subject_name(site: Site, folder: str) -> str:
    """How the first article in a folder spells its subject."""
    prefix = site.path_of(folder) + "/"
    first = next(path for path in site.paths() if path.startswith(prefix))
    try:
        return site.article(first).subject
    except QtauthorError:
        return folder


def _question(subject: str, site: Site) -> str:
    def check(text: str) -> bool | str:
        try:
            naming.derive(text.strip(), subject, naming=site.config.naming)
        except QtauthorError as error:
            return error.message
        return True

    return _ask(questionary.text("Question:", validate=check)).strip()


def _some_text(text: str) -> bool | str:
    return bool(text.strip()) or "Please write something."


def _ask(question: Question) -> str:
    try:
        answer: str = question.unsafe_ask()
    except (KeyboardInterrupt, EOFError):
        raise click.Abort from None
    return answer
