"""A slug that the author types."""

from __future__ import annotations

from qtauthor.cli.wizard.desk import Desk
from qtauthor.operations.authoring import question


def own_slug(desk: Desk, default: str) -> str:
    """What is to stand in the address, in the place of what the question gives."""
    rules, subject = desk.site.config.naming, desk.draft.subject

    def problem(typed: str) -> str:
        return question.read("a", subject, rules, typed.strip()).problem

    return desk.asker.line("Slug", default, check=problem)
