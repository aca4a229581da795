"""Lines end at LF, CR LF and CR, and nowhere else; places count from one, in characters."""

from __future__ import annotations

import pytest

from qtauthor.text.source import lines

TEXT = "a\r\nb\rc\x85d\u2028e\x0cf\ng"


def test_only_the_breaks_of_yaml_end_a_line() -> None:
    starts = [0]
    while (after := lines.next_line(TEXT, starts[-1])) < len(TEXT):
        starts.append(after)
    assert [lines.excerpt(TEXT, start) for start in starts] == ["a", "b", "c\x85d\u2028e\x0cf", "g"]
    assert [lines.line_break(TEXT, start) for start in starts] == ["\r\n", "\r", "\n", "\n"]


@pytest.mark.parametrize("offset", range(len(TEXT)))
def test_each_character_lies_on_its_line(offset: int) -> None:
    start, end = lines.line_start(TEXT, offset), lines.next_line(TEXT, offset)
    if TEXT[offset - 1 : offset + 1] != "\r\n":
        assert start <= offset < end
        assert lines.column(TEXT, offset) == offset - start


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("ab", 0, (1, 1)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nbc", 4, (2, 2)),
        ("a\rb", 2, (2, 1)),
        ("🥖é", 2, (1, 3)),
        ("\ufeff---", 0, (1, 1)),
        ("\ufeff---", 1, (1, 1)),
        ("\ufeff---", 3, (1, 3)),
        ("\ufeffa\nb", 3, (2, 1)),
    ],
)
def test_a_place_counts_lines_and_characters(
    text: str, offset: int, place: tuple[int, int]
) -> None:
    found = lines.place(text, offset)
    assert (found.line, found.column) == place


@pytest.mark.parametrize(
    ("line", "blank"), [("", True), (" \t\r\n", True), ("\xa0", False), ("#", False)]
)
def test_blank_lines_hold_spaces_and_tabs_only(line: str, blank: bool) -> None:
    assert lines.blank(line) is blank
