"""The search for the smallest mend that makes a broken file one that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from typing import NamedTuple

from qtauthor.rules.repair import controls, entries, fences, judge, mends
from qtauthor.rules.repair.draft import MendedText
from qtauthor.rules.repair.witness import TitleLookup
from qtauthor.text.yaml.values import same

LARGEST = 300_000
"""Bytes above which no file is searched: the largest articles have a tenth of it."""

WORK = 3_000_000
"""Characters that are read in one search, all drafts together."""

_MOST = 400
_BODY = "\n&nbsp;"


class Repaired(NamedTuple):
    """The mended file, and what was done."""

    content: bytes
    title: str


class Attempt(NamedTuple):
    """What a search came to. ``others`` are mends that differ and of which none is certain;
    ``given_up`` tells that the bound was met before all was tried."""

    repaired: Repaired | None = None
    others: tuple[str, ...] = ()
    given_up: bool = False


class _Found(NamedTuple):
    draft: MendedText
    verdict: judge.Verdict

    @property
    def cost(self) -> int:
        return len(self.draft.mends)


def attempt(data: bytes, body: str = _BODY, linked: TitleLookup | None = None) -> Attempt:
    """Search for the mend of a file that cannot be read.

    ``body`` is that of the template, ``linked`` knows the titles of other articles by their urls.
    """
    if len(data) > LARGEST:
        return Attempt(given_up=True)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return Attempt()
    with_commands = controls.with_commands(text)
    if with_commands is None or not text.strip():
        return Attempt()
    start = MendedText.of(*with_commands)
    return _Search(body, linked or (lambda _: None), start).run()


class _Search:
    """Drafts in the order of the number of their mends."""

    def __init__(self, body: str, linked: TitleLookup, start: MendedText) -> None:
        self.body = body
        self.linked = linked
        self.broken = start.text
        self.heap: list[tuple[int, int, MendedText]] = []
        self.seen: set[str] = set()
        self.work = 0
        self._add(start)

    def run(self) -> Attempt:
        """The outcome: the only smallest mend, if there is one."""
        found: list[_Found] = []
        while self.heap:
            cost, _, draft = heappop(self.heap)
            if found and cost > found[0].cost:
                break
            self.work += len(self.broken)
            if self.work > max(WORK, len(self.broken)) or len(self.seen) > _MOST:
                return Attempt(given_up=True)
            one = self._visit(draft)
            if one is not None:
                found.append(one)
        return _outcome(found)

    def _visit(self, draft: MendedText) -> _Found | None:
        """Judge a draft, or take up those that mend its first fault."""
        if not fences.is_open(draft):
            self._add_all(fences.opened(draft))
            return None
        stop = fences.closing(draft)
        if stop is None:
            self._add_all(fences.closed(draft, self.body))
            return None
        found, fault = entries.read(draft.lines, stop)
        if fault is not None:
            self._add_all(mends.mended(mends.Scene(draft, fault, found)))
            return None
        if not draft.mends:
            return None
        verdict = judge.accepted(draft, stop, found, self.broken, self.linked)
        return None if verdict is None else _Found(draft, verdict)

    def _add_all(self, drafts: Iterator[MendedText]) -> None:
        for draft in drafts:
            self._add(draft)

    def _add(self, draft: MendedText) -> None:
        text = draft.text
        if text not in self.seen:
            self.seen.add(text)
            heappush(self.heap, (len(draft.mends), len(self.seen), draft))


def _outcome(found: list[_Found]) -> Attempt:
    """What is certain of the smallest mends: the confirmed ones if there are any, of which all must
    say the same."""
    certain = [one for one in found if one.verdict.confirmed]
    if certain and all(same(one.verdict.data, certain[0].verdict.data) for one in certain):
        best = certain[0].draft
        return Attempt(Repaired(best.text.encode(), _told(best)))
    return Attempt(others=tuple(_told(one.draft) for one in certain or found))


def _told(draft: MendedText) -> str:
    return "; ".join(map(str, draft.mends))
