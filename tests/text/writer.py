"""Writes front matters line by line, together with what they say; nothing of it is the engine's.

Every construct is one that YAML 1.2, YAML 1.1 and js-yaml 3 read alike, so that all three can be
asked after an edit whether they still do.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.text.hostile import NAMES
from tests.text.spellings import spellings

Tokens: TypeAlias = tuple[str, ...]


class Lines(NamedTuple):
    """The offsets between which a key's lines stand, its head comment included."""

    start: int
    end: int


_ODDNAMES: tuple[tuple[str, str, Any], ...] = (
    ("7", "7", 7), ("true", "true", True), ("null", "null", None), ("'8'", "8", "8"),
    ("~", "null", None), ("Null", "null", None), ("True", "true", True), ("FALSE", "false", False),
    ("0x10", "16", 16), ("2.0", "2", 2.0), ("-3", "-3", -3), ("'null'", "null", "null"),
    ("'~'", "~", "~"), ("'<<'", "<<", "<<"), ("'2.0'", "2.0", "2.0"), (".5", "0.5", 0.5),
    ('"9"', "9", "9"), ("'yes'", "yes", "yes"), ('"a: b"', "a: b", "a: b"),
    ("'- c'", "- c", "- c"), ('"t\\tb"', "t\tb", "t\tb"), ("''", "", ""), ("'#'", "#", "#"),
    ('"\\u00e9"', "é", "é"),
)  # fmt: skip


_COMMENTS = (
    "# why", "#", "#no blank", "# key: value", "# - x", "# 🥖 é", "# 'open", "#\ttab", "# --- x",
)  # fmt: skip


class Writer:
    """Writes a front matter and keeps count of what stands where."""

    def __init__(self, draw: DrawFn, breaks: tuple[str, ...]) -> None:
        self.draw = draw
        self.breaks = st.sampled_from(breaks)
        self.parts: list[str] = []
        self.length = 0
        self.anchors = 0
        self.places: dict[Tokens, Lines] = {}
        self.mappings: list[Tokens] = [()]
        self.lists: dict[Tokens, int] = {}
        self.within: set[Tokens] = set()
        self.anchored_keys: set[Tokens] = set()
        self.keeping = False
        self.loose_end = False
        self.in_block = False
        self.prefix = ""
        self.bare = -1

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def line(self, text: str, newline: str | None = None) -> None:
        """A line; a dash that waits for it takes the place of its margin."""
        if self.prefix:
            text = (self.prefix + text[len(self.prefix) :]) if text else self.prefix.rstrip(" ")
            self.prefix = ""
        self.write(_FREE.sub(self.anchored, text) + (newline or self.draw(self.breaks)))

    def anchored(self, _: re.Match[str]) -> str:
        """An anchor's name stands once."""
        self.anchors += 1
        return f"&free{self.anchors}"

    def chance(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == one_in

    def comment(self, column: int) -> None:
        self.line(" " * column + self.draw(st.sampled_from(_COMMENTS)))

    def mapping(self, tokens: Tokens, column: int, depth: int, most: int = 5) -> dict[Any, Any]:
        """Entries in ``column``; returns what they say."""
        data: dict[Any, Any] = {}
        taken: set[str] = set()
        end = self.length
        for _ in range(self.draw(st.integers(1, most))):
            written, name, key = self.key()
            if name in taken:
                continue
            taken.add(name)
            if self.chance(5):
                self.stray(column, deep=not self.in_block)
            start = self.length
            if self.chance(5):
                self.comment(column)
            self.in_block = False
            if data and self.chance(15):  # the site takes it for the mapping's before the first key
                written = f"&free {written}"
                self.anchored_keys.add((*tokens, name))
            data[key], end = self.entry((*tokens, name), column, written, depth)
            self.places[*tokens, name] = Lines(start, end)
        self.end = end
        return data

    def stray(self, column: int, *, deep: bool) -> None:
        """Blank lines and a comment that belongs to nobody; never more deeply than a block."""
        if deep and self.chance(2):
            self.comment(column + self.draw(st.integers(1, 3)))
        elif self.keeping or self.chance(2):
            self.comment(column)
        self.keeping = False
        self.line("" if self.chance(2) else " " * self.draw(st.integers(0, column)))

    def key(self) -> tuple[str, str, Any]:
        """A key as written, as pointers name it, and as readers read it."""
        if self.chance(5):
            odd: tuple[str, str, Any] = self.draw(st.sampled_from(_ODDNAMES))
            return odd
        name: str = self.draw(st.sampled_from(NAMES))
        return name, name, name

    def entry(self, tokens: Tokens, column: int, key: str, depth: int) -> tuple[Any, int]:
        """One pair; returns its value and the offset at which its lines end."""
        margin, self.bare = " " * column, -1
        if self.chance(12):
            self.line(f"{margin}? {key}")
            begin = margin
        elif self.chance(12):
            begin = f"{margin}{key} "
        else:
            begin = margin + key
        shape = self.draw(st.integers(0, 9))
        if shape <= 2 and depth:
            self.line(begin + ":" + self.named() + self.behind())
            if self.chance(6):
                self.stray(column, deep=True)
            inner = column + self.draw(st.sampled_from([1, 2, 2, 4, 4, 3, 7]))
            self.mappings.append(tokens)
            return self.mapping(tokens, inner, depth - 1, 3), self.end
        if shape == 3:
            self.line(begin + ":" + self.named() + self.behind())
            column += self.draw(st.sampled_from([0, 2, 4]))
            return self.sequence(tokens, column, depth), self.end
        if shape == 4:
            return self.flow(tokens, begin, column)
        return self.scalar(begin, column)

    def behind(self) -> str:
        if not self.chance(5):
            return self.draw(st.sampled_from(["", "", "", " ", "  "]))
        return self.draw(st.sampled_from([" ", "  "])) + self.draw(st.sampled_from(_COMMENTS))

    def named(self) -> str:
        """An anchor before a collection, now and then."""
        return " &free" if self.chance(8) else ""

    def sequence(self, tokens: Tokens, column: int, depth: int) -> list[Any]:
        """A list in block style with items to edit, each with a gap of its own."""
        data: list[Any] = []
        even = self.draw(st.sampled_from([1, 1, 1, 3, 0]))
        for number in range(self.draw(st.integers(1, 3))):
            if self.bare > column:  # js-yaml takes what follows for items of the inner list
                break
            if number and self.chance(8):
                self.stray(column, deep=not self.in_block)
            start = self.length
            if self.chance(6):
                self.comment(column)
            gap = even or self.draw(st.sampled_from([1, 1, 2, 4]))
            self.keeping = self.loose_end = self.in_block = False
            data.append(self.item((*tokens, str(number)), column, gap, depth))
            self.places[*tokens, str(number)] = Lines(start, self.end)
        self.lists[tokens] = len(data)
        return data

    def item(self, tokens: Tokens, column: int, gap: int, depth: int) -> Any:
        """One item and its dash, behind which a collection may begin."""
        inner = column + 1 + gap
        shape = self.draw(st.integers(0, 7)) if depth else 7
        if shape < 2:
            self.prefix = (self.prefix or " " * column) + "-" + " " * gap
            if not shape:
                return self.sequence(tokens, inner, depth - 1)
            self.mappings.append(tokens)
            return self.mapping(tokens, inner, depth - 1, 3)
        written, value = self.draw(st.sampled_from(_ITEMS))
        first, *rest = written.split("\n")
        behind = self.behind() if first and first[0] not in "|>-#" and not rest else ""
        if not first:
            behind = self.draw(st.sampled_from(["", "", " ", " # why"]))
        self.line(f"{' ' * column}-{' ' * gap if first else ''}{first}{behind}")
        for part in rest:
            self.line(" " * inner + part if part else "")
        self.in_block = bool(rest)
        self.bare = column if written in ("", "# c\n", "\n# c") else -1
        self.bare = inner if written.endswith("-\n") else self.bare
        self.end = self.length
        return value

    def flow(self, tokens: Tokens, begin: str, column: int) -> tuple[Any, int]:
        """A list or mapping in brackets, on one line or with a line for each member."""
        is_list = self.chance(2)
        choice = st.sampled_from(_MEMBERS if is_list else (*_MEMBERS, _NOTHING, _NOTHING))
        drawn = [self.draw(choice) for _ in range(self.draw(st.integers(1, 3)))]
        names = self.draw(st.permutations(["k", "'l'", "m n"]))
        parts = [
            part if is_list else f"{name}: {part}"
            for name, (part, _) in zip(names, drawn, strict=False)
        ]
        tokens_of = [str(n) if is_list else names[n].strip("'") for n in range(len(drawn))]
        left, right = "[]" if is_list else "{}"
        start = self.length
        if self.chance(3):
            self.broken_flow(
                f"{begin}: {left}", parts, " " * (column + 2), " " * column + " " + right
            )
        else:
            blank = self.draw(st.sampled_from(["", " "]))
            end = self.draw(st.sampled_from(["", ",", " ,"]))
            comma = self.draw(st.sampled_from([",", ", ", " ,  "]))
            self.line(
                f"{begin}: {left}{blank}{comma.join(parts)}{end}{blank}{right}{self.behind()}"
            )
        for token in tokens_of:
            self.places[*tokens, token] = Lines(start, self.length)
            self.within.add((*tokens, token))
        self.keeping = self.loose_end = False
        if is_list:
            self.lists[tokens] = len(drawn)
            return [value for _, value in drawn], self.length
        self.mappings.append(tokens)
        return dict(zip(tokens_of, (value for _, value in drawn), strict=True)), self.length

    def broken_flow(self, begin: str, parts: list[str], margin: str, right: str) -> None:
        """Members on lines of their own, with commas behind them or before them."""
        if self.chance(3):
            self.line(begin + margin[:1] + parts[0])
            for part in parts[1:]:
                self.line(f"{margin}, {part}{self.behind()}")
            self.line(right)
            return
        self.line(begin + self.behind())
        last = self.draw(st.sampled_from(["", ","]))
        for number, part in enumerate(parts):
            if self.chance(5):
                self.line(margin + "# about it")
            comma = "," if number + 1 < len(parts) else last
            self.line(margin + part + comma + self.behind())
        if self.chance(5):
            self.line(margin + "# foot")
        self.line(right)

    def scalar(self, begin: str, column: int) -> tuple[Any, int]:
        spelling = self.draw(spellings())
        gap = self.draw(st.sampled_from([" ", " ", " ", "  "])) if spelling.head else ""
        behind = self.behind() if spelling.open_end else ""
        if spelling.lines and not spelling.head and "#" in behind:
            behind = ""
        self.line(f"{begin}:{gap}{spelling.head}{behind}")
        margin = " " * (column + spelling.indent)
        end = self.length
        keep = "+" in spelling.head[:3] and spelling.head[:1] in ("|", ">")
        self.keeping = keep
        self.in_block = bool(spelling.lines)
        self.loose_end = keep and spelling.value.endswith("\n\n")
        for part in spelling.lines:
            self.line(margin + part if part else "")
            if part or keep:
                end = self.length
        return spelling.value, end


_FREE = re.compile(r"&free\b")

_ITEMS: tuple[tuple[str, Any], ...] = (
    ("a", "a"), ("'b c'", "b c"), ("1", 1), ("k: v\nl: w", {"k": "v", "l": "w"}),
    ("- x\n- y", ["x", "y"]), ("|\n  text", "text\n"), ("", None), ("# c\na", "a"), ("[1]", [1]),
    ("\nk: v", {"k": "v"}), ("{k: v}", {"k": "v"}), ("one\ntwo", "one two"), ("&free x", "x"),
    ("k:\nl: w", {"k": None, "l": "w"}), ("-\n-   x", [None, "x"]), ("-   x\n- y", ["x", "y"]),
    ("# c\n# d\n- x", ["x"]), (">-\n  a\n  b", "a b"), ("&free\nk: v", {"k": "v"}),
    ("k: |\n    text\nl: w", {"k": "text\n", "l": "w"}), ("? k\n: v", {"k": "v"}), ("!!str 5", "5"),
    ("{k, l: }", {"k": None, "l": None}), ("[x, y: z]", ["x", {"y": "z"}]), ("'a\n\n b'", "a\nb"),
    ("k:\n- x\n-\n", {"k": ["x", None]}), ("&free", None), ("# c\n", None), ("\n# c", None),
)  # fmt: skip
"""Items of a list as they are written behind the dash, and what they say."""

_MEMBERS: tuple[tuple[str, Any], ...] = (
    ("a", "a"), ("'b, c'", "b, c"), ('"d"', "d"), ("1", 1), ("[x, 'y']", ["x", "y"]),
    ("{k: v}", {"k": "v"}), ("&free x", "x"), ("[]", []), ("null", None),
    ("two words", "two words"), ("{k: , l}", {"k": None, "l": None}), ('{"k":v}', {"k": "v"}),
    ("[x, y: z]", ["x", {"y": "z"}]), ("&free [x]", ["x"]), ("!!str 5", "5"),
)  # fmt: skip
"""Members of a collection in brackets, and what they say."""

_NOTHING = ("", None)
"""A value that is not there, which only a pair can have."""
