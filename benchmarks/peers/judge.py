"""Whether a result is what was asked, and only that.

A result is **exact** if its data is right (YAML 1.2, read by ruamel.yaml) and it differs in no
other lines than those of the asked key or item: these lines are cut out of both files, and the
rest has to be the same. They are the lines from the key to the end of its value. Where a key is
removed, the comment above it and blank lines may go or stay. What stands in brackets counts with
the whole of the outermost brackets, the first key behind a dash with the whole item, and a
collection that is emptied, or was empty, with its own key. Where the expected answer is a
refusal, lines with an anchor or alias may change. How the asked lines are written is up to the
tool.
"""

from __future__ import annotations

import re
from typing import Any, Literal, TypeAlias

from benchmarks.peers.reading import UnreadableError, read, read11
from benchmarks.peers.requests import Case, Request
from qtauthor.errors import QtauthorError
from qtauthor.text.source import lines
from qtauthor.text.yaml import extents
from qtauthor.text.yaml.located_tree import Located
from qtauthor.text.yaml.lookup import FoundNode
from qtauthor.text.yaml.nodes import Mapping, Sequence
from qtauthor.text.yaml.values import same
from tests.support.readers import SiteReader, SiteReadError
from tests.text.readings import as_site

Verdict: TypeAlias = Literal["same bytes", "exact", "wrong data", "other lines"]
Unit: TypeAlias = tuple[str, ...]
Span: TypeAlias = tuple[int, int]

_BLANK = re.compile(r"^[ \t]*\r?\n?$")
_SHARED = re.compile(r"(?<!\S)[&*]\w")


def verdict(case: Case, result: str) -> Verdict:
    if result == case.after:
        return "same bytes"
    try:
        data = read(result)
    except UnreadableError:
        return "wrong data"
    ordered = any(request.side for request in case.requests)
    if not same(data, case.wanted) or (ordered and repr(data) != repr(case.wanted)):
        return "wrong data"
    return "exact" if _elsewhere_the_same(case, result) else "other lines"


def misread(case: Case, result: str, site: SiteReader | None) -> bool:
    """Whether YAML 1.1 or the site reads the result otherwise than what was asked."""
    if case.after is None:
        wanted11, wanted_site = case.wanted, as_site(case.wanted)
    else:
        wanted11, wanted_site = read11(case.after), site and _by_site(case.after, site)
    if not same(read11(result), wanted11):
        return True
    return site is not None and not same(_by_site(result, site), wanted_site)


def _by_site(text: str, site: SiteReader) -> Any:
    try:
        return site.read(text).data
    except SiteReadError:
        return None


def _elsewhere_the_same(case: Case, result: str) -> bool:
    try:
        old, new = Located.read(case.before), Located.read(result)
        units = [_unit(old, request, several=len(case.requests) > 1) for request in case.requests]
        before = [_span(old, unit) for unit, _ in units]
        after = [_span(new, twin) for _, twin in units if twin is not None]
    except QtauthorError:
        return False
    headed = [_span(old, unit, head=True) for unit, _ in units]
    loose = [
        pattern
        for pattern, applies in (
            (_BLANK, any(request.verb == "remove" for request in case.requests)),
            (_SHARED, case.after is None),
        )
        if applies
    ]
    rest = _without(new.text, after, loose)
    return rest in (_without(old.text, before, loose), _without(old.text, headed, loose))


def _unit(source: Located, request: Request, *, several: bool) -> tuple[Unit, Unit | None]:
    """What the request is about, as it is called before and after it; the latter if it stays.

    Items that change their numbers count with their list, if there are several requests.
    """
    at = (*request.at, "-") if request.verb == "append" else request.at
    collection = source.tree.root
    for depth, token in enumerate(at):
        if not isinstance(collection, Mapping | Sequence) or collection.flow:
            return at[:depth], at[:depth]
        listed = isinstance(collection, Sequence)
        if listed and depth == len(at) - 1 and (several or request.verb != "set"):
            return _item(request, at, several=several, count=len(extents.children(collection)))
        compact = not listed and not _begins_line(source, collection)
        if compact and request.verb != "set" and depth == len(at) - 1:
            return at[:-1], at[:-1]
        found = source.lookup.found(collection, token)
        if found is None:
            return at, at
        if request.verb == "remove" and depth == len(at) - 1:
            return (at[:-1], at[:-1]) if found.only else (at, None)
        collection = found.node  # an alias or scalar ends the walk
    return at, (*at[:-1], request.value) if request.verb == "rename" else at


def _begins_line(source: Located, collection: Mapping | Sequence) -> bool:
    first = extents.member_start(source.text, collection, 0)
    return extents.begins_line(source.text, first)


def _item(request: Request, at: Unit, *, several: bool, count: int) -> tuple[Unit, Unit | None]:
    if several or (request.verb == "remove" and count == 1):
        return at[:-1], at[:-1]
    if request.verb == "remove":
        return at, None
    number = str(count) if at[-1] == "-" else at[-1]
    return (*at[:-1], "-"), (*at[:-1], number)


def _span(source: Located, unit: Unit, *, head: bool = False) -> Span:
    """The lines of a key or item; nothing where it is not."""
    if not unit:
        return source.front.start, source.front.end
    found = source.lookup.found(source.lookup.collection(unit[:-1]), unit[-1])
    if found is None:
        return 0, 0
    return _start(source.text, found, head=head), extents.end_line(source.text, found.node)


def _start(text: str, found: FoundNode, *, head: bool) -> int:
    if head:
        return extents.head_start(text, found.start, found.floor)
    return lines.line_start(text, found.start)


def _without(text: str, spans: list[Span], loose: list[re.Pattern[str]]) -> list[str]:
    """The lines of a text that are in none of the spans, and are not loose."""
    kept: list[str] = []
    start = 0
    while start < len(text):
        end = lines.next_line(text, start)
        line = text[start:end]
        cut = any(first <= start < last for first, last in spans)
        if not cut and not any(pattern.search(line) for pattern in loose):
            kept.append(line)
        start = end
    return kept
