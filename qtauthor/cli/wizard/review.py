"""The last step: everything as it will be, and then it is written, changed or left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from qtauthor.changes.changeset import ChangeSet
from qtauthor.cli.wizard import answer, paper
from qtauthor.cli.wizard.asking import Back, Option
from qtauthor.cli.wizard.desk import Desk
from qtauthor.errors import QtauthorError
from qtauthor.operations.authoring.draft import STEPS, Draft, Step
from qtauthor.operations.authoring.plan import PlannedQuestion
from qtauthor.text.plural import agreeing

End = Literal["written", "left", "discarded"]
Write = Callable[[Draft], object]
"""Writes what is planned, and says so. Raises what a transaction raises."""

_NAMES: dict[Step, str] = {
    "subject": "Subject",
    "question": "Question",
    "answer": "Answer",
    "description": "Description",
    "keywords": "Keywords",
    "related": "Related articles",
}


class Turn(NamedTuple):
    """How it ends, or the step to go back to."""

    end: End | None = None
    step: Step | None = None


def ask(desk: Desk, write: Write) -> Turn:
    """Show everything, and ask what is to become of it."""
    planned = _shown(desk)
    while True:
        chosen = desk.asker.choose("What now?", _options(desk, planned))
        if chosen == "write":
            try:
                write(desk.draft)
            except QtauthorError as error:
                desk.say_error(error)
                continue
            return Turn("written")
        if chosen in ("left", "discarded"):
            return Turn(chosen)
        if chosen == "change":
            step = _step(desk)
            if step is not None:
                return Turn(step=step)
        elif planned is not None:
            _show(desk, planned, chosen)


def _options(desk: Desk, planned: PlannedQuestion | None) -> list[Option]:
    shown = [Option("change", "Change something")] if _changeable(desk) else []
    if planned is not None:
        shown.insert(0, Option("write", "Write it"))
        shown += [Option("answer", "Read it again"), Option("file", "See the file again")]
        if _others(planned):
            shown.append(Option("others", "See what changes in other files"))
    return [*shown, Option("left", "Leave it as a draft"), Option("discarded", "Throw it away")]


def _shown(desk: Desk) -> PlannedQuestion | None:
    """The whole of it on the screen; ``None`` if it cannot be made as it is."""
    try:
        planned = desk.planned()
    except QtauthorError as error:
        desk.say_error(error)
        return None
    for part in ("answer", "file", "others"):
        _show(desk, planned, part)
    _check(desk, planned)
    screen = desk.screen
    screen.heading("Review")
    screen.fact("File", planned.created.path)
    screen.fact("Address", planned.created.names.url)
    screen.fact("Id", str(planned.created.id))
    return planned


def _show(desk: Desk, planned: PlannedQuestion, part: str) -> None:
    screen = desk.screen
    if part == "answer":
        screen.heading("As it will be read")
        screen.say(desk.draft.question, "strong")
        screen.say("")
        answer.show(desk)
    elif part == "file":
        screen.heading("The file")
        paper.file(screen, planned.content)
    elif _others(planned):
        screen.heading("Other files")
        paper.changes(screen, desk.site, _others(planned))
    if part == "others" and planned.full:
        count = len(planned.full)
        screen.say(f"{count} of them {agreeing(count, 'has', 'have')} no room to link back", "dim")


def _others(planned: PlannedQuestion) -> ChangeSet:
    """The changes of files that are there already."""
    return ChangeSet(tuple(one for one in planned.changes.changes if one.origin is not None))


def _check(desk: Desk, planned: PlannedQuestion) -> None:
    """What ``check`` will say of the new file."""
    path = planned.created.path
    from qtauthor.rules import registry

    found = desk.checker.check(path, planned.content)
    if not found:
        return
    desk.screen.heading("What check will say")
    for finding in found:
        name = registry.BY_NAME[finding.rule].name
        desk.screen.say(f"{finding.message} [{finding.rule} {name}]", "warning")


def _changeable(desk: Desk) -> list[Step]:
    return [step for step in STEPS if step != "review" and step not in desk.given.steps]


def _step(desk: Desk) -> Step | None:
    options = [Option(step, _NAMES[step]) for step in _changeable(desk)]
    try:
        chosen: Step | None = desk.asker.choose("Change what?", [*options, Option(None, "Nothing")])
    except Back:
        return None
    return chosen
