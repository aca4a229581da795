"""No change brings in a character that no file may hold."""

from __future__ import annotations

from qtauthor.errors import Code, EditError
from qtauthor.text.document import Document
from qtauthor.text.source import characters
from qtauthor.text.source.characters import CharacterFault


def refuse_new(document: Document) -> None:
    """Refuse an edited document with such a character that its original did not have.

    Raises ``EditError`` with ``control-character``. What stands there already may be written
    another way or get another place.
    """
    if not any(map(_may_bring, (new for _, _, new in document.edits))):
        return
    before: set[str] | None = None
    for fault in _of(document):
        if before is None:
            original = Document.parse(document.original)
            before = {one.text for one in _of(original)}
        if fault.text not in before:
            raise _refused(fault)


def refuse_any(data: bytes) -> None:
    """Refuse a new article with such a character. Raises ``ParseError`` if it cannot be read, and
    ``EditError`` with ``control-character``."""
    document = Document.parse(data)
    if b"\\" in data or characters.may_stand_in(data):
        for fault in _of(document):
            raise _refused(fault)


def _may_bring(new: str) -> bool:
    """Whether text that is put into a file may; only an escape can stand for one unseen."""
    return "\\" in new or characters.FAULT.search(new) is not None


def _of(document: Document) -> list[CharacterFault]:
    return [*characters.faults(document.get()), *characters.faults(document.body, "/body")]


def _refused(fault: CharacterFault) -> EditError:
    where = "the text behind the front matter" if fault.at == "/body" else fault.at[1:]
    return EditError(
        Code.CONTROL_CHARACTER,
        f"{where} would hold {characters.called(fault.character)}",
        excerpt=fault.text[max(0, fault.offset - 30) : fault.offset + 31],
        remedy="remove it; it may be what is left of a LaTeX command such as \\forall",
    )
