"""Commands, options and schemas are those that scripts were written for."""

from __future__ import annotations

import json

from qtauthor.model.json_schema import front_matter_schema
from tests.contract import interface, record


def recorded(name: str) -> object:
    return json.loads((record.FOLDER / name).read_text(encoding="utf-8"))


def test_the_commands_take_what_they_took() -> None:
    assert json.loads(record.text(interface.commands())) == recorded("interface.json")


def test_the_schema_of_front_matter_is_what_it_was() -> None:
    assert front_matter_schema() == recorded("front_matter_schema.json")
