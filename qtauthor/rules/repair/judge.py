"""Whether a mended file may take the place of the broken one."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, NamedTuple

from qtauthor.errors import QtauthorError
from qtauthor.model import article_fields, numbered_blocks
from qtauthor.rules.repair import entries as grammar
from qtauthor.rules.repair import fences, values
from qtauthor.rules.repair.draft import MendedText
from qtauthor.rules.repair.entries import KeyLines
from qtauthor.rules.repair.witness import TitleLookup, Witnesses
from qtauthor.text.document import Document
from qtauthor.text.render import implicit_types, scalars

_LETTERS = re.compile(r"[^\W_]+")
_STRANGE = re.compile(
    "[\x00-\x08\t\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd]"
    "|â€|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}"
)
"""What no text has, and what is left of one that was read in a wrong encoding."""

_WHOLE_QUOTE = re.compile(r"""(['"])(?P<inner>[^'"\\]+)\1""")
_NEEDS_QUOTES = re.compile(r":(?: |\Z)| #")
_SENTENCE = re.compile(r"""['"](?:\S+ ){2}.*[.?!]['"]""")
"""Between quotes, what is hardly a name or a word that is quoted in a title."""

_LEFT_OVER = re.compile(r"""''|\\["'\\]""")
"""What quotes leave in a text when they go."""

_INNER_KEY = re.compile(r"\b([a-z_]\w*):")
_NO_NAME = re.compile(r"""[\s'":]""")
_MAY_BE_LIST = "/seo/page_keywords"


class Verdict(NamedTuple):
    """The data of a mended file; ``confirmed`` if nothing of it is in doubt."""

    data: dict[str, Any]
    confirmed: bool


def accepted(
    draft: MendedText, stop: int, found: list[KeyLines], broken: str, linked: TitleLookup
) -> Verdict | None:
    """What a draft without faults says, if that may be what was meant; else ``None``.

    It is read by all readers alike, has all fields with their types and shows every letter of the
    ``broken`` text.
    """
    try:
        document = Document.parse(draft.text.encode())
        data: dict[str, Any] = document.get()
        fits = _is_whole(document, data, found) and all(_fits(document, entry) for entry in found)
    except QtauthorError:
        return None
    if not fits or _letters(draft.text) != _letters(broken) or not _is_body(draft.after(stop)):
        return None
    said = Witnesses(document, linked)
    if not _is_certain(said, draft, found):
        return None
    return Verdict(data, confirmed=_is_confirmed(said, draft))


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text))


def _is_whole(document: Document, data: dict[str, Any], found: list[KeyLines]) -> bool:
    """Whether all fields are there, and exactly the keys that the lines show."""
    for at, known in article_fields.fields().items():
        above = at.rpartition("/")[0]
        if known.required and (not above or document.has(above)) and not document.has(at):
            return False
    shown = {entry.at for entry in found}
    inner = {
        f"/{key}/{name}" for key, value in data.items() if isinstance(value, dict) for name in value
    }
    read = {f"/{key}" for key in data} | inner
    return read == shown and _is_numbered(data) and _is_ordered(found)


def _is_ordered(found: list[KeyLines]) -> bool:
    """Whether the fields stand in the house's order, as in every article; what does not may have
    been pasted."""
    ranks = {at: rank for rank, at in enumerate(article_fields.fields())}
    there = [ranks[entry.at] for entry in found if entry.at in ranks]
    return there == sorted(there)


def _is_numbered(data: dict[str, Any]) -> bool:
    """Whether the related articles are numbered without gaps."""
    there = [key in data for key in numbered_blocks.KEYS]
    return there == sorted(there, reverse=True)


def _fits(document: Document, entry: KeyLines) -> bool:
    """Whether the value is one that every reader and the schema take for the same."""
    value, known = document.get(entry.at), values.field(entry.at)
    style = document.style(entry.at)
    if known is None:
        return style != "plain" or not isinstance(value, str) or implicit_types.is_text(value)
    if known.type in (article_fields.Seo, article_fields.Related):
        return isinstance(value, dict)
    if known.type is not str:
        spelled = document.source_of(entry.at)
        return style == "plain" and values.SPELLED[known.type].fullmatch(spelled) is not None
    if entry.at == _MAY_BE_LIST and isinstance(value, list):
        return bool(value) and all(isinstance(item, str) for item in value)
    if not isinstance(value, str) or _STRANGE.search(value):
        return False
    if not value.strip():
        return (
            entry.at in article_fields.MAY_BE_EMPTY
            and not value
            and style not in scalars.BLOCK_STYLES
        )
    if entry.at.endswith(("/url", "/file_name")) and _NO_NAME.search(value):
        return False
    return style != "plain" or implicit_types.is_text(value)


def _is_body(body: str) -> bool:
    """Whether nothing in the body looks as if it belonged to the front matter."""
    for line in body.split("\n"):
        found = grammar.KEY.fullmatch(line.rstrip("\r"))
        if found and (
            f"/{found['key']}" in article_fields.fields() or found["key"] in ("id", "url")
        ):
            return False
        if fences.FENCE.fullmatch(line.rstrip("\r")):
            return False
    return True


def _is_confirmed(said: Witnesses, draft: MendedText) -> bool:
    """Whether somebody says the same of everything that was in doubt."""
    doubtful = {mend.at for mend in draft.mends if mend.doubt}
    return all(said.confirm(mend.at, mend.doubt, doubtful) for mend in draft.mends if mend.doubt)


def _is_certain(said: Witnesses, draft: MendedText, found: list[KeyLines]) -> bool:
    """Whether no other value has lost quotes unseen, or lines that are no part of it."""
    doubtful = {mend.at for mend in draft.mends if mend.doubt}
    mended = {mend.at for mend in draft.mends}
    unseen = [entry for entry in found if values.is_text(entry.at) and entry.at not in mended]
    if any(_has_left_over(entry) for entry in unseen) or _holds_key(said.document, draft):
        return False
    if any(mend.quotes for mend in draft.mends) and not all(
        _is_trusted(said, entry, doubtful) for entry in unseen
    ):
        return False
    return all(_is_one_text(said, draft, entry) for entry in found)


def _holds_key(document: Document, draft: MendedText) -> bool:
    """Whether a text that was put between quotes has a field in it that the article lacks."""
    for mend in draft.mends:
        names = _INNER_KEY.findall(str(document.get(mend.at))) if mend.quotes else ()
        above = mend.at.rpartition("/")[0]
        if any(
            at in article_fields.fields() and not document.has(at)
            for name in names
            for at in ("/" + name, f"{above}/{name}")
        ):
            return True
    return False


def _has_left_over(entry: KeyLines) -> bool:
    """Whether a value without quotes seems to have had some."""
    plain = not entry.is_block and entry.value[:1] not in ("'", '"')
    return plain and (_LEFT_OVER.search(entry.value) is not None or entry.value.count('"') % 2 == 1)


def _is_trusted(said: Witnesses, entry: KeyLines, doubtful: set[str]) -> bool:
    """Whether a value is what it reads as, though others of the file have lost their quotes.

    Then it must not be one that without its quotes reads as something else: the text before a
    comment, what stands between quotes that belong to the text.
    """
    value = entry.value
    if entry.is_block or not value or (values.is_name(entry.at) and entry.at != "/subject"):
        return True
    if value in ("''", '""'):
        return entry.at in article_fields.MAY_BE_EMPTY
    if isinstance(said.document.get(entry.at), list):
        return True
    if value[0] in "'\"":
        whole = _WHOLE_QUOTE.fullmatch(value)
        if whole is not None and _NEEDS_QUOTES.search(whole["inner"]):
            return True
        if _SENTENCE.fullmatch(value) or (
            entry.at in article_fields.MAY_BE_EMPTY and value.count(" ") > 1
        ):
            return True
        return said.confirm(entry.at, "signs", doubtful | {entry.at})
    return True


def _is_one_text(said: Witnesses, draft: MendedText, entry: KeyLines) -> bool:
    """Whether the lines of a block are one text: the house has one line, and a second one may have
    been pasted. Of a list, no line may stand there twice."""
    lines = [draft.lines[index].text for index in entry.text]
    if not entry.is_block:
        return len(lines) == len(set(lines))
    if len(lines) < 2 or not values.is_text(entry.at) or said.confirm(entry.at, "words", ()):
        return True
    alike = len(lines) > len({line.strip() for line in lines})
    ends = all(grammar.goes_on(line, below) for line, below in pairwise(lines))
    return ends and not alike and entry.at != _MAY_BE_LIST
