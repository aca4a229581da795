"""What somebody may have meant by a name that there is none of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def near(name: str, known: Iterable[str], most: int = 1) -> list[str]:
    """The known names that are spelled nearly like this one, the most like first."""
    from difflib import get_close_matches  # only a refusal needs it

    return get_close_matches(name, list(known), most)


def meant(names: Sequence[str], else_: str = "") -> str:
    """The question whether one of these was meant; without any, what is said ``else_``."""
    return f"did you mean {' or '.join(names)}?" if names else else_


def hint(names: Sequence[str], remedy: str) -> str:
    """A remedy that begins with that question, if there are such names."""
    return f"{meant(names)} {remedy}" if names else remedy
