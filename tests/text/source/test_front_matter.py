"""The fences, found where the site finds them."""

from __future__ import annotations

import pytest

from qtauthor.errors import ParseError
from qtauthor.text.source import front_matter
from tests.support.readers import SiteReader

FILES = (
    "---\na: 1\n---\n", "---\na: 1\n---", "---\r\na: 1\r\n---\r\nx", "\ufeff---\na: 1\n---\n",
    "--- \na: 1\n---\t\nx", "---yaml\na: 1\n---\n", "---\n---\n", "---\n---",
    "---\n\n---\n\n&nbsp;", "---\n# c\n---\nx", "---\na: 1\n---\nb\n---\nc",
    "---\na: 'x\n ---'\n---\n", "---\na: |\n  ---\n---\n",
)  # fmt: skip


@pytest.mark.parametrize("text", FILES)
def test_the_site_finds_the_same_body(site_reader: SiteReader, text: str) -> None:
    front = front_matter.split(text)
    behind = text[front.end :].removeprefix("---").removeprefix("\r").removeprefix("\n")
    assert site_reader.read(text).content == behind
    assert text[front.end :].startswith("---")
    assert text[front.start - 1] == "\n"
    assert text[front.body - 1] == "\n" or front.body == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "\n---\na: 1\n---\n",
        " ---\na: 1\n---\n",
        "----\na: 1\n----\n",
        "\ufeff\n---\na: 1\n---\n",
    ],
)
def test_where_the_site_finds_no_data_the_file_is_refused(
    site_reader: SiteReader, text: str
) -> None:
    assert site_reader.read(text).data == {}
    with pytest.raises(ParseError):
        front_matter.split(text)


def test_dots_close_a_front_matter_too() -> None:
    text = "---\na: 1\n...\nx"
    front = front_matter.split(text)
    assert (text[front.start : front.end], text[front.body :]) == ("a: 1\n", "x")
