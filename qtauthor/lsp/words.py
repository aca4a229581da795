"""Counts in words, as several features show them."""

from __future__ import annotations


def told_inbound(count: int) -> str:
    """So many articles link here, in words."""
    words = {0: "no article links here", 1: "1 article links here"}
    return words.get(count, f"{count:,} articles link here")
