"""Every JSON that a command prints is valid by its published schema, and has nothing besides."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import click
import jsonschema
import pytest

from qtauthor.cli.app import SECTIONS, app
from qtauthor.content.index.storage.tables import COLUMNS
from qtauthor.content.records.batch import NAMES
from tests.cli.support import CHAIN, DOUGH, SHIFTING, here

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
PAGE = SCHEMAS.parent / "json.md"
MEND = "def mend(article):\n    return article.set('score', 1)\n"
RECORDS: list[dict[str, Any]] = [
    {"question": "Why do gears slip?", "subject": "Bicycles", "related": [1207], "score": 2.0},
    {"question": "Why do brakes squeal?", "subject": "Bicycles", "answer": "Oil."},
]


class Case(NamedTuple):
    """A command line, the schema of what it prints, and what is run before it."""

    schema: str
    line: str
    before: str = ""


EDIT = [
    Case("edit", f"set {CHAIN} score=2 no_index=true"),
    Case("edit", f"set {CHAIN} score=2 --diff"),
    Case("edit", f"edit {CHAIN}"),
    Case("edit", "unset --all score --keep-going"),
    Case("edit", "set --all date=2025-01-01 /id/x=1 --keep-going --dry-run"),
    Case("edit", f"insert {CHAIN} /note=x --after id"),
    Case("edit", f"rename-key /score rating {CHAIN}"),
    Case("edit", f"replace chain rope --in question {CHAIN} {SHIFTING}"),
    Case("edit", f"patch {CHAIN} --ops ops.json"),
    Case("edit", f"apply mend.py:mend {CHAIN}"),
    Case("edit", "fmt --all --check"),
    Case("edit", f"edit {CHAIN} --no-input"),
]
OPERATION = [
    Case("operation", "retitle 1215 --question Shifting? --diff"),
    Case("operation", "move 1215 --new-subject --subject Physics"),
    Case("operation", "remove 1215 --dry-run"),
    Case("operation", "related add 1207 1240", "related clear 1207"),
    Case("operation", "related remove 1207 1215"),
    Case("operation", "related set 1207 1215"),
    Case("operation", "related order 1207 1240"),
    Case("operation", "related clear 1207 --both"),
    Case("operation", "related sync --all", f"set {CHAIN} id=9"),
    Case("operation", "related suggest --all --apply", "related clear 1207"),
    Case("operation", "ids reassign 1207 --id 9"),
    Case("operation", "import batch.jsonl"),
    Case("operation", "import mixed.jsonl --rejects rejects.jsonl"),
    Case("operation", "import batch.jsonl --if-exists skip", "import batch.jsonl"),
    Case("operation", "import batch.jsonl --if-exists update", "import batch.jsonl"),
]
FIND = [
    Case("ls", "ls"),
    Case("ls", "ls --columns all"),
    Case("ls", "ls --columns all", "set --all /answer=x"),
    Case("stats", "stats"),
    Case("index", "index"),
    Case("config", "config"),
    Case("get", f"get {CHAIN} seo.title"),
    Case("get", f"get {CHAIN} {SHIFTING}"),
    Case("show", f"show {CHAIN}"),
    Case("diff", f"diff {CHAIN} {DOUGH}"),
    Case("suggest", "related suggest 1207"),
    Case("suggest", "related suggest --question Why?"),
    Case("ids-next", "ids next --count 2"),
    Case("ids-show", "ids show"),
    Case("ids-show", "ids show 412"),
]
CHECK = [
    Case("check", "check --select ALL"),
    Case("check", "check --select ALL --statistics"),
    Case("check", "check --fix --unsafe-fixes --select ALL", f"set {CHAIN} /id:=-5"),
    Case("check", "check --diff --select ALL", f"set {CHAIN} seo.title=x"),
    Case("check", "check --baseline known.json", "check --write-baseline known.json"),
    Case("rule", "rule --all"),
]
OTHER = [
    Case("new", "new --subject Bicycles --question Why? --date 2025-06-03"),
    Case("new", "new --subject Bicycles --question Why? --date 2025-06-03 --diff"),
    Case("history", "undo", f"set {CHAIN} score=2"),
    Case("history", "undo --diff", f"set {CHAIN} score=2"),
    Case("history", "redo", f"set {CHAIN} score=2; undo"),
    Case("log", "log", f"set {CHAIN} score=2; undo"),
]
CASES = [*EDIT, *OPERATION, *FIND, *CHECK, *OTHER]


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def strict(node: Any) -> Any:
    """A schema that forbids what it does not name; the published ones leave room to grow."""
    if isinstance(node, list):
        return [strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    found = {key: strict(value) for key, value in node.items()}
    if "properties" in found and isinstance(found.get("type", "object"), str):
        found.setdefault("additionalProperties", False)
    return found


def validate(value: object, name: str) -> None:
    kind = jsonschema.Draft202012Validator
    kind(strict(schema(name)), format_checker=kind.FORMAT_CHECKER).validate(value)


@pytest.fixture
def prepared(site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample site with the files that the cases take, and an editor that changes nothing."""
    monkeypatch.setenv("VISUAL", "true")
    (site / "mend.py").write_text(MEND)
    (site / "ops.json").write_text('[{"op": "add", "path": "/note", "value": "x"}]')
    (site / "batch.jsonl").write_text("".join(json.dumps(one) + "\n" for one in RECORDS))
    bad = json.dumps({**RECORDS[0], "score": "high"})
    (site / "mixed.jsonl").write_text(f"{bad}\n{json.dumps(RECORDS[1])}\n")
    return site


def run(case: Case) -> Any:
    for line in filter(None, case.before.split("; ")):
        assert here(*line.split()).code in (0, 1), line
    result = here(*case.line.split(), "--format", "json")
    assert result.code in (0, 1), result.err
    return result.json


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.line)
def test_what_is_printed_is_valid(prepared: Path, case: Case) -> None:
    found = run(case)
    assert found["version"] == 1
    validate(found, case.schema)


def members(name: str) -> set[str]:
    found = schema(name)
    parts = [found, *found.get("anyOf", ())]
    return {member for part in parts for member in part.get("properties", ())}


@pytest.mark.parametrize("name", sorted({case.schema for case in CASES}))
def test_every_member_of_a_schema_is_printed_by_some_command(
    prepared: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: set[str] = set()
    before = {path: path.read_bytes() for path in prepared.rglob("*") if path.is_file()}
    for case in CASES:
        if case.schema == name:
            seen |= set(run(case))
            _restore(prepared, before)
    assert seen == members(name)


def _restore(root: Path, before: dict[Path, bytes]) -> None:
    for path in [path for path in root.rglob("*") if path.is_file() and path not in before]:
        path.unlink()
    for path, data in before.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("ls-line", "ls --columns all --format jsonl"),
        ("check-line", "check --select ALL --format jsonl"),
        ("check-line", "check --select ALL --statistics --format jsonl"),
        ("record", "export --all"),
    ],
)
def test_lines_of_json_are_valid_each(prepared: Path, name: str, line: str) -> None:
    here("set", SHIFTING, "seo.title=x", "/note=y")
    lines = here(*line.split()).text.splitlines()
    assert lines
    for one in lines:
        validate(json.loads(one), name)


def test_a_batch_is_valid() -> None:
    for one in RECORDS:
        validate(one, "record")
    assert set(schema("record")["properties"]) == {*NAMES, "problem"}


def test_columns_of_a_list_are_those_of_the_index() -> None:
    assert members("ls-line") - {"version"} == set(COLUMNS)
    row = schema("ls")["properties"]["articles"]["items"]["properties"]
    assert set(row) == set(COLUMNS)


def commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(app)
    for name in (name for section in SECTIONS.values() for name in section):
        found = app.get_command(context, name)
        assert found is not None
        if isinstance(found, click.Group):
            yield from ((f"{name} {inner}", one) for inner, one in found.commands.items())
        else:
            yield name, found


def test_every_command_with_json_is_tried() -> None:
    with_json = {
        name
        for name, command in commands()
        for parameter in command.params
        if "--format" in parameter.opts
        and isinstance(parameter.type, click.Choice)
        and "json" in parameter.type.choices
    }
    tried = {" ".join(case.line.split()[:size]) for case in CASES for size in (1, 2)}
    assert with_json <= tried


def test_the_schemas_are_of_their_draft_and_all_are_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for path in SCHEMAS.glob("*.json"):
        found = json.loads(path.read_text(encoding="utf-8"))
        assert found["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]
        jsonschema.Draft202012Validator.check_schema(found)
        assert f"(schemas/{path.name})" in page


def test_a_schema_leaves_room_for_new_members() -> None:
    more = {"version": 1, "ids": [1], "reserved": True, "new": "member"}
    jsonschema.validate(more, schema("ids-next"))
    with pytest.raises(jsonschema.ValidationError):
        validate(more, "ids-next")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**more, "version": 2}, schema("ids-next"))
