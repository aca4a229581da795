"""The step that asks for related articles."""

from __future__ import annotations

from collections.abc import Sequence

from qtauthor.cli.wizard.asking import Option
from qtauthor.cli.wizard.desk import Desk
from qtauthor.model.numbered_blocks import MAX_RELATED
from qtauthor.operations.authoring import related
from qtauthor.operations.authoring.related import Candidate


def ask(desk: Desk) -> None:
    """Some of the proposals and of what is searched for, in the order that the author wants."""
    offered = [
        *related.among(desk.site, desk.draft.related),
        *related.proposals(desk.site, desk.draft),
    ]
    ticked = desk.draft.related
    while True:
        if not offered:
            desk.screen.fact("Related", "nothing to relate it to", "dim")
            return
        found = desk.asker.tick("Related articles", _options(offered), ticked, _room(desk))
        ticked = found.values
        if found.search is None:
            break
        offered = _with_found(desk, offered, ticked, found.search)
    desk.put(related=tuple(ticked))
    _tell(desk, offered)
    _ask_back(desk)


def _room(desk: Desk) -> int:
    return MAX_RELATED - len(desk.given.related or ())


def _options(offered: Sequence[Candidate]) -> list[Option]:
    return [
        Option(one.path, one.question, f"{one.subject} · {one.opening or one.url}")
        for one in offered
    ]


def _with_found(
    desk: Desk, offered: Sequence[Candidate], ticked: Sequence[str], words: str
) -> list[Candidate]:
    """What is ticked first, then what was found, then the rest."""
    found = related.search(desk.site, words, without=ticked) if words.strip() else []
    if not found and words.strip():
        desk.screen.say(f"nothing is found for “{words}”", "warning")
    places = {one.path: one for one in (*offered, *found)}
    first = [places[path] for path in ticked]
    return list(dict.fromkeys((*first, *found, *offered)))


def _tell(desk: Desk, offered: Sequence[Candidate]) -> None:
    named = {one.path: one for one in offered}
    if not desk.draft.related:
        desk.screen.fact("Related", "none for now", "dim")
    for number, path in enumerate(desk.draft.related, 1):
        one = named[path]
        desk.screen.fact("Related" if number == 1 else "", f"{number} {one.question}")


def _ask_back(desk: Desk) -> None:
    """Whether those that have room are to link back."""
    if desk.given.both is not None:
        return
    rooms = related.rooms(desk.site, desk.draft.related)
    free = [path for path, room in rooms.items() if room]
    if not free:
        if rooms:
            desk.screen.say("none of them has room for a link back", "dim")
        desk.put(both=False)
        return
    count = "it" if len(rooms) == 1 else f"{len(free)} of them" if len(free) < len(rooms) else "all"
    title = f"Let {count} link back to the new question?"
    options = [Option(True, "Yes, link back"), Option(False, "No, leave their files alone")]
    desk.put(both=desk.asker.choose(title, options, desk.draft.both))
    desk.screen.fact("Link back", f"from {len(free)} of {len(rooms)}" if desk.draft.both else "no")
