"""Answers as the site renders them: remark with GFM and remark-math, and KaTeX.

What a page shows is judged here without any code of qtauthor.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from tests.support.readers import SiteReader

PAGE_READER = Path(__file__).with_name("page_reader")

_TEXT = re.compile(r"\\(?:text|mathrm|operatorname)\w*\{[^}]*\}")
_PROSE = re.compile(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", re.IGNORECASE)
_COMMAND = re.compile(r"\\[A-Za-z]{2,}")


class Formula(NamedTuple):
    """``error`` is what KaTeX says, if it refuses."""

    text: str
    inline: bool
    error: str | None


class Page(NamedTuple):
    """All text that is no math, code or HTML; HTML, which the site drops; and formulas."""

    texts: tuple[str, ...]
    html: tuple[str, ...]
    formulas: tuple[Formula, ...]

    @property
    def commands(self) -> list[str]:
        """Commands of LaTeX that readers see as they are written."""
        return [text for text in self.texts if _COMMAND.search(text)]

    @property
    def prose(self) -> list[str]:
        """Sentences that are set as formulas."""
        inline = (formula.text for formula in self.formulas if formula.inline)
        return [text for text in inline if _PROSE.search(_TEXT.sub("", text))]

    @property
    def refused(self) -> list[str]:
        """The formulas that KaTeX does not take."""
        return [formula.text for formula in self.formulas if formula.error is not None]


class PageReader(SiteReader):
    """One node process for many answers."""

    def __init__(self, folder: Path = PAGE_READER, *, node: str = "node") -> None:
        super().__init__(folder, node=node)

    def page(self, stored: str) -> Page:
        """What the page of an answer, given as it is stored, shows."""
        found = self._ask(stored)
        formulas = tuple(Formula(**one) for one in found["formulas"])
        return Page(tuple(found["texts"]), tuple(found["html"]), formulas)
