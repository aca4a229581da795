"""What a new question needs that an author can be asked for."""

from __future__ import annotations

from typing import NamedTuple


class Given(NamedTuple):
    """``None`` was not given."""

    subject: str | None
    question: str | None
    description: str | None
    keywords: str | None
