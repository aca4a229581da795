r"""The front matter of the house by one regular expression, where that is certain.

An article of the usual form is read here forty times as fast as by YAML. The expression matches a
whole front matter or nothing, and only spellings that can mean but one thing:

* the keys of the house in their order and indentation, so that no line can go on a value above it;
* ``>-`` and one line deeper than its key, which is the text itself, blanks at its end included;
* a plain value that begins with a letter or ``/``, has no ``:`` or ``#`` and no blank at its end,
  and is none of the words ``true``, ``false`` and ``null``: no type of YAML 1.2 begins so;
* numbers without leading zeros, dates that exist, ``True``, ``true``, ``False`` and ``false``.

A file with a control character (a tab and a carriage return among them), or with a character that
some reader counts as a line break or refuses, is not certain. For everything else there is YAML.
"""

from __future__ import annotations

import datetime
import functools
import re

from qtauthor.model import article_fields, numbered_blocks
from qtauthor.model.article_fields import Field
from qtauthor.model.numbered_blocks import MEMBERS

_CONTROLS = bytes((*range(10), *range(11, 32), 127))
_UNCERTAIN = (b"\xe2\x80\xa8", b"\xe2\x80\xa9", b"\xef\xbb\xbf", b"\xef\xbf\xbe", b"\xef\xbf\xbf")
"""U+2028, U+2029, U+FEFF, U+FFFE and U+FFFF; to look for each in turn is quickest."""

_C1 = re.compile(rb"\xc2[\x80-\x9f]")  # U+0080 to U+009F
_WORD = r"(?!(?:true|True|TRUE|false|False|FALSE|null|Null|NULL)\n)"
_PLAIN = rf"{_WORD}[A-Za-z/][^\n:#]*(?<! )"
_LINE = rf"({_PLAIN})\n"
_ID = r"(-?[1-9][0-9]{0,17}|0)\n"
_DATE = r"([0-9]{4}-[0-9]{2}-[0-9]{2})\n"
_BOOL = r"(True|true|False|false)\n"
_FLOAT = r"(-?(?:0|[1-9][0-9]{0,8})\.[0-9]{1,8})\n"
_SPELLED = {str: _LINE, int: _ID, datetime.date: _DATE, bool: _BOOL, float: _FLOAT}

_FIRST = numbered_blocks.pointer(1)
_FOLDED = frozenset(
    {"/title", "/article_title", "/question", "/answer", f"{_FIRST}/title"}
    | {"/seo/page_description", "/seo/page_keywords"}
)
"""Texts that the house folds where they cannot be plain."""

_INDENT = {"": (0, 4), "/seo": (2, 4), _FIRST: (4, 8)}
"""Where the keys of a mapping stand, and the folded texts below them."""


def _above_links() -> tuple[Field, ...]:
    """The fields in their order, but for the related articles, which are the last."""
    known = article_fields.fields().values()
    return tuple(one for one in known if not numbered_blocks.is_inside(one.pointer))


OWN = tuple(one for one in _above_links() if one.type in _SPELLED)
"""The fields that hold a value, but for those of related articles."""

PLACES = (
    *(known.pointer for known in OWN),
    *(f"{at}/{name}" for at in numbered_blocks.POINTERS for name in MEMBERS),
)
"""The pointers of all values, in their order: the first is in the first group of the match."""

GROUPS = {at: group for group, at in enumerate(PLACES, 1)}


def _entry(known: Field) -> str:
    """A field on its lines, which are no line where it may be missing."""
    above, _, name = known.pointer.rpartition("/")
    column, deeper = _INDENT[above]
    if known.type not in _SPELLED:
        return f"{name}:\n"
    value = _text(deeper) if known.pointer in _FOLDED else _SPELLED[known.type]
    entry = f"{' ' * column}{name}: {value}"
    return entry if known.required else f"(?:{entry})?"


def _text(indent: int) -> str:
    """A value that is plain, or folded with its text at ``indent``."""
    return rf"(?:>-\n {{{indent}}}(?! )|(?={_PLAIN}\n))([^\n]+)\n"


def _related() -> str:
    """As many blocks as a page shows, each only behind the one before it."""
    members = "".join(_entry(article_fields.fields()[f"{_FIRST}/{name}"]) for name in MEMBERS)
    expression = ""
    for key in reversed(numbered_blocks.KEYS):
        expression = f"(?:{key}:\n{members}{expression})?"
    return expression


_ID_GROUP, _DATE_GROUP, _ANSWER = (GROUPS[at] for at in ("/id", "/date", "/answer"))
_SCALARS = tuple(GROUPS[known.pointer] for known in OWN if known.pointer != "/answer")
_LINKS = tuple(range(len(OWN) + 1, len(PLACES) + 1))


@functools.cache
def _article() -> re.Pattern[str]:
    """The expression; it takes ten milliseconds to make, and an unchanged site does without."""
    return re.compile(rf"---\n{_own()}{_related()}\n?---(?:\n|\Z)")


def _own() -> str:
    return "".join(map(_entry, _above_links()))


def match(data: bytes) -> re.Match[str] | None:
    """The front matter at the start of ``data``, if what it means is certain."""
    if len(data.translate(None, _CONTROLS)) != len(data):
        return None
    if not data.isascii() and (_C1.search(data) or any(some in data for some in _UNCERTAIN)):
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    found = _article().match(text)
    return found if found is not None and _exists(found[_DATE_GROUP]) else None


def identity(found: re.Match[str]) -> str:
    """The id as it is spelled."""
    return found[_ID_GROUP]


def scalars(found: re.Match[str]) -> tuple[str | None, ...]:
    """The values above the related blocks, without the answer, as they are spelled."""
    return found.group(*_SCALARS)


def links(found: re.Match[str]) -> tuple[str | None, ...]:
    """Four values for each of the related blocks: id, title, subject and url."""
    return found.group(*_LINKS)


def answer_length(found: re.Match[str]) -> int:
    """The answer's code points."""
    return found.end(_ANSWER) - found.start(_ANSWER)


def answer(found: re.Match[str]) -> str:
    """The answer as it is stored."""
    return found[_ANSWER]


@functools.lru_cache(maxsize=4096)
def _exists(day: str) -> bool:
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        return False
    return True
