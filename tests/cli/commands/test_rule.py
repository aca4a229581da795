"""``qtauthor rule``."""

from __future__ import annotations

from qtauthor.rules import registry
from tests.cli.support import assert_refused, here


def test_a_rule_is_explained() -> None:
    for name in ("QT503", "stale-title", "qt503"):
        text = here("rule", name).text
        assert text.startswith("QT503 stale-title\n\nThe title of a related article")
        assert "\n    related_article1:\n" in text
        assert "Fix (safe): " in text
    assert "off by default" in here("rule", "orphan").text


def test_a_family_is_explained() -> None:
    assert here("rule", "QT8", "QT4").text.count("\n\nWhy: ") == 4


def test_all_rules_as_json() -> None:
    rules = here("rule", "--all", "--format", "json").json["rules"]
    assert [rule["code"] for rule in rules] == [rule.code for rule in registry.ALL]
    assert all(rule[name] for rule in rules for name in ("what", "why", "example", "fix", "family"))


def test_what_is_no_rule_is_refused() -> None:
    assert_refused(here("rule", "QT510"), "usage", "did you mean QT50")
    assert_refused(here("rule", "torn-latx"), "usage", "did you mean torn-latex?")
    assert_refused(here("rule"), "usage", "--all")
