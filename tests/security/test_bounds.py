"""What hostile or large articles may cost: no more than in proportion, or as much as is told.

The usual tests count calls, which are the same on every machine. The slow one takes the time, as
the ratio of two sizes in one run, for all kinds of articles and all that is done with them.
"""

from __future__ import annotations

import datetime
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lsprotocol import types

from benchmarks import hostile, kinds
from benchmarks.doings import DOINGS, PATH, Given, prepared
from qtauthor.cli.output.rendering import answer
from qtauthor.content.site import Site
from qtauthor.errors import Code, ReadError, RequestError
from qtauthor.lsp.features import code_action
from qtauthor.operations.fields.replace import Replacement, substituted
from qtauthor.rules import checker
from qtauthor.text import timed_expression
from qtauthor.text.document import Document
from qtauthor.text.document_view import MOST_PARTS
from qtauthor.text.edit import splice
from qtauthor.text.yaml import parser
from tests.cli.support import here

QUICK = (
    ("many keys", 12, ("check", "change")),
    ("many ambiguous keys", 12, ("check",)),
    ("pairs of keys", 18, ("check",)),
    ("bad values", 16, ("check",)),
    ("list of mappings", 16, ("change", "diff")),
    ("aliases", 10, ("check",)),
    ("empty items", 6, ("check",)),
    ("comments between", 20, ("gaps",)),
)
"""Kinds of front matter, bytes for each entry, and what is done."""

ANSWERS = ("escapes of an import", "torn", "prices", "tight items", "formulas and dollars")
ENTRIES = 70
"""More than those up to which it is quicker to look at all."""


def calls(action: Callable[[], object]) -> int:
    """How many functions are called."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


def growth(doing: str, make: Callable[[int], bytes], size: int, folder: Path) -> float:
    """How many times the calls of an article are those that one of a third of its size needs."""
    counts = []
    for name, part in (("warm", size // 8), ("none", 0), ("one", size), ("three", 3 * size)):
        action = prepared(doing, Given(make(part), folder / name))
        counts.append(calls(action))
    _, none, one, three = counts
    return (three - none) / max(1, one - none)


@pytest.mark.parametrize(
    ("kind", "size", "doing"), [(kind, size, one) for kind, size, all_ in QUICK for one in all_]
)
def test_three_times_the_front_matter_is_three_times_the_work(
    kind: str, size: int, doing: str, tmp_path: Path
) -> None:
    assert growth(doing, lambda n: kinds.article(kind, n), ENTRIES * size, tmp_path) < 4


@pytest.mark.parametrize("kind", ANSWERS)
def test_three_times_the_answer_is_three_times_the_work(kind: str, tmp_path: Path) -> None:
    assert growth("check", lambda n: kinds.answer(kind, n), 500, tmp_path) < 4


def test_a_list_takes_no_more_memory_than_is_promised() -> None:
    data = kinds.article("list", 60_000)
    tracemalloc.start()
    Document.parse(data).set("/author", "A")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300 * len(data)


# What is bounded, and told


def test_of_very_many_findings_the_first_are_told_and_that_there_are_more(tmp_path: Path) -> None:
    given = Given(kinds.article("many keys", 16_000), tmp_path)
    around = checker.context(given.site, 1, datetime.date(2026, 1, 1))
    found = checker.Checker(around).check(PATH, given.data)
    unknown = [finding for finding in found if finding.rule == "QT202"]
    assert len(unknown) == checker.MOST + 1
    assert unknown[-1].message == "there is more from here on: only the first 1,000 are told"
    assert unknown[-1].line == unknown[-2].line + 1
    assert len(checker.Checker(around).thorough().check(PATH, given.data)) > len(found)


def test_the_beginning_of_a_very_long_answer_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "MOST", 1000)
    site = Given(kinds.answer("paragraphs", 10_000), tmp_path)
    for command in ("show", "view"):
        result = here(command, str(site.root / PATH))
        assert result.code == 0
        assert "more characters are not shown" in result.text
        assert len(result.text) < 4000


def test_a_very_long_field_is_shown_with_its_length(tmp_path: Path) -> None:
    site = Given(kinds.article("list in brackets", 100_000), tmp_path)
    text = here("show", str(site.root / PATH)).text
    assert "characters)" in text
    assert len(text) < 20_000


def test_links_among_very_many_brackets_are_left_as_they_are_written(tmp_path: Path) -> None:
    site = Given(kinds.answer("images", 4_000), tmp_path)
    assert "![a![a![a" in here("view", str(site.root / PATH)).text


def test_a_front_matter_of_very_many_keys_is_not_formatted(tmp_path: Path) -> None:
    site = Given(kinds.article("list of one sign", 4 * MOST_PARTS + 1000), tmp_path)
    result = here("fmt", str(site.root / PATH))
    assert result.code == 2
    assert "a style is worked out for no more than 10,000" in result.err
    assert (site.root / PATH).read_bytes() == site.data


def test_of_very_many_fixes_some_are_offered_and_one_for_all(tmp_path: Path) -> None:
    work, uri = Given(kinds.article("many ambiguous keys", 3000), tmp_path).session()
    around = types.Range(types.Position(0, 0), types.Position(1 << 20, 0))
    document = types.TextDocumentIdentifier(uri)
    asked = types.CodeActionParams(document, around, types.CodeActionContext([]))
    found = code_action.actions(work, asked) or []
    assert sum(action.diagnostics is not None for action in found) == 100
    assert any(action.title.startswith("Fix all ") for action in found)


def test_splices_over_splices_are_put_together_in_one_go() -> None:
    def seconds(count: int) -> float:
        first = [splice.Splice(4 * n, 4 * n + 2, "abc") for n in range(count)]
        then = [splice.Splice(5 * n + 1, 5 * n + 4, "") for n in range(count)]
        began = time.thread_time()
        assert len(splice.compose(first, then)) == count
        return time.thread_time() - began

    assert min(seconds(4000) for _ in range(3)) < 24 * min(seconds(500) for _ in range(3))


# Patterns of a person


SLOW = r"(?:a|aa|b?a)+$"
TEXT = "a" * 80 + "b"


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    began = time.process_time()
    yield
    assert time.process_time() - began < seconds


def test_an_expression_of_replace_has_a_limit_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timed_expression, "SECONDS", 0.2)
    asked = Replacement(SLOW, "x", ("/answer",), regex=True)
    with at_most(5), pytest.raises(RequestError) as caught:
        substituted(TEXT, asked)
    assert caught.value.code is Code.BAD_PATTERN
    assert "takes more than" in caught.value.message
    with at_most(0.1), pytest.raises(RequestError):  # once is enough, however many articles
        substituted(TEXT * 2, asked)


def test_a_pattern_of_a_condition_has_a_limit_of_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timed_expression, "SECONDS", 0.2)
    site = Given(kinds.answered(TEXT), tmp_path).site
    with at_most(5), pytest.raises(RequestError) as caught:
        site.select(f"answer regexp '{SLOW}'", {})
    assert caught.value.code is Code.BAD_CONDITION
    assert "takes too long" in caught.value.message


# Aliases and merge keys


def merges(levels: int) -> Document:
    rows = ["m0: &m0 {k: v}"]
    rows += [f"m{n}: &m{n}\n  <<: [*m{n - 1}, *m{n - 1}]" for n in range(1, levels)]
    return Document.parse(("---\n" + "\n".join(rows) + "\ntitle: old\n---\n").encode())


def test_what_is_merged_again_and_again_is_looked_through_once() -> None:
    document = merges(60)
    assert not document.has("/m59/nothing")
    assert document.has("/m59/k")
    assert document.set("/title", "new").get("/title") == "new"


def test_a_long_chain_of_merges_is_no_deep_recursion() -> None:
    assert merges(1500).has("/m1499/k")


def test_aliases_that_stand_in_each_other_too_deep_are_refused() -> None:
    rows = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 3000))]
    document = Document.parse(("---\n" + "\n".join(rows) + "\ntitle: old\n---\n").encode())
    for pointer in ("", "/a2999"):
        with pytest.raises(ReadError) as caught:
            document.get(pointer)
        assert caught.value.code is Code.ALIAS_BOMB
    assert document.get("/a100") is not None
    assert document.set("/title", "new").get("/title") == "new"


@pytest.mark.parametrize("number", ["1" * 5000, "-" + "1" * 5000, "0x" + "F" * 5000])
def test_a_number_of_thousands_of_digits_is_no_number(number: str, tmp_path: Path) -> None:
    """Python writes no number that is so long."""
    data = kinds.article("comments", 100).replace(b"\nid: 1\n", f"\nid: {number}\n".encode())
    site = Given(data, tmp_path)
    assert here("check", str(site.root / PATH)).code != 3
    with pytest.raises(ReadError) as caught:
        Document.parse(data).get("/id")
    assert caught.value.code is Code.BAD_SCALAR


def test_tabs_are_not_tried_again_and_again_in_a_large_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[int] = []
    pure = parser._pure_events

    def counted(text: str) -> object:
        read.append(len(text))
        return pure(text)

    monkeypatch.setattr(parser, "CParser", None)
    monkeypatch.setattr(parser, "_pure_events", counted)
    data = "---\n" + "".join(f"k{n}:\tv\n" for n in range(2000)) + "---\n"
    with pytest.raises(Exception, match=r"tab|token"):
        Document.parse(data.encode())
    assert sum(read) < 2 * parser._TAB_CHARACTERS


@pytest.mark.slow
@pytest.mark.parametrize("doing", DOINGS)
def test_no_time_grows_by_the_square(doing: str) -> None:
    """The exponent between two sizes of one run, where there is enough time to tell."""
    steep = [
        f"{name}: {growth:.2f}"
        for name, make in hostile.every()
        if (growth := hostile.exponent(doing, make)) > hostile.QUADRATIC
    ]
    assert not steep


def test_a_site_of_the_kinds_is_one(tmp_path: Path) -> None:
    """So that what is measured is no refusal."""
    site: Site = Given(kinds.article("comments", 1000), tmp_path).site
    assert list(site.paths()) == [PATH]
