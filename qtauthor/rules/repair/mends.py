"""From the first fault of a front matter to the small changes that could mend it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from qtauthor.content import schema
from qtauthor.rules.repair import values
from qtauthor.rules.repair.draft import Doubt, Draft, Mend
from qtauthor.rules.repair.entries import HEADER, KEY, Entry, Fault, depth, goes_on
from qtauthor.text import pointer

_BLANKS = "indent it with blanks, not with tabs"
_KEYLESS = re.compile(r"(?P<indent>[ \t]*)(?P<key>[A-Za-z_]\w*)(?P<colon>:?)(?P<rest>.*)")


def mended(draft: Draft, fault: Fault, entries: list[Entry]) -> Iterator[Draft]:
    """The drafts that mend a fault, one mend each."""
    yield from _WAYS.get(fault.kind, _nothing)(draft, fault, entries)


def _nothing(draft: Draft, fault: Fault, entries: list[Entry]) -> Iterator[Draft]:
    return iter(())


def _line(draft: Draft, fault: Fault, entries: list[Entry]) -> Iterator[Draft]:
    """A line without a key: one whose colon, or the blank behind it, is lost."""
    line = draft.lines[fault.index]
    if line.text.lstrip(" \t").startswith("- "):
        yield from _item(draft, fault)
        return
    found = _KEYLESS.fullmatch(line.text)
    if found is None or "\t" in found["indent"]:
        return
    parent = _parent_at(len(found["indent"]), fault)
    at = None if parent is None else parent + pointer.join([found["key"]])
    rest = found["rest"].strip(" ")
    if at is None or not _fits(at, rest, fault.index, draft, entries):
        return
    if found["colon"]:
        what = f"put a blank behind the colon of {name(at)}"
    elif rest and not found["rest"].startswith(" "):
        return
    else:
        what = f"give {name(at)} its colon back"
    text = f"{found['indent']}{found['key']}: {found['rest'].lstrip(' ')}"
    yield draft.with_text(fault.index, text.rstrip() if not rest else text, Mend(line.number, what, at))


def _item(draft: Draft, fault: Fault) -> Iterator[Draft]:
    """An item of a list that a tab indents."""
    line, entry = draft.lines[fault.index], fault.entry
    if entry is None or entry.value or "\t" not in line.text[: line.text.index("-")]:
        return
    items = [draft.lines[index].text for index in entry.text]
    column = depth(items[0]) if items else entry.indent + 2
    text = " " * column + line.text.lstrip(" \t")
    yield draft.with_text(fault.index, text, Mend(line.number, _BLANKS))


def _parent_at(column: int, fault: Fault) -> str | None:
    """The mapping whose keys stand in a column."""
    if not column:
        return ""
    return fault.parent if fault.parent and fault.column in (None, column) else None


def _fits(at: str, rest: str, index: int, draft: Draft, entries: list[Entry]) -> bool:
    """Whether a field is missing here, and what stands behind its name can be its value."""
    known = values.field(at)
    if known is None or any(entry.at == at for entry in entries) or not _in_order(at, entries):
        return False
    if HEADER.fullmatch(rest):
        return known.type is str
    if known.type is str:
        return bool(rest)
    if known.type in (schema.Seo, schema.Related):
        return not rest and depth(draft.lines[index + 1].text) > 0
    return values.SPELLED[known.type].fullmatch(rest) is not None


def _in_order(at: str, entries: list[Entry]) -> bool:
    """Whether a field can stand behind all that were seen."""
    ranks = {known: rank for rank, known in enumerate(schema.fields())}
    return all(ranks.get(entry.at, -1) < ranks[at] for entry in entries)


def _tab(draft: Draft, fault: Fault, entries: list[Entry]) -> Iterator[Draft]:
    """A key that a tab indents: it belongs to the mapping that is open."""
    line = draft.lines[fault.index]
    bare = line.text.lstrip(" \t")
    found = KEY.fullmatch(bare)
    at = fault.parent + pointer.join([found["key"]]) if found else ""
    if not fault.parent or values.field(at) is None or any(e.at == at for e in entries):
        return
    column = fault.column or (4 if fault.parent.startswith("/related_article") else 2)
    yield draft.with_text(
        fault.index, " " * column + bare, Mend(line.number, _BLANKS)
    )


def _text_tab(draft: Draft, fault: Fault, entries: list[Entry]) -> Iterator[Draft]:
    """A text that a tab indents."""
    assert fault.entry is not None
    line = draft.lines[fault.index]
    text = " " * text_column(fault.entry) + line.text.lstrip(" \t")
    yield draft.with_text(
        fault.index, text, Mend(line.number, _BLANKS)
    )


def _no_text(draft: Draft, fault: Fault, entries: list[Entry]) -> Iterator[Draft]:
    """A block without a text: the line below has lost its indentation."""
    entry = fault.entry
    index = fault.index + 1
    if entry is None or index >= len(draft.lines) or not values.is_text(entry.at):
        return
    line = draft.lines[index]
    text = line.text.strip(" ")
    if not text or text.startswith(("#", "---", "...", "\t")):
        return
    found = KEY.fullmatch(text) or _KEYLESS.fullmatch(text)
    if found and _names_field(found["key"]) and f"/{found['key']}" != entry.at:
        doubt: Doubt = "words"
    else:
        doubt = "words" if KEY.fullmatch(text) else ""
    mend = Mend(line.number, f"indent it as the text of {name(entry.at)}", entry.at, doubt)
    yield draft.with_text(index, " " * text_column(entry) + text, mend)


def _names_field(key: str) -> bool:
    return any(at.rpartition("/")[2] == key for at in schema.fields())


def _uneven(draft: Draft, fault: Fault, entries: list[Entry]) -> Iterator[Draft]:
    """A further line of a text that stands less deep than the first one."""
    entry = fault.entry
    if entry is None or not entry.value.startswith(">"):
        return
    above, line = draft.lines[entry.text[-1]], draft.lines[fault.index]
    doubt: Doubt = "" if goes_on(above.text, line.text) else "words"
    column = depth(draft.lines[entry.text[0]].text)
    mend = Mend(line.number, f"indent it as the text of {name(entry.at)}", entry.at, doubt)
    yield draft.with_text(fault.index, " " * column + line.text.lstrip(" "), mend)


def _value(draft: Draft, fault: Fault, entries: list[Entry]) -> Iterator[Draft]:
    """A value that cannot stand as it is written."""
    entry = fault.entry
    if entry is None or _below(draft, entry):
        return
    line = draft.lines[fault.index]
    for choice in values.choices(entry.value, entry.at):
        text = line.text[: len(line.text) - len(entry.value)] + choice.value
        mend = Mend(
            line.number, f"{choice.what} {name(entry.at)}", entry.at, choice.doubt, choice.quotes
        )
        yield draft.with_text(fault.index, text, mend)


def _below(draft: Draft, entry: Entry) -> bool:
    """Whether the next line with text stands deeper, so that it may belong to the value."""
    rest = (line.text for line in draft.lines[entry.index + 1 :])
    after = next((text for text in rest if text.strip()), "")
    return len(after) - len(after.lstrip(" \t")) > entry.indent


def text_column(entry: Entry) -> int:
    """Where the house has the text of a block."""
    if not entry.indent:
        return 4
    return entry.indent + (4 if entry.at.startswith("/related_article") else 2)


def name(at: str) -> str:
    """A field as one would call it."""
    known = values.field(at)
    return known.name if known is not None else at


_WAYS: dict[str, Callable[[Draft, Fault, list[Entry]], Iterator[Draft]]] = {
    "line": _line,
    "tab": _tab,
    "text-tab": _text_tab,
    "no-text": _no_text,
    "uneven": _uneven,
    "value": _value,
}
