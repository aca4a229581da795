"""The YAML test suite: read as it says or refused, and edited without a fault."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import Any

import pytest

from qtauthor.errors import Code, ParseError, QtauthorError
from qtauthor.text.document import Document
from qtauthor.text.yaml.values import same
from tests.support.readers import SiteReader
from tests.text.edits import name_of
from tests.text.readings import as_site
from tests.text.test_sweep import read, sweep
from tests.text.yaml_suite import Example, examples

pytestmark = pytest.mark.filterwarnings("ignore::ruamel.yaml.error.ReusedAnchorWarning")

REFUSED = {
    "a key in braces whose colon is on the next line":
        "4MUZ-0 4MUZ-1 4MUZ-2 5MUD-0 9SA2-0 K3WX-0 NJ66-0 VJP3-1",
    "a colon without a key in brackets": "CFD4-0",
    "a block of text that begins with a tab": "R4YG-0",
    "a tag on nothing in braces": "WZ62-0",
    "what readers do not agree on": "4ABK-0 652Z-0 FRK4-0 HM87-1 Y2GN-0",
}  # fmt: skip
"""Valid texts that are refused because a reader that has to agree refuses them, by the reason."""

TAKEN = {"9C9N-0", "DK95-1", "QB6E-0", "S98Z-0", "SU5Z-0"}
"""Invalid texts that the site takes: text too far left between quotes or brackets, and such."""

HAS_C_PARSER = find_spec("_ruamel_yaml") is not None
MISTAKEN = {"4QFQ-0", "9MMW-0", "DWX9-0", "R4YG-0"} if not HAS_C_PARSER else set()
"""Valid texts that are called invalid without the C parser."""

if not HAS_C_PARSER:
    REFUSED["what readers do not agree on"] = "4ABK-0 652Z-0 FRK4-0 HM87-1"
    REFUSED["what only the C parser reads"] = " ".join(MISTAKEN)
    TAKEN.discard("S98Z-0")

FORMS = ("raw", "below_a_key")


@pytest.fixture(scope="module")
def suite(site_reader: SiteReader) -> list[Example]:
    """Asks for the reader since that installs the suite."""
    return list(examples())


def parsed(data: bytes) -> Document | None:
    """The document; ``None`` if it is refused for what it says, not for its root."""
    try:
        return Document.parse(data)
    except ParseError as error:
        return Document.parse(b"---\n---\n") if error.code is Code.NOT_A_MAPPING else None


def named(value: Any) -> Any:
    """Plain data with its keys and dates as JSON has them."""
    if isinstance(value, dict):
        return {name_of(key): named(each) for key, each in value.items()}
    if isinstance(value, list):
        return [named(each) for each in value]
    return value if isinstance(value, str | int | float | None) else str(value)


def test_a_valid_text_says_what_the_suite_says(suite: list[Example]) -> None:
    read_so = 0
    for example in suite:
        if not example.valid or not example.said:
            continue
        try:
            document = Document.parse(example.below_a_key)
            said = named(document.get("/key"))
        except QtauthorError:
            continue
        assert said == json.loads(example.said), example.name
        assert document.to_bytes() == example.below_a_key
        read_so += 1
    assert read_so >= 185


def test_what_is_refused_has_a_reason(suite: list[Example]) -> None:
    refused = {
        example.name
        for example in suite
        if example.valid and not all(parsed(getattr(example, form)) for form in FORMS)
    }
    assert refused == {name for names in REFUSED.values() for name in names.split()}


def test_what_is_valid_is_not_refused_as_invalid(suite: list[Example]) -> None:
    valid = [example for example in suite if example.valid and example.name not in MISTAKEN]
    codes = {code(getattr(example, form)) for example in valid for form in FORMS}
    assert codes <= {None, Code.NOT_A_MAPPING, Code.UNREADABLE_YAML, Code.UNCERTAIN_YAML}


def code(data: bytes) -> Code | None:
    """Why a text is refused."""
    try:
        Document.parse(data)
    except ParseError as error:
        return error.code
    return None


def test_what_is_invalid_is_refused_unless_the_site_takes_it(
    suite: list[Example], site_reader: SiteReader
) -> None:
    taken = set()
    for example in suite:
        if example.valid:
            continue
        try:
            document = Document.parse(example.raw)
        except ParseError:
            continue
        assert same(site_reader.read(document.text).data, as_site(document.get())), example.name
        taken.add(example.name)
    assert taken == TAKEN


def test_a_sample_of_the_sweep_over_the_suite(suite: list[Example]) -> None:
    check(suite, 29)


@pytest.mark.slow
def test_the_whole_sweep_over_the_suite(suite: list[Example]) -> None:
    check(suite, 1)


def check(suite: list[Example], every: int) -> None:
    documents = [getattr(example, form) for example in suite if example.valid for form in FORMS]
    counts, wrong = sweep((data for data in documents if read(data) is not None), every)
    assert wrong == []
    assert counts["done"] >= 0.93 * sum(counts.values())
