"""Documents and values as a hostile author would write them, with the data that they hold.

A document is written here line by line, together with its data and with the lines that belong to
each key; nothing of it comes from the engine. Every construct is one that YAML 1.2, YAML 1.1 and
js-yaml 3 read alike, so that all three can be asked afterwards whether they still do.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from qtauthor.text.pointer import join
from qtauthor.text.values import Value

Tokens: TypeAlias = tuple[str, ...]


class Lines(NamedTuple):
    """The offsets between which a key's lines stand, its head comment included."""

    start: int
    end: int


class Sample(NamedTuple):
    """A file, what it says, and where. ``places`` are the keys that can be edited."""

    text: str
    data: dict[Any, Any]
    places: dict[Tokens, Lines]
    mappings: tuple[Tokens, ...]

    @property
    def raw(self) -> bytes:
        return self.text.encode()


class Spelling(NamedTuple):
    """A value as written: what stands behind the colon, the lines below, and its meaning.

    Lines are given without their indentation; ``indent`` is how much deeper than the key they
    stand. A comment may stand behind the head if ``open_end`` is true.
    """

    head: str
    value: Any
    lines: tuple[str, ...] = ()
    indent: int = 0
    open_end: bool = True


HOSTILE = (
    "", " ", "No", "y", "on", "~", "null", "NULL", "=", "<<", "1.5", "1.", ".5", "1e3", "1e16",
    "-1.0", "2024-01-01", "2024-1-1", "2024-01-01T10:30:00Z", "12:30:45", "190:20:30", "0x1F",
    "0o17", "017", "0b101", "1_000", "_1", "+1", ".inf", "-.INF", ".NaN", "True", "a: b", "a:",
    ":a", "a:b", "a #b", "a#b", "#", "- a", "-", "--", "-a", "@a", "`a`", "%a", "%YAML 1.1", "&a",
    "*a", "!a", "!!str a", "|", ">", "|-", "'", "''", "'a'", '"', '"a"', "it's", "a\\n", "a\\", "\\",
    "?", "? a", "?a", "{", "}", "{{ x }}", "[", "]", "[a", "a]", "a, b", ",", "---", "...", "--- a",
    "----", "a\n---\nb", "\n---\n", "---\n", "a\n...\n", " lead", "trail ", "\tlead", "trail\t",
    "a\tb", "a\nb", "a\n", "a\n\n", "\na", "\n", "\n\n", "a\n\nb", "a\n b", "  a\nb", "a \nb", "a\n \nb",
    "a\r\nb", "a\rb", "\r", "a\x85b", "a\u2028b", "a\u2029b", "\ufeffa", "a\ufeffb", "a\x00b", "\x07",
    "\x0c", "\x1b[31m", "\x7f", "\x80", "\xa0", "\xad", "\u200b", "\ufffe", "\uffff", "école", "🥖",
    "👩‍👩‍👧", "\U0010ffff", "日本", "$\\neq$", "\\(x\\)", "a\n# b\nc: d", "# a\nb", "key: [", "a\n\tb",
)  # fmt: skip
"""Texts that some reader would take for something else if they were written carelessly."""

WORDS = (
    "a", "liver", "What is it?", "e.g. this", "it's", "a:b", "a#b", "-x", "?x", "x-", "http://a.b/c?d=e",
    "école", "🥖 bread", "日本", "50%", "a, b", "[sic", "x {y}", 'say "x"', "back\\slash", "a  b", "{{",
    "Yes or no", "v1.5.2", "3 apples", "tilde~", "1,000", "a | b", "a > b", "a & b", "a\u00a0b",
)  # fmt: skip
"""Texts for all readers, that can stand in any style but some of them not plain."""

_PLAIN = tuple(word for word in WORDS if word[0] not in "[{")
_TYPED: tuple[tuple[str, Any], ...] = (
    ("1", 1), ("-7", -7), ("191199", 191199), ("0", 0), ("0x1F", 31), ("1.5", 1.5), ("-1.0", -1.0),
    ("true", True), ("True", True), ("false", False), ("null", None), ("~", None), (".inf", float("inf")),
    ("2024-12-18", datetime.date(2024, 12, 18)), ("!!str 5", "5"), ('!!int "5"', 5),
    ("!!str", ""), ("&free 1", 1), ("&free x", "x"), ("[]", []), ("{}", {}), ("[1, a, [b], {c: d}]", [1, "a", ["b"], {"c": "d"}]),
    ("{a: 1, 'b': [x]}", {"a": 1, "b": ["x"]}), ("{a: {b: c}}", {"a": {"b": "c"}}), ("[ 'a, b' , ]", ["a, b"]),
    ("2024-12-18T10:30:00", datetime.datetime(2024, 12, 18, 10, 30)),
)  # fmt: skip
_KEYS = (
    "title", "seo", "id", "a", "b", "c", "key", "related_article1", "related_article2", "x y", "a:b",
    "école", "日本", "it's", "k#", "-k", "no_index", "a/b", "m~n", "x.y", "UPPER", "🥖", "a,b",
)  # fmt: skip
_ODD_KEYS: tuple[tuple[str, str, Any], ...] = (
    ("7", "7", 7), ("true", "true", True), ("null", "null", None), ("'8'", "8", "8"), ('"9"', "9", "9"),
    ("'yes'", "yes", "yes"), ('"a: b"', "a: b", "a: b"), ("'- c'", "- c", "- c"), ('"t\\tb"', "t\tb", "t\tb"),
    ("''", "", ""), ("'#'", "#", "#"), ('"\\u00e9"', "é", "é"),
)  # fmt: skip
_CONTENT = (
    "text", "# no comment", "key: value", "- item", "---", "...", "a 'quote'", 'a "quote"', "{{ x }}", "tab\tinside",
    "&a *b !c", "100%", "🥖", "trailing  ", "a\u00a0b", "? x", "@x", "back\\slash",
)  # fmt: skip
_COMMENTS = ("# why", "#", "#no blank", "# key: value", "# - x", "# 🥖 é", "# 'open", "#\ttab", "# --- x")


def texts() -> SearchStrategy[str]:
    """Any text that can be encoded, hostile ones first."""
    some = st.text("ab 1-:#'\"\\\n\t,[]{}&*!|>%@~é🥖\r\x85\u2028\ufeff\x00.", max_size=12)
    return st.one_of(
        st.sampled_from(HOSTILE),
        st.sampled_from(WORDS),
        some,
        st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=3).map("".join),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    )


def scalars() -> SearchStrategy[Value]:
    """Scalars of every type, within what JavaScript can hold."""
    safe = 2**53 - 1
    times = st.datetimes(datetime.datetime(100, 1, 1), datetime.datetime(9999, 12, 31))
    return st.one_of(
        texts(),
        st.integers(-safe, safe),
        st.sampled_from([0, -1, 1.0, -1.0, -0.0, 0.1, 1e16, 1e-7, 1e300, 5e-324, 2.0**60]),
        st.floats(),
        st.booleans(),
        st.none(),
        st.dates(datetime.date(100, 1, 1)),
        times.map(lambda time: time.replace(microsecond=time.microsecond // 1000 * 1000)),
    )


def values(leaves: int = 6) -> SearchStrategy[Value]:
    """Scalars, and lists and mappings of them."""
    names = st.one_of(texts(), st.sampled_from(_KEYS))

    def deeper(inner: SearchStrategy[Value]) -> SearchStrategy[Value]:
        return st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3)
        )  # fmt: skip

    return st.one_of(scalars(), st.recursive(scalars(), deeper, max_leaves=leaves))


@st.composite
def spellings(draw: DrawFn) -> Spelling:
    """A scalar in one of the five styles, or a small collection on one line."""
    kind = draw(st.sampled_from(_KINDS))
    return kind(draw)


def _typed(draw: DrawFn) -> Spelling:
    return Spelling(*draw(st.sampled_from(_TYPED)))


def _plain(draw: DrawFn) -> Spelling:
    text = draw(st.sampled_from(_PLAIN))
    return Spelling(text, text)


def _empty(draw: DrawFn) -> Spelling:
    return Spelling("", None)


def _single(draw: DrawFn) -> Spelling:
    text = draw(st.sampled_from((*WORDS, *(t for t in HOSTILE if t.isprintable()))))
    return Spelling("'" + text.replace("'", "''") + "'", text)


def _double(draw: DrawFn) -> Spelling:
    return draw(
        st.sampled_from(
            [
                Spelling('"a"', "a"),
                Spelling('"a\\nb"', "a\nb"),
                Spelling('"\\x41\\u00e9\\U0001F956"', "Aé🥖"),
                Spelling('"\\t\\"\\\\"', '\t"\\'),
                Spelling('"# no comment: x"', "# no comment: x"),
            ]
        )
    )


def _several(draw: DrawFn) -> Spelling:
    """A plain or quoted scalar on several lines, which fold to blanks."""
    mark = draw(st.sampled_from(["", "'", '"']))
    words = draw(st.lists(st.sampled_from(["one", "two", "three"]), min_size=2, max_size=3))
    lines = [mark + words[0], *words[1:-1], words[-1] + mark]
    value = " ".join(words)
    if draw(st.booleans()):
        lines.insert(1, "")
        value = value.replace(" ", "\n", 1)
    return Spelling(lines[0], value, tuple(lines[1:]), draw(st.integers(1, 5)), open_end=False)


def _next_line(draw: DrawFn) -> Spelling:
    """A value on the line below its key."""
    head, value = draw(st.sampled_from([("x y", "x y"), ("'q'", "q"), ("[1, 2]", [1, 2]), ("5", 5)]))
    return Spelling("", value, (head,), draw(st.integers(1, 5)))


def _literal(draw: DrawFn) -> Spelling:
    return _block(draw, "|")


def _folded(draw: DrawFn) -> Spelling:
    return _block(draw, ">")


def _block(draw: DrawFn, mark: str) -> Spelling:
    """A literal or folded block; folded ones keep an empty line for each line break."""
    lines = draw(st.lists(st.sampled_from(_CONTENT), min_size=1, max_size=3))
    if mark == "|" and draw(st.booleans()):
        lines.insert(draw(st.integers(0, len(lines))), "")
    indent = draw(st.integers(1, 6))
    lead, indicator = "", ""
    if draw(st.integers(0, 3)) == 0:
        indicator = str(indent)
        if mark == "|":
            lead = " " * draw(st.integers(0, 2))
    chomp = draw(st.sampled_from(["", "-", "+"]))
    blank = draw(st.integers(0, 2))
    value = ("\n" if mark == "|" else " ").join(lead + line if line else "" for line in lines)
    value = value.rstrip("\n")
    end = {"": "\n", "-": "", "+": "\n" * (1 + blank + _final_blanks(lines))}[chomp]
    header = mark + draw(st.sampled_from([indicator + chomp, chomp + indicator]))
    written = (*(lead + line if line else "" for line in lines), *[""] * blank)
    return Spelling(header, value + end, written, indent)


def _final_blanks(lines: list[str]) -> int:
    return next(i for i, line in enumerate(reversed(lines)) if line)


_KINDS: tuple[Callable[[DrawFn], Spelling], ...] = (
    _typed, _typed, _plain, _plain, _empty, _single, _double, _several, _next_line, _literal, _literal, _folded, _folded,
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
            return self.draw(st.sampled_from(_ODD_KEYS))
        name = self.draw(st.sampled_from(_KEYS))
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
            return self.sequence(begin, column)
        return self.scalar(begin, column)

    def behind(self) -> str:
        if not self.chance(5):
            return self.draw(st.sampled_from(["", "", "", " ", "  "]))
        return self.draw(st.sampled_from([" ", "  "])) + self.draw(st.sampled_from(_COMMENTS))

    def sequence(self, begin: str, column: int) -> tuple[Any, int]:
        """A list in block style, also in its key's own column."""
        self.line(begin + ":" + self.behind())
        margin = " " * (column + self.draw(st.sampled_from([0, 2, 4])))
        items = self.draw(st.sampled_from(_ITEMS))
        for item, _ in items:
            for part in item.split("\n"):
                self.line(margin + part)
        self.keeping = self.loose_end = False
        return [value for _, value in items], self.length

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


_ITEMS: tuple[tuple[tuple[str, Any], ...], ...] = (
    (("- a", "a"), ("- 1", 1)),
    (("-   wide", "wide"),),
    (("- k: v\n  l: w", {"k": "v", "l": "w"}), ("- - x\n  - y", ["x", "y"])),
    (("- |\n  text", "text\n"), ("-", None)),
    (("- # c\n  a", "a"), ("- [1]", [1])),
    (("-\n  k: v", {"k": "v"}),),
)

_SHARED = (
    ("shared: &base {m: 1, n: [x]}", {"shared": {"m": 1, "n": ["x"]}}),
    ("again: *base", {"again": {"m": 1, "n": ["x"]}}),
)


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
    body = draw(st.sampled_from(["", "\n", "\n\n&nbsp;", "\n\n&nbsp;\n", "\r\n---\r\nx", "\né 🥖\n---\n"]))
    writer.write(body)
    return Sample("".join(writer.parts), data, writer.places, tuple(writer.mappings))


class Request(NamedTuple):
    """One edit; ``value`` is a value, a name or a style as the operation needs it."""

    verb: str
    tokens: Tokens
    value: Any = None
    beside: tuple[str, str] | None = None

    @property
    def at(self) -> str:
        return join(self.tokens)


@st.composite
def requests(draw: DrawFn, sample: Sample) -> Request:
    """An edit that the engine has to make in ``sample``."""
    verb = draw(st.sampled_from(["set", "set", "set", "add", "insert", "remove", "rename"]))
    if verb in ("add", "insert"):
        parent = draw(st.sampled_from(sample.mappings))
        name = draw(free_names(sample, parent))
        siblings = [place[-1] for place in sample.places if place[:-1] == parent]
        side = (draw(st.sampled_from(["before", "after"])), draw(st.sampled_from(siblings)))
        return Request(
            verb, (*parent, name), draw(values()), side if verb == "insert" else None
        )  # fmt: skip
    tokens = draw(st.sampled_from(sorted(sample.places)))
    if verb == "rename":
        return Request(verb, tokens, draw(free_names(sample, tokens[:-1])))
    return Request(verb, tokens, draw(values()) if verb == "set" else None)


def free_names(sample: Sample, parent: Tokens) -> SearchStrategy[str]:
    """Names that no key of a mapping has."""
    taken = {place[-1] for place in sample.places if place[:-1] == parent}
    taken |= {"shared", "again", "end"}
    names = st.one_of(st.sampled_from(["new", "neu é", "related_article3", "8", "no"]), texts())
    return names.filter(lambda name: name not in taken)
