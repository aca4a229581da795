"""Fields that may be added on a line of an article, as text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from qtauthor.content.links import written_blocks
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.model import article_fields, numbered_blocks
from qtauthor.model.article_fields import Field
from qtauthor.operations.fields import derive
from qtauthor.text import cursor
from qtauthor.text.document import Document
from qtauthor.text.entry_text import entry_text
from qtauthor.text.source import lines

_BARE = re.compile(r"( *)([A-Za-z_]\w*)?")


class FieldCompletion(NamedTuple):
    """A field that is missing, and its whole entry; ``place`` is its rank in the schema."""

    place: int
    field: Field
    text: str


def line_for_field(text: str, offset: int) -> int | None:
    """Where on the cursor's line a new key begins or may begin; ``None`` where none may."""
    start = lines.line_start(text, offset)
    typed = _BARE.fullmatch(text, start, lines.line_end(text, offset))
    if typed is None or cursor.is_text(text, start, len(typed[1])):
        return None
    return start + len(typed[1])


def completions(
    site: Site, path: str, text: str, start: int, *, today: datetime.date
) -> Iterator[FieldCompletion]:
    """The fields that the mapping around a line lacks, as the template writes them.

    ``text`` is that of the article at ``path``, which may be broken; a new key begins at ``start``.
    """
    line = lines.line_start(text, start)
    above = cursor.around(text, line, start - line)
    there = set(cursor.keys_beside(text, line, start - line))
    model = _model(site, path, text, today)
    for place, field in enumerate(article_fields.fields().values()):
        parent, _, name = field.pointer.rpartition("/")
        if parent != above or name in there or _leaves_gap(name, there):
            continue
        entry = _entry(model, field.pointer)
        if entry is not None:
            yield FieldCompletion(place, field, entry.replace("\n", lines.line_break(text, 0)))


def _entry(model: Document, at: str) -> str | None:
    """The entry as the model has it; a block that it lacks is written as its first one."""
    entry, number = entry_text(model, at), numbered_blocks.number_at(at)
    if entry is not None or number is None:
        return entry
    block = entry_text(model, numbered_blocks.as_first(at))
    return None if block is None else written_blocks.renumbered(block, number)


def _leaves_gap(name: str, there: set[str]) -> bool:
    """Whether it is a related article that is not the next one."""
    free = (key for key in numbered_blocks.KEYS if key not in there)
    return numbered_blocks.number(name) is not None and name != next(free, None)


def _model(site: Site, path: str, text: str, today: datetime.date) -> Document:
    """The template with what is known of this article."""
    template = site.template
    try:
        values = site.parse(text.encode()).document.get()
    except (QtauthorError, UnicodeEncodeError):
        entry = site.index.entry(path)
        values = {} if entry is None else {"subject": entry.subject, "question": entry.question}
    try:
        return template.update(derive.derived(site, path, values, today=today))
    except QtauthorError:
        return template
