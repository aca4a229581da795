"""``qtauthor new`` without a terminal."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from qtauthor.text.document import Document
from tests.cli.support import LAST_ID, SHIFTING, assert_refused, git, here, tree
from tests.support.state import state

ASK = ("new", "--subject", "Bread Baking", "--question", "Why is crust brown?")
PATH = "content/learn/bread-baking/why-is-crust-brown.md"


def made(site: Path, *arguments: str, stdin: bytes = b"") -> Document:
    """The article that a successful run made; nothing else may have changed."""
    before = tree(site)
    result = here(*ASK, *arguments, stdin=stdin)
    assert result.code == 0, result.err
    after = tree(site)
    (path,) = set(after) - set(before)
    assert result.text == f"{path}\n"
    assert {name: after[name] for name in before} == before
    return Document.parse(after[path])


def test_a_new_article_has_every_name_and_the_next_id(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QTAUTHOR_NOW", "2031-05-06T23:59:59-11:00")
    document = made(site)
    assert document.get() == {
        "_schema": "default",
        "id": LAST_ID + 1,
        "date": datetime.date(2031, 5, 6),
        "title": "Why is crust brown?",
        "article_title": "Why is crust brown?",
        "date_format": "MMM DD, YYYY",
        "post_on_text": "Posted on",
        "seo": {
            "title": "QuickTakes | Bread Baking",
            "page_description": "",
            "page_keywords": "",
        },
        "author": "QuickTakes",
        "question": "Why is crust brown?",
        "answer": "",
        "subject": "Bread Baking",
        "file_name": "why-is-crust-brown.md",
        "url": "/learn/bread-baking/questions/why-is-crust-brown",
    }
    assert document.body == "\n&nbsp;"


def test_every_option_lands_in_its_field(site: Path) -> None:
    (site / "draft.md").write_bytes(b"# One\r\n\r\nTwo\r\n\r\n")
    document = made(
        site,
        *("--description", " A: b ", "--keywords", "one, two,,three ", "--answer-file", "draft.md"),
        *("--related", "412", "--related", "418,1215", "--date", "2025-06-02", "--id", "9000"),
        *("--score", "-1", "--slug", "crust"),
    )
    data = document.get()
    assert data["seo"]["page_description"] == "A: b"
    assert data["seo"]["page_keywords"] == "one, two, three"
    assert data["answer"] == "# One\\n\\nTwo"
    assert data["date"] == datetime.date(2025, 6, 2)
    assert (data["id"], data["score"], data["file_name"]) == (9000, -1.0, "crust.md")
    assert data["url"] == "/learn/bread-baking/questions/crust"
    related = [data[f"related_article{number}"] for number in (1, 2, 3)]
    assert [link["id"] for link in related] == [412, 418, 1215]
    assert related[2]["title"] == "Friction or index shifting: which is easier to live with?"
    assert "related_article4" not in data


def test_the_answer_may_come_from_standard_input(site: Path) -> None:
    document = made(site, "--answer-file", "-", stdin="Sugar.\n\nÉ.\n".encode())
    assert document.get("/answer") == "Sugar.\\n\\nÉ."


def test_a_subject_is_spelled_as_most_articles_of_its_folder_spell_it(site: Path) -> None:
    result = here("new", "--subject", "bread BAKING", "--question", "A?")
    assert result.code == 0
    assert here("get", result.text.strip(), "subject").out == b"Bread Baking\n"


def test_a_new_subject_gets_a_folder(site: Path) -> None:
    result = here("new", "--new-subject", "--subject", "Jazz", "--question", "A?")
    assert result.text == "content/learn/jazz/a.md\n"
    assert (site / "content/learn/jazz/a.md").is_file()


def test_the_path_is_printed_as_it_is_called_from_here(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site / "content/learn")
    assert here(*ASK).text == "bread-baking/why-is-crust-brown.md\n"
    monkeypatch.chdir(site.parent)
    result = here("--root", "site", "new", "--new-subject", "--subject", "Jazz", "--question", "A?")
    assert result.text == "site/content/learn/jazz/a.md\n"
    monkeypatch.chdir("/")
    monkeypatch.setenv("QTAUTHOR_ROOT", str(site))
    monkeypatch.chdir(site / "content")
    assert (
        here("new", "--new-subject", "--subject", "Jazz", "--question", "B?").text
        == "learn/jazz/b.md\n"
    )


def test_json_has_a_version_the_path_the_id_and_the_url(site: Path) -> None:
    result = here(*ASK, "--format", "json")
    assert (result.code, result.err) == (0, "")
    url = "/learn/bread-baking/questions/why-is-crust-brown"
    facts = {"version": 1, "path": PATH, "id": LAST_ID + 1, "url": url, "written": True}
    facts |= {"linked_back": [], "notices": []}
    assert result.json == facts


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_a_trial_makes_nothing(site: Path, option: str) -> None:
    before = tree(site)
    result = here(*ASK, option)
    assert result.code == 1
    assert result.err.startswith(f"would create the article {LAST_ID + 1} at /learn/")
    start = f"{PATH}\n" if option == "--dry-run" else f"diff --git a/{PATH} b/{PATH}\nnew file"
    assert result.text.startswith(start)
    shown = here(*ASK, option, "--format", "json").json
    assert shown["written"] is False
    assert shown.get("diff", result.text) == result.text
    assert tree(site) == before
    assert not (state(site) / "history").exists()


def test_quiet_prints_only_the_path(site: Path) -> None:
    assert here("-q", *ASK) == (0, f"{PATH}\n".encode(), "")


@pytest.mark.parametrize("given", [(), ("--no-input",), ("--subject", "  ")])
def test_missing_options_are_named_where_nobody_can_be_asked(
    site: Path, given: tuple[str, ...]
) -> None:
    assert_refused(here("new", *given), "missing-option", "--subject and --question must be given")
    named = here("new", "--new-subject", "--subject", "Jazz", *given)
    if "--subject" not in given:
        assert_refused(named, "missing-option", "error: --question must be given")


def test_an_article_that_is_there_is_not_made_again(site: Path) -> None:
    here(*ASK)
    before = tree(site)
    assert_refused(here(*ASK), "slug-taken", PATH, "--slug")
    elsewhere = here(
        "new", "--new-subject", "--subject", "Jazz", "--question", "Why is crust brown?"
    )
    assert_refused(elsewhere, "slug-taken", f"--id {LAST_ID + 1}")
    assert tree(site) == before


def test_the_same_question_may_be_filed_under_another_subject_with_its_id(site: Path) -> None:
    here(*ASK)
    again = (
        "new",
        "--new-subject",
        "--subject",
        "Jazz",
        "--question",
        "Why is crust brown?",
        "--id",
        "3056",
    )
    assert here(*again).text == "content/learn/jazz/why-is-crust-brown.md\n"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--id", "1215"], "id-taken", "Friction or index"),
        (["--id", "0"], "bad-id", "0 is no id"),
        (["--id", "-5"], "bad-id", "-5 is no id"),
        (["--related", "4"], "unknown-id", "no article has the id 4"),
        (["--related", "x"], "bad-id", "'x' is no id"),
        (["--related", "412,418,1207,1215,1240,3055"], "too-many-related", "choose 5"),
        (["--id", "9000", "--related", "9000"], "bad-id", "itself"),
        (["--slug", "../../x"], "unsafe-path", "the slug cannot be a file's name"),
        (["--slug", "/etc/x"], "unsafe-path", "/etc/x"),
        (["--slug", ".."], "unsafe-path", "dot"),
        (["--slug", "a\x1b[31m"], "unsafe-path", "\\u001b"),
        (["--slug", ""], "empty-slug", "question"),
        (["--subject", "???"], "empty-slug", "nothing is left of the subject"),
        (["--question", "???"], "empty-slug", "nothing is left of the question"),
        (["--question", "x" * 300], "unsafe-path", "over 255"),
        (["--answer-file", "no.md"], "not-found", "no.md"),
        (["--answer-file", "."], "not-a-file", ".: error"),
        (["--answer-file", "latin.md"], "not-utf8", "save the file as UTF-8"),
        (["--answer-file", "torn.md"], "torn-latex", "\\neq"),
        (["--template", "none.md"], "bad-template", "folded or plain"),
    ],
)
def test_a_bad_request_makes_nothing(
    site: Path, arguments: list[str], code: str, words: str
) -> None:
    (site / "latin.md").write_bytes(b"\xe9")
    (site / "torn.md").write_bytes(b"a $\\neq$ b")
    before = tree(site)
    assert_refused(here(*ASK, *arguments), code, words)
    assert tree(site) == before
    assert tree(site.parent) == {f"site/{path}": data for path, data in before.items()}


@pytest.mark.parametrize("kind", ["file", "folder", "link", "dangling link"])
def test_whatever_stands_at_the_target_stays(site: Path, kind: str) -> None:
    target = site / PATH
    makers: dict[str, Callable[[], object]] = {
        "file": lambda: target.write_bytes(b""),
        "folder": target.mkdir,
        "link": lambda: target.symlink_to(site / SHIFTING),
        "dangling link": lambda: target.symlink_to("nowhere"),
    }
    makers[kind]()
    before = tree(site)
    assert_refused(here(*ASK), "slug-taken", PATH)
    assert tree(site) == before


def test_a_folder_of_articles_that_leads_out_of_the_site_gets_no_article(
    site: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (site / "content/learn/jazz").symlink_to(outside)
    for option in ((), ("--diff",)):
        refused = here("new", "--new-subject", "--subject", "Jazz", "--question", "A?", *option)
        assert_refused(refused, "unsafe-path", "leads out of the site")
    assert list(outside.iterdir()) == []


def test_without_a_site_the_ways_to_name_one_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert_refused(here(*ASK), "no-site", "--root", "QTAUTHOR_ROOT")


def test_git_sees_the_article_and_nothing_of_qtauthors_own(site: Path) -> None:
    git(site, "init", "-q")
    git(site, "add", "-A")
    git(site, "commit", "-qm", "a")
    here("set", SHIFTING, "id=1215")
    here(*ASK)
    assert git(site, "status", "--short").stdout.decode() == f"?? {PATH}\n"
