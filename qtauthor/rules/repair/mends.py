"""From the first fault of a front matter to the small changes that could mend it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from qtauthor.model import article_fields, numbered_blocks
from qtauthor.rules.repair import values
from qtauthor.rules.repair.draft import Doubt, Mend, MendedText, NumberedLine
from qtauthor.rules.repair.entries import HEADER, KEY, GrammarFault, KeyLines, depth, goes_on
from qtauthor.text.yaml import pointer

_BLANKS = "indent it with blanks, not with tabs"
_KEYLESS = re.compile(r"(?P<indent>[ \t]*)(?P<key>[A-Za-z_]\w*)(?P<colon>:?)(?P<rest>.*)")


class Scene(NamedTuple):
    """A draft with its first fault, and the entries that were read before it."""

    draft: MendedText
    fault: GrammarFault
    entries: list[KeyLines]

    @property
    def line(self) -> NumberedLine:
        return self.draft.lines[self.fault.row]

    def is_shown(self, at: str) -> bool:
        """Whether a field was read already."""
        return any(entry.at == at for entry in self.entries)

    def mended(self, text: str, what: str, at: str = "", doubt: Doubt = "") -> MendedText:
        """The draft with another text on the line of the fault."""
        return self.draft.with_text(self.fault.row, text, Mend(self.line.number, what, at, doubt))


def mended(scene: Scene) -> Iterator[MendedText]:
    """The drafts that mend the fault, one mend each."""
    ways = _WAYS.get(scene.fault.kind)
    if ways is not None:
        yield from ways(scene)


def _line(scene: Scene) -> Iterator[MendedText]:
    """A line without a key: one whose colon, or the blank behind it, is lost."""
    text = scene.line.text
    if text.lstrip(" \t").startswith("- "):
        yield from _item(scene)
        return
    found = _KEYLESS.fullmatch(text)
    if found is None:
        return
    if "\t" in found["indent"]:
        yield from _tab(scene)
        return
    parent = _parent_at(len(found["indent"]), scene.fault)
    at = None if parent is None else parent + pointer.join([found["key"]])
    rest = found["rest"].strip(" ")
    if at is None or not _fits(scene, at, rest):
        return
    if found["colon"]:
        what = f"put a blank behind the colon of {name(at)}"
    elif rest and not found["rest"].startswith(" "):
        return
    else:
        what = f"give {name(at)} its colon back"
    new = f"{found['indent']}{found['key']}: {found['rest'].lstrip(' ')}"
    yield scene.mended(new if rest else new.rstrip(), what, at)


def _item(scene: Scene) -> Iterator[MendedText]:
    """An item of a list that a tab indents."""
    text, entry = scene.line.text, scene.fault.entry
    if entry is None or entry.value or "\t" not in text[: text.index("-")]:
        return
    items = [scene.draft.lines[row].text for row in entry.text]
    column = depth(items[0]) if items else entry.indent + 2
    yield scene.mended(" " * column + text.lstrip(" \t"), _BLANKS)


def _parent_at(column: int, fault: GrammarFault) -> str | None:
    """The mapping whose keys stand in a column."""
    if not column:
        return ""
    return fault.parent if fault.parent and fault.column in (None, column) else None


def _fits(scene: Scene, at: str, rest: str) -> bool:
    """Whether a field is missing here, and what stands behind its name can be its value."""
    known = values.field(at)
    if known is None or scene.is_shown(at) or not _in_order(at, scene.entries):
        return False
    if HEADER.fullmatch(rest):
        return known.type is str
    if known.type is str:
        return bool(rest)
    if known.type in (article_fields.Seo, article_fields.Related):
        return not rest and depth(scene.draft.lines[scene.fault.row + 1].text) > 0
    return values.SPELLED[known.type].fullmatch(rest) is not None


def _in_order(at: str, entries: list[KeyLines]) -> bool:
    """Whether a field can stand behind all that were seen."""
    ranks = {known: rank for rank, known in enumerate(article_fields.fields())}
    return all(ranks.get(entry.at, -1) < ranks[at] for entry in entries)


def _tab(scene: Scene) -> Iterator[MendedText]:
    """A key that a tab indents: it belongs to the mapping that is open."""
    parent = scene.fault.parent
    bare = scene.line.text.lstrip(" \t")
    found = _KEYLESS.fullmatch(bare)
    at = parent + pointer.join([found["key"]]) if found else ""
    if not parent or values.field(at) is None or scene.is_shown(at):
        return
    column = scene.fault.column or (4 if numbered_blocks.is_inside(parent) else 2)
    yield scene.mended(" " * column + bare, _BLANKS)


def _text_tab(scene: Scene) -> Iterator[MendedText]:
    """A text that a tab indents."""
    entry = scene.fault.entry
    if entry is not None:
        yield scene.mended(" " * text_column(entry) + scene.line.text.lstrip(" \t"), _BLANKS)


def _no_text(scene: Scene) -> Iterator[MendedText]:
    """A block without a text: the line below has lost its indentation."""
    entry = scene.fault.entry
    row = scene.fault.row + 1
    if entry is None or not values.is_text(entry.at):
        return
    line = scene.draft.lines[row]
    text = line.text.strip(" ")
    if not text or text.startswith(("#", "---", "...", "\t")):
        return
    found = KEY.fullmatch(text) or _KEYLESS.fullmatch(text)
    may_be_key = found is not None and (found["key"] in _NAMES or KEY.fullmatch(text))
    what = f"indent it as the text of {name(entry.at)}"
    doubt: Doubt = "signs" if text[0] in "-?:>|=~+<" else "words" if may_be_key else ""
    mend = Mend(line.number, what, entry.at, doubt)
    yield scene.draft.with_text(row, " " * text_column(entry) + text, mend)


def _uneven(scene: Scene) -> Iterator[MendedText]:
    """A further line of a text that stands less deep than the first one."""
    entry = scene.fault.entry
    if entry is None or not entry.value.startswith(">"):
        return
    first, above = (scene.draft.lines[row].text for row in (entry.text[0], entry.text[-1]))
    doubt: Doubt = "" if goes_on(above, scene.line.text) else "words"
    new = " " * depth(first) + scene.line.text.lstrip(" ")
    yield scene.mended(new, f"indent it as the text of {name(entry.at)}", entry.at, doubt)


def _value(scene: Scene) -> Iterator[MendedText]:
    """A value that cannot stand as it is written."""
    draft, entry, line = scene.draft, scene.fault.entry, scene.line
    if entry is None or _has_more(draft, entry):
        return
    for choice in values.choices(entry.value, entry.at):
        text = line.text[: len(line.text) - len(entry.value)] + choice.value
        what = f"{choice.what} {name(entry.at)}"
        mend = Mend(line.number, what, entry.at, choice.doubt, choice.quotes)
        yield draft.with_text(entry.row, text, mend)


def _has_more(draft: MendedText, entry: KeyLines) -> bool:
    """Whether the next line with text stands deeper, so that it may belong to the value."""
    rest = (line.text for line in islice(draft.lines, entry.row + 1, None))
    after = next((text for text in rest if text.strip()), "")
    return len(after) - len(after.lstrip(" \t")) > entry.indent


def text_column(entry: KeyLines) -> int:
    """Where the house has the text of a block."""
    if not entry.indent:
        return 4
    return entry.indent + (4 if numbered_blocks.is_inside(entry.at) else 2)


def name(at: str) -> str:
    """A field as one would call it."""
    known = values.field(at)
    return known.name if known is not None else at


_NAMES = frozenset(at.rpartition("/")[2] for at in article_fields.fields())
_WAYS: dict[str, Callable[[Scene], Iterator[MendedText]]] = {
    "line": _line,
    "tab": _tab,
    "text-tab": _text_tab,
    "no-text": _no_text,
    "uneven": _uneven,
    "value": _value,
}
