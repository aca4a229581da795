"""Numbers of things in words."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str = "", *, grouped: bool = False) -> str:
    """So many of something: "1 article", "12 articles".

    ``plural`` is for a noun, or a noun with its verb, that gets more than an s at its end. A number
    is ``grouped`` by thousands on request: "12,000 articles".
    """
    shown = f"{number:,}" if grouped else str(number)
    return f"{shown} {agreeing(number, noun, plural or f'{noun}s')}"


def agreeing(number: int, one: str, several: str) -> str:
    """The form of a word that goes with so many."""
    return one if number == 1 else several
