"""What editing commands tell beside what they changed: what may be meant otherwise, what was passed
over, and why nothing changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import CHAIN, SHIFTING, here
from tests.cli.test_bulk import lines_of


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("/draft=true", "/draft is new and 'true' is text; /draft:=true makes it a boolean"),
        ("/draft=True", "/draft is new and 'True' is text; /draft:=true makes it a boolean"),
        (
            "/day=2025-01-02",
            "/day is new and '2025-01-02' is text; /day:=2025-01-02 makes it a date",
        ),
        ("/n=-1.5", "/n is new and '-1.5' is text; /n:=-1.5 makes it a number"),
        ("/l=[1]", "/l is new and '[1]' is text; /l:='[1]' makes it a list"),
        ('/m={"a": 1}', "/m is new and '{\"a\": 1}' is text; /m:='{\"a\": 1}' makes it a mapping"),
        ("/z=null", "/z is new and 'null' is text; /z:=null makes it empty"),
        ("/tags/-=7", "/tags/- had no items, and '7' is text; /tags/-:=7 adds a number"),
        ("/seo/x=1", "/seo/x is new and '1' is text; /seo/x:=1 makes it a number"),
    ],
)
def test_a_new_text_that_looks_like_something_else_is_told(
    site: Path, given: str, told: str
) -> None:
    assert here("set", CHAIN, given).err == f"changed 1 article\nnote: {told}\n"
    way = told.partition("; ")[2].partition(" makes")[0].partition(" adds")[0].replace("'", "")
    result = here("set", SHIFTING, way)
    assert (result.code, result.err) == (0, "changed 1 article\n")


@pytest.mark.parametrize("given", ["/code=007", "/m=yes", "/m=1.2.3", '/m="1"', "/m=", "author=1"])
def test_what_can_only_be_text_is_not(site: Path, given: str) -> None:
    assert here("set", CHAIN, given).err == "changed 1 article\n"


def test_neither_is_a_text_where_a_text_stands_already(site: Path) -> None:
    here("set", CHAIN, "/draft=later", '/tags:=["a"]', "/none:=null")
    assert here("set", CHAIN, "/draft=true", "/tags/-=7").err == "changed 1 article\n"
    told = "note: /none had no value and '7' is text; /none:=7 makes it a number"
    assert here("set", CHAIN, "/none=7").err == f"changed 1 article\n{told}\n"


def test_an_item_that_is_added_and_a_key_that_is_inserted_are_told_of(site: Path) -> None:
    told = "note: /nums had no items, and '5' is text; --add /nums:=5 adds a number\n"
    assert here("set", CHAIN, "--add", "nums=5").err == f"changed 1 article\n{told}"
    told = "note: /done is new and 'false' is text; /done:=false makes it a boolean\n"
    result = here("insert", CHAIN, "/done=false", "--after", "author")
    assert result.err == f"changed 1 article\n{told}"


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_notices_of_many_articles_are_told_together(site: Path, jobs: str) -> None:
    arguments = ("set", "--all", "/k=12", "--jobs", jobs)
    told = "/k is new and '12' is text in 8 articles; /k:=12 makes it a number"
    assert here(*arguments, "--dry-run").err.endswith(f"\nnote: {told}\n")
    assert here(*arguments, "--dry-run", "--format", "json").json["notices"] == [told]
    assert here(*arguments).err.endswith(f"\nnote: {told}\n")
    assert here(*arguments).err == "changed 0 articles: that is there already\n"


def test_no_more_than_some_are_told(site: Path) -> None:
    arguments = ("set", CHAIN, *(f"/k{number}=1" for number in range(9)))
    told = here(*arguments, "--dry-run").err.splitlines()
    assert len(told) == 8
    assert told[-1] == "note: 3 more like these; --format json has all"
    assert len(here(*arguments, "--dry-run", "--format", "json").json["notices"]) == 9


def test_texts_in_lists_and_mappings_are_replaced_at_any_depth(site: Path) -> None:
    value = '["cat", 4, {"a/b": "cat", "c~d": ["a cat"], "cat": true}, null]'
    here("set", CHAIN, f"/pets:={value}", "/when:=2020-01-01")
    arguments = ("replace", "cat", "dog", CHAIN, "--in", "/pets", "--in", "/when", "--in", "/nope")
    result = here(*arguments)
    assert result.err.splitlines() == [
        "changed 1 article",
        "note: /pets holds a number, which is passed over",
        "note: /pets holds true or false, which is passed over",
        "note: /when is a date, and is passed over",
    ]
    found = here("get", CHAIN, "/pets", "--format", "json").json["articles"][0]["value"]
    assert found == ["dog", 4, {"a/b": "dog", "c~d": ["a dog"], "cat": True}, None]
    assert here(*arguments).err.startswith("changed 0 articles: the text is nowhere in /pets or")


def test_what_was_passed_over_is_told_of_all_articles_together(site: Path) -> None:
    arguments = ("replace", "zzz", "y", "--all", "--in", "id", "--in", "seo", "--jobs", "2")
    assert "note: /id is a number in 8 articles, and is passed over\n" in here(*arguments).err


def test_ends_of_lines_are_those_of_the_markdown(site: Path) -> None:
    arguments = ("replace", r"^([0-9])\. (.*)$", r"\1) \2;", "--regex", "--in", "answer", CHAIN)
    [gone, come] = lines_of(here(*arguments, "--diff").text)
    assert "1. **Measure" in gone
    assert all(f"\\n{number}) **" in come for number in (1, 2, 3))
    assert come.count(";\\n") >= 3
    raw = here(*arguments, "--raw")
    assert raw.err == (
        "changed 0 articles: the expression matches nowhere in answer, whose stored text is one "
        "line: ^ and $ are its ends\n"
    )


def test_the_example_in_the_help_does_what_it_says(site: Path) -> None:
    here("set", CHAIN, "answer=# One\n\n# Two #2\n\nno # three")
    here("replace", "^# (.*)", "## \\1", "--regex", "--in", "answer", "--subject", "Bicycles")
    assert here("get", CHAIN, "answer").text == "## One\\n\\n## Two #2\\n\\nno # three\n"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("unset", CHAIN, "/nope", "/no"), "there is no /nope or /no"),
        (("rename-key", "/nope", "x", "--all"), "there is no /nope"),
        (("replace", "1%1", "x", "--in", "title", "--all"), "the text is nowhere in title"),
    ],
)
def test_the_likely_reason_is_told_if_nothing_changes(
    site: Path, arguments: tuple[str, ...], why: str
) -> None:
    assert here(*arguments).err == f"changed 0 articles: {why}\n"


def test_standard_input_is_told_of_on_standard_error(site: Path) -> None:
    result = here("set", "-", "/draft=true", stdin=b"---\na: 1\n---\n")
    assert result.out == b"---\na: 1\ndraft: 'true'\n---\n"
    assert result.err == (
        "note: /draft is new and 'true' is text; /draft:=true makes it a boolean\n"
    )
