"""The step that asks for the keywords."""

from __future__ import annotations

from qtauthor.cli.wizard.desk import Desk
from qtauthor.operations.authoring import keywords, lengths


def ask(desk: Desk) -> None:
    """Keywords, which may be none. Some are proposed unless there are any."""
    draft = desk.draft
    words = draft.keywords or tuple(
        keywords.propose(desk.site.index, draft.question, draft.answer, draft.subject)
    )
    text = desk.asker.line(
        "Keywords",
        ", ".join(words),
        live=lambda typed: list(lengths.of_keywords(lengths.listed(typed))),
        keep=lambda typed: desk.note(keywords=lengths.listed(typed)),
    )
    listed = tuple(dict.fromkeys(lengths.listed(text)))
    desk.put(keywords=listed)
    shown = ", ".join(listed)
    desk.screen.fact("Keywords", shown or "left for later", "plain" if shown else "dim")
