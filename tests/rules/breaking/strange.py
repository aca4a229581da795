"""Ways to break an article that repair does not know: mostly it must leave the file alone."""

from __future__ import annotations

import re
from random import Random

from tests.rules.breaking.ways import Break, escapes_read, line_break


def _deleted(rng: Random, text: str) -> str | None:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    del lines[at : at + rng.choice([1, 1, 1, 2, 3])]
    return "\n".join(lines)


def _doubled(rng: Random, text: str) -> str | None:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    to = rng.choice([at, at, rng.randrange(len(lines))])
    lines.insert(to, lines[at])
    return "\n".join(lines)


def _swapped(rng: Random, text: str) -> str | None:
    lines = text.split("\n")
    at = rng.randrange(len(lines) - 1)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return "\n".join(lines)


def _pasted(pieces: list[str]) -> Break:
    def broken(rng: Random, text: str) -> str | None:
        lines = text.split("\n")
        lines.insert(rng.randrange(1, len(lines)), rng.choice(pieces))
        return "\n".join(lines)

    return broken


def _nested(rng: Random, text: str) -> str | None:
    lines = text.split("\n")
    at = rng.randrange(1, len(lines))
    stop = at + rng.choice([1, 1, 2, 4])
    by = rng.choice([-8, -4, -2, -1, 1, 2, 4])
    for n in range(at, min(stop, len(lines))):
        lines[n] = " " * by + lines[n] if by > 0 else re.sub(f"^ {{1,{-by}}}", "", lines[n])
    return "\n".join(lines)


def _sign(rng: Random, text: str) -> str | None:
    at = rng.randrange(len(text))
    end = at + rng.choice([0, 0, 1, 1, 2, 5])
    return (
        text[:at]
        + rng.choice(["", "", ":", '"', "'", "\n", ": ", " #", "\t", "-", " ", ">"])
        + text[end:]
    )


def _mojibake(rng: Random, text: str) -> str | None:
    accented = text.replace("e", "é", 1) if text.isascii() else text
    front, fence, body = accented.partition("\n---\n")
    new = front.encode().decode("latin-1") + fence + body
    return None if text.isascii() else new.replace("\x80", "")


def _joined(rng: Random, text: str) -> str | None:
    lines = text.split("\n")
    at = rng.randrange(1, len(lines) - 1)
    lines[at : at + 2] = [lines[at] + rng.choice(["", " "]) + lines[at + 1].lstrip()]
    return "\n".join(lines)


def _moved_line(rng: Random, text: str) -> str | None:
    lines = text.split("\n")
    line = lines.pop(rng.randrange(len(lines)))
    lines.insert(rng.randrange(len(lines)), line)
    return "\n".join(lines)


_BODY_TEXT = [
    "Bread goes stale because its starch crystallises.",
    "  Bread goes stale because its starch crystallises, and",
    "    More of the answer stands here.",
    "# A heading",
    "## Steps: how to begin",
    "author of the text: nobody",
    "score 5",
    "Title What is this",
    "1. Warm the bread: gently.",
    "- a list",
    "> a quotation",
    "no_index",
]

STRANGE: dict[str, Break] = {
    "truncated": lambda rng, text: text[: rng.randrange(len(text))],
    "lines deleted": _deleted,
    "line twice": _doubled,
    "lines swapped": _swapped,
    "line moved": _moved_line,
    "lines joined": _joined,
    "two documents": lambda _, text: text + "\n" + text,
    "two front matters": lambda _, text: text.replace("\n---\n", "\n---\n---\ntitle: x\n---\n", 1),
    "text pasted": _pasted(_BODY_TEXT),
    "HTML pasted": _pasted(["<p>Why: because</p>", "<br>", "  <b>bold</b>", "    <i>x</i>"]),
    "fence pasted": _pasted(["---", "...", "----", "    ---", "***"]),
    "keys pasted": _pasted(
        ["title: another", "colour: red", "score: 7", "seo:", "  title: x", "no_index: True"]
    ),
    "wrong nesting": _nested,
    "some sign": _sign,
    "wrong encoding": _mojibake,
    "all escapes read": escapes_read(
        {"\\f": "\f", "\\b": "\b", "\\n": "\n", "\\t": "\t", "\\v": "\v"}
    ),
    "carriage returns alone": lambda _, text: text.replace("\n", "\r"),
    "merge conflict": _pasted(["<<<<<<< HEAD", "=======", ">>>>>>> main"]),
    "typographic quotes": lambda _, text: text.replace(': "', ": “") if ': "' in text else None,
    "key misspelled": line_break(lambda _, line: line.replace("t", "", 1), r" *[a-z_]*t[a-z_]*:"),
    "all quotes lost": lambda _, text: re.sub(r"(?m): (['\"])(.*)\1$", r": \2", text),
}
