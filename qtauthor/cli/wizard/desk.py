"""What the steps of one dialogue share: the site, the draft, and ways to ask and to tell."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from qtauthor.cli.arguments.new_question import Given
from qtauthor.cli.wizard.asking import Asker
from qtauthor.cli.wizard.drafts import DraftSlot
from qtauthor.cli.wizard.screen import Screen
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.operations.authoring.draft import Draft
from qtauthor.operations.authoring.plan import PlannedQuestion
from qtauthor.rules.context import Limits
from qtauthor.text.document import Document

if TYPE_CHECKING:  # all rules are loaded when the first answer is read
    from qtauthor.rules.checker import Checker


class Around(NamedTuple):
    """What is there before the first question; it does not change."""

    site: Site
    given: Given
    screen: Screen
    asker: Asker
    environ: Mapping[str, str]
    template: Document | None = None


class Desk:
    """One author at one draft. What is put down is kept at once."""

    def __init__(self, around: Around, slot: DraftSlot, draft: Draft) -> None:
        self.around = around
        self.site = around.site
        self.given = around.given
        self.screen = around.screen
        self.asker = around.asker
        self.slot = slot
        self.draft = draft
        self._warned = False

    @property
    def today(self) -> datetime.date:
        """The day that the article gets."""
        return self.given.date

    def put(self, **values: Any) -> None:
        """Take over what was said."""
        self.draft = msgspec.structs.replace(self.draft, **values)
        self._save()

    def note(self, **values: Any) -> None:
        """Keep what is being typed, in case that nothing more comes."""
        self._save(msgspec.structs.replace(self.draft, **values), sync=False)

    def say_error(self, error: QtauthorError) -> None:
        """What was refused, and what to do."""
        self.screen.console.error(error)

    @cached_property
    def checker(self) -> Checker:
        """The rules that ``check`` would run here."""
        from qtauthor.rules import rule_selection as choosing
        from qtauthor.rules.checker import Checker, context

        chosen = choosing.chosen(self.site, (), (), ())
        around = context(self.site, 1, self.today, chosen.limits)
        return Checker(around, chosen.rules, chosen.ignored)

    @property
    def limits(self) -> Limits:
        """The lengths that ``check`` wants."""
        return self.checker.context.limits

    def planned(self) -> PlannedQuestion:
        """All that would be written. Raises what ``plan`` raises."""
        return self.given.planned(self.site, self.draft, self.around.template)

    def _save(self, draft: Draft | None = None, *, sync: bool = True) -> None:
        try:
            self.slot.save(draft or self.draft, sync=sync)
        except (OSError, ValueError, QtauthorError) as error:  # ValueError: it is no Unicode
            if sync and not self._warned:  # while one types there is no place for words
                self._warned = True
                self.screen.say(f"the draft cannot be kept: {error}", "warning")
