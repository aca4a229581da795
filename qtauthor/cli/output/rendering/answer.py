"""The whole answer, in lines."""

from __future__ import annotations

import io
import re

from rich.console import Console as Screen

from qtauthor.cli.output.console import visible
from qtauthor.cli.output.rendering import blocks, markdown

_ENDS = re.compile(r"(?: |\x1b\[[0-9;]*m)++(?P<end>\Z)?")
LEAST = 20
"""Cells; nothing can be read in fewer."""

MOST = 100_000
"""Characters of Markdown that are drawn, which takes up to a second."""


def rendered(answer_markdown: str, *, width: int, colour: bool) -> str:
    """The answer as its page shows it, in lines of at most ``width`` cells, each with its end.

    Colours are SGR sequences, and there is none without ``colour``. Whatever else a terminal would
    obey is made visible. HTML, which the site leaves out, is shown as it is written. Of an answer
    that is longer than ``MOST`` the beginning is shown, and how much is left out.
    """
    beginning = _beginning(answer_markdown)
    out = io.StringIO()
    screen = Screen(
        file=out,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        width=max(LEAST, width),
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    drawn = blocks.drawn(markdown.tree(visible(beginning)), screen.width)
    if drawn:
        screen.print(blocks.stacked(drawn))
    lines = [_trimmed(line) for line in out.getvalue().splitlines()]
    if len(beginning) < len(answer_markdown):
        lines += ["", f"… {len(answer_markdown) - len(beginning):,} more characters are not shown"]
    return "".join(f"{line}\n" for line in lines)


def _beginning(text: str) -> str:
    """What is drawn of a text: up to the end of a paragraph, a line or a word."""
    if len(text) <= MOST:
        return text
    ends = (text.rfind(mark, MOST // 2, MOST) for mark in ("\n\n", "\n", " "))
    return text[: next((end for end in ends if end >= 0), MOST)]


def _trimmed(line: str) -> str:
    """A line without blanks at its end, between colours either."""
    return _ENDS.sub(
        lambda found: found[0] if found["end"] is None else found[0].replace(" ", ""), line
    )
