"""How long what search engines show may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qtauthor.operations.authoring.remark import Remark
from qtauthor.rules.context import Limits

DESKTOP, PHONE = 155, 120
"""About so many characters of a description do search engines show; they measure in pixels."""
MOST_KEYWORDS = 10


def of_description(text: str, limits: Limits) -> Iterator[Remark]:
    """The count of a description, and what is too short or too long about it."""
    size = len(text.strip())
    yield Remark(f"{size} characters; {PHONE} show on a phone, {DESKTOP} on a desktop")
    if not size:
        yield Remark("may be left for later: check will say so")
    elif size < limits.description_min:
        yield Remark(f"{limits.description_min - size} more to be well", "warning")
    elif size > limits.description_max:
        yield Remark(f"{size - limits.description_max} over the limit of check", "warning")
    elif size > DESKTOP:
        yield Remark(f"the last {size - DESKTOP} will hardly be seen", "warning")
    elif size > PHONE:
        yield Remark(f"a phone cuts off the last {size - PHONE}")
    else:
        yield Remark("a good length", "fact")


def of_keywords(words: Sequence[str]) -> Iterator[Remark]:
    """The count of keywords, and what is wrong with them."""
    size = len(", ".join(words))
    yield Remark(f"{len(words)} of at most {MOST_KEYWORDS} keywords, {size} characters")
    folded = [word.casefold() for word in words]
    twice = next((word for at, word in enumerate(words) if folded[at] in folded[:at]), None)
    if not words:
        yield Remark("may be left for later: check will say so")
    elif twice is not None:
        yield Remark(f"{twice} stands here twice", "warning")
    elif len(words) > MOST_KEYWORDS:
        yield Remark("so many weigh less than a few", "warning")
    else:
        yield Remark("a comma between each two", "fact")


def listed(text: str) -> tuple[str, ...]:
    """Keywords out of a text with commas."""
    return tuple(" ".join(word.split()) for word in text.split(",") if word.strip())
