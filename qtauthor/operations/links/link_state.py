"""What the checks say of one related article."""

from __future__ import annotations

from qtauthor.model import numbered_blocks
from qtauthor.rules import registry
from qtauthor.rules.checker import Checker

_FAMILY = "QT5"
"""The codes of the checks on related articles begin so."""


def link_state(checker: Checker, path: str, data: bytes, number: int) -> list[str]:
    """What is wrong with the block ``number`` of an article, each said once."""
    rules = [rule for rule in registry.DEFAULT if rule.code.startswith(_FAMILY)]
    found = Checker(checker.context, rules).check(path, data)
    told = [f.message for f in found if numbered_blocks.number_at(f.pointer) == number]
    return list(dict.fromkeys(told))
