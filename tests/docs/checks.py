"""``python -m tests.docs.checks`` writes docs/checks.md anew from the rules' own text."""

from __future__ import annotations

from qtauthor.rules.page import page
from tests.docs.pages import DOCS

PAGE = DOCS / "checks.md"

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
