"""Values as a hostile author would write them."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from qtauthor.text.yaml.values import Value

HOSTILE = (
    "", " ", "No", "y", "on", "~", "null", "NULL", "=", "<<", "1.5", "1.", ".5", "1e3", "1e16",
    "-1.0", "2024-01-01", "2024-1-1", "2024-01-01T10:30:00Z", "12:30:45", "190:20:30", "0x1F",
    "0o17", "017", "0b101", "1_000", "_1", "+1", ".inf", "-.INF", ".NaN", "True", "a: b", "a:",
    ":a", "a:b", "a #b", "a#b", "#", "- a", "-", "--", "-a", "@a", "`a`", "%a", "%YAML 1.1", "&a",
    "*a", "!a", "!!str a", "|", ">", "|-", "'", "''", "'a'", '"', '"a"', "it's", "a\\n", "a\\",
    "\\", "?", "? a", "?a", "{", "}", "{{ x }}", "[", "]", "[a", "a]", "a, b", ",", "---", "...",
    "--- a", "----", "a\n---\nb", "\n---\n", "---\n", "a\n...\n", " lead", "trail ", "\tlead",
    "trail\t", "a\tb", "a\nb", "a\n", "a\n\n", "\na", "\n", "\n\n", "a\n\nb", "a\n b", "  a\nb",
    "a \nb", "a\n \nb", "a\r\nb", "a\rb", "\r", "a\x85b", "a\u2028b", "a\u2029b", "\ufeffa",
    "a\ufeffb", "a\x00b", "\x07", "\x0c", "\x1b[31m", "\x7f", "\x80", "\xa0", "\xad", "\u200b",
    "\ufffe", "\uffff", "école", "🥖", "👩‍👩‍👧", "\U0010ffff", "日本", "$\\neq$", "\\(x\\)",
    "a\n# b\nc: d", "# a\nb", "key: [", "a\n\tb",
)  # fmt: skip
"""Texts that some reader would take for something else if they were written carelessly."""

WORDS = (
    "a", "liver", "What is it?", "e.g. this", "it's", "a:b", "a#b", "-x", "?x", "x-",
    "http://a.b/c?d=e", "école", "🥖 bread", "日本", "50%", "a, b", "[sic", "x {y}", 'say "x"',
    "back\\slash", "a  b", "{{", "Yes or no", "v1.5.2", "3 apples", "tilde~", "1,000", "a | b",
    "a > b", "a & b", "a\u00a0b",
)  # fmt: skip
"""Texts for all readers, that can stand in any style but some of them not plain."""


NAMES = (
    "title", "seo", "id", "a", "b", "c", "key", "related_article1", "related_article2", "x y",
    "a:b", "école", "日本", "it's", "k#", "-k", "no_index", "a/b", "m~n", "x.y", "UPPER", "🥖",
    "a,b",
)  # fmt: skip


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
    times = st.datetimes(datetime.datetime.fromisoformat("0100-01-01"))
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


def values(depth: int = 2) -> SearchStrategy[Value]:
    """Scalars, and lists and mappings of them, in each other up to ``depth`` deep."""
    if not depth:
        return scalars()
    inner, names = values(depth - 1), st.one_of(texts(), st.sampled_from(NAMES))
    lists: SearchStrategy[Value] = st.lists(inner, max_size=3).map(list)
    return st.one_of(scalars(), lists, st.dictionaries(names, inner, max_size=3).map(dict))
