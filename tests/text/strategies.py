"""Documents as a hostile author would write them, with the data that they hold."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.text.writer import Lines, Tokens, Writer


class Sample(NamedTuple):
    """A file, what it says, and where.

    ``places`` are the keys and items that can be edited, ``lists`` the lists with their lengths,
    ``within`` the places that share their lines with a collection in brackets, and
    ``anchored_keys`` those whose keys have an anchor.
    """

    text: str
    data: dict[Any, Any]
    places: dict[Tokens, Lines]
    mappings: tuple[Tokens, ...]
    lists: dict[Tokens, int]
    within: frozenset[Tokens]
    anchored_keys: frozenset[Tokens]

    @property
    def raw(self) -> bytes:
        return self.text.encode()


_SHARED = (
    ("shared: &base {m: 1, n: [x]}", {"shared": {"m": 1, "n": ["x"]}}),
    ("again: *base", {"again": {"m": 1, "n": ["x"]}}),
    ("merged: {<<: *base, z: 1}", {"merged": {"m": 1, "n": ["x"], "z": 1}}),
    ("below:\n  m: 2\n  <<: [*base]", {"below": {"m": 2, "n": ["x"]}}),
    ("word: &word shown", {"word": "shown"}),
    ("*word : 1", {"shown": 1}),
)


LAID = {"shared", "again", "merged", "below", "word", "shown", "end"}
"""Keys that lie about: bystanders that no request names."""


_ANCHORS_MEET = re.compile(r"&free\d+(?:\s|#[^\n]*\n)+&free")
"""An anchor on nothing before an anchored key: YAML 1.2 has it, the site's reader does not."""

_BODIES = ("", "\n", "\n\n&nbsp;", "\n\n&nbsp;\n", "\r\n---\r\nx", "\né 🥖\n---\n")


@st.composite
def samples(draw: DrawFn, *, breaks: tuple[str, ...] | None = None, depth: int = 3) -> Sample:
    """A whole file: fences, front matter and body."""
    usual = st.sampled_from([("\n",), ("\n",), ("\r\n",), ("\n", "\r\n")])
    chosen = breaks or draw(usual)
    writer = Writer(draw, chosen)
    feed = chosen[0]
    writer.write("\ufeff" if writer.chance(8) else "")
    writer.line("---" + draw(st.sampled_from(["", "", "", " ", "\t"])), feed)
    data: dict[Any, Any] = {}
    if writer.chance(6):
        writer.stray(0, deep=False)
    if writer.chance(8):
        for line, said in _SHARED:
            for part in line.split("\n"):
                writer.line(part)
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
    writer.write(draw(st.sampled_from(_BODIES)))
    text = "".join(writer.parts)
    assume(not _ANCHORS_MEET.search(text))
    return Sample(
        text,
        data,
        writer.places,
        tuple(writer.mappings),
        writer.lists,
        frozenset(writer.within),
        frozenset(writer.anchored_keys),
    )
