"""Cases that a person can read: a file before, what is asked, and the file after it.

Each file of ``cases`` has a sentence that says what it shows, then sections that begin with a line
of ``=== name``: ``like`` (an example document, if any), ``before``, ``request`` (one a line) and
either ``after`` or ``refused``, which holds the code and the place. What cannot be seen is written
visibly: ``␍`` a carriage return, ``␉`` a tab, ``␠`` a blank at the end of a line, ``␟`` a byte
order mark, and ``␃`` the end of a file without a line break.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qtauthor.errors import QtauthorError
from qtauthor.text.document import Document
from qtauthor.text.yaml import parser

CASES = sorted(Path(__file__).with_name("cases").glob("*.txt"))

_SEEN = {"␍": "\r", "␉": "\t", "␠": " ", "␟": "\ufeff", "␃\n": ""}
_REQUEST = re.compile(
    r"(?P<verb>\w+) (?P<at>/.*?)(?: (?P<to>/\S*))?"
    r"(?: (?P<value>\".*\"|[-\[{\dtfn].*?|date:\S+))?"
    r"(?: (?P<side>before|after) (?P<name>\S+))?"
)


def sections(path: Path) -> dict[str, str]:
    """The parts of a case by name."""
    parts = re.split(r"^=== (\w+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def raw(text: str) -> bytes:
    """The bytes of a file that is written with visible signs."""
    for sign, character in _SEEN.items():
        text = text.replace(sign, character)
    return text.encode()


def value_of(text: str) -> Any:
    if text.startswith("date:"):
        return datetime.date.fromisoformat(text[5:])
    return json.loads(text)


def ask(document: Document, line: str) -> Document:
    """One request, as a line of a case."""
    verb, _, change = line.partition(" ")
    if verb in ("patch", "merge"):
        return WHOLE[verb](document, json.loads(change))
    found = _REQUEST.fullmatch(line)
    assert found is not None, line
    value: Any = value_of(found["value"]) if found["value"] else None
    side = {found["side"]: found["name"]} if found["side"] else {}
    return VERBS[verb](document, found["at"], found["to"] if verb == "move" else value, side)


WHOLE: dict[str, Callable[[Document, Any], Document]] = {
    "patch": Document.patch,
    "merge": Document.merge,
}
VERBS: dict[str, Callable[[Document, str, Any, dict[str, Any]], Document]] = {
    "set": lambda document, at, value, _: document.set(at, value),
    "insert": lambda document, at, value, side: document.insert(at, value, **side),
    "append": lambda document, at, value, _: document.insert(f"{at}/-", value),
    "remove": lambda document, at, _, __: document.remove(at),
    "rename": lambda document, at, name, _: document.rename(at, name),
    "restyle": lambda document, at, style, _: document.restyle(at, style),
    "move": lambda document, at, to, side: document.move(at, to, **side),
    "get": lambda document, at, _, __: (document.get(at), document)[1],
}


def outcome(case: dict[str, str]) -> tuple[bytes, str]:
    """The file after all requests, and the refusal if one of them is refused."""
    like = Document.parse(raw(case["like"])) if "like" in case else None
    before = raw(case["before"])
    document = Document.parse(before, like=like)
    try:
        for line in case["request"].splitlines():
            document = ask(document, line)
    except QtauthorError as error:
        assert document.to_bytes() == before
        place = f" {error.where.line}:{error.where.column}" if error.where.line else ""
        return before, f"{error.code}{place}\n"
    return document.to_bytes(), ""


@pytest.mark.parametrize("pure", [False, True], ids=["C", "pure"])
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, pure: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if pure:
        monkeypatch.setattr(parser, "CParser", None)
    case = sections(path)
    after, refused = outcome(case)
    assert refused == case.get("refused", "")
    assert after == raw(case.get("after", case["before"]))


def test_there_are_cases() -> None:
    assert len(CASES) >= 250
