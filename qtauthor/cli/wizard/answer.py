"""The step that asks for the answer, and reads it as the site will."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qtauthor.cli.editing import editor
from qtauthor.cli.wizard.asking import Back, Option
from qtauthor.cli.wizard.desk import Desk
from qtauthor.errors import QtauthorError
from qtauthor.files import name_forms, presence
from qtauthor.operations.authoring import proofread
from qtauthor.operations.authoring.proofread import Note
from qtauthor.text.plural import counted
from qtauthor.text.source.encoding import MAX_BYTES

_SHOWN = 8
_AROUND = 24
"""Characters on both sides of what a note is about."""


def ask(desk: Desk) -> None:
    """An answer that can be stored, or none for now."""
    if not desk.draft.answer and not _begin(desk):
        desk.screen.fact("Answer", "left for later", "dim")
        return
    while True:
        notes = _notes(desk)
        _tell(desk, notes)
        deed = desk.asker.choose("Answer", _options(notes))
        if deed == "go on":
            return
        if deed == "mend":
            desk.put(answer=proofread.mended(desk.draft.answer, notes))
        elif deed == "read":
            show(desk)
        else:
            _attempt(desk, deed)


def show(desk: Desk) -> None:
    """The answer as a reader sees it."""
    from qtauthor.cli.output.rendering import rendered  # it takes long to load

    screen = desk.screen
    if desk.draft.answer.strip():
        colour = screen.colour
        screen.block(rendered(desk.draft.answer, width=screen.width, colour=colour))
    else:
        screen.say("no answer yet", "dim")


def _begin(desk: Desk) -> bool:
    """Whether there is an answer to work at."""
    while True:
        deed = desk.asker.choose(
            "Answer",
            [
                Option("edit", "Write it in your editor", aside=_editor(desk)),
                Option("type", "Type it here"),
                Option("file", "Take it from a file"),
                Option("later", "Leave it for later"),
            ],
        )
        if deed == "later":
            return False
        _attempt(desk, deed)
        if desk.draft.answer:
            return True
        if deed == "edit":
            desk.screen.say("the editor left no text", "dim")


def _options(notes: Sequence[Note]) -> list[Option]:
    options = [Option("go on", "Go on")]
    if any(note.barred for note in notes):
        options = []  # what cannot be stored cannot stay
    count = sum(note.safe for note in notes)
    if count:
        mend = Option("mend", f"Mend {count} of these" if len(notes) > 1 else "Mend it")
        options.insert(0, mend)
    return [
        *options,
        Option("edit", "Open it in your editor again"),
        Option("read", "See it as a reader does"),
        Option("type", "Go on typing it here"),
        Option("file", "Take another one from a file"),
    ]


def _attempt(desk: Desk, deed: str) -> None:
    """Get the text in one of the ways; what goes wrong is told, and nothing is lost."""
    ways = {"edit": _edit, "type": _type, "file": _read}
    try:
        text = ways[deed](desk)
    except Back:
        return
    except QtauthorError as error:
        desk.say_error(error)
        return
    desk.put(answer=text.replace("\r\n", "\n").replace("\r", "\n").strip("\n"))
    desk.slot.forget_strays()


def _edit(desk: Desk) -> str:
    desk.screen.say(f"Waiting for {_editor(desk) or 'the editor'} …", "dim")
    return editor.edited(desk.draft.answer, environ=desk.around.environ, folder=desk.slot.folder())


def _type(desk: Desk) -> str:
    return desk.asker.paragraphs(
        "Answer in Markdown", desk.draft.answer, keep=lambda text: desk.note(answer=text)
    )


def _read(desk: Desk) -> str:
    from qtauthor.cli.state import State  # it knows how a file is read that a person names

    name = desk.asker.line("File", check=_file_problem)
    return State().read_text(str(Path(name).expanduser()))


def _file_problem(name: str) -> str:
    path = Path(name_forms.there(str(Path(name.strip()).expanduser())))
    if not name.strip() or not presence.is_file(path):
        return "there is no such file"
    return "the file is too large" if path.stat().st_size > MAX_BYTES else ""


def _notes(desk: Desk) -> list[Note]:
    return proofread.proofread(desk.checker.context, desk.checker.rules, desk.draft.answer)


def _tell(desk: Desk, notes: Sequence[Note]) -> None:
    text, screen = desk.draft.answer, desk.screen
    lines = text.count("\n") + 1 if text else 0
    told = f"{len(text.split()):,} words in {counted(lines, 'line', grouped=True)}"
    screen.fact("Answer", told if notes or not text else f"{told}; check finds nothing")
    for note in notes[:_SHOWN]:
        place = f"line {note.line}: " if note.line else ""
        screen.say(f"{place}{note.message} [{note.rule}]", "bad" if note.barred else "warning")
        excerpt = _excerpt(text, note)
        if excerpt:
            screen.say(excerpt, indent=4)
        if note.mend:
            screen.say(note.mend, "good", indent=4)
    if len(notes) > _SHOWN:
        screen.say(f"and {len(notes) - _SHOWN} more")


def _excerpt(text: str, note: Note) -> str:
    """The part of the line around a note."""
    if not note.end:
        return ""
    start = max(text.rfind("\n", 0, note.start) + 1, note.start - _AROUND)
    end = text.find("\n", note.start)
    end = min(end if end >= 0 else len(text), max(note.end, note.start + _AROUND) + _AROUND)
    before = "…" if start > 0 and text[start - 1] != "\n" else ""
    after = "…" if end < len(text) and text[end] != "\n" else ""
    return f"{before}{text[start:end].strip()}{after}"


def _editor(desk: Desk) -> str:
    try:
        return Path(editor.command(desk.around.environ)[0]).name
    except (QtauthorError, IndexError):
        return ""
