"""Completion: fields with what stands in them, subjects, and related articles as whole blocks."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from qtauthor import clock
from qtauthor.lsp.article import titles
from qtauthor.lsp.article.snippet import insertion
from qtauthor.lsp.feature import Feature
from qtauthor.lsp.session import RequestContext, RequestFile
from qtauthor.model import field_descriptions
from qtauthor.operations.authoring import subjects
from qtauthor.operations.fields import field_completion
from qtauthor.operations.links import link_completion
from qtauthor.operations.links.link_completion import LinkQuery
from qtauthor.text import cursor
from qtauthor.text.plural import counted
from qtauthor.text.source import lines

_MOST = 30


def complete(work: RequestContext, params: types.CompletionParams) -> types.CompletionList | None:
    """What may be typed here."""
    target = work.target(params.text_document.uri)
    if target is None:
        return None
    text, offset = target.text, target.offset(params.position)
    if not cursor.is_in_front(text, offset):
        return None
    asked = link_completion.link_query(text, offset)
    if asked is not None:
        return types.CompletionList(is_incomplete=True, items=list(_links(work, target, asked)))
    start = field_completion.line_for_field(text, offset)
    if start is not None:
        items = list(_fields(work, target, start, offset))
        return types.CompletionList(is_incomplete=False, items=items)
    spot = cursor.at(text, offset)
    if spot is not None and spot.pointer == "/subject" and not spot.on_key:
        items = list(_subjects(work, target, spot.value, offset))
        return types.CompletionList(is_incomplete=True, items=items)
    return None


def _links(
    work: RequestContext, target: RequestFile, wanted: LinkQuery
) -> Iterator[types.CompletionItem]:
    """The articles that may be meant; each puts its whole block here."""
    site, text = target.site, target.text
    known = titles.of(work, site)
    found = link_completion.completions(site, target.path, text, wanted, known)
    for place, one in enumerate(found):
        put = insertion(work, one.text, text[lines.line_start(text, one.start) : one.start])
        span = target.range(one.start, lines.line_end(text, wanted.line))
        title = one.entry.title or ""
        yield types.CompletionItem(
            title,
            kind=types.CompletionItemKind.Reference,
            detail=f"{one.entry.subject} · {one.entry.id}",
            documentation=one.entry.address,
            sort_text=f"{place:04}",
            filter_text=text[one.start : wanted.cursor] or title,
            insert_text_format=put.format,
            insert_text_mode=put.mode,
            text_edit=types.TextEdit(span, put.text),
            additional_text_edits=[types.TextEdit(target.range(*cut), "") for cut in one.cut],
        )


def _subjects(
    work: RequestContext, target: RequestFile, value: tuple[int, int], offset: int
) -> Iterator[types.CompletionItem]:
    start = min(value[0], offset)
    typed = target.text[start:offset]
    known = titles.of(work, target.site).subjects
    chosen = subjects.near(known, typed, _MOST) if typed.strip() else known[:_MOST]
    span = target.range(start, max(offset, min(value[1], lines.line_end(target.text, offset))))
    for place, one in enumerate(chosen):
        yield types.CompletionItem(
            one.name,
            kind=types.CompletionItemKind.EnumMember,
            detail=counted(one.articles, "article", grouped=True),
            sort_text=f"{place:04}",
            filter_text=typed or one.name,
            text_edit=types.TextEdit(span, one.name),
        )


def _fields(
    work: RequestContext, target: RequestFile, start: int, offset: int
) -> Iterator[types.CompletionItem]:
    """The fields that the mapping around this line lacks."""
    text = target.text
    indent = text[lines.line_start(text, start) : start]
    span = target.range(start, lines.line_end(text, offset))
    found = field_completion.completions(target.site, target.path, text, start, today=clock.today())
    for place, field, entry in found:
        put = insertion(work, entry, indent)
        yield types.CompletionItem(
            field.name.rpartition(".")[2],
            kind=types.CompletionItemKind.Field,
            detail="optional" if not field.required else None,
            documentation=field_descriptions.description(field.pointer) or None,
            sort_text=f"{place:04}",
            insert_text_format=put.format,
            insert_text_mode=put.mode,
            text_edit=types.TextEdit(span, put.text),
        )


OPTIONS = types.CompletionOptions(trigger_characters=[":", " ", "/", "-"])
FEATURE = Feature("completion", {types.TEXT_DOCUMENT_COMPLETION: (complete, OPTIONS)})
