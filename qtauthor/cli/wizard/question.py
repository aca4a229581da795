"""The step that asks for the question."""

from __future__ import annotations

from collections.abc import Sequence

from qtauthor.cli.wizard import asked
from qtauthor.cli.wizard.asking import Back, Option
from qtauthor.cli.wizard.desk import Desk
from qtauthor.cli.wizard.slug import own_slug
from qtauthor.model import derived_names
from qtauthor.operations.authoring import question as reading
from qtauthor.operations.authoring.remark import Remark

_REMARKS = 2
_NOTHING = Remark("", "fact")
_OWN = "\n"
"""No slug: the wish to type one."""


def ask(desk: Desk) -> None:
    """A question that the site has not, with the names that follow from it."""
    while True:
        if desk.given.question is not None:
            _show_names(desk)
        elif not _type(desk):
            continue
        if asked.settle(desk):
            return


def _type(desk: Desk) -> bool:
    """Whether a question was typed, and all that belongs to it said."""
    before = desk.draft
    text = desk.asker.line(
        "Question",
        before.question,
        live=lambda typed: _live(desk, typed),
        check=lambda typed: _problem(desk, typed),
        keep=lambda typed: desk.note(question=typed),
    )
    try:
        text = _ended(desk, text)
        if text != before.question or before.slug is None:
            slug = desk.given.slug if desk.given.slug is not None else _slug(desk, text)
            desk.put(question=text, slug=slug, id=desk.given.id)
    except Back:
        desk.put(question=text)
        return False
    desk.screen.fact("Question", text, "strong")
    _show_names(desk)
    return True


def _show_names(desk: Desk) -> None:
    draft = desk.draft
    found = reading.read(draft.question, draft.subject, _rules(desk), draft.slug)
    if found.names is not None:
        desk.screen.fact("File", desk.site.path_of(found.names.path))
        desk.screen.fact("Address", found.names.url)


def _live(desk: Desk, typed: str) -> Sequence[Remark]:
    found = reading.read(typed, desk.draft.subject, _rules(desk), desk.given.slug)
    names = found.names
    told = [Remark(f"file  {names.file_name if names else ''}", "fact")]
    told.append(Remark(f"url   {names.url if names else ''}", "fact"))
    remarks = [*found.remarks[:_REMARKS], *[_NOTHING] * _REMARKS]
    return [*told, *remarks[:_REMARKS]]


def _problem(desk: Desk, typed: str) -> str:
    if not typed.strip():
        return "a question is needed"
    return reading.read(typed, desk.draft.subject, _rules(desk), desk.given.slug).problem


def _ended(desk: Desk, text: str) -> str:
    """The question with the sign at its end that the author wants."""
    if text.endswith(reading.ENDS):
        return text
    options = [  # not the question itself: its end is what a narrow terminal cuts
        Option(f"{text}?", "With a question mark"),
        Option(f"{text}.", "With a full stop"),
        Option(text, "As it is"),
    ]
    return str(desk.asker.choose("How does it end?", options))


def _slug(desk: Desk, text: str) -> str | None:
    """The slug that the author wants where the rule drops letters; ``None`` for the rule's."""
    rules = _rules(desk)
    better = reading.read(text, desk.draft.subject, rules).better
    if better is None:
        return None
    words = reading.dropped(text, rules)
    told = ", ".join(f"{word} → {kept}" if kept else f"{word} goes" for word, kept in words[:3])
    options = [
        Option(better, better, "as one writes it without accents; check will mention it"),
        Option(None, derived_names.slugify(text, rules.slug_style), "by the rule of the site"),
        Option(_OWN, "Type another one"),
    ]
    chosen: str | None = desk.asker.choose(f"The address loses something: {told}", options, better)
    return own_slug(desk, better) if chosen == _OWN else chosen


def _rules(desk: Desk) -> derived_names.Naming:
    return desk.site.config.naming
