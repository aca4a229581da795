"""A terminal's screen as a picture: SVG with its text as text, legible on light and on dark."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Any

import pyte

_SIZE, _WIDTH, _HEIGHT, _MARGIN = 14, 8.4, 19, 14
_COLOURS = {
    # what pyte calls it: on light, on dark
    "black": ("#24292f", "#6e7681"),
    "red": ("#b3261e", "#ff7b72"),
    "green": ("#116329", "#7ee787"),
    "brown": ("#7d4e00", "#e3b341"),
    "blue": ("#0550ae", "#79c0ff"),
    "magenta": ("#7a3dc8", "#d2a8ff"),
    "cyan": ("#0b6e75", "#56d4dd"),
    "white": ("#57606a", "#c9d1d9"),
}
_PAPER, _INK, _FRAME = ("#ffffff", "#0d1117"), ("#1f2328", "#e6edf3"), ("#d0d7de", "#30363d")


def picture(screen: pyte.Screen, told: str) -> str:
    """The lines of a screen down to the last that is not empty; ``told`` says what it shows."""
    lines = len("\n".join(line.rstrip() for line in screen.display).rstrip().split("\n"))
    width = screen.columns * _WIDTH + 2 * _MARGIN
    height = lines * _HEIGHT + 2 * _MARGIN
    size, fixed = f"{width:g} {height}", f'width="{width:g}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" {fixed} role="img">',
        f"<title>{escape(told)}</title>",
        f"<style>{_style()}</style>",
        f'<rect class="paper" x=".5" y=".5" width="{width - 1:g}" height="{height - 1}" rx="6"/>',
    ]
    for row in range(lines):
        parts += _line(screen, row)
    return "\n".join([*parts, "</svg>\n"])


def _line(screen: pyte.Screen, row: int) -> Iterator[str]:
    """The backgrounds of a line, and its text in runs of one look, each at its column."""
    y = _MARGIN + row * _HEIGHT
    spans: list[str] = []
    cells = [(column, screen.buffer[row][column]) for column in range(screen.columns)]
    for (look, ground), group in groupby(cells, lambda cell: _look(cell[1])):
        run = list(group)
        x = _MARGIN + run[0][0] * _WIDTH
        if ground:
            yield (
                f'<rect class="{ground}" x="{x:g}" y="{y}"'
                f' width="{len(run) * _WIDTH:g}" height="{_HEIGHT}"/>'
            )
        text = "".join(cell.data for _, cell in run).rstrip()
        if text:
            named = f' class="{look}"' if look else ""
            spans.append(f'<tspan{named} x="{x:g}">{escape(text, quote=False)}</tspan>')
    if spans:
        yield f'<text y="{y + _SIZE}">{"".join(spans)}</text>'


def _look(cell: Any) -> tuple[str, str]:
    """The classes of a cell's text, and that of its background, if it has one.

    What is shown in reverse keeps the ink of other text, on a pale ground of its colour.
    """
    if cell.reverse:
        colour, ground = "", f"on-{_name(cell.fg, 'ink')}"
    else:
        colour = _name(cell.fg, "")
        ground = "" if cell.bg == "default" else f"on-{_name(cell.bg, 'ink')}"
    told = {"bold": cell.bold, "italic": cell.italics, "under": cell.underscore}
    return " ".join([*filter(None, [colour]), *(word for word, on in told.items() if on)]), ground


def _name(colour: str, default: str) -> str:
    """A colour by one of the eight names; what is none of them is left to the default."""
    plain = colour.removeprefix("bright")
    return plain if plain in _COLOURS else default


def _style() -> str:
    def themed(side: int) -> str:
        named = "".join(
            f".{name}{{fill:{shades[side]}}}.on-{name}{{fill:{shades[side]};opacity:.25}}"
            for name, shades in _COLOURS.items()
        )
        return (
            f".paper{{fill:{_PAPER[side]};stroke:{_FRAME[side]}}}text{{fill:{_INK[side]}}}"
            f".on-ink{{fill:{_INK[side]};opacity:.2}}{named}"
        )

    return (
        f"text{{font:{_SIZE}px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;"
        "white-space:pre}"
        ".bold{font-weight:bold}.italic{font-style:italic}.under{text-decoration:underline}"
        f"{themed(0)}@media(prefers-color-scheme:dark){{{themed(1)}}}"
    )
