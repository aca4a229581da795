"""Valid YAML that ruamel refuses: told as what it is, or read after all."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from qtauthor.errors import Code, ParseError
from qtauthor.text.document import Document
from qtauthor.text.yaml.values import same
from tests.support.readers import SiteReader, SiteReadError
from tests.text.readings import as_site


def front(text: str) -> bytes:
    return f"---\n{text}---\n".encode()


@pytest.mark.parametrize(
    ("text", "code", "says", "site_reads"),
    [
        ('a: {"k"\n  : v}\n', Code.UNREADABLE_YAML, "neither ruamel.yaml nor the site", False),
        ("a: {k # c\n  : v}\n", Code.UNREADABLE_YAML, "neither ruamel.yaml nor the site", False),
        ("a: {k\n  l: v}\n", Code.UNREADABLE_YAML, "neither ruamel.yaml nor the site", False),
        ("a: [: v]\n", Code.UNREADABLE_YAML, "the site reads it", True),
        ("a: {k: !!str, l: 1}\n", Code.UNREADABLE_YAML, "neither ruamel.yaml nor the site", False),
        pytest.param(
            *(
                "a: >\n \n  \n  # x\nb: >\n \t\n x\n",
                Code.UNREADABLE_YAML,
                "the site reads it",
                True,
            ),
            marks=pytest.mark.skipif(
                find_spec("_ruamel_yaml") is None, reason="ruamel's own parser calls it invalid"
            ),
        ),
        ("a: {a: 1, b:, c: 3}\n", Code.UNCERTAIN_YAML, "for the site it ends a key", True),
        ("a: {b:}\n", Code.UNCERTAIN_YAML, "for the site it ends a key", True),
        ("a: [b:]\n", Code.UNCERTAIN_YAML, "for the site it ends a key", True),
        ("a: [?b]\n", Code.UNCERTAIN_YAML, "a question mark touches", True),
        ("\ufeffa: 1\n", Code.UNCERTAIN_YAML, "byte order mark", True),
        ("a: {a b: c: d}\n", Code.INVALID_YAML, "", False),
        ("a: {k\n  : : v}\n", Code.INVALID_YAML, "", False),
        ("a:\n\tb: 1\n", Code.INVALID_YAML, "", True),
        ("a:\n  -\t- b\n", Code.INVALID_YAML, "", True),
        ("a: x\n\ty\n", Code.INVALID_YAML, "", False),
    ],
)
def test_valid_yaml_is_told_from_what_is_none(
    text: str, code: Code, says: str, site_reads: bool, site_reader: SiteReader
) -> None:
    with pytest.raises(ParseError) as caught:
        Document.parse(front(text))
    assert (caught.value.code, says in caught.value.message) == (code, True)
    try:
        site_reader.read(front(text).decode())
    except SiteReadError:
        assert not site_reads
    else:
        assert site_reads


@pytest.mark.parametrize(
    "text",
    [
        "a:\n  -\tb\n", "foo:\n \tbar\n", "a: x\n \ty\tz\n", "a: x\n\n \ty\n", "\t# c\na: 1\n",
        "a: 1\n\t# c\nb: 2\n", "a:\n \t[\n\t1 ]\n", "? a\n:\tb\n", "a:\n  -\t'b'\n  -\t{c: 1}\n",
    ],
)  # fmt: skip
def test_a_tab_that_says_nothing_of_depth_is_a_blank(text: str, site_reader: SiteReader) -> None:
    document = Document.parse(front(text))
    assert same(as_site(document.get()), site_reader.read(document.text).data)
    assert document.to_bytes() == front(text)
    changed = document.set("/new", "x: y")
    assert same(as_site(changed.get()), site_reader.read(changed.text).data)


@pytest.mark.parametrize("mark", ["\x85", "\xa0", "\u2028", "\x0c", "\x0b", "\x1c", "\u3000"])
def test_a_fence_with_what_only_looks_blank_is_none(mark: str) -> None:
    for text in (f"---{mark}\na: 1\n---\n", f"---{mark}\n---\n", f"---\na: 1\n---{mark}\n"):
        with pytest.raises(ParseError) as caught:
            Document.parse(text.encode())
        assert caught.value.code in (Code.OTHER_LANGUAGE, Code.UNCLEAR_FENCE)
