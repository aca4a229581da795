"""``qtauthor schema``."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from qtauthor.model.json_schema import front_matter_schema
from tests.cli.support import CHAIN, assert_refused, here


def test_it_is_a_schema_that_the_articles_fit(site: Path) -> None:
    schema = here("schema").json
    assert schema == front_matter_schema()
    [article] = here("get", CHAIN, "--format", "json").json["articles"]
    jsonschema.validate(article["value"], schema, jsonschema.Draft202012Validator)


def test_urls_are_those_of_the_configuration(site: Path) -> None:
    (site / "qtauthor.toml").write_text('url.pattern = "/q/{subject}/{slug}"\n')
    url = here("schema").json["properties"]["url"]
    assert url["pattern"] == "^/q/[a-z0-9-]+/[a-z0-9-]+$"


def test_it_needs_no_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert here("schema").json == front_matter_schema()
    assert not list(tmp_path.iterdir())


def test_a_broken_configuration_is_told(site: Path) -> None:
    (site / "qtauthor.toml").write_text("url.patern = 1\n")
    assert_refused(here("schema"), "bad-configuration")


def test_it_is_json_to_the_last_byte(site: Path) -> None:
    assert (
        json.dumps(here("schema").json, indent=2, ensure_ascii=False) + "\n" == here("schema").text
    )
