"""The page on the language server has every feature, command and kind that there is."""

from __future__ import annotations

import re

import msgspec

from qtauthor.lsp.features import FEATURES
from qtauthor.lsp.features.code_action import OPTIONS
from qtauthor.lsp.settings import Settings
from tests.docs.pages import DOCS, codes, rows

PAGE = DOCS / "server.md"


def test_every_command_is_listed() -> None:
    listed = [codes(row[0])[0] for row in rows(PAGE, "Commands")]
    assert sorted(listed) == sorted(name for feature in FEATURES for name in feature.commands)


def test_every_switch_is_listed_and_belongs_to_a_feature() -> None:
    listed = {name for row in rows(PAGE, "Features") for name in codes(row[1])}
    switches = {field.encode_name for field in msgspec.structs.fields(Settings)} - {"edits"}
    assert listed == switches
    used = {re.sub(r"_(.)", lambda found: found[1].upper(), one.name) for one in FEATURES}
    assert used == switches - {"diagnostics"}


def test_every_kind_of_action_is_listed() -> None:
    listed = {codes(row[1])[0] for row in rows(PAGE, "Code actions")}
    assert listed == set(OPTIONS.code_action_kinds or ())


def test_the_table_of_settings_has_every_setting() -> None:
    page = DOCS / "editors" / "index.md"
    listed = {name for row in rows(page, "Settings") for name in codes(row[0])}
    expected: set[str] = set()
    for field in msgspec.structs.fields(Settings):
        inner = msgspec.structs.fields(field.type)
        expected |= {f"{field.encode_name}.{one.encode_name}" for one in inner}
    assert listed == expected
