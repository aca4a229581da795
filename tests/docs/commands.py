"""What the pages of commands take from the program.

Between ``<!-- program: set -->`` and ``<!-- end -->`` a page has the usage, the help and the
options of ``qtauthor set``. A marker that begins with ``options`` has a table of options that
several commands share, ``commands`` is the list of all commands, and ``exit codes`` theirs.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from qtauthor import exit_codes
from qtauthor.cli.app import SECTIONS, app
from qtauthor.cli.arguments.options import common, editing
from qtauthor.cli.arguments.selection import selecting
from tests.docs.pages import DOCS

OVERVIEW = DOCS / "commands.md"
FOLDER = DOCS / "commands"
NAMES = [name for section in SECTIONS.values() for name in section]

_REGION = re.compile(r"(<!-- program: ([^\n]+?) -->\n).*?(<!-- end -->)", re.DOTALL)
_DEFAULT = re.compile(r"\s*\[default: ([^\]]*)\]")
_CODE = (
    r"(?<![\w`-])--[a-z][a-z-]*|(?<![\w`-])-[a-z0-9]\b|(?<![^ (])-(?=[ ,;.)]|$)"  # options; stdin
    r"|(?<![\w`./:])/[\w/-]+(?!\w)|\b[a-z]+_[a-z_]+|\bseo\.[a-z_]+"  # pointers and fields
    r"|\\1|\\g<name>|:[A-Z]{2,}\b|\bKEY:?=@?[A-Z]+"
)
NUMBERS = (click.IntRange, click.types.IntParamType, click.types.FloatParamType)


def command(name: str) -> click.Command:
    """A command, or one of a group: ``related add``."""
    found: click.Command | None = app
    for word in name.split():
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), word)
    assert found is not None, name
    return found


def inner(name: str) -> list[str]:
    """The commands of a group; none of another command."""
    group = command(name)
    return [f"{name} {word}" for word in group.commands] if isinstance(group, click.Group) else []


ALL = [one for name in NAMES for one in (name, *inner(name))]


def options(found: click.Command) -> list[click.Option]:
    """The options of a command that its help shows."""
    shown = (one for one in found.params if isinstance(one, click.Option) and not one.hidden)
    return [one for one in shown if one.name != "help"]


def _added(decorate: Callable[[Callable[..., None]], Callable[..., None]]) -> set[str]:
    """The names of the options that a decorator gives a command."""

    def nothing() -> None: ...

    return {one.name for one in options(click.command()(decorate(nothing))) if one.name}


EVERYWHERE = _added(common)
SELECTION = _added(selecting)
EDITING = _added(editing) - SELECTION - EVERYWHERE
SHARED = {
    "selection": (SELECTION, "those that [select articles](../commands.md#selecting-articles)"),
    "editing": (EDITING, "those of [editing commands](../commands.md#options-of-editing-commands)"),
}
"""Options that commands have together, by the name of their table, and what they are for."""


def pages() -> Iterator[tuple[Path, str]]:
    """Every page with the text that it has to have."""
    for page in (OVERVIEW, *sorted(FOLDER.glob("*.md"))):
        yield page, regenerated(page.read_text(encoding="utf-8"))


def regenerated(text: str) -> str:
    """A page with what the program says between its markers."""
    return _REGION.sub(lambda found: f"{found[1]}\n{_part(found[2])}\n{found[3]}", text)


def _part(name: str) -> str:
    if name == "commands":
        return _contents()
    if name == "exit codes":
        rows = (f"| {code} | {meaning} |\n" for code, meaning in exit_codes.MEANINGS.items())
        return f"| code | meaning |\n| --- | --- |\n{''.join(rows)}"
    if name == "options everywhere":
        return _table([*options(app), *_help()])
    if name.startswith("options "):
        wanted, _ = SHARED[name.removeprefix("options ")]
        return _table(one for one in options(command("set")) if one.name in wanted)
    return "\n".join(_command(name))


def _help() -> Iterator[click.Option]:
    """The option that click adds to every command."""
    found = app.get_help_option(click.Context(app))
    if found:
        yield found


def file_name(name: str) -> str:
    """The page of a command; ``index.md`` would take the address of docs/commands.md."""
    return "index-command.md" if name == "index" else f"{name.partition(' ')[0]}.md"


def _contents() -> str:
    parts: list[str] = []
    for title, section in SECTIONS.items():
        lines = [
            f"| [{name}](commands/{file_name(name)}) | {told} |" for name, told in section.items()
        ]
        parts += [f"**{title}**\n", "| command | what it does |\n| --- | --- |", *lines, ""]
    return "\n".join(parts)


def _command(name: str) -> Iterator[str]:
    """Usage, help, examples and options, each with an empty line behind it."""
    found = command(name)
    usage = found.collect_usage_pieces(click.Context(found, info_name=name))
    yield f"```text\n{' '.join(['qtauthor', name, *usage])}\n```\n"
    prose, _, examples = inspect.cleandoc(found.help or "").partition("\b\n")
    words = {word for piece in usage for word in re.findall("[A-Z]+", piece)}
    yield marked(re.sub(r"(?<=\S)\n(?=\S)", " ", prose.rstrip()), words) + "\n"
    if examples:
        yield f"```text\n{examples.rstrip()}\n```\n"
    if isinstance(found, click.Group) and not found.invoke_without_command:
        return
    there = {one.name: one for one in options(found) if one.name not in EVERYWHERE}
    ways = ["those of [every command](../commands.md#options-of-every-command)"]
    for shared, purpose in reversed(SHARED.values()):
        if shared <= set(there):
            there = {key: one for key, one in there.items() if key not in shared}
            ways.insert(0, purpose)
    if there:
        yield _table(there.values(), words)
    *most, last = ways
    also = f"{', '.join(most)} and {last}" if most else last
    yield f"{'Further options are' if there else 'The options are'} {also}.\n"


def _table(shown: Iterable[click.Option], words: Iterable[str] = ()) -> str:
    lines = ["| option | meaning |", "| --- | --- |"]
    for one in shown:
        meaning = _meaning(one, words).replace("|", "\\|")
        lines.append(f"| {_spelled(one)} | {meaning} |")
    return "\n".join(lines) + "\n"


def _spelled(one: click.Option) -> str:
    """``-n``, ``--count N``"""
    value = "" if one.is_flag else f" {_metavar(one)}"
    names = sorted((*one.opts, *one.secondary_opts), key=len)
    if one.secondary_opts:
        names = [*one.opts, *one.secondary_opts]
    return ", ".join(f"`{name}{value if name == names[-1] else ''}`" for name in names)


def _metavar(one: click.Option) -> str:
    if one.metavar:
        return one.metavar
    if isinstance(one.type, click.Choice):
        return one.opts[-1].lstrip("-").upper()
    if isinstance(one.type, click.DateTime):
        return "DATE"
    return "NUMBER" if isinstance(one.type, NUMBERS) else "TEXT"


def _meaning(one: click.Option, words: Iterable[str]) -> str:
    """The help of an option, its values and its default, in sentences."""
    told, default = _DEFAULT.sub("", one.help or ""), _DEFAULT.search(one.help or "")
    choices = list(one.type.choices) if isinstance(one.type, click.Choice) else []
    codes = [word for word in re.findall("[A-Z]+", _metavar(one)) if len(word) > 1 or word == "N"]
    if all(re.search(rf"\b{choice}\b", told) for choice in choices):
        codes, choices = [*codes, *choices], []
    codes += words
    sentences = [marked(told, codes)] if told else []
    if choices:
        *most, last = (f"`{choice}`" for choice in choices)
        sentences.append(f"{', '.join(most)} or {last}.")
    if default:
        sentences.append(f"Default: {marked(default[1], codes)}.")
    elif isinstance(one.type, click.Choice) and isinstance(one.default, str):
        sentences.append(f"Default: `{one.default}`.")
    if one.required:
        sentences.append("Required.")
    if one.multiple and "more than once" not in told:
        sentences.append("May be given more than once.")
    return " ".join(sentences)


def marked(text: str, words: Iterable[str] = ()) -> str:
    """Help as Markdown: options, pointers, fields and ``words`` are code, all else is itself."""
    named = "".join(rf"|\b{word}\b(?:\.py)?(?::?=@?[A-Z]+)?" for word in words)
    code = re.compile(_CODE + named)
    parts: list[str] = []
    last = 0
    for found in code.finditer(text):
        parts += [_escaped(text[last : found.start()]), f"`{found[0]}`"]
        last = found.end()
    return "".join([*parts, _escaped(text[last:])])


def _escaped(text: str) -> str:
    return re.sub(r"([*<\[\]])", r"\\\1", text)
