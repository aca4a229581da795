"""Math of TeX as a line of Unicode.

``\\frac{a}{b}`` is a/b, ``x_i^2`` is xᵢ², ``\\sqrt{x+1}`` is √(x+1): a form that reads well and
says the same. What cannot be said so is left as it is.
"""

from __future__ import annotations

import re

from qtauthor.cli.output.rendering.constructs import CONSTRUCTS
from qtauthor.cli.output.rendering.reader import MathReader, Unknown

_COMMENT = re.compile(r"(?<!\\)%[^\n]*\n?")
_LONGEST = 4000
"""Characters of math that are looked at."""


def unicode(content: str) -> str | None:
    """Math without its dollars; None if something in it has no form in Unicode.

    Rows of aligned equations are lines.
    """
    if len(content) > _LONGEST:
        return None
    try:
        written = MathReader(_COMMENT.sub("", content), CONSTRUCTS).rest()
    except Unknown:
        return None
    return "\n".join(re.sub(" {4,}", "   ", line).strip() for line in written.split("\n"))
