"""The quick reader: where it reads at all, it reads what ruamel reads."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qtauthor.errors import ParseError
from qtauthor.text.source import front_matter
from qtauthor.text.yaml import regular, tree_builder
from qtauthor.text.yaml.nodes import Mapping, Tree
from tests.support.amounts import in_parts, many, of
from tests.text.strategies import Sample, samples

INDENTS = st.sampled_from(["", "", "", "  ", "  ", "    ", "\t", " "])
KEYS = st.sampled_from(["a", "b", "related_article1", "null", "true", "é", "x y", "k" * 1025, "1"])
QUOTES = ["'a'", "'a''b'", "'a' b", '"a"', '"\\n"', "''", '""']
OTHERS = ["[a]", "{a: b}", "&x y", "*x", "!!str x", "@x", "`x`", "%x", "---", "...", "|", ">", ","]
COLONS = ["a: b", "a :b", "a:", "a #b", "a#b", "? x", "?x", ":x", "https://a.b/c", "-", "- a"]
SIGNS = ["a ", " a", "(a)", "$x$", "a\u2028b", "a\x85b", "a\u00a0", "a\ufeff", "\ufeffa", "🥖"]
TEXTS = st.one_of(
    st.sampled_from(["", "x", "true", "2024-01-01", "-1.0", *QUOTES, *OTHERS, *COLONS, *SIGNS]),
    st.text(alphabet="ab:#'\"-?,[]{}&*!|>%@` \té\u00a0\x7f\ufffe", max_size=6),
)
ENDS = st.sampled_from(["\n", "\n", "\n", "\n", "\r\n", "\n\n", " \n", "\n#\n", "\n  # c\n", ""])


@st.composite
def nearly_regular(draw: st.DrawFn) -> str:
    """Front matter line by line, most of it regular and some of it not even YAML."""
    parts: list[str] = []
    for _ in range(draw(st.integers(1, 6))):
        indent = draw(INDENTS)
        parts += (indent, draw(KEYS), draw(st.sampled_from([":", ":", ":", ": ", " :"])))
        kind = draw(st.integers(0, 5))
        if kind == 1:
            parts += (" >-\n", indent, draw(INDENTS), draw(TEXTS))
        elif kind > 1:
            parts += (" ", draw(TEXTS))
        parts.append(draw(ENDS))
    return "".join(parts)


def by_ruamel(text: str, *, pure: bool) -> Tree | str:
    try:
        return tree_builder.parsed(text, 0, len(text), pure=pure)
    except ParseError as error:
        return f"{error.code}: {error.message}"


def check(text: str) -> bool:
    """Whether the text is regular; if so, ruamel's parsers have to agree."""
    tree = regular.read(text, 0, len(text))
    if tree is not None:
        assert tree == by_ruamel(text, pure=False)
        assert tree == by_ruamel(text, pure=True)
        check_lines(text, tree)
    return tree is not None


def check_lines(text: str, tree: Tree) -> None:
    """The lines of each key at the top, looked for, are those that it has in the tree."""
    assert isinstance(tree.root, Mapping)
    outline = regular.outline(text, 0, len(text))
    assert outline is not None
    names = [str(entry.name) for entry in tree.root.entries]
    starts = [entry.key.start for entry in tree.root.entries]
    ends = [*starts[1:], len(text.rstrip("\n")) + 1]
    for name, span in zip(names, zip(starts, ends, strict=True), strict=True):
        assert outline.has(name)
        assert outline.lines(name) == (span if names.count(name) == 1 else None)
    assert outline.names() == names
    for other in ("zz", "", "a:\nb", "a b", "é", "x\n"):
        assert outline.has(other) is (other in names)


@example("")
@example("\n\n")
@example("a: x\n  b: y\n")
@example("a: >-\n    x\n  b: y\n")
@example("a: >-\n  x\n  b: y\n")
@example("a:\n    b: x\n  c: y\n")
@example("a:\n  b:\n  c:\nd:\n")
@example("a: x\n\nb: y\n")
@example("a: >-\n    x  \n\n\n")
@example("a: >-\n     x\n    y: z\n")
@example("a:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 250)))
@settings(max_examples=1500, deadline=None)
@given(nearly_regular())
def test_a_regular_text_has_the_tree_that_ruamel_makes(text: str) -> None:
    check(text)


@given(samples())
def test_a_document_of_any_shape_is_read_alike_or_left_to_ruamel(sample: Sample) -> None:
    front = front_matter.split(sample.text)
    check(sample.text[front.start : front.end])


@pytest.mark.parametrize(
    "text",
    [
        "a: x\n",
        "a:\n  b: 'x'\n  c: >-\n      y: z # no comment\nd:\n",
        'a: "x"\nb: https://x.y/z\nc: -1.0\nd: (x)\n\n',
    ],
)
def test_what_articles_are_made_of_is_regular(text: str) -> None:
    assert check(text)


def mangled(text: str, chance: random.Random) -> str:
    """A text with one thing wrong, or another thing right."""
    at = chance.randrange(len(text))
    what = chance.choice([":", " ", "#", "\n", "'", '"', "-", "\t", "&", "x", ": ", " #", "\n  "])
    return text[:at] + what + text[at + chance.choice([0, 1, 2]) :]


@pytest.mark.equality
@pytest.mark.slow
@in_parts
def test_every_article_is_regular_and_read_as_by_ruamel(
    every_article: list[tuple[str, bytes]], part: int
) -> None:
    chance = random.Random(part)
    for name, data in of(part, every_article):
        text = data.decode()
        front = front_matter.split(text)
        assert check(text[front.start : front.end]), name
        check(mangled(text[front.start : front.end], chance))


@pytest.mark.equality
@pytest.mark.slow
@in_parts
def test_each_of_many_texts_has_the_tree_that_ruamel_makes(part: int) -> None:
    @many(part)
    @given(nearly_regular())
    def holds(text: str) -> None:
        check(text)

    holds()


@pytest.mark.equality
@pytest.mark.slow
@in_parts
def test_each_of_many_documents_is_read_alike_by_all_parsers(part: int) -> None:
    @many(part)
    @given(samples())
    def holds(sample: Sample) -> None:
        front = front_matter.split(sample.text)
        text = sample.text[front.start : front.end]
        assert by_ruamel(text, pure=False) == by_ruamel(text, pure=True)
        check(text)

    holds()
