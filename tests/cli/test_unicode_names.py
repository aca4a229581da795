"""Letters that are composed in one place and taken apart in another are the same name."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from qtauthor.content.lookalike import difference
from qtauthor.content.site import Site
from tests.cli.support import assert_refused, here

QUESTION = "Què és l'èxit?"
SUBJECT = "Català"


Form = Literal["NFC", "NFD"]


def apart(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.fixture
def moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site whose files came over a system that takes letters apart; its fields did not."""
    root = tmp_path / "site"
    (root / "content/learn").mkdir(parents=True)
    (root / "qtauthor.toml").write_text('slug.style = "unicode"\n')
    monkeypatch.chdir(root)
    assert here("new", "--subject", SUBJECT, "--question", QUESTION).code == 0
    related = ("--related", "1", "--related-both")
    asked = here("new", "--subject", SUBJECT, "--question", "Què més?", *related[:2])
    assert asked.code == 0, asked.err
    learn = root / "content/learn"
    for path in [*learn.glob("*/*.md"), *learn.glob("*")]:
        path.rename(path.with_name(apart(path.name)))
    return root


def path_of(words: str) -> str:
    found = [path for path in Site.at(Path.cwd()).paths() if words in path]
    assert len(found) == 1
    return found[0]


def test_fields_and_links_fit_the_files(moved: Path) -> None:
    found = json.loads(here("check", "--output-format", "json").out)
    codes = {one["code"] for one in found["findings"]}
    assert not {code for code in codes if code.startswith(("QT3", "QT5"))} - {"QT509"}
    first = path_of("xit")
    assert not first.isascii()
    assert first == apart(first)
    stats = here("ls", "--where", "inbound = 1", "--format", "jsonl")
    assert stats.code == 0
    site = Site.at(moved)
    for entry in site.index.entries():
        assert site.index.at_address(entry.address) == entry
        assert site.index.at_address(apart(entry.address)) == entry
        assert len(site.index.links_to(entry.address)) == len(site.index.links_to(entry.url or ""))
    assert len(site.index.links_to(site.index.entry(first).address)) == 1  # type: ignore[union-attr]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_an_article_is_found_by_its_names_in_either_form(moved: Path, form: Form) -> None:
    path = path_of("xit")
    for name in (path, path.removeprefix("content/learn/"), Path(path).stem):
        asked = unicodedata.normalize(form, name)
        found = here("show", asked)
        assert found.code == 0, (asked, found)
    url = Site.at(moved).index.entry(path).address  # type: ignore[union-attr]
    assert here("show", unicodedata.normalize(form, url)).code == 0
    subject = unicodedata.normalize(form, SUBJECT)
    assert here("set", "--subject", subject, "--expect", "2", "score=9").code == 0


def test_the_same_question_is_not_made_again(moved: Path) -> None:
    for question in (QUESTION, apart(QUESTION)):
        told = here("new", "--subject", SUBJECT, "--question", question)
        assert_refused(told, "slug-taken")
    assert here("new", "--subject", SUBJECT, "--question", "Què hi ha?").code == 0
    assert len(list((moved / "content/learn").iterdir())) == 1


def test_what_renames_nothing_leaves_files_and_fields(moved: Path) -> None:
    path = path_of("xit")
    before = (moved / path).read_bytes()
    assert here("retitle", path, "--question", QUESTION + "!").code == 0
    assert (moved / path).is_file()
    after = (moved / path).read_bytes()
    for line in before.split(b"\n"):
        assert line in after.split(b"\n") or QUESTION.encode() in line
    assert here("retitle", path, "--question", "Què no?").code == 0
    assert here("check", "--select", "QT3,QT5", "--ignore", "QT509").code == 0


@pytest.mark.parametrize(
    ("given", "wanted", "told"),
    [
        ("caf\u00e9", "cafe\u0301", "decomposed (NFD); here they are composed (NFC)"),
        ("cafe\u0301", "caf\u00e9", "composed (NFC); here they are decomposed (NFD)"),
        ("a\u00a0b", "a b", "U+0020 (space) at character 2; here it is U+00A0 (no-break space)"),
        ("ab\u200b", "ab", "an end at character 3; here it is U+200B (zero width space)"),
        ("ab", "a\u00adb", "U+00AD (soft hyphen) at character 2"),
        ("a", "b", ""),
        ("a", "a", ""),
        ("A", "a", ""),
    ],
)
def test_messages_tell_in_what_two_texts_differ_that_look_the_same(
    given: str, wanted: str, told: str
) -> None:
    found = difference(given, wanted)
    assert told in found
    assert bool(told) == bool(found)
