"""The cases of the tests as requests that any editor of YAML could be given."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from benchmarks.peers.reading import UnreadableError, read
from qtauthor.text.source import front_matter
from qtauthor.text.yaml import pointer
from tests.text import oracle
from tests.text.edits import name_of
from tests.text.test_cases import CASES, raw, sections, value_of

VERBS = ("set", "insert", "append", "remove", "rename")
_REQUEST = re.compile(
    r"(?P<verb>\w+) (?P<at>/.*?)(?: (?P<value>\".*\"|[-\[{\dtfn].*?|date:\S+))?"
    r"(?: (?P<side>before|after) (?P<name>\S+))?"
)
_WITHOUT_RESULT = ("no-such-key", "key-exists", "duplicate-key")
"""Refusals of requests that have no right result, such as the removal of what is not there."""


class Request(NamedTuple):
    """``append`` adds to the list at ``at``; ``side`` is before or after, and of which key.

    ``path`` is ``at`` with keys that are no text, and numbers of items, as what they are.
    """

    verb: str
    at: tuple[str, ...]
    value: Any
    side: tuple[str, str] | None
    path: tuple[Any, ...]

    @property
    def plain(self) -> dict[str, Any]:
        """As JSON has it; a date is text that says so."""
        dated = isinstance(self.value, datetime.date)
        value = str(self.value) if dated else self.value
        return {**self._asdict(), "value": value, "dated": dated}

    @property
    def place(self) -> str:
        """In the language of jq and yq."""
        return _place(self.path)

    @property
    def parent(self) -> str:
        return _place(self.path[:-1])


def _place(path: tuple[Any, ...]) -> str:
    steps = (key if isinstance(key, int | str) else str(key) for key in path)
    return "." + "".join(f"[{json.dumps(step, ensure_ascii=False)}]" for step in steps)


class Case(NamedTuple):
    """A file, what is asked, and the data that it should have then, if they can be told."""

    name: str
    before: str
    requests: list[Request]
    after: str | None
    wanted: Any


class UnableError(Exception):
    """The tool has no such request."""


Peer = Callable[[str, list[Request]], str]
"""From the YAML between the fences to that after the requests. Raises whatever it raises."""


def cases() -> Iterator[Case]:
    """Those cases in which every request is a common one and has a right result."""
    for path in CASES:
        case = sections(path)
        if "like" in case or case.get("refused", "").startswith(_WITHOUT_RESULT):
            continue
        before = raw(case["before"]).decode()
        after = raw(case["after"]).decode() if "after" in case else None
        try:
            asked = [_request(line, read(before)) for line in case["request"].splitlines()]
            requests = [request for request in asked if request is not None]
            if len(requests) < len(asked):
                continue
            wanted = read(after) if after is not None else _made(read(before), requests)
        except (UnreadableError, oracle.ImpossibleError):
            continue
        yield Case(path.stem, before, requests, after, wanted)


def _request(line: str, data: Any) -> Request | None:
    found = _REQUEST.fullmatch(line)
    if found is None or found["verb"] not in VERBS:
        return None
    value = value_of(found["value"]) if found["value"] else None
    if isinstance(value, int | float) and value % 1 == 0 and not _portable(value):
        return None
    side = (found["side"], found["name"]) if found["side"] else None
    verb, at = found["verb"], pointer.parse(found["at"])
    if verb == "insert" and at[-1] == "-":
        verb, at = "append", at[:-1]
    return Request(verb, at, value, side, tuple(_path(data, at)))


def _portable(value: float) -> bool:
    """Whether JavaScript can be given this number as what it is."""
    return isinstance(value, int) and abs(value) < 2**53


def _is_named(key: Any, token: str) -> bool:
    spelled = isinstance(key, float) and re.fullmatch(r"[\d.]+", token) and float(token) == key
    return bool(spelled) or name_of(key) == token


def _path(data: Any, at: tuple[str, ...]) -> Iterator[Any]:
    for token in at:
        names = [key for key in data if _is_named(key, token)] if isinstance(data, dict) else []
        listed = isinstance(data, list) and token.isdigit()
        key: Any = int(token) if listed else names[0] if names else token
        yield key
        data = data[key] if names or (listed and key < len(data)) else None


def _made(data: Any, requests: list[Request]) -> Any:
    """``data`` after the requests, without any editor. Raises ``ImpossibleError``."""
    for verb, at, value, *_ in requests:
        if verb == "remove":
            data = oracle.remove(data, at)
        elif verb == "rename":
            data = oracle.move(data, at, (*at[:-1], value))
        elif verb == "append":
            data = oracle.add(data, (*at, "-"), value)
        elif verb == "set" and at[-1].isdigit():
            data = oracle.replace(data, at, value)
        else:
            data = oracle.add(data, at, value)
    return data


def around(text: str) -> tuple[str, str, str]:
    """What stands before the YAML of a file, the YAML, and what stands behind it."""
    front = front_matter.split(text)
    return text[: front.start], text[front.start : front.end], text[front.end :]
