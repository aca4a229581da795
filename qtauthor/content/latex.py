"""LaTeX commands that begin with n, and where in a text math and code stand.

The site turns every backslash-n of an answer into a newline, so these commands cannot be
stored. The table says what to write instead. KaTeX 0.19 renders each entry without error, and
most of them exactly as the command; where it has no such glyph (slanted, short and doubled forms)
the entry is the nearest symbol, and for ``\\not`` the one character in place of an overlay.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

# "" means that the command is dropped; None that nothing equivalent is known.
REPLACEMENTS: dict[str, str | None] = {
    "nLeftarrow": "⇍",
    "nLeftrightarrow": "⇎",
    "nRightarrow": "⇏",
    "nVDash": "⊯",
    "nVdash": "⊮",
    "nabla": "∇",
    "natnums": "\\N",
    "natural": "♮",
    "ncong": "≆",
    "ne": "≠",
    "nearrow": "↗",
    "neg": "¬",
    "negmedspace": "\\mskip{-4mu}",
    "negthickspace": "\\mskip{-5mu}",
    "negthinspace": "\\!",
    "neq": "≠",
    "newcommand": "\\providecommand",
    "newenvironment": None,
    "newline": "\\\\",
    "nexists": "∄",
    "ngeq": "≱",
    "ngeqq": "≱",
    "ngeqslant": "≱",
    "ngtr": "≯",
    "ni": "∋",
    "nleftarrow": "↚",
    "nleftrightarrow": "↮",
    "nleq": "≰",
    "nleqq": "≰",
    "nleqslant": "≰",
    "nless": "≮",
    "nmid": "∤",
    "nobreak": "",
    "nobreakspace": "~",
    "noexpand": None,
    "nolimits": None,
    "nonumber": "",
    "normalsize": "",
    "not": None,
    "notag": "",
    "notin": "∉",
    "notni": "∌",
    "nparallel": "∦",
    "nprec": "⊀",
    "npreceq": "⋠",
    "nrightarrow": "↛",
    "nshortmid": "∤",
    "nshortparallel": "∦",
    "nsim": "≁",
    "nsubseteq": "⊈",
    "nsubseteqq": "⊈",
    "nsucc": "⊁",
    "nsucceq": "⋡",
    "nsupseteq": "⊉",
    "nsupseteqq": "⊉",
    "ntriangleleft": "⋪",
    "ntrianglelefteq": "⋬",
    "ntriangleright": "⋫",
    "ntrianglerighteq": "⋭",
    "nu": "ν",
    "nvDash": "⊭",
    "nvdash": "⊬",
    "nwarrow": "↖",
}

# What \not strikes through, and the one character for both.
NEGATIONS = {
    "<": "≮",
    "=": "≠",
    ">": "≯",
    "|": "∤",
    "\\Rightarrow": "⇏",
    "\\approx": "≉",
    "\\cong": "≇",
    "\\equiv": "≢",
    "\\exists": "∄",
    "\\ge": "≱",
    "\\geq": "≱",
    "\\iff": "⇎",
    "\\implies": "⇏",
    "\\in": "∉",
    "\\le": "≰",
    "\\leftrightarrow": "↮",
    "\\leq": "≰",
    "\\mid": "∤",
    "\\models": "⊭",
    "\\owns": "∌",
    "\\parallel": "∦",
    "\\prec": "⊀",
    "\\rightarrow": "↛",
    "\\sim": "≁",
    "\\simeq": "≄",
    "\\subset": "⊄",
    "\\subseteq": "⊈",
    "\\succ": "⊁",
    "\\supset": "⊅",
    "\\supseteq": "⊉",
    "\\to": "↛",
    "\\vdash": "⊬",
}

# The operand of \not belongs to it, unless it begins with n and so is a command of its own here.
COMMAND = re.compile(r"\\not[ \t]*(?:[<=>|]|\\(?!n)[A-Za-z]+)|\\n[A-Za-z]*")


def replacement(command: str) -> str | None:
    """What renders as ``command`` (``\\neq``, ``\\not\\in``, …) does; None if that is not known."""
    if command.startswith("\\not"):
        operand = command[4:].strip()
        if operand in NEGATIONS:
            return NEGATIONS[operand]
    return REPLACEMENTS.get(command[1:])


class Region(NamedTuple):
    """Math or code from ``start`` to ``end`` (code-point offsets), delimiters included."""

    kind: Literal["inline", "display", "code"]
    start: int
    end: int


# A blank line ends a paragraph, and with it whatever is inline. A closing fence has no info string.
_TOKEN = re.compile(
    r"(?P<bare>(?:^|(?<=\n))[ \t]*(?:`{3,}|~{3,})(?=[ \t]*(?:\n|\Z)))"
    r"|(?P<fence>(?:^|(?<=\n))[ \t]*(?:`{3,}(?=[^\n`]*(?:\n|\Z))|~{3,}))"
    r"|(?P<delimiter>`+|\$+|\\[()\[\]])"
    r"|(?P<escape>\\[^\nn])"
    r"|(?P<blank>\n[ \t]*(?=\n))"
)
_CLOSERS = {"\\(": "\\)", "\\[": "\\]"}


def regions(text: str) -> list[Region]:
    """Math and code in Markdown, in order, in one pass.

    Math is remark-math's ``$…$`` and ``$$…$$``, and also ``\\(…\\)`` and ``\\[…\\]``: the site does
    not render those, but their authors meant math. What is not closed in its paragraph is none;
    an unclosed fence or ``$$`` goes on to the end.
    """
    found: list[Region] = []
    opener, start, position = "", 0, 0
    while token := _TOKEN.search(text, position):
        position = token.end()
        mark = token[0].strip(" \t")
        if opener.startswith(("`", "~")) and token.lastgroup == "escape":
            position = token.start() + 1  # code knows no escapes
        elif opener and _closes(opener, mark, token):
            found.append(Region(_kind(opener), start, token.end()))
            opener = ""
        elif opener and token.lastgroup == "blank" and not _is_block(opener):
            opener = ""
        elif not opener and _opens(mark, token):
            opener, start = mark, token.start()
    if _is_block(opener):
        found.append(Region(_kind(opener), start, len(text)))
    return found


def _opens(mark: str, token: re.Match[str]) -> bool:
    return token.lastgroup not in ("escape", "blank") and mark not in _CLOSERS.values()


def _closes(opener: str, mark: str, token: re.Match[str]) -> bool:
    if opener.startswith(("```", "~~~")):
        return token.lastgroup == "bare" and mark.startswith(opener)
    return mark == _CLOSERS.get(opener, opener)


def _is_block(opener: str) -> bool:
    return opener == "$$" or opener.startswith(("```", "~~~"))


def _kind(opener: str) -> Literal["inline", "display", "code"]:
    if opener[0] in "`~":
        return "code"
    return "display" if opener in ("$$", "\\[") else "inline"
