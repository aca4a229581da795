"""A finding: a rule, a place, and what is wrong there."""

from __future__ import annotations

import msgspec

from qtauthor.rules.fix import Fix
from qtauthor.rules.rule import Elsewhere


class Finding(msgspec.Struct, frozen=True):
    """Lines and columns count from 1, columns in code points; the end is exclusive.

    Line 0 is the file as a whole. ``article`` is the id by which a baseline knows the article.
    """

    rule: str
    path: str
    message: str
    pointer: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    fix: Fix | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    article: int | None = None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What stays the same of a finding when lines move."""
        return self.rule, self.path, self.pointer, self.message
