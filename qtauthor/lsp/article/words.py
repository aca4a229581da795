"""Counts in words, as several features show them."""

from __future__ import annotations

from qtauthor.text.plural import counted


def told_inbound(count: int) -> str:
    """So many articles link here, in words."""
    if not count:
        return "no article links here"
    return f"{counted(count, 'article links', 'articles link', grouped=True)} here"
