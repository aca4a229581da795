"""Broken files are repaired to the data that they had, or left alone: never to other data."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from random import Random

import pytest

import qtauthor.demo
from qtauthor.rules.latex_commands import COMMANDS
from qtauthor.rules.repair import attempt, repaired, search
from tests.rules.breaking import cases
from tests.rules.breaking.cases import Case, verdict
from tests.rules.breaking.known import KINDS
from tests.rules.breaking.strange import STRANGE
from tests.rules.breaking.writing import data_of
from tests.rules.support import ARTICLE, article
from tests.support.readers import SiteReader

TITLE = "\ntitle: >-\n    Why does bread go stale?"
LINK = "    title: >-\n        How long should dough rise?"
ESCAPES = {"\\a": "\a", "\\b": "\b", "\\f": "\f", "\\v": "\v"}
CERTAIN = {
    *(name for name in KINDS if "fence" in name or "lost" in name or "tab" in name),
    "form feeds",
}
"""The kinds of which next to none may be left alone."""


@pytest.fixture(scope="module")
def demo() -> list[str]:
    """The articles of the demonstration."""
    folder = Path(qtauthor.demo.__path__[0]) / "content" / "learn"
    return [path.read_bytes().decode() for path in sorted(folder.glob("*/*.md"))]


def told(broken: list[Case]) -> str:
    return "\n".join(f"{case.kinds}\n{case.broken}" for case in broken)


def tried(
    demo: list[str], choose: cases.Choice, count: int, seed: int = 1
) -> dict[str, list[Case]]:
    """Cases by their verdicts."""
    found: dict[str, list[Case]] = {"right": [], "left": [], "as shown": [], "WRONG": []}
    for case in islice(cases.cases(Random(1), demo, choose), count):
        found[verdict(case)].append(case)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_each_known_kind_alone(demo: list[str], kind: str) -> None:
    found = tried(demo, lambda _: [kind], 1)
    assert not found["WRONG"], told(found["WRONG"])
    assert not found["as shown"]
    assert found["right"] or kind not in CERTAIN, told(found["left"])


def test_several_known_kinds_at_once(demo: list[str]) -> None:
    found = tried(demo, cases.some_kinds, 8)
    assert not found["WRONG"], told(found["WRONG"])
    assert len(found["right"]) > 4, told(found["left"])


@pytest.mark.parametrize("kind", STRANGE)
def test_strange_kinds_are_left_alone(demo: list[str], kind: str) -> None:
    found = tried(demo, lambda rng: [kind, *rng.sample(list(KINDS), rng.choice([0, 1]))], 1)
    assert not found["WRONG"], told(found["WRONG"])


@pytest.mark.slow
@pytest.mark.parametrize("title", cases.CHOICES)
def test_two_thousand_broken_versions_of_the_sample(
    corpus: Path, site_reader: SiteReader, title: str
) -> None:
    sources = [path.read_bytes().decode() for path in sorted(corpus.glob("*/*.md"))[::7]]
    found = dict.fromkeys(("right", "left", "as shown", "WRONG"), 0)
    for case in islice(cases.cases(Random(title), sources, cases.CHOICES[title]), 700):
        result = verdict(case, site_reader)
        assert result != "WRONG", told([case])
        found[result] += 1
    if title != cases.STRANGE_ONES:
        assert found["right"] > 0.8 * 700
        assert not found["as shown"]


def mended(before: str, after: str, base: str = ARTICLE) -> str:
    """The article with a part broken, after its repair."""
    assert before in base
    result = repaired(base.replace(before, after, 1).encode())
    assert result is not None
    return result.content.decode()


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_found_again(command: str) -> None:
    good = article(f"answer: >-\n    Let $\\{command}{{x}}$ be.\n")
    broken = good.replace(b"\\" + command[:1].encode(), ESCAPES["\\" + command[0]].encode())
    result = repaired(broken)
    assert result is not None
    assert result.content == good


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("title: Bread: why?", "Bread: why?"),
        ("title: Bread:", "Bread:"),
        ("title: It's: why?", "It's: why?"),
        ("title: `Bread` is what?", "`Bread` is what?"),
        ("title: @home: why?", "@home: why?"),
        ("title: - why?", "- why?"),
        ('title: Bread or "cake": why?', 'Bread or "cake": why?'),
        ("title: 'It's bread, isn't it?'", "It's bread, isn't it?"),
        ('title: "What is "bread"?"', 'What is "bread"?'),
        ("title:What is bread?", "What is bread?"),
    ],
)
def test_a_value_that_can_mean_one_thing(line: str, value: str) -> None:
    text = mended(TITLE, f"\n{line}")
    assert data_of(text) == {**data_of(ARTICLE), "title": value}


@pytest.mark.parametrize(
    "line",
    [
        'title: "Why does bread go stale"?',
        'title: "Why does bread go stale?',
        "title: Why does bread go stale?'",
        "title: 'Why does bread go stale?",
        "title >-\n    Why does bread go stale?",
        "title: >-\nWhy does bread go stale?",
        "title: >-\n    Why does bread\n  go stale?",
        "title: >-\n\tWhy does bread go stale?",
    ],
)
def test_what_the_question_confirms(line: str) -> None:
    if line.endswith("?'"):  # it can be read, so that something else has to be broken, too
        assert attempt(ARTICLE.replace(TITLE, f"\n{line}").encode()).repaired is None
    else:
        assert data_of(mended(TITLE, f"\n{line}")) == data_of(ARTICLE)


@pytest.mark.parametrize(
    "fields",
    [
        "title: Bread: why? # a comment\n",
        "title: it''s: why?\n",
        "title: x: \\frac\n",
        "title: Bread: why?\n    And when?\n",
        "title: Bread: why?\n\n    And when?\n",
        "title: Bread: why? \n",
        'title: "Bread: why?\n',
        'title: "Bread: why"?\n',
        'title: "Bread" or "cake"\n',
        "title: [Bread: why?\n",
        "title: >- Why does bread go stale?\n",
        "title: >-\ncolour: red\n",
        "title: >-\n-   Is bread stale?\n",
        "colour: Bread: why?\n",
        "id: 5: 6\n",
        "id: x y\n: 6\n",
        "seo: a: b\n",
        "author: yes: no\nno_index: maybe\n",
        'subject: "a\n\n  title: b: c"\ntitle: d: e\n',
        "subject: {a: b,\n  title: c: d}\ntitle: d: e\n",
        "url: /learn/x score: -1.0\n: y\n",
        "title: “Why does bread #go stale?\"\nauthor: 'QuickTakes\n",
        "title: “Why does bread #go stale?\nauthor: 'QuickTakes\n",
        "title: «Why does bread #go stale?'\nauthor: 'QuickTakes\n",
        "title: Why does bread #go stale?\"\nauthor: 'QuickTakes\n",
        "title: Why does bread #go stale?'\nauthor: 'QuickTakes\n",
        "title: Why does bread #go ''stale''?\nauthor: 'QuickTakes\n",
        "title: '#“Why does bread go stale?\nauthor: 'QuickTakes\n",
    ],
)
def test_what_is_not_certain_is_left_alone(fields: str) -> None:
    assert repaired(article(fields)) is None


def test_two_answers_are_both_told() -> None:
    broken = ARTICLE.replace(
        "    title: >-\n        How long should dough rise?", '    title: "A"?'
    )
    found = attempt(broken.encode())
    assert found.repaired is None
    assert found.others == (
        "line 28: let the closing quote end related_article1.title",
        "line 28: put quotes around all of related_article1.title",
    )


def test_the_linked_article_confirms_a_title() -> None:
    broken = ARTICLE.replace(
        "    title: >-\n        How long should dough rise?", '    title: "A"?'
    )
    url = "/learn/bread-baking/questions/how-long-should-dough-rise"
    for title in ("A?", '"A"?'):
        result = attempt(broken.encode(), linked={url: title}.get).repaired
        assert result is not None
        link = data_of(result.content.decode())["related_article1"]
        assert link["title"] == title
    assert attempt(broken.encode(), linked={url: "B"}.get).repaired is None


def test_every_mend_is_told_with_its_line() -> None:
    broken = "\n" + ARTICLE.replace("question: >-", "question >-").replace("author: Q", "author:Q")
    result = repaired(broken.encode())
    assert result is not None
    assert result.content.decode() == ARTICLE
    assert result.title == (
        "line 1: take out what is empty before the fence; "
        "line 18: put a blank behind the colon of author; "
        "line 19: give question its colon back"
    )


def test_a_missing_fence_is_put_only_above_the_body_of_the_template() -> None:
    assert mended("---\n\n&nbsp;", "\n&nbsp;") == ARTICLE
    unclosed = ARTICLE.removesuffix("---\n\n&nbsp;")
    assert repaired(unclosed.encode()) is None
    assert repaired(f"{unclosed}\nMore text.".encode()) is None
    assert repaired(f"{unclosed[:-20]}\n\n&nbsp;".encode()) is None or unclosed.endswith("\n")
    assert attempt(f"{unclosed}\nA body.".encode(), "A body.").repaired is not None


def test_what_is_missing_is_not_made_up() -> None:
    lines = ARTICLE.split("\n")
    for number in range(1, len(lines) - 3):
        broken = "\n" + "\n".join([*lines[:number], *lines[number + 1 :]])
        if not lines[number].startswith("score"):
            assert repaired(broken.encode()) is None, lines[number]


def test_line_breaks_stay(site_reader: SiteReader) -> None:
    good = article("title: Bread, why?\n").replace(b"\n", b"\r\n")
    result = repaired(good.replace(b"Bread, why?", b"Bread: why?"))
    assert result is not None
    assert result.content == good.replace(b"Bread, why?", b"'Bread: why?'")
    assert site_reader.read(result.content.decode()).data["title"] == "Bread: why?"


def test_a_file_that_can_be_read_is_no_case() -> None:
    assert repaired(ARTICLE.encode()) is None
    assert repaired(b"\xff") is None
    assert repaired(b"") is None


@pytest.mark.parametrize(
    "text",
    [
        "\n" * search.LARGEST,
        "---\n" + "title: b: c\n" * 25_000 + "---\n",
        "---\n" + "-- \n" * 70_000,
        ARTICLE.replace("The starch of", 'x: y "z" ' * 30_000),
        ARTICLE.replace("bread, starch", "\f" * 200_000),
        ARTICLE.replace(": >-\n    bread, starch", ":\n" + "\t- a\n" * 2_000),
    ],
    ids=["lines", "colons", "dashes", "quotes", "form feeds", "tabs"],
)
@pytest.mark.slow
def test_a_hostile_file_ends_soon(text: str) -> None:
    assert attempt(text.encode()).repaired is None


def test_the_bound_is_told() -> None:
    assert attempt(b"\n" * (search.LARGEST + 1)).given_up
    keywords = "  page_keywords: >-\n    bread, starch"
    tabs = ARTICLE.replace(keywords, "  page_keywords:\n" + "\t- a\n" * 500)
    assert attempt(tabs.encode()).given_up
