"""The JSON Schema of the front matter agrees with the rules on fields."""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from qtauthor.cli.output import json_values
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.model import article_fields
from qtauthor.model.derived_names import Naming
from qtauthor.model.field_descriptions import description
from qtauthor.model.json_schema import front_matter_schema
from qtauthor.rules import registry
from qtauthor.rules.checker import Checker, context
from qtauthor.text.document import Document
from qtauthor.text.yaml.values import Value
from tests.support.sites import CHAIN, copy_demo

FIELD_RULES = ("QT2", "QT302", "QT303", "QT401", "QT507")
"""What the schema says of one article by itself: the rules on fields, and on names and numbers."""

ALONE = [
    rule
    for rule in registry.ALL
    if rule.code.startswith(FIELD_RULES) and rule.code not in {"QT204", "QT205", "QT207"}
]
"""Without those that compare with another field, the order of keys, or today."""

SCHEMA = front_matter_schema()
VALIDATOR = jsonschema.Draft202012Validator(
    SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)


def as_json(data: Any) -> Any:
    """Data as it is in JSON: dates are text."""
    return json.loads(json_values.versioned(data=data))["data"]


def checker(site: Site) -> Checker:
    return Checker(context(site, 10, datetime.date(2026, 1, 1)), ALONE)


def test_it_is_a_schema_of_its_draft() -> None:
    assert SCHEMA["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_published_one_is_this_one() -> None:
    page = Path(__file__).parents[2] / "docs" / "schemas" / "front-matter.json"
    assert page.read_text(encoding="utf-8") == json.dumps(SCHEMA, indent=2) + "\n"


def test_it_has_every_field_in_order_with_what_it_is() -> None:
    def walk(node: dict[str, Any], above: str) -> Iterator[str]:
        if "$ref" in node:
            node = SCHEMA["$defs"]["related"]
        for name, inside in node.get("properties", {}).items():
            assert inside["description"] == description(f"{above}/{name}") != ""
            yield f"{above}/{name}"
            yield from walk(inside, f"{above}/{name}")

    assert list(walk(SCHEMA, "")) == list(article_fields.fields())


def test_names_follow_the_configuration() -> None:
    own = front_matter_schema(Naming("unicode", "/f.a.q/{slug}/{subject}/"))
    assert own["properties"]["url"]["pattern"] == r"^/f\.a\.q/[^/\s]+/[^/\s]+/$"
    assert own["$defs"]["related"]["properties"]["url"] == {
        "description": description("/related_article2/url"),
        "type": "string",
        "pattern": r"^/f\.a\.q/[^/\s]+/[^/\s]+/?([?#].*)?$",
    }


def test_articles_of_the_sample_site_are_valid(tmp_path: Path) -> None:
    site = copy_demo(tmp_path)
    for path in site.paths():
        VALIDATOR.validate(as_json(site.article(path).document.get()))


def leaves() -> list[str]:
    return [
        at for at in article_fields.fields() if not at.startswith("/related") or "article1" in at
    ]


_LIST: Value = ["a list"]
SPOILED: list[tuple[str, Value]] = [
    *((at, None) for at in leaves()),
    *((at, _LIST) for at in leaves()),
    *((at, 7) for at in leaves() if article_fields.fields()[at].type is str),
    *((at, "x") for at in leaves() if article_fields.fields()[at].type is not str),
    ("/id", 0),
    ("/id", -3),
    ("/id", "5"),
    ("/no_index", "true"),
    ("/score", "1.5"),
    ("/title", " "),
    ("/url", "learn/bicycles/questions/x"),
    ("/url", "/learn/bicycles/questions/Über"),
    ("/file_name", "x.markdown"),
    ("/tittle", "x"),
    ("/seo/tittle", "x"),
    ("/related_article1/tittle", "x"),
    ("/related_article6", {"id": 1, "title": "x", "subject": "x", "url": "/x"}),
    ("/date", datetime.datetime.fromisoformat("2025-01-01T12:00:00")),
]
SEO = {"/seo/page_description", "/seo/page_keywords"}
NOT_OF_FIELDS = {"/related_article6"} | SEO
"""Where other rules speak: too many links, search engines."""


def spoiled(document: Document, at: str, value: Value) -> Document:
    if document.has(at):
        return document.set(at, value)
    *_, last = at.split("/")
    parent = at.removesuffix(f"/{last}")
    return document.insert(at, value, after=document.keys(parent)[-1])


@pytest.mark.parametrize(("at", "value"), SPOILED, ids=str)
def test_what_is_spoiled_fails_here_and_in_check(tmp_path: Path, at: str, value: Value) -> None:
    site = copy_demo(tmp_path)
    document = spoiled(site.article(CHAIN).document.set("/score", 1.0), at, value)
    data = as_json(document.get())
    assert not VALIDATOR.is_valid(data)
    (tmp_path / CHAIN).write_bytes(document.to_bytes())
    if at not in NOT_OF_FIELDS:
        assert checker(site).check_file(CHAIN)


@pytest.mark.parametrize("at", leaves())
def test_a_missing_field_fails_if_it_is_required(tmp_path: Path, at: str) -> None:
    site = copy_demo(tmp_path)
    document = site.article(CHAIN).document
    if not document.has(at):
        document = document.set(at, True if at == "/no_index" else 1.0)
    without = document.remove(at)
    wanted = article_fields.fields()[at].required or at == "/related_article1"  # a gap
    assert VALIDATOR.is_valid(as_json(without.get())) is not wanted
    (tmp_path / CHAIN).write_bytes(without.to_bytes())
    if at not in SEO:
        assert bool(checker(site).check_file(CHAIN)) is wanted


@pytest.fixture(scope="module")
def sample(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = tmp_path_factory.mktemp("corpus")
    shutil.copytree(corpus, root / "content" / "learn")
    return Site.at(root)


def disagreements(site: Site, paths: list[str]) -> list[tuple[str, str]]:
    """Articles in which only one of the two finds something."""
    rules = checker(site)
    found: list[tuple[str, str]] = []
    for path in paths:
        try:
            data = as_json(site.article(path).document.get())
        except QtauthorError:
            continue
        told = "; ".join(error.message[:200] for error in VALIDATOR.iter_errors(data))
        if bool(told) is not bool(rules.check_file(path)):
            found.append((path, told))
    return found


@pytest.mark.slow
def test_both_agree_on_every_article_of_the_sample(sample: Site) -> None:
    paths = list(sample.paths())
    assert len(paths) > 4000
    assert disagreements(sample, paths) == []
