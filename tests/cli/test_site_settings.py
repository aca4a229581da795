"""Configuration and templates, as they are met on the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.support import CHAIN, assert_refused, here, tree

NEW = ("new", "--new-subject", "--subject", "Jazz", "--question", "Why: a colon?")


def configure(site: Path, text: str) -> None:
    (site / "qtauthor.toml").write_text(text, encoding="utf-8")


def new_article(site: Path, *arguments: str) -> str:
    result = here(*NEW, *arguments)
    assert result.code == 0, result.err
    return (site / result.text.strip()).read_text(encoding="utf-8")


@pytest.fixture
def mine(site: Path) -> Path:
    """A template of the site's own: with comments, CRLF, other styles and a body."""
    text = (site / CHAIN).read_text(encoding="utf-8")
    text = text.replace("author: QuickTakes", "author: The Guild  # all of us")
    text = text.replace("&nbsp;", "<!-- ours -->\n").replace("\n", "\r\n")
    (site / "templates").mkdir()
    (site / "templates/mine.md").write_bytes(text.encode())
    return site / "templates/mine.md"


@pytest.mark.parametrize("way", ["configured", "option"])
def test_a_sites_own_template_gives_its_style_and_its_fixed_fields(
    site: Path, mine: Path, way: str
) -> None:
    if way == "configured":
        configure(site, 'template = "templates/mine.md"\n')
        result = here(*NEW)
    else:
        result = here(*NEW, "--template", "templates/mine.md")
    assert result.code == 0, result.err
    made = (site / result.text.strip()).read_bytes()
    assert made.count(b"\r\n") == made.count(b"\n")
    assert b"author: The Guild  # all of us\r\n" in made
    assert made.endswith(b"<!-- ours -->\r\n")
    assert b"related_article" not in made
    assert b"chain" not in made


def test_the_two_shipped_templates_differ_in_their_titles_only(site: Path) -> None:
    folded = new_article(site, "--template", "folded")
    plain = here(*NEW, "--template", "plain", "--slug", "other", "--id", "3056").text.strip()
    made = (site / plain).read_text(encoding="utf-8").replace("/other", "/why-a-colon")
    one_line = re.sub(r"(title): >-\n +(.*)", r"\1: '\2'", folded)
    assert one_line != folded
    assert made.replace("other.md", "why-a-colon.md") == one_line


def test_the_template_also_places_new_keys_of_old_articles(site: Path, mine: Path) -> None:
    (site / "bare.md").write_bytes(b"---\nid: 1\nurl: /x\n---\n")
    assert here("set", "bare.md", "author=A", "no_index=true").code == 0
    keys = re.findall(r"^(\w+):", (site / "bare.md").read_text(), re.MULTILINE)
    assert keys == ["id", "author", "no_index", "url"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "there is no such file"),
        (b"no front matter", "does not begin with a front matter"),
        (b"---\nid: 1\n---\n", "missing required field"),
        (b"---\nid: x: y\n---\n", ""),
        (b"---\nid: one\n---\n", ""),
        (b"\xff", "not UTF-8"),
    ],
)
def test_a_broken_template_is_named(site: Path, content: bytes | None, words: str) -> None:
    if content is not None:
        (site / "mine.md").write_bytes(content)
    before = tree(site)
    refused = here(*NEW, "--template", "mine.md")
    assert_refused(refused, "bad-template", "mine.md", words, "folded or plain")
    configure(site, 'template = "mine.md"\n')
    assert_refused(here(*NEW), "bad-template", "mine.md", words)
    assert_refused(here("set", CHAIN, "score=1"), "bad-template", "mine.md", words)
    (site / "qtauthor.toml").unlink()
    assert tree(site) == before


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('\ncontnet = "x"', ":2:1: ", "did you mean content?"),
        ('[slug]\nstile = "ascii"', ":2:1: ", "did you mean style?"),
        ('[slug]\nstyle = "asci"', ":2:1: ", "did you mean ascii?"),
        ("content = ", ":1:11: ", "not TOML"),
        ("content = 3", ":1:1: ", "content must be a string"),
        ('content = "../x"', ":1:1: ", "leads out of the site"),
        ('template = ""', ":1:1: ", "template is empty"),
        ('url.pattern = "/x"', ":1:1: ", "{subject} is missing"),
    ],
)
def test_a_wrong_configuration_is_refused_at_its_place_by_every_command(
    site: Path, text: str, place: str, words: str
) -> None:
    configure(site, text)
    before = tree(site)
    for arguments in (NEW, ("set", CHAIN, "score=1"), ("show", CHAIN), ("unset", CHAIN, "score")):
        refused = here(*arguments)
        assert_refused(refused, "bad-configuration", f"qtauthor.toml{place}", words)
    assert here("get", CHAIN, "id").code == 0
    assert tree(site) == before


def test_the_configuration_decides_names_and_places(site: Path) -> None:
    configure(
        site,
        'content = "questions"\nslug.style = "unicode"\nurl.pattern = "/{subject}/{slug}/"\n'
        'seo.title = "{subject}!"\nanswer.codec = "plain"\n[subjects]\nJazz = ["jass"]\n',
    )
    (site / "questions").mkdir()
    (site / "answer.md").write_text("a\nb\n")
    result = here(
        "new",
        "--new-subject",
        "--subject",
        "JASS",
        "--question",
        "Où ?",
        "--answer-file",
        "answer.md",
    )
    assert result.text == "questions/jazz/où.md\n"
    data = here("get", "questions/jazz/où.md").json
    assert (data["subject"], data["url"], data["answer"]) == ("Jazz", "/jazz/où/", "a\nb")
    assert (data["seo"]["title"], data["id"]) == ("Jazz!", 1)


def test_a_pyproject_may_hold_the_configuration(site: Path) -> None:
    (site / "pyproject.toml").write_text("[tool.qtauthor]\ntemplate = 'plain'\n")
    assert "\ntitle: 'Why: a colon?'\n" in new_article(site)
    (site / "pyproject.toml").write_text("[tool.qtauthor]\ntemplat = 'plain'\n")
    assert_refused(
        here(*NEW), "bad-configuration", "pyproject.toml:2:1: ", "did you mean template?"
    )


def test_a_root_in_the_environment_is_found_from_anywhere_and_the_option_wins(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QTAUTHOR_ROOT", str(site))
    assert here(*NEW).code == 0
    assert_refused(here("--root", str(tmp_path), *NEW), "no-site", str(tmp_path))
    monkeypatch.setenv("QTAUTHOR_ROOT", "")
    assert_refused(here(*NEW), "no-site")
