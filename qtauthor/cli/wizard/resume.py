"""Drafts that were left are offered before anything is asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qtauthor.cli.wizard import drafts
from qtauthor.cli.wizard.asking import Asker, Back, Option
from qtauthor.cli.wizard.drafts import DraftSlot, Left, Passed
from qtauthor.cli.wizard.screen import Screen
from qtauthor.operations.authoring.draft import Draft, Step
from qtauthor.operations.authoring.opening import first_line
from qtauthor.text.plural import agreeing, counted

_OFFERED = 6
_NEW, _AWAY = "new", "away"
_UNITS = ((86400, "day"), (3600, "hour"), (60, "minute"))
_AT: dict[Step, str] = {
    "subject": "at the subject",
    "question": "at the question",
    "answer": "at the answer",
    "description": "at the description",
    "keywords": "at the keywords",
    "related": "at the related articles",
    "review": "ready for review",
}


def choose(asker: Asker, screen: Screen, root: Path) -> tuple[DraftSlot, Draft]:
    """The draft to go on with, in its place; else an empty one in a new place."""
    told: set[Passed] = set()
    while True:
        found, passed = drafts.left(root)
        for problem in (one for one in passed if one not in told):
            screen.say(str(problem), "warning")
        told.update(passed)
        if not found:
            break
        found = found[:_OFFERED]
        chosen = _chosen(asker, found)
        if chosen == _NEW:
            break
        if chosen == _AWAY:
            _throw_away(asker, root, found)
            continue
        one = found[int(chosen)]
        slot = drafts.take(root, one.folder)
        if slot is not None:
            draft = _with_stray(asker, screen, one)
            slot.save(draft)
            slot.forget_strays()
            return slot, draft
    return DraftSlot(root), Draft()


def _chosen(asker: Asker, found: Sequence[Left]) -> str:
    title = agreeing(len(found), "A draft was left", "Drafts were left")
    options = [_option(at, one, "Go on with: ") for at, one in enumerate(found)]
    options.append(Option(_NEW, "Begin a new question"))
    options.append(Option(_AWAY, "Throw a draft away"))
    try:
        return str(asker.choose(title, options))
    except Back:
        return _NEW


def _throw_away(asker: Asker, root: Path, found: Sequence[Left]) -> None:
    options = [Option("", "None"), *(_option(at, one) for at, one in enumerate(found))]
    try:
        chosen = str(asker.choose("Which one goes?", options))
    except Back:
        return
    if chosen:
        drafts.discard(root, found[int(chosen)].folder)


def _option(at: int, one: Left, verb: str = "") -> Option:
    draft = one.draft
    title = draft.question or first_line(draft.answer) or "(no question yet)"
    parts = (draft.subject, _age(one.seconds), _AT[draft.step])
    return Option(str(at), f"{verb}{title}", " · ".join(part for part in parts if part))


def _with_stray(asker: Asker, screen: Screen, one: Left) -> Draft:
    """The draft with what an editor wrote before it, or qtauthor, was ended."""
    import msgspec

    for path in reversed(one.stray):
        try:
            text = drafts.stray_text(one, path).strip("\n")
        except OSError as error:
            screen.say(f"{path} is passed over: {error.strerror or error}", "warning")
            continue
        if text.strip() and text != one.draft.answer:
            words = f"An editor left {len(text.split()):,} words that the draft has not"
            options = [
                Option(True, "Take them as the answer", first_line(text)),
                Option(False, "Let them go"),
            ]
            if asker.choose(words, options):
                return msgspec.structs.replace(one.draft, answer=text, step="answer")
    return one.draft


def _age(seconds: float) -> str:
    for size, name in _UNITS:
        count = int(seconds // size)
        if count:
            return f"{counted(count, name)} ago"
    return "a moment ago"
