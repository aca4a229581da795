"""QT608."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qtauthor.rules.answer.markdown import apart
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, SpliceText
from qtauthor.rules.rule import Hit, Rule

# Each way begins with a sign of its own, so that the text between them is passed over quickly.
_ESCAPE = re.compile(
    r"\\(?<!\\\\)(?:u[0-9a-fA-F]{4}|[rt](?![A-Za-z]))"
    r"|&amp;(?:amp|lt|gt|quot|nbsp|#39);"
    r"|\ufffd"
    r"|â[€‚„†‡™œž][\u0080-\uffff]|Ã[\u0080-\u00bf©¨ª«¢£¤¶¼]|Â[\u0080-\u00bf]"
)


def check(subject: CheckedArticle) -> Iterator[Hit]:
    shown = subject.shown
    if "\\" not in shown and "&amp;" not in shown and shown.isascii():
        return
    for found in _ESCAPE.finditer(shown):
        if not apart(subject, found.start()):
            yield Hit("/answer", *_told(found), found.span())


def _told(found: re.Match[str]) -> tuple[str, Fix | None]:
    text = found[0]
    meant = _meant(text)
    if meant is None:
        return f"{text} is left of a failed import", None
    fix = Fix(f"write {meant}", "safe", (SpliceText("/answer", found.start(), text, meant),))
    return f"{text} was to be {meant}", fix


def _meant(text: str) -> str | None:
    """The character that an import did not decode, or decoded twice; ``None`` if not certain."""
    if text.startswith("\\u"):
        character = chr(int(text[2:], 16))
        return character if character.isprintable() and character not in "\\$`*_<>[]" else None
    try:
        meant = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    return meant if meant != text and len(meant) == 1 and meant.isprintable() else None


RULE = Rule(
    "QT608",
    "import-escape",
    check,
    what="Leftovers of a failed import: `\\u2019` or `\\t` as letters, `&amp;lt;`, `â€™` for an "
    "apostrophe, or a replacement character.",
    why="The page shows them as they stand.",
    example="answer: It\\u2019s the starch.\n",
    fix="An escape or a wrongly decoded sequence that stands for one printable character becomes "
    "that character.",
    fixes=("safe",),
)
