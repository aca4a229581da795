"""``qtauthor set`` and ``qtauthor unset`` on files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.support import CHAIN, SHIFTING, Result, assert_refused, here, tree
from tests.support.state import state


def changed_lines(before: bytes, after: bytes) -> tuple[list[bytes], list[bytes]]:
    """The lines that went and those that came."""
    old, new = before.split(b"\n"), after.split(b"\n")
    return [x for x in old if x not in new], [x for x in new if x not in old]


def edited(site: Path, *arguments: str) -> tuple[list[bytes], list[bytes]]:
    """What a successful edit of one article did to its lines; nothing else may change."""
    before = tree(site)
    result = here(*arguments[:1], SHIFTING, *arguments[1:])
    assert result == (0, b"", "changed 1 article\n")
    after = tree(site)
    assert {path for path in after if after[path] != before.get(path)} == {SHIFTING}
    return changed_lines(before[SHIFTING], after[SHIFTING])


@pytest.mark.parametrize(
    ("assignment", "line"),
    [
        ("score=1", b"score: 1.0"),
        ("score=-1.5", b"score: -1.5"),
        ("score:=2", b"score: 2.0"),
        ("no_index=true", b"no_index: True"),
        ("no_index:=true", b"no_index: True"),
        ("date=2030-01-31", b"date: 2030-01-31"),
        ('date:="2030-01-31"', b"date: 2030-01-31"),
        ("id=77", b"id: 77"),
        ("author=No", b"author: 'No'"),
        ("author=", b"author: ''"),
        ("author=a=b", b"author: a=b"),
        ('author:="2024"', b"author: '2024'"),
        ("/author=a: b", b"author: 'a: b'"),
        ("/new:={}", b"new: {}"),
        ("/new=007", b"new: '007'"),
        ("/new:=2024-12-18", b"new: 2024-12-18"),
        ("/new:=2024-12-18T09:30:00", b"new: 2024-12-18T09:30:00"),
        ('/new:="2024-12-18"', b"new: '2024-12-18'"),
        ("/new:=1", b"new: 1"),
        ("seo.title=Bicycles: shifting", b"  title: 'Bicycles: shifting'"),
        ("/seo/title=Shifting", b"  title: Shifting"),
    ],
)
def test_a_value_is_typed_and_spelled_as_in_the_file(
    site: Path, assignment: str, line: bytes
) -> None:
    _, came = edited(site, "set", assignment)
    assert came == [line]


def test_a_folded_text_stays_folded_with_its_own_indentation(site: Path) -> None:
    gone, came = edited(site, "set", "seo.page_description=A: new #text")
    assert came == [b"    A: new #text"]
    assert len(gone) == 1


def test_the_text_of_a_file_is_taken_without_its_last_line_break(site: Path) -> None:
    (site / "draft.md").write_bytes(b"# One\r\n\r\nTwo $x$\r\n")
    _, came = edited(site, "set", "answer=@draft.md")
    assert came == [b"    # One\\n\\nTwo $x$"]


def test_the_text_of_standard_input_is_taken(site: Path) -> None:
    before = (site / SHIFTING).read_bytes()
    assert here("set", SHIFTING, "answer=@-", stdin="\ufeffé\nb\n".encode()).code == 0
    assert changed_lines(before, (site / SHIFTING).read_bytes())[1] == ["    é\\nb".encode()]


def test_standard_input_cannot_be_two_things(site: Path) -> None:
    before = tree(site)
    twice = here("set", SHIFTING, "answer=@-", "author=@-", stdin=b"x")
    assert_refused(twice, "bad-assignment", "standard input can be read only once")
    both = here("set", "-", "answer=@-", stdin=b"---\nanswer: a\n---\n")
    assert_refused(both, "bad-assignment", "standard input can be read only once")
    assert tree(site) == before


def test_several_keys_of_several_files_change_at_once(site: Path) -> None:
    assert here("set", SHIFTING, CHAIN, "score=3", "author=A").err == "changed 2 articles\n"
    for name in (SHIFTING, CHAIN):
        assert b"\nscore: 3.0\n" in (site / name).read_bytes()
        assert b"\nauthor: A\n" in (site / name).read_bytes()


def test_a_value_that_is_there_already_writes_nothing(site: Path) -> None:
    here("set", SHIFTING, "score=3")
    status = (site / SHIFTING).stat()
    assert here("set", SHIFTING, "score=3", "id=1215") == (
        0,
        b"",
        "changed 0 articles: that is there already\n",
    )
    assert (site / SHIFTING).stat() == status


def test_unset_takes_fields_out_and_an_absent_one_is_no_error(site: Path) -> None:
    before = (site / SHIFTING).read_bytes()
    here("set", SHIFTING, "score=3")
    assert here("unset", SHIFTING, "score", "no_index") == (0, b"", "changed 1 article\n")
    assert (site / SHIFTING).read_bytes() == before


def test_unset_refuses_what_every_article_needs_but_for_a_pointer(site: Path) -> None:
    before = tree(site)
    assert_refused(here("unset", SHIFTING, "title"), "missing-field", SHIFTING, "every article")
    assert tree(site) == before
    gone, came = edited(site, "unset", "/date_format")
    assert (gone, came) == ([b"date_format: MMM DD, YYYY"], [])


def test_unset_takes_a_key_even_where_a_file_is_called_so(site: Path) -> None:
    (site / "related_article2").mkdir()
    gone, came = edited(site, "unset", "related_article2")
    assert gone[0] == b"related_article2:"
    assert came == []


@pytest.mark.parametrize("command", ["set", "unset"])
def test_one_bad_file_keeps_all_others_as_they_are(site: Path, command: str) -> None:
    (site / "bad.md").write_text("no front matter")
    before = tree(site)
    key = {"set": "/author=x", "unset": "/author"}[command]
    for bad, code in (("bad.md", "no-front-matter"), ("no.md", "not-found")):
        assert_refused(here(command, SHIFTING, bad, CHAIN, key), code, f"{bad}")
    assert tree(site) == before


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_a_trial_writes_nothing_and_says_by_its_exit_code_whether_it_would(
    site: Path, option: str
) -> None:
    before = tree(site)
    would = here("set", SHIFTING, "score=3", option)
    assert would.code == 1
    assert would.err == "would change 1 article\n"
    assert bool(would.out) is (option == "--diff")
    assert here("set", SHIFTING, "id=1215", option) == (
        0,
        b"",
        "would change 0 articles: that is there already\n",
    )
    assert here("unset", SHIFTING, "author", option).code == 2
    assert here("unset", SHIFTING, "related_article2", option).code == 1
    assert tree(site) == before
    assert not state(site).exists()


def test_quiet_leaves_the_data_and_the_errors(site: Path) -> None:
    assert here("-q", "set", SHIFTING, "score=3", "--diff").out.startswith(b"diff --git ")
    assert here("-q", "set", SHIFTING, "score=3") == (0, b"", "")
    assert_refused(here("-q", "set", SHIFTING, "scor=3"), "unknown-field")


def test_json_has_a_version_and_the_keys_of_each_file_as_it_was_called(site: Path) -> None:
    name = f"./{SHIFTING}"
    result = here("set", name, CHAIN, "author=A", "seo.title=B", "--format", "json")
    keys = ["/author", "/seo/title"]
    changed = [{"path": name, "keys": keys}, {"path": CHAIN, "keys": keys}]
    assert result.json == {"version": 1, "written": True, "changed": changed}
    assert (result.code, result.err) == (0, "")


def test_json_of_a_trial_says_that_nothing_was_written(site: Path) -> None:
    dry = here("unset", SHIFTING, "related_article2", "--dry-run", "--format", "json")
    assert dry.code == 1
    assert dry.json["written"] is False
    assert dry.json["changed"] == [{"path": SHIFTING, "keys": ["/related_article2"]}]
    diff = here("set", SHIFTING, "score=3", "--diff", "--format", "json").json
    assert diff["written"] is False
    assert diff["diff"] == here("set", SHIFTING, "score=3", "--diff").text


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["score=1"], "bad-assignment", "a file is missing"),
        ([CHAIN], "bad-assignment", "something to set"),
        ([CHAIN, "scoer=1"], "unknown-field", "did you mean score?"),
        ([CHAIN, "page-keywords=1"], "unknown-field", "did you mean seo.page_keywords?"),
        ([CHAIN, "seo.titel=1"], "unknown-field", "did you mean seo.title?"),
        ([CHAIN, "score=high"], "wrong-type", "score is a number"),
        ([CHAIN, "date=tomorrow"], "wrong-type", "a date such as 2024-12-18"),
        ([CHAIN, "no_index=maybe"], "wrong-type", "true or false"),
        ([CHAIN, "id=1.5"], "wrong-type", "a whole number"),
        ([CHAIN, "seo=x"], "wrong-type", "several fields"),
        ([CHAIN, "title:=5"], "wrong-type", "title is text"),
        ([CHAIN, "title:=No"], "bad-assignment", "KEY=VALUE takes text as it is"),
        ([CHAIN, "/a:=" + "[" * 100_000], "bad-assignment", "JSON"),
        ([CHAIN, "answer=@no.md"], "not-found", "no.md: "),
        ([CHAIN, "/seo/no/where=1"], "no-such-key", "/seo/no"),
        ([CHAIN, "/~2=1"], "bad-pointer", "~1 for a slash"),
        ([CHAIN, "answer=a $\\neq$ b"], "torn-latex", "write ≠"),
        (["-", CHAIN, "score=1"], "bad-assignment", "give - alone"),
        (["-", "score=1", "--format", "json"], "bad-assignment", "--dry-run"),
    ],
)
def test_a_bad_request_is_refused_with_what_to_do(
    site: Path, arguments: list[str], code: str, words: str
) -> None:
    before = tree(site)
    assert_refused(here("set", *arguments), code, words)
    assert tree(site) == before


def test_unset_names_what_is_missing(site: Path) -> None:
    assert_refused(here("unset", "score"), "bad-assignment", "a file is missing")
    assert_refused(here("unset", CHAIN), "bad-assignment", "a key is missing")


@pytest.mark.parametrize("name", ["a=b.md", "title=x", "a b.md", "é \"q\" 'x'.md", "score=1.md"])
def test_a_file_may_be_called_like_an_assignment_or_hold_blanks(site: Path, name: str) -> None:
    (site / name).write_bytes((site / CHAIN).read_bytes())
    assert here("set", name, "score=7").err == "changed 1 article\n"
    assert b"score: 7.0" in (site / name).read_bytes()
    assert b"score: 7.0" not in (site / CHAIN).read_bytes()
    assert here("unset", f"./{name}", "score").err == "changed 1 article\n"
    assert (site / name).read_bytes() == (site / CHAIN).read_bytes()


def test_a_file_that_is_named_twice_is_edited_once(site: Path) -> None:
    result = here("set", CHAIN, f"./{CHAIN}", str(site / CHAIN), "score=7", "--format", "json")
    assert result.json["changed"] == [{"path": CHAIN, "keys": ["/score"]}]


def second_site(site: Path) -> Path:
    """Another site beside the first, which spells a key's default in its own way."""
    other = site.with_name("other")
    (other / "content/learn/x").mkdir(parents=True)
    (other / "qtauthor.toml").write_text('answer.codec = "plain"\n')
    (other / "content/learn/x/a.md").write_bytes((site / CHAIN).read_bytes())
    return other


def test_each_file_is_edited_in_the_manner_of_its_own_site(site: Path) -> None:
    other = second_site(site) / "content/learn/x/a.md"
    assert here("set", CHAIN, str(other), "answer=a\nb").err == "changed 2 articles\n"
    assert b"    a\\nb\n" in (site / CHAIN).read_bytes()
    assert b"    a\\nb\n" not in other.read_bytes()
    assert here("get", str(other), "answer").out == b"a\nb\n"


def test_several_sites_change_all_or_none(site: Path) -> None:
    other = second_site(site)
    (other / "content/learn/x/a.md").chmod(0o444)
    before = tree(site), tree(other)
    for names in (
        [CHAIN, "../other/content/learn/x/a.md"],
        ["../other/content/learn/x/a.md", CHAIN],
    ):
        refused = here("set", *names, "score=1")
        assert_refused(refused, "cannot-write", "../other/content/learn/x/a.md: error", "read-only")
    assert (tree(site), tree(other)) == before


def test_a_file_outside_of_any_site_stands_alone(
    tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lone = tmp_path / "lone"
    lone.mkdir()
    (lone / "a.md").write_bytes((site / CHAIN).read_bytes())
    monkeypatch.chdir(lone)
    assert here("set", "a.md", "score=1").err == "changed 1 article\n"
    assert os.listdir(lone) == ["a.md"]  # noqa: PTH208
    assert b"score: 1.0" in (lone / "a.md").read_bytes()


def by_option(root: Path, *arguments: str) -> Result:
    return here("--root", str(root), *arguments)


def test_a_root_refuses_files_of_other_places(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = second_site(site)
    for root in (other, Path("../other")):
        assert_refused(by_option(root, "set", CHAIN, "score=1"), "unsafe-path", CHAIN, "--root")
    monkeypatch.setenv("QTAUTHOR_ROOT", str(other))
    assert_refused(here("set", CHAIN, "score=1"), "unsafe-path")
    assert by_option(site, "set", CHAIN, "score=1").code == 0


def test_a_root_that_is_no_site_is_refused(site: Path) -> None:
    for root in ("content", "nowhere"):
        refused = by_option(Path(root), "set", CHAIN, "score=1")
        assert_refused(refused, "no-site", "--root", "QTAUTHOR_ROOT")


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", '{"a": NaN}'])
def test_what_is_no_json_is_no_value(site: Path, text: str) -> None:
    assert_refused(here("set", CHAIN, f"/x:={text}"), "bad-assignment")


LISTS = (
    b"a: x\ntags:\n  - one\n  - two\nflow: [1, 2]\nempty: []\nnone:\n"
    b"in: {deep: [true]}\ndays: [2024-12-18]\ndraft: true\nday: 2024-12-18\nn: 3\nr: 1.5\n"
)


def piped(*arguments: str) -> tuple[int, str, str]:
    """`set` on standard input: the exit code, the front matter, and what was said."""
    result = here("set", "-", *arguments, stdin=b"---\n" + LISTS + b"---\n")
    return result.code, result.text[4:-4], result.err


@pytest.mark.parametrize(
    ("arguments", "old", "new"),
    [
        (["/tags/-=z"], "  - two\n", "  - two\n  - z\n"),
        (["/tags/0=z"], "  - one\n", "  - z\n"),
        (["/flow/-=3"], "[1, 2]", "[1, 2, 3]"),
        (["/flow/0=3"], "[1, 2]", "[3, 2]"),
        (["/empty/-=z"], "[]", "[z]"),
        (["/in/deep/-=false"], "[true]", "[true, false]"),
        (["/days/-=2025-01-02"], "[2024-12-18]", "[2024-12-18, 2025-01-02]"),
        (["/tags/-:=1"], "  - two\n", "  - two\n  - 1\n"),
        (["/draft=false"], "draft: true", "draft: false"),
        (["/draft=FALSE"], "draft: true", "draft: false"),
        (["/day=2025-01-02"], "day: 2024-12-18", "day: 2025-01-02"),
        (["/n=4"], "n: 3", "n: 4"),
        (["/n=4.5"], "n: 3", "n: 4.5"),
        (["/r=2"], "r: 1.5", "r: 2.0"),
        (["/a=true"], "a: x", "a: 'true'"),
        (["--add", "tags=two"], "", ""),
        (["--add", "tags=z", "--add", "tags=z"], "  - two\n", "  - two\n  - z\n"),
        (["--add", "/flow=2"], "", ""),
        (["--add", "/flow:=2.5"], "[1, 2]", "[1, 2, 2.5]"),
        (["--add", "/in/deep=true"], "", ""),
        (["/a=z", "--add", "/flow=2"], "a: x", "a: z"),
    ],
)
def test_a_list_grows_and_a_value_keeps_its_kind(arguments: list[str], old: str, new: str) -> None:
    code, text, err = piped(*arguments)
    expected = LISTS.decode().replace(old, new, 1) if old else LISTS.decode()
    assert (code, err) == (0, "")
    assert text == expected


@pytest.mark.parametrize("argument", ["/none/-=z", "/fresh/-=z"])
def test_a_list_that_is_not_there_is_made(argument: str) -> None:
    from qtauthor import Document

    result = here("set", "-", argument, stdin=b"---\n" + LISTS + b"---\n")
    assert result.code == 0
    name = argument.split("/")[1]
    assert Document.parse(result.out).get(f"/{name}") == ["z"]


def test_a_missing_mapping_around_a_field_is_made() -> None:
    result = here("set", "-", "seo.page_description=Why: so", stdin=b"---\nid: 1\n---\n")
    assert result.out == b"---\nid: 1\nseo:\n  page_description: >-\n    Why: so\n---\n"


@pytest.mark.parametrize(
    ("argument", "why", "help_"),
    [
        ("/draft=maybe", "/draft is true or false, and 'maybe' is none", "makes it a text"),
        ("/day=tomorrow", "/day is a date such as 2024-12-18, and 'tomorrow' is none", "a text"),
        ("/n=many", "/n is a number, and 'many' is none", "makes it a text"),
        ("/tags=z", "/tags is a list", "/tags/-=VALUE appends, --add /tags=VALUE"),
        ("/in=z", "/in has keys of its own", "/in/KEY=VALUE"),
        ("/a/-=z", "/a is a text, not a list", "qtauthor replace changes a part of a text"),
        ("/n/-=4", "/n is a number, not a list", "makes it a list"),
        ("/flow/-=x", "/flow/- is a number, and 'x' is none", "makes it a text"),
        ("--add=a=x", "/a is a text, not a list", "replace"),
        ("app.io/name=Y", "'app.io/name=Y' is no file", "/app.io~1name=Y for one with a slash"),
        ("tags/-=z", "'tags/-=z' is no file", "/tags/-=z for a key inside another"),
        ("app.io=Y", "no field 'app.io'", "/app/io inside another, or /app.io with dots"),
    ],
)
def test_what_does_not_fit_is_told_with_what_would(argument: str, why: str, help_: str) -> None:
    code, text, err = piped(argument)
    assert (code, text) == (2, "")
    assert why in err
    assert help_ in err
    assert err.count("\n") <= 3


def test_a_keyword_is_added_once(site: Path) -> None:
    _, came = edited(site, "set", "--add=seo.page_keywords=bearing")
    assert len(came) == 1
    assert came[0].endswith(b", bearing")
    again = here("set", SHIFTING, "--add", "seo.page_keywords=bearing")
    assert again.err == "changed 0 articles: that is there already\n"
