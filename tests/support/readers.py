"""Readers that share no code with qtauthor, to hold its results against.

`SiteReader` is the site's own (gray-matter 4 over js-yaml 3), `read_yaml11` and `read_ruamel12`
are the two YAML versions. All take the text of a whole file.
"""

from __future__ import annotations

import base64
import json
import math
import os
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError as RuamelError

SITE_READER = Path(__file__).with_name("site_reader")

_FENCES = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)


class ReadError(Exception):
    """The text has no front matter, or the reader refuses it."""


class SiteReadError(ReadError):
    """The site would fail on this file; the message is gray-matter's or js-yaml's."""


@dataclass(frozen=True)
class SiteArticle:
    """What the site has of a file: `data` is empty when no fence stands at byte 0."""

    data: dict[str, Any]
    content: str


class SiteReader:
    """One node process for many files; a context manager, not safe for threads.

    Its dependencies must be installed in `folder`: the `site_reader` fixture does that.
    JavaScript values become Python values as follows.

    - A number is an int when it is integral, else a float: `-1.0` and `-1` are one number to
      JavaScript. -0, NaN and the infinities are floats.
    - A date is a `date` at midnight UTC, else an aware `datetime` in UTC. JavaScript cannot tell
      `2024-12-18` from `2024-12-18 00:00:00`.
    - Keys are always strings (`1: a` has the key "1"), and integer-like keys come first.
    - `!!binary` is `bytes`, `!!set` a dict of None.
    """

    def __init__(self, folder: Path = SITE_READER, *, node: str = "node") -> None:
        self._command = [node, str(folder / "reader.js")]
        self._process: subprocess.Popen[bytes] | None = None
        self._last_id = 0
        self._waiting = range(0)

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "TZ": "UTC"},  # a date that is a key has its name in that zone
        )
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.communicate()
            self._process = None

    def read(self, text: str) -> SiteArticle:
        """What the site reads. Raises SiteReadError; RuntimeError when node itself has ended."""
        answer = _article(self._ask(text))
        if isinstance(answer, SiteReadError):
            raise answer
        return answer

    def send(self, texts: Sequence[str]) -> None:
        """Let the site begin to read these files, which are to fit into a pipe (64 KiB)."""
        requests = [
            json.dumps({"id": number, "text": text})
            for number, text in enumerate(texts, self._last_id + 1)
        ]
        self._waiting = range(self._last_id + 1, self._last_id + 1 + len(texts))
        self._last_id += len(texts)
        pipe = self._running.stdin
        assert pipe is not None  # it was asked for
        with suppress(BrokenPipeError):  # Its standard output has ended too: told when it is read.
            pipe.write("".join(f"{request}\n" for request in requests).encode("ascii"))
            pipe.flush()

    def received(self) -> Iterator[SiteArticle | SiteReadError]:
        """What the site reads in the files that were sent. Raises RuntimeError as ``read`` does."""
        for number in self._waiting:
            yield _article(self._answer(number))

    def _ask(self, text: str) -> dict[str, Any]:
        self.send([text])
        return self._answer(self._last_id)

    @property
    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise RuntimeError("SiteReader is used outside its `with` block")
        return self._process

    def _answer(self, number: int) -> dict[str, Any]:
        pipe = self._running.stdout
        assert pipe is not None
        line = pipe.readline()
        if not line:
            raise RuntimeError(f"node ended with status {self._running.wait()}")
        answer: dict[str, Any] = json.loads(line)
        if answer["id"] != number:
            raise RuntimeError(f"answer {answer['id']} to request {number}")
        return answer


def _article(answer: dict[str, Any]) -> SiteArticle | SiteReadError:
    if "error" in answer:
        return SiteReadError(answer["error"])
    try:
        data = _decode(answer["data"])
    except SiteReadError as error:
        return error
    if not isinstance(data, dict):
        return SiteReadError(f"front matter is no mapping: {data!r}")
    return SiteArticle(data, answer["content"])


def _decode(encoded: dict[str, Any]) -> Any:
    return _DECODERS[encoded["t"]](encoded.get("v"))


def _decode_number(value: float | str) -> int | float:
    number = float(value)
    negative_zero = number == 0 and math.copysign(1, number) < 0
    return int(number) if number.is_integer() and not negative_zero else number


def _decode_date(value: str) -> date | datetime:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:  # JavaScript counts years beyond 9999.
        raise SiteReadError(f"no Python date for {value}") from error
    return moment.date() if moment.timetz().replace(tzinfo=None) == time.min else moment


_DECODERS: dict[str, Callable[[Any], Any]] = {
    "null": lambda _: None,
    "bool": lambda value: value,
    "str": lambda value: value,
    "number": _decode_number,
    "date": _decode_date,
    "bytes": base64.b64decode,
    "seq": lambda items: [_decode(item) for item in items],
    "map": lambda pairs: {key: _decode(item) for key, item in pairs},
}


def front_matter(text: str) -> str:
    """The YAML between the fences, line breaks as they are. Raises ReadError without fences."""
    found = _FENCES.match(text)
    if found is None:
        raise ReadError("no front matter between two fences, the first at byte 0")
    return found[1]


def read_yaml11(text: str) -> Any:
    """The front matter under YAML 1.1. Of duplicate keys the last wins. Raises ReadError."""
    source = front_matter(text)
    try:
        return yaml.load(source, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: `2024-99-99` is no date.
        raise ReadError(str(error)) from error


def read_ruamel12(text: str) -> Any:
    """The front matter under YAML 1.2. Duplicate keys are refused. Raises ReadError."""
    source = front_matter(text)
    try:
        yaml = YAML(typ="safe", pure=True)
        yaml.composer.warn_double_anchors = False  # YAML allows them (section 7.1)
        return yaml.load(source)
    except (RuamelError, ValueError) as error:
        raise ReadError(str(error)) from error
