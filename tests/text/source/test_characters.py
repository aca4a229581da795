"""The characters that may stand nowhere."""

from __future__ import annotations

import pytest

from qtauthor.text.source import characters
from qtauthor.text.source.characters import CharacterFault

NAMES = {
    "\x00": "U+0000 NUL",
    "\x0c": "U+000C FF",
    "\x1b": "U+001B ESC",
    "\x7f": "U+007F DEL",
    "\x9b": "U+009B a control character",
    "\ud83d": "U+D83D half of a surrogate pair",
    "\uffff": "U+FFFF no character",
}


@pytest.mark.parametrize(("character", "name"), NAMES.items())
def test_a_fault_is_found_and_called_by_its_name(character: str, name: str) -> None:
    (found,) = characters.faults({"a": ["b", {"c": f"d{character}"}]})
    assert found == CharacterFault("/a/1/c", f"d{character}", 1)
    assert characters.called(found.character) == name


def test_a_key_can_be_at_fault() -> None:
    assert [fault.at for fault in characters.faults({"a\x00": 1, 2: "\x01"})] == ["/a\x00", "/2"]


def test_what_people_write_is_none() -> None:
    assert not [*characters.faults("\t\n\r\x85\u2028\ufeff😀")]


@pytest.mark.parametrize("character", [name for name in NAMES if name != "\ud83d"])
def test_the_quick_look_misses_none(character: str) -> None:
    assert characters.may_stand_in(f"a{character}".encode())
    assert not characters.may_stand_in("a\r\n\tä€😀".encode())
