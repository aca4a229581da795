"""Completion: fields with what stands in them, subjects, and related articles as whole blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lsprotocol import types

from qtauthor import clock
from qtauthor.content import descriptions, schema
from qtauthor.content.schema import MAX_RELATED
from qtauthor.errors import QtauthorError
from qtauthor.lsp import blocks, cursor, linking, titles
from qtauthor.lsp.feature import Feature
from qtauthor.lsp.insertion import insertion
from qtauthor.lsp.session import Target, Work
from qtauthor.operations import derive
from qtauthor.operations.authoring import subjects
from qtauthor.text import lines
from qtauthor.text.document import Document

_MOST = 30
_BARE = re.compile(r"( *)([A-Za-z_]\w*)?")
_KEYED = re.compile(r"( *)([A-Za-z_]\w*)[ \t]*:")


def complete(work: Work, params: types.CompletionParams) -> types.CompletionList | None:
    """What may be typed here."""
    target = work.target(params.text_document.uri)
    if target is None:
        return None
    offset = target.offset(params.position)
    if not _in_front(target.text, offset):
        return None
    asked = linking.asked(target, offset)
    if asked is not None:
        return types.CompletionList(is_incomplete=True, items=linking.items(work, target, asked))
    start = lines.line_start(target.text, offset)
    typed = _BARE.fullmatch(target.text, start, lines.line_end(target.text, offset))
    if typed is not None and not cursor.is_text(target.text, start, len(typed[1])):
        items = list(_fields(work, target, start + len(typed[1]), offset))
        return types.CompletionList(is_incomplete=False, items=items)
    spot = cursor.at(target, offset)
    if spot is not None and spot.pointer == "/subject" and not spot.on_key:
        items = list(_subjects(work, target, spot.value, offset))
        return types.CompletionList(is_incomplete=True, items=items)
    return None


def _in_front(text: str, offset: int) -> bool:
    """Whether a place is between the fences, as far as there are any."""
    *_, end = blocks.front_lines(text)
    return text.removeprefix("\ufeff").startswith("---") and lines.line_end(text, 0) < offset < end


def _subjects(
    work: Work, target: Target, value: tuple[int, int], offset: int
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
            detail=f"{one.articles:,} article{'' if one.articles == 1 else 's'}",
            sort_text=f"{place:04}",
            filter_text=typed or one.name,
            text_edit=types.TextEdit(span, one.name),
        )


def _fields(work: Work, target: Target, start: int, offset: int) -> Iterator[types.CompletionItem]:
    """The fields that the mapping around this line lacks, as the template writes them."""
    text = target.text
    line = lines.line_start(text, start)
    above = "".join(f"/{name}" for name in cursor.parents(text, line, start - line))
    there = set(_there(text, above, line))
    model = _model(target)
    span = target.range(start, lines.line_end(text, offset))
    for place, field in enumerate(schema.fields().values()):
        parent, _, name = field.pointer.rpartition("/")
        if parent != above or name in there or _is_later_block(name, there):
            continue
        entry = blocks.entry(model, field.pointer)
        if entry is not None:
            entry = entry.replace("\n", lines.line_break(text, 0))
            put = insertion(work, entry, text[line:start])
            told = descriptions.description(field.pointer)
            yield types.CompletionItem(
                name,
                kind=types.CompletionItemKind.Field,
                detail="optional" if not field.required else None,
                documentation=told or None,
                sort_text=f"{place:04}",
                insert_text_format=put.format,
                insert_text_mode=put.mode,
                text_edit=types.TextEdit(span, put.text),
            )


def _there(text: str, above: str, line: int) -> Iterator[str]:
    """The keys of the mapping ``above`` the line, as far as lines tell."""
    for start in blocks.front_lines(text):
        found = _KEYED.match(text, start)
        if found is not None and start != line and not cursor.is_text(text, start, len(found[1])):
            around = cursor.parents(text, start, len(found[1]))
            if "".join(f"/{name}" for name in around) == above:
                yield found[2]


def _is_later_block(name: str, there: set[str]) -> bool:
    """Whether it is a related article that would leave a gap."""
    if not name.startswith("related_article"):
        return False
    free = (n for n in range(1, MAX_RELATED + 1) if f"related_article{n}" not in there)
    return name != f"related_article{next(free, 0)}"


def _model(target: Target) -> Document:
    """The template with what is known of this article."""
    today = clock.today()
    template = target.site.template
    try:
        values = target.site.parse(target.data).document.get()
    except QtauthorError:
        entry = target.site.index.entry(target.path)
        values = {} if entry is None else {"subject": entry.subject, "question": entry.question}
    try:
        return template.update(derive.derived(target.site, target.path, values, today=today))
    except QtauthorError:
        return template


OPTIONS = types.CompletionOptions(trigger_characters=[":", " ", "/", "-"])
FEATURE = Feature("completion", {types.TEXT_DOCUMENT_COMPLETION: (complete, OPTIONS)})
