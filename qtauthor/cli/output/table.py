"""Rows in columns that fit the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

GAP = "  "
_LEAST = 6


def lines(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numbers: Sequence[bool],
    width: int | None,
) -> Iterator[str]:
    """The head and the rows as lines. ``numbers`` tells which columns stand to the right.

    ``width`` is that of the terminal; without one nothing is cut. Widths are terminal cells.
    """
    natural = [
        max(cell_len(row[column]) for row in (head, *rows)) if rows else cell_len(head[column])
        for column in range(len(head))
    ]
    widths = natural if width is None else _fitted(natural, numbers, width)
    for row in (head, *rows):
        cells = (
            _cell(text, size, right=right)
            for text, size, right in zip(row, widths, numbers, strict=True)
        )
        yield GAP.join(cells).rstrip()


def _fitted(natural: list[int], numbers: Sequence[bool], width: int) -> list[int]:
    """Widths whose sum fits: the widest columns of text give way, numbers stay whole."""
    widths = list(natural)
    room = width - len(GAP) * (len(widths) - 1)
    while sum(widths) > room:
        texts = [size for size, number in zip(widths, numbers, strict=True) if not number]
        widest = max(texts, default=0)
        if widest <= _LEAST:
            break
        widths[next(i for i, s in enumerate(widths) if s == widest and not numbers[i])] -= 1
    return widths


def _cell(text: str, size: int, *, right: bool) -> str:
    length = cell_len(text)
    if length > size:
        return set_cell_size(text, size - 1) + "…" if size > 1 else "…"
    blanks = " " * (size - length)
    return blanks + text if right else text + blanks


def bar(share: float, cells: int) -> str:
    """A bar of ``share`` (0 to 1) of so many cells, in eighths."""
    eighths = round(share * cells * 8)
    full, rest = divmod(eighths, 8)
    return "█" * full + ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")[rest]
