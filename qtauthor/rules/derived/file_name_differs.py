"""QT302."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.fix import Fix, SetValue
from qtauthor.rules.rule import Hit, Rule
from qtauthor.rules.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    given = subject.text("file_name")
    if given is not None and given.strip() and given != subject.file_name:
        fix = Fix("give it the file's name", "safe", (SetValue("/file_name", subject.file_name),))
        yield Hit("/file_name", f"the file is called {subject.file_name}", fix)


RULE = Rule(
    "QT302",
    "file-name-differs",
    check,
    what="`file_name` is not the name of the file.",
    why="The lists of the site make their links from `file_name`; they lead nowhere.",
    example="file_name: why-does-bread-become-stale.md\n",
    fix="It gets the file's name.",
    fixes=("safe",),
)
