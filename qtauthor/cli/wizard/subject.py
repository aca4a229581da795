"""The step that asks for the subject."""

from __future__ import annotations

from collections.abc import Sequence

from qtauthor.cli.wizard.asking import Option
from qtauthor.cli.wizard.desk import Desk
from qtauthor.errors import QtauthorError
from qtauthor.model import derived_names
from qtauthor.operations.authoring import subjects
from qtauthor.operations.authoring.subjects import KnownSubject
from qtauthor.text.plural import counted

_OFFERED = 40


def ask(desk: Desk) -> None:
    """A subject of the site, or a new one if the author says so."""
    known = subjects.known(desk.site)
    typed = desk.draft.subject
    while True:
        typed = desk.asker.line(
            "Subject",
            typed,
            check=lambda text: _problem(desk, text),
            complete=lambda text: _options(known, text),
        )
        name = _name(desk, known, typed)
        if name:
            break
    desk.put(subject=name)
    told = _told(desk, known, name)
    desk.screen.fact("Subject", told)


def _name(desk: Desk, known: Sequence[KnownSubject], typed: str) -> str:
    found = subjects.chosen(desk.site, known, typed)
    if found is not None:
        return found.name
    near = subjects.near(known, typed)
    options = [Option(one.name, one.name, aside=_count(one)) for one in near]
    options.append(Option(typed, f"Yes, make the new subject “{typed}”"))
    options.append(Option("", "Type it again"))
    return str(desk.asker.choose(f"“{typed}” is new here. Did you mean it?", options))


def _options(known: Sequence[KnownSubject], typed: str) -> list[Option]:
    found = subjects.matching(known, typed)[:_OFFERED]
    return [Option(one.name, one.name, aside=f"{one.articles:,}") for one in found]


def _problem(desk: Desk, text: str) -> str:
    if not text.strip():
        return "a subject is needed"
    try:
        derived_names.subject_key(
            desk.site.config.canonical_subject(text.strip()), desk.site.config.slug.style
        )
    except QtauthorError as error:
        return error.message
    return ""


def _told(desk: Desk, known: Sequence[KnownSubject], name: str) -> str:
    found = subjects.chosen(desk.site, known, name)
    return f"{name} ({_count(found)})" if found else f"{name} (new)"


def _count(one: KnownSubject) -> str:
    return counted(one.articles, "article", grouped=True)
