"""QT605."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qtauthor.rules.answer.markdown import apart, tokens
from qtauthor.rules.fix import Fix, Splice
from qtauthor.rules.rule import Hit, Rule
from qtauthor.rules.subject import Subject

# A number other than 1 cannot end a paragraph; a bullet sign or a marker without a blank is text.
_CANDIDATE = re.compile(
    r"\n(?P<item>[ \t]*(?:(?P<number>\d{1,2}[.)])[ \t]+(?=\S)"
    r"|(?P<bullet>[•‣◦▪])[ \t]*|(?P<tight>(?:-|\d{1,2}[.)])(?=[A-Z][a-z]))))"
)
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|\Z)")


def check(subject: Subject) -> Iterator[Hit]:
    shown = "\n" + subject.shown
    found = [match for match in _CANDIDATE.finditer(shown) if _is_candidate(shown, match)]
    if not found:
        return
    all_lines, inner = _paragraph_lines(subject)
    for match in found:
        number = shown.count("\n", 0, match.start())
        offset = match.start()  # the text has a line break more before it
        text = inner if match["number"] else all_lines
        if number in text and not apart(subject, offset) and _continues(match, found):
            yield _hit(subject, match, offset)


def _is_candidate(shown: str, match: re.Match[str]) -> bool:
    """Whether a number follows running text, and the next number follows it."""
    number = match["number"]
    if number is None or number[:-1].lstrip("0") in ("", "1"):
        return number is None
    above = list(_above(shown, match.start()))
    if not above or any(_ITEM.match(line) for line in above):
        return False
    following = rf"\n[ \t]*{int(number[:-1]) + 1}{re.escape(number[-1])}[ \t]"
    return bool(re.search(following, shown[match.end() :]))


def _above(shown: str, end: int) -> Iterator[str]:
    """The lines above ``end`` up to an empty one, the nearest first."""
    while end > 0:
        start = shown.rfind("\n", 0, end) + 1
        line = shown[start:end]
        if not line.strip():
            return
        yield line
        end = start - 1


def _continues(match: re.Match[str], found: list[re.Match[str]]) -> bool:
    """Whether there are two of the kind: one sign alone may be part of a sentence."""
    return bool(match["number"]) or sum(_kind(m) == _kind(match) for m in found) >= 2


def _kind(match: re.Match[str]) -> str:
    return next(name for name in ("number", "bullet", "tight") if match[name])


def _paragraph_lines(subject: Subject) -> tuple[set[int], set[int]]:
    """The lines of running text, from 0; and those that are not the first of a paragraph."""
    maps = [token.map for token in tokens(subject) if token.type == "inline" and token.map]
    every = {line for start, end in maps for line in range(start, end)}
    return every, every - {start for start, _ in maps}


def _hit(subject: Subject, match: re.Match[str], offset: int) -> Hit:
    end = match.end() - 1
    span = (offset, end)
    old = subject.stored[offset:end]
    if match["number"]:
        newline = "\\n" if subject.context.escaped else "\n"
        fix = Fix(
            "put an empty line before it", "unsafe", (Splice("/answer", offset, "", newline),)
        )
        return Hit("/answer", "this is no list for GFM: it stands in a paragraph", fix, span)
    mark = "-" if match["bullet"] else old.strip()
    new = old[: len(old) - len(old.lstrip())] + mark + " "
    fix = Fix("write it as an item", "unsafe", (Splice("/answer", offset, old, new),))
    what = f"{old.strip()} begins no item" + ("" if match["bullet"] else " without a blank")
    return Hit("/answer", f"this is no list for GFM: {what}", fix, span)


RULE = Rule(
    "QT605",
    "unseen-list",
    check,
    what="Lines that look like the items of a list, and that GFM takes for running text: a "
    "number other than 1 right below a paragraph, `•` for a bullet, or no blank behind it.",
    why="The page runs the items together into one paragraph.",
    example="answer: 'You need:\\n• flour\\n• water'\n",
    fix="An empty line before it, `-` for the sign, a blank behind the marker.",
    fixes=("unsafe",),
)
