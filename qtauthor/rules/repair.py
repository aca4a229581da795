"""Mends files that cannot be read, where what was meant is certain.

From bytes to bytes, in the ways in which such files came to be: an empty line before the fence, a
form feed where ``\\f`` stood, an unquoted colon, a quote that closes too early. The result can be
read and has every key that the broken file shows; else nothing is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qtauthor.content import schema
from qtauthor.errors import QtauthorError
from qtauthor.rules.commands import COMMANDS
from qtauthor.text import implicit, pointer, scalars
from qtauthor.text.document import Document

_BLANK_LINES = re.compile("\\A\ufeff?(?:[ \t]*\r?\n)+\ufeff?(?=---)")
_CONTROLS = {"\a": "\\a", "\b": "\\b", "\f": "\\f", "\v": "\\v"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LETTERS = re.compile(r"[A-Za-z]+")
_KEY = re.compile(r"(?P<indent> *)(?P<key>[A-Za-z_][A-Za-z0-9_]*):(?: (?P<value>.*))?")
_BLOCK = re.compile(r": +[|>][-+0-9]*[ ]*\Z")
_INDICATORS = tuple("'\"[]{}>|&*!%@`#,?-: ")
_OPEN = re.compile(r"""['"{\[]""")
_CLOSED = re.compile(r"""(['"]).*\1[?!.…)]{0,3}\Z|\[.*\]\Z|\{.*\}\Z""")
_WHOLE_QUOTE = re.compile(r"""(['"])([^'"\\]+)\1""")
_EARLY_QUOTE = re.compile(r"""(?P<quote>['"])(?P<inner>[^'"\\]+)(?P=quote)(?P<rest>[?!.…)]{1,3})""")
_TITLES = ("/title", "/article_title", "/question")


class Repaired(NamedTuple):
    """The mended file, and what was done."""

    content: bytes
    title: str


class Line(NamedTuple):
    """A line of the front matter that gives a key; ``number`` counts from 0 in the file."""

    number: int
    indent: int
    at: str
    value: str


def repaired(data: bytes) -> Repaired | None:
    """A file that can be read, for one that cannot; ``None`` where that is not certain."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    done: list[str] = []
    for what, mend in _WAYS.items():
        mended = mend(text)
        if mended is None:
            return None
        if mended != text:
            done.append(what)
            text = mended
            if _proven(text):
                return Repaired(text.encode(), "; ".join(done))
    return None


def _proven(text: str) -> bool:
    """Whether the text can be read, and has every key that its lines show."""
    try:
        document = Document.parse(text.encode())
        document.get()
        return all(document.has(line.at) for line in key_lines(text))
    except QtauthorError:
        return False


def key_lines(text: str) -> Iterator[Line]:
    """The lines that give a key, by indentation alone; the lines of blocks are none."""
    above: list[tuple[int, str]] = []
    for number, line in outside(text):
        found = _KEY.fullmatch(line)
        if found is None:
            continue
        depth = len(found["indent"])
        above = [parent for parent in above if parent[0] < depth]
        at = (above[-1][1] if above else "") + pointer.join([found["key"]])
        above.append((depth, at))
        yield Line(number, depth, at, found["value"] or "")


def outside(text: str) -> Iterator[tuple[int, str]]:
    """The lines of the front matter that are not blank and belong to no block, by number."""
    block: int | None = None
    for number, line in enumerate(text.split("\n")):
        bare = line.rstrip("\r")
        if number == 0:
            continue
        if bare.startswith(("---", "...")):
            return
        depth = len(bare) - len(bare.lstrip(" "))
        if not bare.strip() or (block is not None and depth > block):
            continue
        block = depth if _BLOCK.search(bare) else None
        yield number, bare


def _without_blank_lines(text: str) -> str:
    return _BLANK_LINES.sub("", text)


def _with_commands(text: str) -> str | None:
    """Control characters as the LaTeX that they were; ``None`` if one is anything else."""
    parts: list[str] = []
    position = 0
    for found in _CONTROL.finditer(text):
        command = _command(text, found.start())
        if command is None:
            return None
        parts += (text[position : found.start()], command)
        position = found.end()
    return "".join((*parts, text[position:]))


def _command(text: str, offset: int) -> str | None:
    """What to write for the control character at ``offset``, the beginning of a known command."""
    escape = _CONTROLS.get(text[offset])
    letters = _LETTERS.match(text, offset + 1)
    if escape is None or letters is None or text[:offset].endswith("\\"):
        return None
    return escape if escape[1:] + letters[0] in COMMANDS else None


def _quoted(text: str) -> str | None:
    """Titles and other one-line texts quoted that are not YAML as they stand."""
    lines = text.split("\n")
    found = list(key_lines(text))
    if not _is_plain(text, found):
        return None
    texts = [line for line in found if _is_text(line)]
    bare = {line.value for line in texts if _has_bare_colon(line.value)}
    certain = _certain_titles(lines, found)
    for line in texts:
        new = _mended_value(line, certain)
        if new is not None and _ends(lines, line):
            before = lines[line.number]
            carriage = "\r" if before.endswith("\r") else ""
            lines[line.number] = f"{before[: before.index(':') + 2]}{new}{carriage}"
        elif bare and not _is_trusted(line.value, bare):
            return None
    return "\n".join(lines)


def _is_text(line: Line) -> bool:
    """Whether a line gives a field that holds text."""
    at = re.sub(r"^/related_article[0-9]+/", "/related_article1/", line.at)
    known = schema.fields().get(at)
    return known is not None and known.type is str


def _is_trusted(value: str, bare: set[str]) -> bool:
    """Whether a value is what it reads as, though others of the file have lost their quotes.

    Then it must not be one that without its quotes reads as something else: a word like ``yes``,
    the text before a comment, what stands between quotes that belong to the text.
    """
    whole = _WHOLE_QUOTE.fullmatch(value)
    if whole is not None:
        return whole[2] in bare
    if not value or _BLOCK.fullmatch(f": {value}"):
        return True
    return not value.startswith(_INDICATORS) and " #" not in value and implicit.is_text(value)


def _is_plain(text: str, found: list[Line]) -> bool:
    """Whether every line is a field, a comment or of a block: no value goes on over lines."""
    if any(_OPEN.match(line.value) and not _CLOSED.match(line.value) for line in found):
        return False
    numbers = {line.number for line in found}
    strange = (line for number, line in outside(text) if number not in numbers)
    return all(line.lstrip(" ").startswith("#") for line in strange)


def _mended_value(line: Line, certain: set[str]) -> str | None:
    """The line's value as it has to be written, if it cannot stand as it does."""
    early = _EARLY_QUOTE.fullmatch(line.value)
    if early is not None:
        moved = early["inner"] + early["rest"]
        quoted = early["quote"] + moved + early["quote"]
        return quoted if line.at in _TITLES and moved in certain else None
    return scalars.single_quoted(line.value) if _has_bare_colon(line.value) else None


def _has_bare_colon(value: str) -> bool:
    """Whether a value is text but for its colon. A quote written twice or a backslash may be what
    is left of a quoted one, and what stands behind a `` #`` may be a comment."""
    if not value or value.startswith(_INDICATORS) or value != value.strip():
        return False
    if any(sign in value for sign in ("''", "\\", " #", "\t")):
        return False
    return ": " in value or value.endswith(":")


def _ends(lines: list[str], line: Line) -> bool:
    """Whether the value ends on its line: the next one with text stands no deeper."""
    for after in lines[line.number + 1 :]:
        if after.strip():
            return len(after) - len(after.lstrip(" \t")) <= line.indent
    return False


def _certain_titles(lines: list[str], found: list[Line]) -> set[str]:
    """The titles that stand quoted or as folded text on one line: no doubt what they say."""
    titles: set[str] = set()
    for line in found:
        if line.at not in _TITLES:
            continue
        whole = _WHOLE_QUOTE.fullmatch(line.value)
        if whole:
            titles.add(whole[2])
        if line.value == ">-" and line.number + 2 < len(lines):
            title, after = lines[line.number + 1 : line.number + 3]
            if title.startswith(" ") and not after.startswith(" "):
                titles.add(title.strip(" \r"))
    return titles


_WAYS = {
    "take out the empty lines before the fence": _without_blank_lines,
    "give LaTeX commands their backslash back": _with_commands,
    "put quotes around the value": _quoted,
}
