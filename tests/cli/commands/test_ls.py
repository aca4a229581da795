"""``qtauthor ls``."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.support import (
    CHAIN,
    DOUGH,
    SHIFTING,
    assert_refused,
    environment,
    here,
    process,
    terminal,
    tree,
)

FOLDER = "content/learn/bicycles"


def listed(*arguments: str) -> list[str]:
    result = here("ls", *arguments)
    assert result.code == 0, result.err
    return result.text.splitlines()


def test_every_article_is_listed_by_its_path(site: Path) -> None:
    assert listed() == [path for path in sorted(tree(site)) if path.endswith(".md")]
    assert here("ls").err == ""


def test_files_and_folders_narrow_the_list(site: Path) -> None:
    assert len(listed(FOLDER)) == 3
    assert listed(DOUGH, FOLDER) == sorted([DOUGH, *listed(FOLDER)])
    assert len(listed(".")) == 8
    assert_refused(here("ls", "content/lern"), "not-found", "content/lern")
    assert_refused(here("ls", ".."), "unsafe-path", "not in the site")


def test_paths_are_as_one_would_type_them_here(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site / FOLDER)
    names = listed()
    assert names[1] == CHAIN.rpartition("/")[2]
    assert names[-1].startswith("../../../content/learn/everyday-physics/")
    assert all(Path(name).is_file() for name in names)
    assert listed(".") == names[:3]
    monkeypatch.chdir(site.parent)
    names = listed("--root", str(site))
    assert all(Path(name).is_file() for name in names)


def test_a_subject_is_found_however_it_is_spelled(site: Path) -> None:
    assert len(listed("--subject", "bread BAKING")) == 3
    assert_refused(here("ls", "--subject", "Typography"), "unknown-subject", "Typography")
    assert_refused(here("ls", "--subject", "?"), "empty-slug")


def test_a_condition_with_values(site: Path) -> None:
    assert listed("--where", "title like :word", "-p", "word", "%chain%") == [CHAIN]
    both = ("-p", "least", "2", "-p", "most", "2")
    assert len(listed("--where", "related between :least and :most", *both)) == 4
    assert listed("--where", "answer like '%cannot answer%' and not no_index") == []
    assert_refused(here("ls", "--where", "titel = 1"), "bad-condition", "did you mean title?")
    assert_refused(here("ls", "--where", "1", "-p", "a b", "x"), "usage")
    assert_refused(here("ls", "--where", "1; drop table x"), "bad-condition")


def test_sorted_limited_and_with_other_columns(site: Path) -> None:
    rows = listed(
        "--format", "csv", "--columns", "date,id", "--sort", "date-desc,id", "--limit", "2"
    )
    assert rows == ["date,id", "2025-03-09,3055", "2025-03-02,1240"]
    assert listed("--limit", "0") == []
    assert_refused(here("ls", "--sort", "day"), "bad-condition", "date")
    assert_refused(here("ls", "--columns", "path,day", "--format", "csv"), "bad-condition")


def test_json_has_a_version_and_types(site: Path) -> None:
    found = here("ls", "--format", "json", "--where", "id = 1240").json
    assert found == {
        "version": 1,
        "articles": [
            {
                "path": "content/learn/bicycles/which-bicycle-is-the-best-one-for-me.md",
                "id": 1240,
                "question": "Which bicycle is the best one for me?",
                "subject": "Bicycles",
                "url": "/learn/bicycles/questions/which-bicycle-is-the-best-one-for-me",
                "date": "2025-03-02",
                "no_index": True,
                "score": None,
                "related": 2,
                "problem": None,
            }
        ],
    }


def test_json_lines_and_csv_have_the_same_rows(site: Path) -> None:
    lines = [json.loads(line) for line in listed("--format", "jsonl", "--columns", "all")]
    assert {line.pop("version") for line in lines} == {1}
    text = here("ls", "--format", "csv", "--columns", "all").text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["answer"] for row in rows] == [line["answer"] for line in lines]
    assert list(rows[0]) == list(lines[0])


def test_nul_separated_paths_are_for_xargs(site: Path) -> None:
    assert here("ls", "-0").out == b"".join(f"{path}\0".encode() for path in listed())
    assert_refused(here("ls", "-0", "--format", "csv"), "usage")


def test_a_broken_article_is_listed_with_its_problem(site: Path) -> None:
    (site / CHAIN).write_bytes(b"x")
    assert listed("--where", "problem is not null") == [CHAIN]
    rows = listed("--format", "table", "--where", "problem = 'no-front-matter'")
    assert rows[1].split() == [CHAIN, "[no-front-matter]"]


def test_names_that_are_no_utf8_keep_their_bytes(site: Path) -> None:
    name = os.fsencode(f"{FOLDER}/") + b"caf\xe9.md"
    Path(CHAIN).rename(os.fsdecode(name))
    assert name in process("ls", cwd=site).out.split(b"\n")
    assert name in process("ls", "-0", cwd=site).out.split(b"\0")


@pytest.mark.parametrize("columns", [60, 120])
def test_a_table_fits_the_terminal(site: Path, columns: int) -> None:
    with terminal("ls", cwd=site, columns=columns, NO_COLOR="1") as run:
        lines = run.rest().replace("\r", "").splitlines()
    assert len(lines) == 9
    assert max(map(len, lines)) <= columns
    assert lines[0].split() == ["id", "subject", "question"]
    assert lines[2].startswith("1207  Bicycles")
    assert ("…" in "".join(lines)) is (columns == 60)


def test_wide_characters_and_escapes_do_not_break_the_table(site: Path) -> None:
    path = site / CHAIN
    title = "question: " + "日本語" * 40
    text = path.read_text().replace("question: >-\n    How", f"{title}\nx: >-\n    How")
    path.write_text(text)
    evil = (
        (site / SHIFTING)
        .read_text()
        .replace("question: >-\n    ", 'question: "\\e[31m"\nx: >-\n    ')
    )
    (site / SHIFTING).write_text(evil)
    with terminal("ls", cwd=site, columns=60, NO_COLOR="1") as run:
        text = run.rest()
    assert "日本語" in text
    assert "\x1b" not in text
    assert "\\u001b[31m" in text


def test_what_is_piped_into_a_table_is_not_cut(site: Path) -> None:
    assert (
        "Friction or index shifting: which is easier to live with?"
        in here("ls", "--format", "table", "--columns", "path,question,answer_length").text
    )


def test_nothing_found_is_said_on_a_terminal(site: Path) -> None:
    with terminal("ls", "--where", "0", cwd=site) as run:
        assert "no articles" in run.rest()


def test_a_reader_that_leaves_is_no_failure(site: Path) -> None:
    line = f"{sys.executable} -m qtauthor ls --columns all --format csv | head -c 10"
    done = subprocess.run(
        ["/bin/bash", "-c", f"set -o pipefail; {line}"],
        cwd=site,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert done.stderr == b""


def test_listing_writes_nothing_but_the_index(site: Path) -> None:
    before = tree(site)
    listed("--where", "articles match 'dough'")
    assert tree(site) == before


def test_reading_one_file_loads_no_database(site: Path) -> None:
    code = "import sys; from qtauthor.cli.app import main\n"
    code += f"try: main(['get', {CHAIN!r}, 'id'])\nexcept SystemExit: pass\n"
    code += "assert not {'sqlite3', 'rich', 'csv'} & set(sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=site, env=environment(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
