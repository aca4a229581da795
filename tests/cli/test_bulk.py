"""Edits of many articles at once."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from qtauthor.operations import process_pool
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
    done = here("import", "b.csv", "--map", "question=Title", "--new-subject", "--format", "json")
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
    assert "<stdin>:1235:1: error: record 1235: score is a number; this is 'high'" in result.err
    assert tree(site) == before


def test_export_and_import_are_inverse(site: Path, tmp_path: Path) -> None:
    lines = here("export", "--all", "--jobs", "2").out
    assert lines == here("export", "--all", "--jobs", "1").out
    rows = here("export", "--all", "--format", "csv").text
    array = b"[\n" + b",\n".join(lines.splitlines()) + b"\n]\n"
    forms = {"jsonl": lines, "json": array, "csv": rows.encode(), "tsv": _as_excel(rows)}
    for form, data in forms.items():
        empty = tmp_path / form
        (empty / "content" / "learn").mkdir(parents=True)
        result = here("import", "-", "--input", form, "--root", str(empty), stdin=data)
        assert result.code == 0, result.err
        assert tree(empty) == {
            path: data for path, data in tree(site).items() if "content/" in path
        }


def _as_excel(rows: str) -> bytes:
    """A table as a spreadsheet writes it: other delimiters, names and encoding, empty rows."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    header, *rest = csv.reader(io.StringIO(rows, newline=""))
    writer.writerow([name.replace("_", " ").title() for name in header])
    for row in rest:
        writer.writerows([row, [""] * len(row)])
    return out.getvalue().encode("utf-16")


BAD = [
    {"question": "A?", "subject": "Bicycles", "related": ["#2", 1207]},
    {"question": "B?", "subject": "Bicycles", "score": "high"},
    {"question": "C?", "subject": "Bicycles", "related": ["#4"]},
    {"question": "D?", "subject": "Bicycles"},
    {"question": "E?", "subject": "Bicicles", "related": ["#1", "#4"]},
    {"question": "F?", "subject": "Bicycles", "answer": "so $x \\neq y$"},
]


def test_good_records_go_in_and_bad_ones_come_back(site: Path) -> None:
    text = "\n".join(map(json.dumps, BAD)) + "\n{broken\n"
    (site / "b.jsonl").write_text(text)
    before = tree(site)
    done = here("import", "b.jsonl", "--rejects", "r.jsonl", "--format", "json")
    assert (done.code, done.json["rejected"]) == (1, [1, 2, 5, 6, 7])
    assert [path.rpartition("/")[2] for path in done.json["created"]] == ["c.md", "d.md"]
    assert "there is no subject 'Bicicles'" in done.err
    rejects = (site / "r.jsonl").read_text().splitlines()
    assert rejects[-1] == "{broken"
    back = [json.loads(line) for line in rejects[:-1]]
    assert [one.get("question") for one in back] == ["A?", "B?", "E?", "F?", None]
    assert all(one["problem"] for one in back)
    assert back[0]["related"] == ["#2", 1207]
    assert back[2]["related"] == ["#1", "/learn/bicycles/questions/d"]
    mended = "\n".join(rejects[:-1]).replace('"high"', "1").replace("Bicicles", "Bicycles")
    (site / "r.jsonl").write_text(mended.replace("\\\\neq", "≠"))
    assert here("import", "r.jsonl").code == 0
    assert here("undo", "2").code == 0
    for name in ("b.jsonl", "r.jsonl"):
        (site / name).unlink()
        before.pop(name, None)
    assert tree(site) == before


def test_rejects_of_a_table_are_a_table(site: Path) -> None:
    (site / "b.csv").write_text("Question;Subject;Score\nA?;Bicycles;1,5\nB?;Bicycles;x\n")
    assert here("import", "b.csv", "--rejects", "r.csv").code == 1
    assert (site / "r.csv").read_text().splitlines() == [
        "Question;Subject;Score;problem",
        "B?;Bicycles;x;score is a number; this is 'x'".replace(
            "score is a number; this is 'x'", "\"score is a number; this is 'x'\""
        ),
    ]
    (site / "r.csv").write_text((site / "r.csv").read_text().replace("Bicycles;x", "Bicycles;2"))
    again = here("import", "r.csv", "--rejects", "r.csv")
    assert_refused(again, "usage", "the rejects would take the place of the batch")
    assert here("import", "r.csv", "--rejects", "r2.csv").code == 0
    assert not (site / "r2.csv").exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_import_in_several_processes_is_the_same(
    site: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(process_pool, "jobs_for", lambda *_: jobs)
    rows = [{"question": f"Q{n}?", "subject": f"S{n % 3}"} for n in range(40)]
    text = "\n".join(map(json.dumps, rows)).encode()
    before = tree(site)
    assert here("import", "-", "--new-subject", "--dry-run", stdin=text).code == 1
    assert tree(site) == before
    done = here("import", "-", "--new-subject", "--format", "json", stdin=text)
    assert len(done.json["created"]) == len(done.json["changed"]) == 40
    assert done.json["summary"]["articles"] == 40
    changed = b"\n".join(json.dumps({**row, "description": "New."}).encode() for row in rows)
    updated = here("import", "-", "--if-exists", "update", "--format", "json", stdin=changed)
    assert len(updated.json["updated"]) == 40
    again = here("import", "-", "--if-exists", "update", "--format", "json", stdin=changed)
    assert (len(again.json["skipped"]), again.json["changed"]) == (40, [])
    assert here("undo", "2").code == 0
    assert tree(site) == before
    assert not (site / "content/learn/s1").exists()


def test_a_reader_who_leaves_ends_an_export_quietly(site: Path) -> None:
    line = [sys.executable, "-m", "qtauthor", "export", "--all", "--jobs", "2"]
    with subprocess.Popen(line, cwd=site, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.read(10)
        child.stdout.close()
        assert child.stderr is not None
        assert (child.stderr.read(), child.wait()) == (b"", 0)
