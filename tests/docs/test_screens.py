"""The pictures of screens are what the program shows, and can be read by anyone."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET  # of our own files

import pyte
import pytest

from tests.docs.console import Shell
from tests.docs.screens import FOLDER, SCREENS
from tests.docs.svg import picture

SLOW = {"rename"}
"""Waits for an editor and its language server."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] * (name in SLOW)) for name in SCREENS]
)
def test_a_picture_is_what_the_program_shows(name: str, shell: Shell) -> None:
    kept = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert SCREENS[name](shell) == kept, "python -m tests.docs.screens"


def test_there_is_no_other_picture() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.svg" for name in SCREENS}


def test_a_picture_has_its_text_as_text_and_its_colours_for_light_and_dark() -> None:
    screen = pyte.Screen(20, 4)
    pyte.Stream(screen).feed("a <b>\x1b[31m red \x1b[0m\r\n\x1b[7m chosen \x1b[0m\r\n\x1b[1mbold")
    drawn = picture(screen, "a & b")
    root = ET.fromstring(drawn)  # noqa: S314
    name = "{http://www.w3.org/2000/svg}"
    lines = ["".join(text.itertext()) for text in root.iter(f"{name}text")]
    assert lines == ["a <b> red", " chosen", "bold"]
    assert root.findtext(f"{name}title") == "a & b"
    style = root.findtext(f"{name}style") or ""
    light, _, dark = style.partition("@media(prefers-color-scheme:dark)")
    for css in (light, dark):
        assert all(re.search(rf"\.{word}{{fill:#", css) for word in ("paper", "red", "on-ink"))
    assert 'class="red"' in drawn
    assert 'class="bold"' in drawn
    assert '<rect class="on-ink"' in drawn
