"""The registry has every rule, each rule explains itself, and its own example triggers it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import qtauthor.rules
from qtauthor.errors import RequestError
from qtauthor.rules import registry
from qtauthor.rules.registry import ALL, BY_NAME, DEFAULT, FAMILIES, named, select
from qtauthor.rules.rule import Rule
from qtauthor.rules.rule_page import explained
from tests.rules import support

PACKAGE = Path(qtauthor.rules.__file__).parent
RULES = pytest.mark.parametrize("rule", ALL, ids=lambda rule: f"{rule.code}-{rule.name}")


def test_every_module_with_a_rule_is_registered() -> None:
    modules = {p.stem for p in PACKAGE.glob("*/*.py") if "RULE = " in p.read_text("utf-8")}
    assert modules == {rule.name.replace("-", "_") for rule in ALL}


def test_codes_and_names_are_unique_and_sorted() -> None:
    assert [rule.code for rule in ALL] == sorted({rule.code for rule in ALL})
    assert len({rule.name for rule in ALL}) == len(ALL)


@RULES
def test_a_rule_has_a_code_of_its_family_and_a_name_in_kebab_case(rule: Rule) -> None:
    assert re.fullmatch(r"QT[1-9]\d\d", rule.code)
    assert rule.code[:3] in FAMILIES
    assert re.fullmatch(r"[a-z]+[a-z0-9]*(-[a-z0-9]+)*", rule.name)


@RULES
def test_a_rule_explains_itself(rule: Rule) -> None:
    for text in (rule.what, rule.why, rule.fix):
        assert text[0].isupper() or text.startswith("`")
        assert text.endswith(".")
    assert rule.fixes == () or not rule.fix.startswith("None")
    assert rule.code in explained(rule)


@RULES
def test_the_example_of_a_rule_triggers_it(rule: Rule, tmp_path: Path) -> None:
    site = support.site_for(rule, rule.example, tmp_path)
    assert {finding.rule for finding in support.found(site, rule)} == {rule.code}


def test_a_clean_article_has_no_findings(tmp_path: Path) -> None:
    site = support.make_site(tmp_path, support.article(""))
    rules = [rule for rule in ALL if rule.name != "orphan"]
    assert support.found(site, *rules) == []


def test_rules_are_chosen_by_code_name_or_family() -> None:
    assert select() == DEFAULT
    assert select(["QT5"]) == tuple(rule for rule in ALL if rule.code.startswith("QT5"))
    assert select(["stale-id", "qt101"]) == (BY_NAME["QT101"], BY_NAME["QT502"])
    assert set(select(also=["orphan"])) == {*DEFAULT, BY_NAME["QT509"]}
    assert BY_NAME["QT502"] not in select(ignored=["QT5"])
    assert select(["QT5"], ignored=["QT502"]) == tuple(
        rule for rule in named("QT5") if rule.code != "QT502"
    )


def test_a_narrower_name_goes_before_a_wider_one() -> None:
    assert select(["QT502"], ignored=["QT5"]) == (BY_NAME["QT502"],)
    assert select(["QT"], ignored=["QT5", "QT1"], also=["orphan"])[-1].code == "QT903"
    assert BY_NAME["QT509"] in select(["QT"], ignored=["QT5"], also=["orphan"])


@pytest.mark.parametrize("name", ["", "Q", "QT0", "QT5011", "stale"])
def test_a_name_of_no_rule_is_refused(name: str) -> None:
    with pytest.raises(RequestError, match="there is no rule"):
        named(name)


def test_the_nearest_rule_is_suggested() -> None:
    with pytest.raises(RequestError) as caught:
        registry.named("stale-ids")
    assert caught.value.remedy == "did you mean stale-id?"
