"""Documents and values as a hostile author would write them, with the data that they hold.

A document is written here line by line, together with its data and with the lines that belong to
each key; nothing of it comes from the engine. Every construct is one that YAML 1.2, YAML 1.1 and
js-yaml 3 read alike, so that all three can be asked afterwards whether they still do.
"""

from __future__ import annotations

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


class Sample(NamedTuple):
    """A file, what it says, and where.

    ``places`` are the keys and items that can be edited, ``lists`` the lists with their lengths,
    and ``within`` the places that share their lines with a collection in brackets.
    """

    text: str
    data: dict[Any, Any]
    places: dict[Tokens, Lines]
    mappings: tuple[Tokens, ...]
    lists: dict[Tokens, int]
    within: frozenset[Tokens]

    @property
    def raw(self) -> bytes:
        return self.text.encode()


_ODDNAMES: tuple[tuple[str, str, Any], ...] = (
    ("7", "7", 7), ("true", "true", True), ("null", "null", None), ("'8'", "8", "8"),
    ('"9"', "9", "9"), ("'yes'", "yes", "yes"), ('"a: b"', "a: b", "a: b"),
    ("'- c'", "- c", "- c"), ('"t\\tb"', "t\tb", "t\tb"), ("''", "", ""), ("'#'", "#", "#"),
    ('"\\u00e9"', "é", "é"),
)  # fmt: skip


_COMMENTS = (
    "# why", "#", "#no blank", "# key: value", "# - x", "# 🥖 é", "# 'open", "#\ttab", "# --- x",
)  # fmt: skip


class _Writer:
    """Writes a front matter and keeps count of what stands where."""

    def __init__(self, draw: DrawFn, breaks: tuple[str, ...]) -> None:
        self.draw = draw
        self.breaks = st.sampled_from(breaks)
        self.parts: list[str] = []
        self.length = 0
        self.places: dict[Tokens, Lines] = {}
        self.mappings: list[Tokens] = [()]
        self.lists: dict[Tokens, int] = {}
        self.within: set[Tokens] = set()
        self.keeping = False
        self.loose_end = False

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def line(self, text: str, newline: str | None = None) -> None:
        text = text.replace("&free", f"&free{self.length}")  # an anchor's name stands once
        self.write(text + (newline or self.draw(self.breaks)))

    def chance(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == one_in

    def comment(self, column: int) -> None:
        self.line(" " * column + self.draw(st.sampled_from(_COMMENTS)))

    def mapping(self, tokens: Tokens, column: int, depth: int, most: int = 5) -> dict[Any, Any]:
        """Entries in ``column``; returns what they say."""
        data: dict[Any, Any] = {}
        taken: set[str] = set()
        end = self.length
        for number in range(self.draw(st.integers(1, most))):
            written, name, key = self.key()
            if name in taken:
                continue
            taken.add(name)
            if self.chance(5):
                self.stray(column, deep=number == 0)
            start = self.length
            if self.chance(5):
                self.comment(column)
            data[key], end = self.entry((*tokens, name), column, written, depth)
            self.places[*tokens, name] = Lines(start, end)
        self.end = end
        return data

    def stray(self, column: int, *, deep: bool) -> None:
        """Blank lines and a comment that belongs to nobody; never more deeply than a block."""
        if deep and self.chance(2):
            self.comment(column + 1)
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
        margin = " " * column
        if self.chance(12):
            self.line(f"{margin}? {key}")
            begin = margin
        elif self.chance(12):
            begin = f"{margin}{key} "
        else:
            begin = margin + key
        shape = self.draw(st.integers(0, 9))
        if shape <= 2 and depth:
            self.line(begin + ":" + self.behind())
            if self.chance(6):
                self.stray(column, deep=True)
            inner = column + self.draw(st.sampled_from([1, 2, 2, 4, 4, 3, 7]))
            self.mappings.append(tokens)
            return self.mapping(tokens, inner, depth - 1, 3), self.end
        if shape == 3:
            return self.sequence(tokens, begin, column)
        if shape == 4:
            return self.flow(tokens, begin, column)
        return self.scalar(begin, column)

    def behind(self) -> str:
        if not self.chance(5):
            return self.draw(st.sampled_from(["", "", "", " ", "  "]))
        return self.draw(st.sampled_from([" ", "  "])) + self.draw(st.sampled_from(_COMMENTS))

    def sequence(self, tokens: Tokens, begin: str, column: int) -> tuple[Any, int]:
        """A list in block style, also in its key's own column, with items to edit."""
        self.line(begin + ":" + self.behind())
        column += self.draw(st.sampled_from([0, 2, 4]))
        gap = self.draw(st.sampled_from([1, 1, 1, 3]))
        drawn = [self.draw(st.sampled_from(_ITEMS)) for _ in range(self.draw(st.integers(1, 3)))]
        self.lists[tokens] = len(drawn)
        for number, (written, _) in enumerate(drawn):
            start = self.length
            if self.chance(6):
                self.comment(column)
            first, *rest = written.split("\n")
            behind = self.behind() if first and first[0] not in "|>-#" and not rest else ""
            self.line(f"{' ' * column}-{' ' * gap if first else ''}{first}{behind}")
            for part in rest:
                self.line(" " * (column + 1 + gap) + part)
            self.places[*tokens, str(number)] = Lines(start, self.length)
        self.keeping = self.loose_end = False
        return [value for _, value in drawn], self.length

    def flow(self, tokens: Tokens, begin: str, column: int) -> tuple[Any, int]:
        """A list or mapping in brackets, on one line or with a line for each member."""
        is_list = self.chance(2)
        drawn = [self.draw(st.sampled_from(_MEMBERS)) for _ in range(self.draw(st.integers(1, 3)))]
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
        self.loose_end = keep and spelling.value.endswith("\n\n")
        for part in spelling.lines:
            self.line(margin + part if part else "")
            if part or keep:
                end = self.length
        return spelling.value, end


_ITEMS: tuple[tuple[str, Any], ...] = (
    ("a", "a"), ("'b c'", "b c"), ("1", 1), ("k: v\nl: w", {"k": "v", "l": "w"}),
    ("- x\n- y", ["x", "y"]), ("|\n  text", "text\n"), ("", None), ("# c\na", "a"), ("[1]", [1]),
    ("\nk: v", {"k": "v"}), ("{k: v}", {"k": "v"}), ("one\ntwo", "one two"), ("&free x", "x"),
)  # fmt: skip
"""Items of a list as they are written behind the dash, and what they say."""

_MEMBERS: tuple[tuple[str, Any], ...] = (
    ("a", "a"), ("'b, c'", "b, c"), ('"d"', "d"), ("1", 1), ("[x, 'y']", ["x", "y"]),
    ("{k: v}", {"k": "v"}), ("&free x", "x"), ("[]", []), ("null", None),
    ("two words", "two words"),
)  # fmt: skip
"""Members of a collection in brackets, and what they say."""

_SHARED = (
    ("shared: &base {m: 1, n: [x]}", {"shared": {"m": 1, "n": ["x"]}}),
    ("again: *base", {"again": {"m": 1, "n": ["x"]}}),
)


LAID = {"shared", "again", "end"}
"""Keys that lie about: bystanders that no request names."""


_BODIES = ("", "\n", "\n\n&nbsp;", "\n\n&nbsp;\n", "\r\n---\r\nx", "\né 🥖\n---\n")


@st.composite
def samples(draw: DrawFn, *, breaks: tuple[str, ...] | None = None, depth: int = 3) -> Sample:
    """A whole file: fences, front matter and body."""
    usual = st.sampled_from([("\n",), ("\n",), ("\r\n",), ("\n", "\r\n")])
    chosen = breaks or draw(usual)
    writer = _Writer(draw, chosen)
    feed = chosen[0]
    writer.write("\ufeff" if writer.chance(8) else "")
    writer.line("---" + draw(st.sampled_from(["", "", "", " ", "\t"])), feed)
    data: dict[Any, Any] = {}
    if writer.chance(6):
        writer.stray(0, deep=False)
    if writer.chance(8):
        for line, said in _SHARED:
            writer.line(line)
            data |= said
    data |= writer.mapping((), 0, depth)
    if writer.loose_end:  # gray-matter drops the last line break before the fence
        writer.line("end: 1")
        data["end"] = 1
    if writer.chance(5):
        writer.comment(0)
    if not writer.parts[-1].endswith("\n"):
        writer.line("", feed)
    writer.write("---" + draw(st.sampled_from(["", "", " ", " \t"])))
    body = draw(
        st.sampled_from(["", "\n", "\n\n&nbsp;", "\n\n&nbsp;\n", "\r\n---\r\nx", "\né 🥖\n---\n"])
    )
    writer.write(body)
    return Sample(
        "".join(writer.parts),
        data,
        writer.places,
        tuple(writer.mappings),
        writer.lists,
        frozenset(writer.within),
    )
