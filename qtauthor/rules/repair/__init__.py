"""Mends files that cannot be read, where what was meant is certain.

A file is read line by line by a grammar that is narrower than YAML (`entries`). Where a line does
not fit, there are a few small mends (`fences`, `mends`, `values`); all that may be combined are
tried, the smallest first (`search`). What comes out is judged by readers of YAML, the schema, the
words of the broken file and what other fields say (`judge`, `witness`). One answer counts: if two
are equally small and say different things, the file is left alone.
"""

from __future__ import annotations

from qtauthor.errors import QtauthorError
from qtauthor.rules.repair.entries import outside
from qtauthor.rules.repair.search import Attempt, Repaired, attempt
from qtauthor.text.document import Document

__all__ = ["Attempt", "Repaired", "attempt", "outside", "repaired"]


def repaired(data: bytes) -> Repaired | None:
    """A file that can be read, for one that cannot; ``None`` where that is not certain."""
    return None if _is_sound(data) else attempt(data).repaired


def _is_sound(data: bytes) -> bool:
    """Whether there is nothing to mend."""
    try:
        document = Document.parse(data)
        document.get()
    except QtauthorError:
        return False
    return not document.is_closed_by_dots
