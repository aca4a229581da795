"""Redirects as JSON: a list of from, to and status, or the site's own list of moved questions.

Entries that stay keep their bytes, and so does what stands between them. A new entry is written as
the last one that has the same members, else on one line or several as its neighbour.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from json import JSONDecodeError, JSONDecoder
from typing import Any, NamedTuple

from qtauthor.content.redirects.ledger import Redirect, Updated, malformed
from qtauthor.model import address, derived_names

_DECODER = JSONDecoder()
_BLANK = re.compile(r"[ \t\r\n]*")
_STATUS = 301


class _Value(NamedTuple):
    """A value and where it stands in the text."""

    value: Any
    start: int
    end: int


class _Entry(NamedTuple):
    start: int
    end: int
    members: dict[str, _Value]


class JsonLedger:
    """A list of objects with ``from``, ``to`` and ``status``; other members are kept."""

    needed: tuple[str, ...] = ("from", "to")

    def __init__(self, text: str, path: str) -> None:
        self._text = text if text.strip("\ufeff \t\r\n") else text + "[]\n"
        self._path = path
        try:
            self._entries, self._open, self._close = _read(self._text)
        except JSONDecodeError as error:
            raise malformed(path, self._text, error.pos, f"this is no JSON: {error.msg}") from None
        except RecursionError:
            raise malformed(path, self._text, 0, "this JSON is nested too deep") from None
        for entry in self._entries:
            self._check(entry)
        self._separators = self._between()

    def entries(self) -> list[Redirect]:
        """The redirects, in the order of the file."""
        return [self._redirect(entry.members) for entry in self._entries]

    def offsets(self) -> list[int]:
        """Where each entry begins, in characters of the text."""
        return [entry.start for entry in self._entries]

    def rewritten(self, targets: Sequence[str | None], added: Sequence[Redirect]) -> Updated:
        """The text with each entry led to its target, and with those that are ``added``.

        ``None`` takes an entry out. What the list has no form for is told as lost.
        """
        lost: list[Redirect] = []
        pieces: list[tuple[str, str]] = []
        for entry, target, between in zip(self._entries, targets, self._separators, strict=True):
            redirect = self._redirect(entry.members)
            change = None if target is None else self._change(redirect, target)
            if target is not None and change is None:
                lost.append(Redirect(redirect.source, target))
            if change is not None:
                pieces.append((between, self._spliced(entry, change)))
        for redirect in added:
            members = self._members(redirect)
            if members is None:
                lost.append(redirect)
            else:
                pieces.append((self._separator(), self._written(members)))
        return Updated(self._joined(pieces), tuple(lost))

    # What the two lists differ in

    def _redirect(self, members: Mapping[str, _Value]) -> Redirect:
        return Redirect(members["from"].value, members["to"].value)

    def _members(self, redirect: Redirect) -> dict[str, Any] | None:
        """A new entry; ``None`` if the list has no form for it."""
        return {"from": redirect.source, "to": redirect.target, "status": _STATUS}

    def _change(self, old: Redirect, target: str) -> dict[str, Any] | None:
        """The members that differ in an entry which is to lead to ``target``."""
        return {} if old.target == target else {"to": target}

    # The text

    def _check(self, entry: _Entry) -> None:
        for name in self.needed:
            member = entry.members.get(name)
            if member is None:
                raise malformed(self._path, self._text, entry.start, f"{name!r} is missing here")
            if not isinstance(member.value, str):
                raise malformed(self._path, self._text, member.start, f"{name!r} must be text")

    def _spliced(self, entry: _Entry, change: Mapping[str, Any]) -> str:
        """An entry's text with other values for some members."""
        parts: list[str] = []
        position = entry.start
        for name, member in entry.members.items():
            if name in change and change[name] != member.value:
                parts += (self._text[position : member.start], _dumped(change[name]))
                position = member.end
        return "".join((*parts, self._text[position : entry.end]))

    def _written(self, members: Mapping[str, Any]) -> str:
        for entry in reversed(self._entries):
            if list(entry.members) == list(members):
                return self._spliced(entry, members)
        last = self._text[self._entries[-1].start : self._entries[-1].end] if self._entries else ""
        if "\n" not in last:
            return _dumped(dict(members))
        outer = self._separator().rpartition("\n")[2]
        found = re.match(r"\{[ \t]*\r?\n([ \t]*)", last)
        inner = found[1] if found else outer + "  "
        lines = [f"{inner}{_dumped(name)}: {_dumped(value)}" for name, value in members.items()]
        return "{\n" + ",\n".join(lines) + f"\n{outer}" + "}"

    def _between(self) -> list[str]:
        """What stands before each entry, the comma included; for the first as if it had one."""
        ends = [self._open, *(entry.end for entry in self._entries)]
        found = [self._text[end : e.start] for end, e in zip(ends, self._entries, strict=False)]
        return ["," + found[0], *found[1:]] if found else []

    def _separator(self) -> str:
        """What goes before a new entry."""
        return self._separators[-1] if self._separators else ",\n  "

    def _joined(self, pieces: Sequence[tuple[str, str]]) -> str:
        head, tail = self._text[: self._open], self._text[self._close :]
        if not pieces:
            return head + tail
        end = self._entries[-1].end if self._entries else self._close
        behind = self._text[end : self._close] if self._entries else "\n"
        first = "".join((pieces[0][0].removeprefix(","), pieces[0][1]))
        if self._entries:  # whichever is first now stands where the first one stood
            first = self._text[self._open : self._entries[0].start] + pieces[0][1]
        rest = "".join(between + written for between, written in pieces[1:])
        return head + first + rest + behind + tail


class MovesLedger(JsonLedger):
    """The site's own list: ``previous`` and ``current`` are subject keys, ``question`` a slug.

    It can tell that a question is under another subject, not that it has another slug.
    """

    needed = ("previous", "question", "current")

    def __init__(self, text: str, path: str, pattern: str) -> None:
        self._pattern = pattern
        self._addresses = address.of(pattern)
        super().__init__(text, path)

    def _redirect(self, members: Mapping[str, _Value]) -> Redirect:
        previous, question, current = (members[name].value for name in self.needed)
        return Redirect(
            derived_names.url(self._pattern, previous, question),
            derived_names.url(self._pattern, current, question),
        )

    def _members(self, redirect: Redirect) -> dict[str, Any] | None:
        old = self._addresses.names(redirect.source)
        new = self._addresses.names(redirect.target)
        if old is None or new is None or old[1] != new[1]:
            return None
        return {"previous": old[0], "question": old[1], "current": new[0]}

    def _change(self, old: Redirect, target: str) -> dict[str, Any] | None:
        return {} if old.target == target else self._members(Redirect(old.source, target))


def _read(text: str) -> tuple[list[_Entry], int, int]:
    """The objects of a JSON list, and where the inside of its brackets begins and ends."""
    at = _next(text, 1 if text.startswith("\ufeff") else 0)
    if text[at : at + 1] != "[":
        raise JSONDecodeError("a list must begin here", text, at)
    opened = at + 1
    entries: list[_Entry] = []
    at = _next(text, opened)
    while text[at : at + 1] != "]":
        entry = _object(text, at)
        entries.append(entry)
        at = _next(text, entry.end)
        at = _behind_comma(text, at, "]")
    if _next(text, at + 1) != len(text):
        raise JSONDecodeError("nothing may stand behind the list", text, _next(text, at + 1))
    return entries, opened, at


def _object(text: str, start: int) -> _Entry:
    if text[start : start + 1] != "{":
        raise JSONDecodeError("an object must stand here", text, start)
    members: dict[str, _Value] = {}
    at = _next(text, start + 1)
    while text[at : at + 1] != "}":
        name, end = _DECODER.raw_decode(text, at)
        at = _next(text, end)
        if not isinstance(name, str) or text[at : at + 1] != ":" or name in members:
            raise JSONDecodeError("a name of its own and a colon must stand here", text, at)
        begin = _next(text, at + 1)
        value, end = _DECODER.raw_decode(text, begin)
        members[name] = _Value(value, begin, end)
        at = _behind_comma(text, _next(text, end), "}")
    return _Entry(start, at + 1, members)


def _behind_comma(text: str, at: int, closing: str) -> int:
    """Where the next member begins, or the closing bracket stands."""
    if text[at : at + 1] == closing:
        return at
    if text[at : at + 1] != ",":
        raise JSONDecodeError("a comma is missing", text, at)
    following = _next(text, at + 1)
    if text[following : following + 1] == closing:
        raise JSONDecodeError("nothing stands behind this comma", text, at)
    return following


def _next(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    assert found is not None
    return found.end()


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
