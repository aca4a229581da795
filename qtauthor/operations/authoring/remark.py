"""What is told to an author about what was typed."""

from __future__ import annotations

from typing import Literal, NamedTuple

Weight = Literal["fact", "note", "warning"]


class Remark(NamedTuple):
    """A line of words. A fact is no fault; a note may be one; a warning is one in most cases."""

    text: str
    weight: Weight = "note"
