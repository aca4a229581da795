"""What git leaves in a file that it could not merge."""

from __future__ import annotations

import re

from qtauthor.errors import Code, ParseError
from qtauthor.text.source import lines

_MARKER = re.compile(r"^(?:<{7} |>{7} |\|{7}(?: |\r?$)|={7}\r?$)", re.MULTILINE)

_SHOWN = 9


def markers(text: str) -> list[int]:
    """The offsets of the lines that git put in; none if neither side of a conflict has its name.

    A line of ``=`` alone may be a heading.
    """
    if "<<<<<<< " not in text and ">>>>>>> " not in text:
        return []
    found = [match.start() for match in _MARKER.finditer(text)]
    return found if any(text[offset] in "<>" for offset in found) else []


def told(text: str, offsets: list[int]) -> str:
    """The lines of markers in words."""
    numbers = [str(lines.place(text, offset).line) for offset in offsets[:_SHOWN]]
    if len(offsets) > _SHOWN:
        numbers.append(f"{len(offsets) - _SHOWN} more")
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    return f"lines {', '.join(numbers[:-1])} and {numbers[-1]}"


def explained(error: ParseError, text: str) -> ParseError:
    """Why a text cannot be read: an unsolved conflict, if there is one, else ``error``."""
    found = markers(text)
    if not found:
        return error
    return ParseError(
        Code.MERGE_CONFLICT,
        f"a merge conflict is not solved: git's markers stand in {told(text, found)}",
        where=lines.place(text, found[0]),
        excerpt=lines.excerpt(text, found[0]),
        remedy="keep what is right of both sides, and take out the lines of markers",
    )
