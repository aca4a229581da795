"""Broken files are repaired to the data that they had, or left alone: never to other data.

Files are broken here in the ways in which it happened: an empty line before the fence, a title
written without its quotes, a quote that closes too early, and LaTeX whose escapes were read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, event, given
from hypothesis import strategies as st

from qtauthor.errors import QtauthorError
from qtauthor.rules.commands import COMMANDS
from qtauthor.rules.repair import repaired
from qtauthor.text.document import Document
from tests.rules.support import ARTICLE, article
from tests.support.readers import SiteReader, read_ruamel12

TITLES = ("title", "article_title", "question")
ESCAPES = {"\\a": "\a", "\\b": "\b", "\\f": "\f", "\\v": "\v"}
PLACES = (*TITLES, "answer", "subject", "related")

words = st.sampled_from(
    [
        *("bread", "title: x", "a: b", "what:", ": why", "it's", '"quoted"', "'so'", "''", "# no"),
        *("#", "\\forall", "\\frac{1}{2}", "\\beta", "\\alpha", "\\vec x", "\\foo", "\\\\beta"),
        *("?", "!", ".", "…", "[a]", "{b}", "&c", "*d", "- e", "> f", "| g", "%h", "@i", "`j`"),
        *("é", "日本", "\\n", "\\n\\nid: 5", "---", "yes", "null", "12", "\\", '\\"', "\\'"),
    ]
)
texts = st.lists(words, min_size=1, max_size=4).flatmap(
    lambda parts: st.sampled_from([" ".join(parts), "".join(parts)])
)


def written(key: str, text: str, style: str, indent: int = 0) -> str:
    """A field in a style that can hold it, else folded."""
    blank = " " * indent
    if style == "single":
        return f"{blank}{key}: '" + text.replace("'", "''") + "'\n"
    if style == "double":
        inner = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'{blank}{key}: "{inner}"\n'
    if style == "bare":
        return f"{blank}{key}: {text}\n"
    return f"{blank}{key}: >-\n{blank}    {text}\n"


@st.composite
def articles(draw: st.DrawFn) -> tuple[dict[str, str], dict[str, str]]:
    """The texts of an article by their places, and the styles in which they are written."""
    title = draw(texts)
    given_texts = dict.fromkeys(TITLES, title)
    given_texts |= {place: draw(texts) for place in PLACES if place not in TITLES}
    return given_texts, {place: draw(st.sampled_from(STYLES)) for place in PLACES}


STYLES = ("folded", "folded", "single", "double")


def file_of(given_texts: dict[str, str], styles: dict[str, str]) -> str:
    """An article's file with these texts."""
    fields = "".join(
        written(place, given_texts[place], styles[place]) for place in PLACES if place != "related"
    )
    link = written("title", given_texts["related"], styles["related"], 4)
    return article(f"{fields}related_article1:\n    id: 2\n{link}    url: /learn/x\n").decode()


def data_of(text: str) -> Any:
    front = text[4:].partition("\n---\n")[0]
    return yaml.load(front, Loader=yaml.SafeLoader)


def is_readable(text: str) -> bool:
    try:
        Document.parse(text.encode()).get()
    except QtauthorError:
        return False
    return True


def is_good(text: str, given_texts: dict[str, str]) -> bool:
    """Whether a file says what it was to say, so that it is one to break."""
    try:
        data = data_of(text)
    except (yaml.YAMLError, IndexError):
        return False
    read = {**data, "related": data.get("related_article1", {}).get("title")}
    return is_readable(text) and all(read[place] == text for place, text in given_texts.items())


def holds(broken: str, good: str) -> bool:
    """Whether a broken file is left alone, or repaired to the data of the good one."""
    result = repaired(broken.encode())
    if result is None:
        return False
    text = result.content.decode()
    assert data_of(text) == data_of(good)
    assert read_ruamel12(text) == read_ruamel12(good)
    assert text.partition("\n---\n")[2] == good.partition("\n---\n")[2]
    return True


@given(articles(), st.sampled_from(["\n", "\n\n", " \n", "\r\n", "\ufeff\n", "\n\ufeff", "\t\n"]))
def test_an_empty_line_before_the_fence(
    made: tuple[dict[str, str], dict[str, str]], before: str
) -> None:
    good = file_of(*made)
    assume(is_good(good, made[0]))
    assert holds(before + good, good)


@given(articles(), st.sets(st.sampled_from(PLACES), min_size=1))
def test_values_without_their_quotes(
    made: tuple[dict[str, str], dict[str, str]], which: set[str]
) -> None:
    given_texts, styles = made
    good = file_of(given_texts, styles)
    assume(is_good(good, given_texts))
    broken = file_of(given_texts, styles | dict.fromkeys(which, "bare"))
    assume(not is_readable(broken))
    event("repaired" if holds(broken, good) else "left alone")


@given(articles(), st.sampled_from([*TITLES, "related"]), st.sampled_from(["single", "double"]))
def test_a_quote_that_closes_too_early(
    made: tuple[dict[str, str], dict[str, str]], place: str, style: str
) -> None:
    given_texts, styles = made
    good = file_of(given_texts, styles | {place: style})
    assume(is_good(good, given_texts))
    key = "title" if place == "related" else place
    right = written(key, given_texts[place], style)
    wrong = right[:-3] + right[-2] + right[-3] + "\n"  # the last character stands behind the quote
    broken = good.replace(f"    {right}" if place == "related" else f"\n{right}", "\0", 1)
    broken = broken.replace("\0", f"    {wrong}" if place == "related" else f"\n{wrong}")
    assume(broken != good and not is_readable(broken))
    event("repaired" if holds(broken, good) else "left alone")


@given(articles(), st.sets(st.sampled_from(sorted(ESCAPES)), min_size=1), st.booleans())
def test_escapes_that_were_read(
    made: tuple[dict[str, str], dict[str, str]], which: set[str], late: bool
) -> None:
    given_texts, styles = made
    good = file_of(given_texts, styles)
    assume(is_good(good, given_texts))
    front, end, body = good.partition("\n---\n")
    for escape in which:
        front = front.replace(escape, ESCAPES[escape])
    broken = front + end + body
    assume(broken != good)
    event("repaired" if holds("\n" * late + broken, good) else "left alone")


@given(articles(), st.data())
def test_files_broken_in_any_way_never_lose_a_key(
    made: tuple[dict[str, str], dict[str, str]], data: st.DataObject
) -> None:
    good = file_of(*made)
    assume(is_good(good, made[0]))
    start = data.draw(st.integers(0, len(good) - 1))
    end = data.draw(st.integers(start, min(len(good), start + 5)))
    broken = (
        good[:start] + data.draw(st.sampled_from(["", ":", '"', "\f", "\n", ": "])) + good[end:]
    )
    result = None if is_readable(broken) else repaired(broken.encode())
    if result is not None:
        assert is_readable(result.content.decode())
        shown = {line.partition(":")[0] for line in broken.split("\n") if line[:1].isalpha()}
        assert shown <= {*data_of(result.content.decode()), *shown.difference(PLACES)}


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_found_again(command: str) -> None:
    good = article(f"answer: >-\n    Let $\\{command}{{x}}$ be.\n")
    broken = good.replace(b"\\" + command[:1].encode(), ESCAPES["\\" + command[0]].encode())
    result = repaired(broken)
    assert result is not None
    assert result.content == good


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: Bread: why?", "title: 'Bread: why?'"),
        ("title: Bread:", "title: 'Bread:'"),
        ("title: It's: why?", "title: 'It''s: why?'"),
        ("subject: Bread: Baking", "subject: 'Bread: Baking'"),
        ("    title: How: long?", "    title: 'How: long?'"),
        ("  page_description: Bread: why?", "  page_description: 'Bread: why?'"),
    ],
)
def test_a_colon_is_quoted(before: str, after: str) -> None:
    key = before.partition(":")[0]
    lines = ARTICLE.split("\n")
    number = next(n for n, line in enumerate(lines) if line.startswith(f"{key}:"))
    stop = number + 2 if lines[number].endswith(">-") else number + 1
    broken, good = ("\n".join([*lines[:number], new, *lines[stop:]]) for new in (before, after))
    result = repaired(broken.encode())
    assert result is not None
    assert result.content.decode() == good


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
        "title: [Bread: why?\n",
        "colour: Bread: why?\n",
        "id: 5: 6\n",
        "seo: a: b\n",
        'subject: "a\n\n  title: b: c"\ntitle: d: e\n',
        "subject: {a: b,\n  title: c: d}\ntitle: d: e\n",
    ],
)
def test_what_is_not_certain_is_left_alone(fields: str) -> None:
    assert repaired(article(fields)) is None


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


@pytest.mark.slow
def test_the_sample_without_its_quotes_is_repaired(corpus: Path) -> None:
    count = 0
    for path in sorted(corpus.glob("*/*.md")):
        text = path.read_bytes().decode()
        description = data_of(text)["seo"]["page_description"]
        if ": " not in description:
            continue
        folded = f"\n  page_description: >-\n    {description}\n"
        broken = text.replace(folded, f"\n  page_description: {description}\n")
        assert broken != text
        if not description.startswith(("'", '"')) and "\\" not in description:
            count += 1
            assert holds(broken, text)
        elif not is_readable(broken):
            holds(broken, text)
    assert count > 20


@pytest.mark.slow
def test_the_sample_with_quotes_that_close_too_early_is_repaired(corpus: Path) -> None:
    count = 0
    for path in sorted(corpus.glob("*/*.md"))[::10]:
        text = path.read_bytes().decode()
        title = data_of(text)["title"]
        if set(title) & set("\"'\\") or title[-1] not in "?.!":
            continue
        folded = f"\ntitle: >-\n    {title}\n"
        broken = text.replace(folded, f'\ntitle: "{title[:-1]}"{title[-1]}\n')
        if broken != text:
            count += 1
            assert holds(broken, text)
    assert count > 100


@pytest.mark.slow
def test_the_sample_with_its_escapes_read_is_repaired(corpus: Path) -> None:
    count = repairs = 0
    for path in sorted(corpus.glob("*/*.md")):
        text = path.read_bytes().decode()
        broken = text
        for escape, character in ESCAPES.items():
            broken = broken.replace(escape, character)
        if broken != text:
            count += 1
            repairs += holds("\n" + broken, text)
    assert repairs == count > 100
