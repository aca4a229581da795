"""What can stand in the place of an argument or an option: articles, subjects, fields, rules."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import click
from click.shell_completion import CompletionItem

from qtauthor.cli.output.console import on_one_line
from qtauthor.cli.state import State
from qtauthor.files import presence
from qtauthor.files.private_folder import Folder

Items: TypeAlias = Iterator[CompletionItem]
Complete: TypeAlias = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

_MOST = 100
"""So many articles are offered one by one; of more, how their slugs go on."""

_ARTICLES = ("ARTICLE", "OTHER")
_FILES = ("FILE", "LIST", "BATCH", "PATH", "SCRIPT", "A", "B")


def attach(command: click.Command) -> None:
    """Let the parameters of a command, and of those inside it, say what they can be."""
    for parameter in command.params:
        found = _of(parameter)
        if found is not None:
            parameter._custom_shell_complete = found
    for inside in getattr(command, "commands", {}).values():
        attach(inside)


def _of(parameter: click.Parameter) -> Complete | None:
    """What completes a parameter, by the words in its metavar."""
    shown = parameter.metavar or ""
    words = {word.strip("[]…=,").partition(".")[0] for word in shown.replace("=", " ").split()}
    makers: list[Callable[[State, str], Items]] = []
    if not words.isdisjoint(_ARTICLES):
        makers.append(_articles)
    if "--subject" in parameter.opts:
        makers.append(_subjects)
    if words & {"KEY", "FIELD"}:
        makers.append(_assignments if "=VALUE" in shown else _fields)
    if "RULE" in words:
        makers.append(_rules)
    if words & {*_ARTICLES, *_FILES}:
        makers.append(_files)
    if "FOLDER" in words:
        makers.append(_folders)
    if not makers:
        return None

    def complete(
        context: click.Context, _: click.Parameter, beginning: str
    ) -> list[CompletionItem]:
        state = context.find_object(State) or State()
        return [item for make in makers for item in make(state, beginning)]

    return complete


def _articles(state: State, beginning: str) -> Items:
    from qtauthor.content.index import completion_words

    folder = _index(state)
    if folder is None or "/" in beginning or beginning.startswith("."):
        return
    try:
        found = completion_words.slugs(folder, beginning, _MOST)
    except sqlite3.Error:  # damaged, locked, or of another version
        return
    for text, question in found:
        if text.isprintable():
            kind = "open" if question is None and text.endswith("-") else "plain"
            yield CompletionItem(text, kind, on_one_line(question) if question else None)


def _subjects(state: State, beginning: str) -> Items:
    from qtauthor.content.index import completion_words

    folder = _index(state)
    if folder is None:
        return
    try:
        found = completion_words.subjects(folder, beginning)
    except sqlite3.Error:
        return
    yield from (CompletionItem(name) for name in found if name.isprintable())


def _fields(_: State, beginning: str) -> Items:
    from qtauthor.model import article_fields
    from qtauthor.model.field_descriptions import description

    for field in article_fields.fields().values():
        if field.name.startswith(beginning):
            yield CompletionItem(field.name, help=description(field.pointer))


def _assignments(state: State, beginning: str) -> Items:
    for item in _fields(state, beginning):
        yield CompletionItem(f"{item.value}=", "open", item.help)


def _rules(_: State, beginning: str) -> Items:
    """The last of several names with commas between them."""
    from qtauthor.rules import registry

    before, comma, last = beginning.rpartition(",")
    for rule in registry.ALL:
        for name in (rule.code, rule.name):
            if name.startswith(last):
                yield CompletionItem(before + comma + name, help=rule.name)


def _files(_: State, beginning: str) -> Items:
    yield CompletionItem(beginning, "file")


def _folders(_: State, beginning: str) -> Items:
    yield CompletionItem(beginning, "dir")


def _index(state: State) -> Folder | None:
    """The folder of the nearest index, upward from here or at the named root."""
    from qtauthor.content.index.storage.file_mark import NAME
    from qtauthor.files import state_folder

    named = state.root or os.environ.get("QTAUTHOR_ROOT")
    here = Path.cwd()
    places = [Path(named)] if named else [here, *here.parents]
    found = filter(None, map(state_folder.found, places))
    return next((folder for folder in found if presence.is_file(folder.entry(NAME))), None)
