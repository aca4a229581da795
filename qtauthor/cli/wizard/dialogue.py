"""The way through the steps: forward, back, and to the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from qtauthor.cli.wizard import (
    answer,
    description,
    keywords,
    question,
    related,
    resume,
    subject,
)
from qtauthor.cli.wizard import review as reviewing
from qtauthor.cli.wizard.asked import Instead
from qtauthor.cli.wizard.asking import Back
from qtauthor.cli.wizard.desk import Around, Desk
from qtauthor.cli.wizard.drafts import DraftSlot
from qtauthor.cli.wizard.review import End, Write
from qtauthor.errors import QtauthorError
from qtauthor.operations.authoring.draft import STEPS, Draft, Step

_ASK: dict[Step, Callable[[Desk], None]] = {
    "subject": subject.ask,
    "question": question.ask,
    "answer": answer.ask,
    "description": description.ask,
    "keywords": keywords.ask,
    "related": related.ask,
}
_WELCOME = "Enter goes on · Esc goes back · Ctrl-C leaves a draft"
_WELCOME_PLAIN = (
    "Enter takes what stands in brackets, a minus sign takes nothing, < goes back by one step. "
    "Ctrl-C leaves a draft."
)


class Ended(NamedTuple):
    """How a dialogue ended; ``instead`` is the article that the author wants to work at."""

    how: End
    instead: str | None = None


def run(around: Around, write: Write, *, fresh: bool = False, review: bool = True) -> Ended:
    """Ask for everything that was not given, and write it.

    Raises ``KeyboardInterrupt`` or ``EOFError`` when left, and without ``review`` what writing
    raises; then a draft is kept.
    """
    screen = around.screen
    screen.heading("New question")
    screen.say(_WELCOME_PLAIN if screen.plain else _WELCOME, "dim")
    if fresh:
        slot, draft = DraftSlot(around.site.root), Draft()
    else:
        slot, draft = resume.choose(around.asker, screen, around.site.root)
    desk = Desk(around, slot, around.given.over(draft))
    try:
        ended = _through(desk, write, review=review)
    except Instead as instead:
        if desk.draft.answer:  # work that the other article has not
            _tell_kept(desk)
        else:
            slot.discard()
        return Ended("discarded", instead.path)
    except (KeyboardInterrupt, EOFError, QtauthorError):
        _tell_kept(desk)
        raise
    finally:
        slot.release()
    if ended == "left":
        _tell_kept(desk)
    else:
        slot.discard()
    return Ended(ended)


def _through(desk: Desk, write: Write, *, review: bool) -> End:
    asked = [step for step in STEPS if step not in desk.given.steps or step == "question"]
    at = asked.index(desk.draft.step) if desk.draft.step in asked else 0
    while True:
        step = asked[at]
        try:
            if step == "review":
                desk.put(step=step)
                if not review:
                    write(desk.draft)
                    return "written"
                turn = reviewing.ask(desk, write)
                if turn.end is not None:
                    return turn.end
                if turn.step is not None:
                    _again(desk, turn.step)
                continue
            desk.put(step=step)
            _ASK[step](desk)
            at += 1
        except Back:
            at = max(0, at - 1)


def _again(desk: Desk, step: Step) -> None:
    """Ask one step again; all others stay."""
    try:
        _ASK[step](desk)
    except Back:
        return


def _tell_kept(desk: Desk) -> None:
    if desk.slot.kept:
        desk.screen.say("the draft is kept; qtauthor new goes on with it", "good")
