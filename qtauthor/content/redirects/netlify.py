"""Redirects as Netlify's ``_redirects``: a rule a line, comments and blank lines between.

Source of the form: Netlify's documentation, “Redirect options”. The first rule that matches
wins, so a new one goes above a rule with ``*`` or ``:placeholder`` that would cover it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from qtauthor.content.redirects.ledger import Redirect, Updated, malformed

_WORD = re.compile(r"\S+")
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")
_WILD = re.compile(r"\*|:[A-Za-z_]\w*")
_STATUS = re.compile(r"[1-5][0-9][0-9]!?")


class _Rule(NamedTuple):
    """A line's number; its source, and where in the line its target stands.

    A rule with query parameters or conditions is not ``simple``: it is about more than an address.
    """

    line: int
    source: str
    target: str
    start: int
    end: int
    simple: bool


class NetlifyLedger:
    """The lines of a ``_redirects`` file."""

    def __init__(self, text: str, path: str) -> None:
        self._path = path
        self._lines = re.findall(r"[^\n]*\n|[^\n]+", text)
        self._rules: list[_Rule] = []
        offset = 0
        for number, line in enumerate(self._lines):
            self._read(text, offset, number, line)
            offset += len(line)

    def entries(self) -> list[Redirect]:
        """The redirects, in their order; the source of a rule with conditions is empty."""
        return [Redirect(r.source if r.simple else "", r.target) for r in self._rules]

    def offsets(self) -> list[int]:
        """Where each rule begins, in characters of the text."""
        starts = [0, *accumulate(map(len, self._lines))]
        return [starts[rule.line] for rule in self._rules]

    def rewritten(self, targets: Sequence[str | None], added: Sequence[Redirect]) -> Updated:
        """The text with each rule led to its target, and with those that are ``added``.

        ``None`` takes a rule out.
        """
        lines: list[str | None] = [*self._lines]
        for rule, target in zip(self._rules, targets, strict=True):
            if target is None:
                lines[rule.line] = None
            elif target != rule.target:
                line = self._lines[rule.line]
                lines[rule.line] = line[: rule.start] + target + line[rule.end :]
        above: dict[int, list[str]] = {}
        for redirect in added:
            place = self._covering(redirect.source)
            above.setdefault(place, []).append(self._written(redirect))
        parts: list[str] = []
        for number, old in enumerate((*lines, None)):
            parts += above.get(number, ())
            parts += [old] if old is not None else []
        return Updated(self._ended(parts))

    def _read(self, text: str, offset: int, number: int, line: str) -> None:
        words = [*_WORD.finditer(_COMMENT.sub("", line.removeprefix("\ufeff")))]
        shift = len(line) - len(line.removeprefix("\ufeff"))
        if not words:
            return
        at = next((n for n, word in enumerate(words) if n and _is_address(word.group())), None)
        if at is None or not _is_address(words[0].group()):
            why = "this is no rule: an address and where it leads are needed"
            raise malformed(self._path, text, offset + shift + words[0].start(), why)
        rest = words[at + 1 :]
        simple = at == 1 and all(_STATUS.fullmatch(word.group()) for word in rest)
        start, end = words[at].span()
        rule = _Rule(
            number, words[0].group(), words[at].group(), start + shift, end + shift, simple
        )
        self._rules.append(rule)

    def _covering(self, address: str) -> int:
        """The line of the first rule with a pattern that covers ``address``, else the end."""
        covering = (r.line for r in self._rules if _covers(r.source, address))
        return next(covering, len(self._lines))

    def _written(self, redirect: Redirect) -> str:
        """A new line, with the blanks and the line break of the last rule."""
        gap, newline = " ", "\n"
        if self._rules:
            last = self._lines[self._rules[-1].line]
            found = re.match(r"\s*\S+([ \t]+)", last)
            gap = found[1] if found else gap
            newline = "\r\n" if last.endswith("\r\n") else newline
        return f"{redirect.source}{gap}{redirect.target}{gap}301{newline}"

    def _ended(self, parts: Sequence[str]) -> str:
        """The lines together; one that had no line break gets it if others follow."""
        ended = [part if part.endswith("\n") else part + "\n" for part in parts[:-1]]
        return "".join((*ended, *parts[-1:]))


def _is_address(word: str) -> bool:
    return word.startswith("/") or bool(re.match(r"[a-z]+://", word))


def _covers(pattern: str, address: str) -> bool:
    """Whether a rule for ``pattern``, which has a wildcard, matches the address as well."""
    if not _WILD.search(pattern):
        return False
    reached = {0}  # all places in the address at once: no wildcard is ever tried again
    for part in re.split(f"(/?\\*|{_WILD.pattern})", pattern):
        if part.endswith("*"):
            after = {at + 1 for at in reached if address.startswith("/", at)}
            begun = min(reached if part == "*" else after, default=len(address) + 1)
            reached = (reached if part == "/*" else set()) | {*range(begun, len(address) + 1)}
        elif _WILD.fullmatch(part):
            reached = _segments(address, reached)
        else:
            reached = {at + len(part) for at in reached if address.startswith(part, at)}
    return len(address) in reached


def _segments(address: str, reached: set[int]) -> set[int]:
    """Where what is no slash may end that begins at one of these places, and is not empty."""
    found: set[int] = set()
    inside = False
    for at, letter in enumerate(address):
        inside = letter != "/" and (inside or at in reached)
        if inside:
            found.add(at + 1)
    return found
