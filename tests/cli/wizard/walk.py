"""The way through the dialogue with an answer for each step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qtauthor.operations.authoring.draft import Draft, to_json
from tests.cli.wizard.driver import DOWN, END_OF_FILE, ENTER, Person, person
from tests.support.state import state

PATH = "content/learn/bread-baking/why-is-crust-brown.md"
QUESTION = "Why is crust brown?"
TYPED = "Sugar and **amino acids** brown in the heat: the Maillard reaction."
DESCRIPTION = "Crust browns as sugar and amino acids react in the heat of the oven."
STARTER = "content/learn/bread-baking/what-makes-a-sourdough-starter-rise-and-fall.md"
DAY = ("--date", "2025-06-03")

STEPS = ("subject", "question", "answer", "description", "keywords", "related", "review")
PROMPTS = {
    "subject": "? Subject",
    "question": "? Question",
    "answer": "? Answer",
    "description": "? Description",
    "keywords": "? Keywords",
    "related": "? Related articles",
    "review": "? What now?",
}


def take(me: Person, step: str) -> None:
    """Answer one step."""
    me.sees(PROMPTS[step])
    if step == "subject":
        me.types("Bread Baking", ENTER)
    elif step == "question":
        me.types(QUESTION, ENTER)
    elif step == "answer":
        me.types(DOWN, ENTER)
        me.sees("Answer in Markdown")
        me.types(TYPED, END_OF_FILE)
        me.answers("Go on")
    elif step == "description":
        me.types(DESCRIPTION, ENTER)
    elif step == "keywords":
        me.types(ENTER)
    elif step == "related":
        me.types(" ", ENTER)
        me.answers("? Let it link back")


_SAID: dict[str, dict[str, Any]] = {
    "subject": {"subject": "Bread Baking"},
    "question": {"question": QUESTION},
    "answer": {"answer": TYPED},
    "description": {"description": DESCRIPTION},
    "keywords": {"keywords": ("crust", "maillard reaction")},
    "related": {"related": (STARTER,)},
}


def prepare(site: Path, step: str, place: str = "1") -> None:
    """Leave a draft in which everything before ``step`` is said."""
    folder = state(site) / "drafts" / place
    folder.mkdir(parents=True)
    said: dict[str, Any] = {"step": step}
    for each in STEPS[: STEPS.index(step)]:
        said |= _SAID[each]
    (folder / "draft.json").write_bytes(to_json(Draft(**said)))


@contextmanager
def at(step: str, *arguments: str, cwd: Path, **manner: Any) -> Iterator[Person]:
    """Someone who has got to a step: behind the question by taking up a draft."""
    early = step in ("subject", "question")
    if not early:
        prepare(cwd, step)
    with person(*DAY, *arguments, cwd=cwd, **manner) as me:
        if step == "question":
            take(me, "subject")
        elif not early:
            me.answers("? A draft was left")
        me.sees(PROMPTS[step])
        yield me
