"""Questions to a person at a terminal. The only module that knows questionary."""

from __future__ import annotations

import sys
from typing import Any

import questionary
from prompt_toolkit.output import ColorDepth, create_output
from questionary import Question

from qtauthor.cli.console import Console
from qtauthor.cli.given import Given
from qtauthor.content import naming
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError


def complete(site: Site, given: Given, console: Console) -> Given:
    """Ask for what was not given. Raises ``KeyboardInterrupt`` or ``EOFError`` when left.

    The dialogue is words: it goes to standard error, so that the data can go to a file.
    """
    ask = _Asker(site, console)
    subject = _some(given.subject) or ask.subject()
    question = _some(given.question) or ask.question(subject)
    description, keywords = given.description, given.keywords
    if description is None:
        description = ask.text("Description for search engines (may be empty):")
    if keywords is None:
        keywords = ask.text("Keywords, with commas between (may be empty):")
    return Given(subject, question, description, keywords)


class _Asker:
    def __init__(self, site: Site, console: Console) -> None:
        self.site = site
        colored = console.colored(sys.stderr)
        self.manner: dict[str, Any] = {
            "output": create_output(sys.stderr),
            "color_depth": None if colored else ColorDepth.DEPTH_1_BIT,
        }

    def text(self, words: str) -> str:
        return _answer(questionary.text(words, **self.manner))

    def subject(self) -> str:
        known = _known_subjects(self.site)
        if not known:
            return _answer(
                questionary.text("Subject:", validate=self._check_subject, **self.manner)
            )
        return _answer(
            questionary.autocomplete(
                "Subject:",
                choices=known,
                ignore_case=True,
                match_middle=True,
                validate=self._check_subject,
                **self.manner,
            )
        )

    def question(self, subject: str) -> str:
        def check(text: str) -> bool | str:
            return self._problem(text, subject) or True

        return _answer(questionary.text("Question:", validate=check, **self.manner))

    def _check_subject(self, text: str) -> bool | str:
        return self._problem("a", text) or True

    def _problem(self, question: str, subject: str) -> str:
        try:
            naming.derive(question.strip(), subject.strip(), naming=self.site.config.naming)
        except QtauthorError as error:
            return error.message
        return ""


def _some(text: str | None) -> str | None:
    return text if text and text.strip() else None


def _known_subjects(site: Site) -> list[str]:
    """The configured subjects, else those of the folders' articles, most used first."""
    configured = [name for name, _ in site.config.spellings]
    if configured:
        return configured
    return [subject.name or subject.key for subject in site.index.subjects()]


def _answer(question: Question) -> str:
    answer: str = question.unsafe_ask()
    return answer.strip()
