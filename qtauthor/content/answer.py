"""How an article's text stands in its ``answer`` field.

The site shows ``answer.replace(/\\\\n/g, "\\n")`` (docs/rules.md): each backslash
followed by n is a newline, and nothing escapes it. So a text that itself holds a backslash-n, like
``\\neq``, cannot be stored; in an answer that was stored all the same the command is torn apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple, Protocol

from qtauthor.content.latex import COMMAND, REPLACEMENTS, Region, regions, replacement
from qtauthor.errors import ArticleError, Code, Place
from qtauthor.model.config.tables import CodecName


class Torn(NamedTuple):
    """A command that begins with backslash-n, and what to write instead.

    ``offset`` counts code points in the text that was searched, and ``command`` stands there
    verbatim, so that ``suggestion`` can be spliced over it. A suggestion of "" drops the
    command; None means that no equivalent is known.
    """

    offset: int
    command: str
    suggestion: str | None


class Codec(Protocol):
    """How a site stores Markdown in a field."""

    def decode(self, stored: str) -> str:
        """The Markdown that the site shows for ``stored``."""
        ...

    def encode(self, markdown: str) -> str:
        """What to store for ``markdown``; ArticleError TORN_LATEX if nothing decodes to it."""
        ...


def decode(stored: str) -> str:
    """The Markdown that the site shows for a stored answer."""
    return stored.replace("\\n", "\n")


def encode(markdown: str) -> str:
    """The one-line answer that the site shows as ``markdown``.

    CRLF and CR become LF first. For every text without CR, ``decode(encode(text)) == text``; and
    for every answer on one line, ``encode(decode(answer)) == answer``. Raises ArticleError
    TORN_LATEX, placed in ``markdown``, if the text holds a backslash followed by n.
    """
    text = markdown.replace("\r\n", "\n").replace("\r", "\n")
    if "\\n" in text:
        raise _unstorable(text, find_unstorable(text))
    return text.replace("\n", "\\n")


class _EscapedNewlines:
    """The site's own: see `decode` and `encode`."""

    def decode(self, stored: str) -> str:
        return decode(stored)

    def encode(self, markdown: str) -> str:
        return encode(markdown)


class _Plain:
    """For sites whose answers hold real newlines: what is stored is what is shown."""

    def decode(self, stored: str) -> str:
        return stored

    def encode(self, markdown: str) -> str:
        return markdown


_CODECS: dict[CodecName, Codec] = {"escaped-newlines": _EscapedNewlines(), "plain": _Plain()}


def codec(name: CodecName) -> Codec:
    """The codec that the configuration calls ``name``."""
    return _CODECS[name]


_BACKSLASH_N = re.compile(r"(?<!\\)\\+n[A-Za-z]*")


def find_unstorable(markdown: str) -> list[Torn]:
    """Every backslash-n in Markdown, in order; with all of them replaced, `encode` accepts it.

    An escaped backslash (``\\\\n``: a row break in math, a visible backslash in prose) belongs to
    the command that is reported.
    """
    if "\\n" not in markdown:
        return []
    found = regions(markdown)
    return [_unstorable_at(markdown, run, found) for run in _BACKSLASH_N.finditer(markdown)]


def _unstorable_at(markdown: str, run: re.Match[str], found: list[Region]) -> Torn:
    backslashes = run[0].index("n")
    offset = run.start() + backslashes - 1
    region = _region_at(found, offset)
    if backslashes % 2 == 0:
        offset -= 1
        command = markdown[offset : run.end()]
        return Torn(offset, command, _unescaped(command[2:], region))
    match = COMMAND.match(markdown, offset)
    command = match[0] if match else run[0]
    return Torn(offset, command, _spelling(command, region))


def _unescaped(word: str, region: Region | None) -> str | None:
    if region is None:
        return f"&#92;{word}"
    return None if region.kind == "code" else f"\\\\ {word}"


def _spelling(command: str, region: Region | None) -> str | None:
    if region is not None:
        return None if region.kind == "code" else replacement(command)
    symbol = replacement(command)
    if symbol and not symbol.isascii():
        return symbol
    return f"&#92;{command[1:]}" if command[1:].isalpha() else None


# Their rest (eg, less, mid, …) is a word that may well begin a line of prose.
_ONLY_IN_MATH = frozenset(
    ("ne", "neg", "nexists", "ni", "nless", "nmid", "not", "nparallel", "nsim", "nu")
)
# Their rest (e, i, u) is a variable that may well begin a line of math.
_VARIABLE = frozenset(("ne", "ni", "nu"))

_STORED_COMMAND = re.compile(
    rf"(?<!\\)\\+(?P<name>n(?:{'|'.join(name[1:] for name in REPLACEMENTS)}))(?![A-Za-z])"
)


def find_torn(stored: str) -> list[Torn]:
    """The LaTeX commands that the site tears apart in a stored answer, in order.

    For the site every backslash-n is a newline, so this is a judgement, made to leave real line
    breaks alone: the letters after the backslash must be a whole known command, and nothing in
    code counts. A command whose rest is a word counts in math only; ``\\nu``, ``\\ne`` and
    ``\\ni``, whose rest is a variable, only where a line of math would not begin
    (`_begins_line`).
    """
    candidates = list(_STORED_COMMAND.finditer(stored))
    if not candidates:
        return []
    # A newline as long as its escape: offsets are the same in both texts.
    shown = stored.replace("\\n", " \n")
    found = regions(shown)
    return [_torn_at(stored, match) for match in candidates if _is_torn(shown, match, found)]


def _torn_at(stored: str, match: re.Match[str]) -> Torn:
    backslashes = match.start("name") - match.start()
    offset = match.start("name") - 1
    if backslashes % 2 == 0:
        return Torn(offset - 1, stored[offset - 1 : match.end()], None)
    command = COMMAND.match(stored, offset)
    text = command[0] if command else match[0]
    return Torn(offset, text, replacement(text))


def _is_torn(shown: str, match: re.Match[str], found: list[Region]) -> bool:
    name = match["name"]
    offset = match.start("name") - 1
    region = _region_at(found, offset)
    if region is None:
        abbreviation = shown.startswith((".", ":"), match.end())
        return name not in _ONLY_IN_MATH and not abbreviation
    if region.kind == "code":
        return False
    return name not in _VARIABLE or not _begins_line(shown, offset, name, region)


_ROW_END = re.compile(r"(?:\\\\(?:\[[^\]]*\])?|\\(?:begin|end)\{[^{}]*\}(?:\{[^{}]*\})?)\Z")
_NO_LEFT_OPERAND = re.compile(r"[=+\-*/<>(\[{,;:&^_]\Z|\A\Z")
_NO_RIGHT_OPERAND = re.compile(r"\s*(?:[\^_=+*/,;)\]}$]|\\[)\]\\])")


_NEAR = 2000
"""Characters before a command that are looked at."""


def _begins_line(shown: str, offset: int, name: str, region: Region) -> bool:
    """Whether a line of math plausibly begins with the variable that follows ``offset``.

    It does on the first line of a block whose closing delimiter has a line of its own, and after
    the end of a row or an environment. Besides, ``\\ne`` and ``\\ni`` are relations: without an
    operand on both sides they are a variable on a new line.
    """
    near = max(0, offset - _NEAR)  # a line can be megabytes long
    line = max(shown.rfind("\n", near, offset) + 1 or near, region.start)
    before = shown[line:offset].strip()[-80:]
    if line == region.start and before in ("$$", "\\["):
        return _closes_on_own_line(shown, region)
    if _ROW_END.search(before):
        return True
    if name == "nu":
        return False
    right = offset + 1 + len(name)
    return bool(_NO_LEFT_OPERAND.search(before) or _NO_RIGHT_OPERAND.match(shown, right))


def _closes_on_own_line(shown: str, region: Region) -> bool:
    line = shown.rfind("\n", 0, region.end) + 1
    return line > region.start and shown[line : region.end].strip() in ("$$", "\\]")


def _region_at(found: list[Region], offset: int) -> Region | None:
    index = bisect_right(found, offset, key=lambda region: region.start) - 1
    return found[index] if index >= 0 and offset < found[index].end else None


def _unstorable(text: str, found: list[Torn]) -> ArticleError:
    first = found[0]
    start = text.rfind("\n", 0, first.offset) + 1
    end = text.find("\n", first.offset)
    more = f" ({len(found) - 1} more like it)" if len(found) > 1 else ""
    return ArticleError(
        Code.TORN_LATEX,
        f"{first.command} cannot be stored: the site reads its \\n as a newline{more}",
        where=Place(None, text.count("\n", 0, first.offset) + 1, first.offset - start + 1),
        excerpt=text[start : end if end >= 0 else len(text)],
        remedy=_remedy(first),
    )


def _remedy(torn: Torn) -> str:
    if torn.suggestion is None:
        return "write it without a backslash before n; no equivalent is known"
    if not torn.suggestion:
        return f"leave {torn.command} out"
    return f"write {torn.suggestion} instead"
