"""Edits of many articles at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import CHAIN, SHIFTING, assert_refused, here, terminal, tree


def lines_of(diff: str) -> list[str]:
    return [
        line
        for line in diff.split("\n")
        if line[:1] in ("+", "-") and line[:3] not in ("+++", "---")
    ]


def test_one_refusal_stops_everything_and_keep_going_leaves_it_out(site: Path) -> None:
    (site / CHAIN).write_bytes((site / CHAIN).read_bytes().replace(b"seo:", b"seo: &x", 1) + b"\n")
    (site / SHIFTING).write_text("---\n[\n---\n")
    before = tree(site)
    assert_refused(here("set", "--all", "score=1"), "invalid-yaml")
    assert tree(site) == before
    result = here("set", "--all", "score=1", "--keep-going")
    assert result.code == 1
    assert "changed 7 articles" in result.err
    assert "left 1 article as they are" in result.err
    assert "[invalid-yaml]" in result.err
    assert (site / SHIFTING).read_text() == "---\n[\n---\n"
    listed = here("set", "--all", "score=2", "--keep-going", "--format", "json").json
    assert [one["code"] for one in listed["left"]] == ["invalid-yaml"]


def test_the_number_of_processes_does_not_show(site: Path) -> None:
    (site / SHIFTING).write_text("---\n[\n---\n")
    arguments = ("set", "--all", "/x=y", "--diff", "--keep-going")
    one, three = (here(*arguments, "--jobs", jobs) for jobs in ("1", "3"))
    assert one == three
    assert len(lines_of(one.text)) == 7


def test_an_article_is_asked_about(site: Path) -> None:
    before = tree(site)
    with terminal("set", "--subject", "Bicycles", "/x=y", "-i", cwd=site) as run:
        for number, answer in enumerate("nyq", 1):
            run.expect(f"{number} of 3")
            run.type(f"{answer}\r")
        run.expect("changed 1 article")
        assert run.code() == 0
    after = tree(site)
    assert [path for path in before if before[path] != after[path]] == [CHAIN]
    with terminal("set", "--subject", "Bicycles", "/x=z", "-i", cwd=site) as run:
        run.expect("1 of 3")
        run.type("a\r")
        run.expect("changed 3 articles")
    assert_refused(here("set", "--all", "/x=w", "-i"), "usage")


def test_an_interrupted_question_leaves_everything(site: Path) -> None:
    before = tree(site)
    with terminal("set", "--all", "/x=y", "-i", cwd=site) as run:
        run.expect("1 of 8")
        run.type("y\r")
        run.expect("2 of 8")
        run.type("\x03")
        run.expect("nothing was written")
        assert run.code() == 130
    assert tree(site) == before


def test_text_is_replaced_literally_or_by_an_expression(site: Path) -> None:
    diff = here("replace", "bicycle", "bike", "--in", "question", "--all", "--diff").text
    assert all("bike" in line for line in lines_of(diff) if line.startswith("+"))
    assert lines_of(diff)
    diff = here(
        "replace",
        r"(?m)^## (?P<title>.*)$",
        r"### \g<title>",
        "--regex",
        "--in",
        "answer",
        "--all",
        "--diff",
    ).text
    assert all(line.count("\\n### ") >= 1 for line in lines_of(diff) if line.startswith("+"))
    assert here("replace", "BICYCLE", "x", "--in", "question", "--all", "--dry-run").code == 0
    assert here(
        "replace", "BICYCLE", "x", "--ignore-case", "--in", "question", "--all", "--dry-run"
    ).code
    assert (
        here("replace", "\\n\\n", "\\n", "--raw", "--in", "answer", "--all", "--dry-run").code == 1
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("replace", "", "x", "--in", "answer", "--all"), "bad-pattern"),
        (("replace", "(", "x", "--regex", "--in", "answer", "--all"), "bad-pattern"),
        (("replace", "(a)", r"\2", "--regex", "--in", "answer", "--all"), "bad-pattern"),
        (("replace", "a", "b", "--in", "titel", "--all"), "unknown-field"),
        (("insert", "--all", "/x=y"), "usage"),
        (("insert", "--all", "/x=y", "--after", "nothing"), "no-such-key"),
        (("apply", "mend", "--all"), "usage"),
        (("apply", "no.py:mend", "--all"), "bad-script"),
    ],
)
def test_what_cannot_be_done_is_refused(site: Path, arguments: tuple[str, ...], code: str) -> None:
    assert_refused(here(*arguments), code)


def test_a_key_is_renamed_where_it_is(site: Path) -> None:
    diff = here("rename-key", "/author", "writer", "--all", "--diff").text
    assert set(lines_of(diff)) == {"-author: QuickTakes", "+writer: QuickTakes"}


def test_a_field_is_inserted_beside_another(site: Path) -> None:
    arguments = ("insert", CHAIN, "/reviewed:=false", "--before", "question")
    diff = here(*arguments, "--diff").text
    assert lines_of(diff) == ["+reviewed: false"]
    assert here(*arguments).code == 0
    assert here(*arguments).err == "changed 0 articles: that is there already\n"


def test_a_function_edits_and_its_failure_is_told_with_its_line(site: Path) -> None:
    (site / "mend.py").write_text(
        "def shout(article):\n    return article.set('title', article.question.upper())\n"
        "def fail(article):\n    return 1 / 0\n"
        "def other(article):\n    return None\n"
    )
    assert here("apply", "mend.py:shout", CHAIN).err == "changed 1 article\n"
    assert "HOW OFTEN" in (site / CHAIN).read_text()
    before = tree(site)
    assert_refused(here("apply", "mend.py:fail", "--all"), "bad-script", "ZeroDivisionError")
    assert "mend.py:4:1" in here("apply", "mend.py:fail", "--all").err
    assert_refused(here("apply", "mend.py:other", "--all"), "bad-script", "NoneType")
    assert_refused(here("apply", "mend.py:none", "--all"), "bad-script", "no function")
    assert tree(site) == before


def test_an_import_is_undone_whole(site: Path) -> None:
    before = tree(site)
    (site / "b.csv").write_text("Title,subject\nOne?,Bicycles\nTwo?,Jazz\n")
    done = here("import", "b.csv", "--map", "question=Title", "--format", "json")
    assert done.code == 0
    assert len(done.json["created"]) == 2
    assert here("undo").code == 0
    (site / "b.csv").unlink()
    assert tree(site) == before


def test_a_batch_with_one_bad_record_writes_nothing(site: Path) -> None:
    rows = [f'{{"question": "Q{n}?", "subject": "Jazz"}}' for n in range(2000)]
    rows[1234] = '{"question": "Q?", "subject": "Jazz", "score": "high"}'
    before = tree(site)
    result = here("import", "-", stdin="\n".join(rows).encode())
    assert result.code == 2
    assert "<stdin>:1235:1: error: record 1235: score:" in result.err
    assert tree(site) == before


def test_export_and_import_are_inverse(site: Path, tmp_path: Path) -> None:
    for form in ("jsonl", "csv"):
        data = here("export", "--all", "--format", form).out
        empty = tmp_path / form
        (empty / "content" / "learn").mkdir(parents=True)
        result = here("import", "-", "--input", form, "--root", str(empty), stdin=data)
        assert result.code == 0, result.err
        assert tree(empty) == {
            path: data for path, data in tree(site).items() if "content/" in path
        }
