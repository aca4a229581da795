"""The step that asks for what search engines show."""

from __future__ import annotations

from qtauthor.cli.wizard.desk import Desk
from qtauthor.operations.authoring import lengths


def ask(desk: Desk) -> None:
    """A description, which may be empty."""
    text = desk.asker.line(
        "Description for search engines",
        desk.draft.description,
        live=lambda typed: list(lengths.of_description(typed, desk.limits)),
        keep=lambda typed: desk.note(description=typed),
    )
    desk.put(description=text)
    desk.screen.fact("Description", text or "left for later", "plain" if text else "dim")
