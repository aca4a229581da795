"""QT605."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from qtauthor.rules.answer.markdown import apart, tokens
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, SpliceText
from qtauthor.rules.rule import Hit, Rule

# A number other than 1 cannot end a paragraph; a bullet sign or a marker without a blank is text.
_CANDIDATE = re.compile(
    r"\n(?P<item>[ \t]*(?:(?P<number>\d{1,2}[.)])[ \t]+(?=\S)"
    r"|(?P<bullet>[•‣◦▪])[ \t]*|(?P<tight>(?:-|\d{1,2}[.)])(?=[A-Z][a-z]))))"
)
_NUMBER = re.compile(r"\n[ \t]*(\d{1,9}[.)])[ \t]")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|\Z)")


def check(subject: CheckedArticle) -> Iterator[Hit]:
    shown = "\n" + subject.shown
    found = list(_candidates(shown))
    if not found:
        return
    all_lines, inner = _paragraph_lines(subject)
    counts = Counter(map(_kind, found))
    number = done = 0
    for match in found:
        offset = match.start()  # the text has a line break more before it
        number += shown.count("\n", done, offset)
        done = offset
        text = inner if match["number"] else all_lines
        # one sign alone may be part of a sentence
        continues = match["number"] or counts[_kind(match)] >= 2
        if number in text and continues and not apart(subject, offset):
            yield _hit(subject, match, offset)


def _candidates(shown: str) -> Iterator[re.Match[str]]:
    """Signs, and numbers that follow running text and that the next number follows."""
    found = list(_CANDIDATE.finditer(shown))
    if not any(match["number"] for match in found):
        yield from found
        return
    behind = _behind_text(shown)
    last = {number[1]: number.start() for number in _NUMBER.finditer(shown)}
    for match in found:
        number = match["number"]
        if number is None:
            yield match
        elif number[:-1].lstrip("0") not in ("", "1") and match.start() in behind:
            following = f"{int(number[:-1]) + 1}{number[-1]}"
            if last.get(following, -1) >= match.end():
                yield match


def _behind_text(shown: str) -> set[int]:
    """The ends of lines that have text, but no item, in them and above up to an empty line."""
    found: set[int] = set()
    end, item = -1, False
    for line in shown.split("\n"):
        end += len(line) + 1
        if not line.strip():
            item = False
            continue
        item = item or bool(_ITEM.match(line))
        if not item:
            found.add(end)
    return found


def _kind(match: re.Match[str]) -> str:
    return next(name for name in ("number", "bullet", "tight") if match[name])


def _paragraph_lines(subject: CheckedArticle) -> tuple[set[int], set[int]]:
    """The lines of running text, from 0; and those that are not the first of a paragraph."""
    maps = [token.map for token in tokens(subject) if token.type == "inline" and token.map]
    every = {line for start, end in maps for line in range(start, end)}
    return every, every - {start for start, _ in maps}


def _hit(subject: CheckedArticle, match: re.Match[str], offset: int) -> Hit:
    end = match.end() - 1
    span = (offset, end)
    old = subject.stored[offset:end]
    if match["number"]:
        newline = "\\n" if subject.context.escaped else "\n"
        fix = Fix(
            "put an empty line before it", "unsafe", (SpliceText("/answer", offset, "", newline),)
        )
        return Hit("/answer", "this is no list for GFM: it stands in a paragraph", fix, span)
    mark = "-" if match["bullet"] else old.strip()
    new = old[: len(old) - len(old.lstrip())] + mark + " "
    fix = Fix("write it as an item", "unsafe", (SpliceText("/answer", offset, old, new),))
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
