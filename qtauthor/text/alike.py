"""Names that some file systems take for one: they differ in case, or in how letters are put."""

from __future__ import annotations

import unicodedata


def folded(name: str) -> str:
    """What is the same for two such names."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
