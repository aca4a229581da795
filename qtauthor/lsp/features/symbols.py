"""Symbols: the fields of an article, and the articles of the site by their titles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from lsprotocol import types

from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.lsp.article import titles
from qtauthor.lsp.feature import Feature
from qtauthor.lsp.session import RequestContext, RequestFile
from qtauthor.text import cursor
from qtauthor.text.source import lines
from qtauthor.text.yaml.nodes import Mapping, MappingEntry, Node

_MOST = 128
_LONGEST = 80
"""Characters of a value that are shown beside the field."""

SymbolList: TypeAlias = list[types.DocumentSymbol] | list[types.SymbolInformation]


def of_document(work: RequestContext, params: types.DocumentSymbolParams) -> SymbolList | None:
    """The fields, with those of search engines and related blocks inside of them."""
    target = work.target(params.text_document.uri)
    if target is None:
        return None
    try:
        located = target.located()
        root = located.tree.root
    except QtauthorError:
        found = list(_by_lines(target))
    else:
        end = located.front.end
        found = list(_fields(target, root, end)) if isinstance(root, Mapping) else []
    return found if work.client.nests_symbols else _flat(target, found)


def _fields(target: RequestFile, mapping: Mapping, end: int) -> Iterator[types.DocumentSymbol]:
    entries = mapping.entries
    for place, entry in enumerate(entries):
        after = entries[place + 1].key.start if place + 1 < len(entries) else end
        yield _symbol(target, entry, after)


def _symbol(target: RequestFile, entry: MappingEntry, after: int) -> types.DocumentSymbol:
    whole = target.text[entry.key.start : after].rstrip()
    stop = entry.key.start + len(whole)
    children: list[types.DocumentSymbol] | None = None
    if isinstance(entry.value, Mapping):
        children = list(_fields(target, entry.value, stop))
    return types.DocumentSymbol(
        entry.name or whole.partition(":")[0],
        types.SymbolKind.Object if children is not None else types.SymbolKind.Field,
        target.range(entry.key.start, stop),
        target.range(entry.key.start, entry.key.end),
        detail=_detail(target.text, entry.value),
        children=children,
    )


def _detail(text: str, value: Node) -> str:
    if isinstance(value, Mapping):
        named = {one.name: one.value for one in value.entries}
        return _detail(text, named["title"]) if "title" in named else ""
    start, end = cursor.first_line(text, value)
    return text[start:end] if end - start <= _LONGEST else f"{text[start : start + _LONGEST]}…"


def _by_lines(target: RequestFile) -> Iterator[types.DocumentSymbol]:
    """The outermost fields of a text that is no YAML at the moment."""
    text = target.text
    starts = list(cursor.front_lines(text))
    for start in starts[:-1]:
        spot = cursor.by_lines(text, start)
        if spot is None or spot.key[0] != start:
            continue
        span = target.range(start, lines.line_end(text, start))
        name = types.SymbolKind.Field
        detail = text[slice(*spot.value)][:_LONGEST]
        yield types.DocumentSymbol(spot.path[0], name, span, target.range(*spot.key), detail)


def _flat(target: RequestFile, found: list[types.DocumentSymbol]) -> list[types.SymbolInformation]:
    flat: list[types.SymbolInformation] = []
    for symbol in found:
        place = types.Location(target.uri, symbol.range)
        flat.append(types.SymbolInformation(place, symbol.name, symbol.kind))
    return flat


def of_workspace(
    work: RequestContext, params: types.WorkspaceSymbolParams
) -> list[types.SymbolInformation]:
    """The articles whose titles have the words, best first, of all sites that are in use."""
    top = types.Range(types.Position(0, 0), types.Position(0, 0))
    return [
        types.SymbolInformation(
            types.Location(work.file(site, hit.path).uri, top),
            hit.title,
            types.SymbolKind.File,
            container_name=hit.subject,
        )
        for site in _sites(work)
        for hit in titles.of(work, site).search(params.query, _MOST)
    ]


def _sites(work: RequestContext) -> list[Site]:
    """Those of the folders and files that are open, not those that were."""
    found = [work.sites.around(folder) for folder in work.session.folders]
    found += [placed.site for path in work.opened if (placed := work.sites.of(path))]
    return [site for site in dict.fromkeys(found) if site is not None]


DOCUMENT = Feature("document_symbol", {types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (of_document, None)})
WORKSPACE = Feature("workspace_symbol", {types.WORKSPACE_SYMBOL: (of_workspace, None)})
