"""The document over real articles: reference data that is read and never changed."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from qtauthor.text.document import Document
from qtauthor.text.source import front_matter
from qtauthor.text.yaml.located_tree import Located
from qtauthor.text.yaml.pointer import join
from qtauthor.text.yaml.tree_builder import compose
from qtauthor.text.yaml.values import same
from tests.support.readers import SiteReader, read_ruamel12, read_yaml11
from tests.text.readings import as_site, differing

COMMENTED = "# a comment\n\n  # another\n"


@pytest.fixture(scope="module")
def articles(corpus: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(corpus.glob("*/*.md"))]


def strewn(data: bytes) -> bytes:
    """The article with comments and blank lines between its fields."""
    head, fence, rest = data.partition(b"\n---\n")
    fields: list[bytes] = []
    for number, line in enumerate(head.split(b"\n")[1:]):
        begins_field = line[:1] not in (b" ", b"")
        if begins_field and number % 3 == 0:
            fields.append(COMMENTED.encode().rstrip(b"\n"))
        behind = begins_field and not line.endswith(b":")
        fields.append(line + b"  # behind" if behind and number % 2 == 0 else line)
    return b"---\n" + b"\n".join(fields) + fence + rest


def variants(data: bytes) -> Iterator[bytes]:
    """The article as other editors and systems would have saved it."""
    yield data
    yield data.replace(b"\n", b"\r\n")
    yield b"\xef\xbb\xbf" + data
    yield data + b"\n"
    yield data.rstrip(b"\n")
    yield data.replace(b"\n---\n", b"\n---", 1)
    yield strewn(data)
    yield strewn(data).replace(b"\n", b"\r\n")


def test_identity_holds_for_every_article(articles: list[bytes]) -> None:
    for data in articles:
        document = Document.parse(data)
        assert document.to_bytes() == data
        assert document.edits == ()


def check_variants(articles: list[bytes]) -> None:
    for data in articles:
        plain = Document.parse(data).get()
        for variant in variants(data):
            document = Document.parse(variant)
            assert document.to_bytes() == variant
            assert same(document.get(), plain)


def test_identity_and_data_hold_however_an_article_was_saved(articles: list[bytes]) -> None:
    check_variants(articles[::10])


@pytest.mark.slow
def test_identity_and_data_hold_however_any_article_was_saved(articles: list[bytes]) -> None:
    check_variants(articles)


def check_both_parsers(articles: list[bytes]) -> None:
    for data in articles:
        text = data.decode()
        front = front_matter.split(text)
        quick = compose(text, front.start, front.end)
        assert quick == compose(text, front.start, front.end, pure=True)


def test_both_of_ruamels_parsers_give_the_same_tree(articles: list[bytes]) -> None:
    check_both_parsers(articles[::32])
    check_both_parsers([strewn(data) for data in articles[::240]])


@pytest.mark.slow
def test_both_of_ruamels_parsers_give_the_same_tree_of_any_article(articles: list[bytes]) -> None:
    check_both_parsers(articles)


def check_readers(articles: list[bytes], site: SiteReader) -> None:
    for data in articles:
        text = data.decode()
        found = Document.parse(data).get()
        assert same(found, read_yaml11(text))
        assert same(as_site(found), site.read(text).data)


def test_every_reader_reads_the_same_values(articles: list[bytes], site_reader: SiteReader) -> None:
    check_readers(articles[::20], site_reader)


@pytest.mark.slow
def test_every_reader_reads_the_same_values_of_any_article(
    articles: list[bytes], site_reader: SiteReader
) -> None:
    check_readers(articles, site_reader)
    for data in articles[::20]:
        assert same(Document.parse(data).get(), read_ruamel12(data.decode()))


def leaves(document: Document, at: tuple[str, ...] = ()) -> Iterator[str]:
    """The pointers of all that is no mapping."""
    for name in document.keys(join(at)):
        inner = (*at, name)
        if document.keys(join(inner)):
            yield from leaves(document, inner)
        else:
            yield join(inner)


def other(value: Any) -> Any:
    """Another value of the same type, which the same style can hold."""
    change: dict[type, Callable[[Any], Any]] = {
        str: lambda text: "New " + text,
        int: lambda number: number + 1,
        bool: lambda truth: not truth,
        float: lambda number: number - 0.5,
        datetime.date: lambda day: day + datetime.timedelta(days=1),
        type(None): lambda _: "something",
    }
    return change[type(value)](value)


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that differ between two texts, as one run in each."""
    old, new = before.split("\n"), after.split("\n")
    head = next(i for i, (one, two) in enumerate(zip(old, new, strict=False)) if one != two)
    pairs = zip(reversed(old[head:]), reversed(new[head:]), strict=False)
    tail = next(i for i, (one, two) in enumerate(pairs) if one != two)
    return old[head : len(old) - tail], new[head : len(new) - tail]


def check_every_field(data: bytes) -> None:
    original = Document.parse(data)
    for at in leaves(original):
        value = original.get(at)
        there = original.set(at, other(value))
        old, new = changed_lines(original.text, there.text)
        name = at.rpartition("/")[2]
        folded = original.style(at) == "folded"
        assert len(old) == 1
        assert folded or old[0].strip().startswith(name + ":")
        assert len(new) == 1
        assert same(there.get(at), other(value))
        assert there.set(at, value).to_bytes() == data


def test_setting_a_field_changes_its_line_and_setting_it_back_gives_the_original(
    articles: list[bytes],
) -> None:
    for data in articles[::60]:
        check_every_field(data)


@pytest.mark.slow
def test_setting_any_field_of_any_article_and_back_gives_the_original(
    articles: list[bytes],
) -> None:
    for data in articles:
        check_every_field(data)


def test_an_edited_article_reads_as_it_should_to_every_reader(
    articles: list[bytes], site_reader: SiteReader
) -> None:
    for data in articles[::100]:
        document = Document.parse(data)
        for at in leaves(document):
            document = document.set(at, other(document.get(at)))
        assert differing(document.text, document.get(), site_reader) == []


def test_a_field_taken_out_and_put_back_after_an_example_gives_the_original(
    articles: list[bytes],
) -> None:
    example = Document(Located.decode(articles[0]))
    for data in articles[::100]:
        original = Document.parse(data, like=example)
        names = original.keys()
        for before, name in pairwise(names):
            value = original.get("/" + name)
            without = original.remove("/" + name)
            assert without.get() == {k: v for k, v in original.get().items() if k != name}
            again = without.insert("/" + name, value, after=before)
            assert again.keys() == names
            assert same(again.get(), original.get())
