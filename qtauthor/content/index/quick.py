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

from qtauthor.content.schema import MAX_RELATED

_CONTROLS = bytes((*range(10), *range(11, 32), 127))
_UNCERTAIN = (b"\xe2\x80\xa8", b"\xe2\x80\xa9", b"\xef\xbb\xbf", b"\xef\xbf\xbe", b"\xef\xbf\xbf")
"""U+2028, U+2029, U+FEFF, U+FFFE and U+FFFF; to look for each in turn is quickest."""

_C1 = re.compile(rb"\xc2[\x80-\x9f]")  # U+0080 to U+009F
_WORD = r"(?!(?:true|True|TRUE|false|False|FALSE|null|Null|NULL)\n)"
_PLAIN = rf"{_WORD}[A-Za-z/][^\n:#]*(?<! )"
_LINE = rf"({_PLAIN})\n"
_ID = r"(-?[1-9][0-9]{0,17}|0)\n"
_FLOAT = r"(-?(?:0|[1-9][0-9]{0,8})\.[0-9]{1,8})\n"


def _text(indent: int) -> str:
    """A value that is plain, or folded with its text at ``indent``."""
    return rf"(?:>-\n {{{indent}}}(?! )|(?={_PLAIN}\n))([^\n]+)\n"


def _related() -> str:
    """Up to five blocks, each only behind the one before it."""
    expression = ""
    for number in range(MAX_RELATED, 0, -1):
        block = (
            f"related_article{number}:\n    id: {_ID}    title: {_text(8)}"
            f"    subject: {_LINE}    url: {_LINE}"
        )
        expression = f"(?:{block}{expression})?"
    return expression


_KEYS = (
    ("_schema: ", _LINE),
    ("id: ", _ID),
    ("date: ", r"([0-9]{4}-[0-9]{2}-[0-9]{2})\n"),
    ("title: ", _text(4)),
    ("article_title: ", _text(4)),
    ("date_format: ", _LINE),
    ("post_on_text: ", _LINE),
    ("seo:\n  title: ", _LINE),
    ("  page_description: ", _text(4)),
    ("  page_keywords: ", _text(4)),
    ("author: ", _LINE),
    ("question: ", _text(4)),
    ("", r"(?:no_index: (True|true|False|false)\n)?"),
    ("answer: ", _text(4)),
    ("subject: ", _LINE),
    ("file_name: ", _LINE),
    ("url: ", _LINE),
    ("", f"(?:score: {_FLOAT})?"),
)
_FRONT = "".join(key + value for key, value in _KEYS)
_ANSWER = 1 + [key for key, _ in _KEYS].index("answer: ")
_SCALARS = tuple(number for number in range(1, len(_KEYS) + 1) if number != _ANSWER)
_LINKS = tuple(range(len(_KEYS) + 1, len(_KEYS) + 1 + 4 * MAX_RELATED))


@functools.cache
def _article() -> re.Pattern[str]:
    """The expression; it takes ten milliseconds to make, and an unchanged site does without."""
    return re.compile(rf"---\n{_FRONT}{_related()}\n?---(?:\n|\Z)")


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
    return found if found is not None and _exists(found[3]) else None


def identity(found: re.Match[str]) -> str:
    """The id as it is spelled."""
    return found[2]


def scalars(found: re.Match[str]) -> tuple[str | None, ...]:
    """The values above the related blocks, without the answer, as they are spelled."""
    return found.group(*_SCALARS)


def links(found: re.Match[str]) -> tuple[str | None, ...]:
    """Four values for each of the five related blocks: id, title, subject and url."""
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
