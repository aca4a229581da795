"""Both of ruamel's parsers, kept to YAML 1.2: the same events at the same offsets."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, given, settings

from qtauthor.errors import Code, ParseError
from qtauthor.text.document import Document
from qtauthor.text.source import front_matter
from qtauthor.text.yaml import parser
from qtauthor.text.yaml.nodes import Mapping, Scalar, Sequence, Tree
from qtauthor.text.yaml.tree_builder import compose
from tests.text.strategies import Sample, samples

needs_c = pytest.mark.skipif(
    find_spec("_ruamel_yaml") is None, reason="ruamel.yaml.clib is not installed"
)


@needs_c
@settings(deadline=None, max_examples=250, suppress_health_check=list(HealthCheck))
@given(samples())
def test_both_parsers_give_the_same_tree(sample: Sample) -> None:
    front = front_matter.split(sample.text)
    tree = compose(sample.text, front.start, front.end)
    assert tree == compose(sample.text, front.start, front.end, pure=True)


AWKWARD = (
    "a:\tb\n", "a:\t'b'\t# c\n", "a: b\t# c\n", "a: |\n  \ttab\n", "a: [\tb,\tc ]\n", "- a\n",
    "a: x\x85y\u2028z\n", "a: 'x\u2029y'\n", 'a: "x\\\n  y"\n', "a: |\n  x\x85\n  y\n",
    "&x a: *x\n", "a: !t &x b\n", "a: &x !t b\n", "a: &x\n  !t\n  b: 1\n", "a: !!str\nb: &y\nc:\n",
    "? a\n: b\n? c\n", "a: {b, c: d, ? e : f}\n", "a: [b: c, d]\n", "a: |+\n  x\n\n\n",
    "a: |-\n\n  x\n\n# c\n", "a: >2\n    x\n  y\n", "a: |\n\n \n  x\n", "a: |\n# c\n",
    "a: x\n  y\n\n  z\n", "a: 'x\n\n  y' # c\n", "# c\n", "\n\n", "a: é🥖\nb: 1\n",
    "a: x\r\nb: |\r\n  y\r\n", "a: x\rb: y\r",
)  # fmt: skip


@needs_c
@pytest.mark.parametrize("text", AWKWARD)
def test_both_parsers_agree_on_an_awkward_text(text: str) -> None:
    found: list[Tree | Code] = []
    for pure in (False, True):
        try:
            found.append(compose(text, pure=pure))
        except ParseError as error:
            found.append(error.code)
    assert found[0] == found[1]
    assert not isinstance(found[0], Code) or text == "&x a: *x\n"


def spans(text: str, node: Mapping | Sequence | Scalar | object) -> list[str]:
    """The source of every scalar below a node."""
    if isinstance(node, Mapping):
        return [
            s for entry in node.entries for s in spans(text, entry.key) + spans(text, entry.value)
        ]
    if isinstance(node, Sequence):
        return [source for item in node.items for source in spans(text, item)]
    assert isinstance(node, Scalar)
    return [text[node.start : node.end]]


@pytest.mark.parametrize("pure", [False, True])
@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("é: 🥖\n", ["é", "🥖"]),
        ("a: &x !!str b  # c\n", ["a", "&x !!str b"]),
        ("a:   # c\nb:\n", ["a", "", "b", ""]),
        ("a: 'x\n  y'\n", ["a", "'x\n  y'"]),
        ("a: |  # c\n  x\n\n# c\nb: 1\n", ["a", "|  # c\n  x\n", "b", "1"]),
        ("a: |+\n  x\n\nb: 1\n", ["a", "|+\n  x\n\n", "b", "1"]),
        ("a: [b, c]\n", ["a", "b", "c"]),
        ("x: \x85a\nb: 1\n", ["x", "\x85a", "b", "1"]),
    ],
)
def test_a_scalar_spans_its_source_and_nothing_else(
    text: str, sources: list[str], pure: bool
) -> None:
    assert spans(text, compose(text, pure=pure).root) == sources


@pytest.mark.parametrize("pure", [False, True])
@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"])
def test_old_line_breaks_break_no_line(
    character: str, pure: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if pure:
        monkeypatch.setattr(parser, "CParser", None)
    data = f"---\na: x{character}b: 2\nc: |\n  y{character}z\n---\n".encode()
    with pytest.raises(ParseError):  # a second colon on one line
        Document.parse(data)
    document = Document.parse(data.replace(b"b: 2", b"b"))
    assert document.get() == {"a": f"x{character}b", "c": f"y{character}z\n"}
    assert document.set("/a", "new").remove("/c").text == "---\na: new\n---\n"
