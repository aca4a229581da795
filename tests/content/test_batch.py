"""Records of questions, read from JSON lines and CSV."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from qtauthor.content.batch import Batch, Record, read
from qtauthor.content.schema import Related
from qtauthor.errors import Code


def only(batch: Batch) -> Record:
    assert not batch.problems
    ((number, line, record),) = batch.records
    assert (number, line) == (1, 1)
    return record


def problem(text: str, form: Any = "jsonl") -> tuple[Code, str]:
    (error,) = read(text, form, {}, "b.jsonl").problems
    return error.code, f"{error.where} {error.message}"


def test_a_line_of_json_is_a_record() -> None:
    record = only(
        read(
            '{"question": "Why?", "subject": "Baking", "date": "2024-12-18", "id": 7, "score": 1,'
            ' "related": [3, "#2", "/a/b", {"id": 1, "title": "t", "subject": "s", "url": "u"}]}',
            "jsonl",
            {},
        )
    )
    assert (record.question, record.id, record.score) == ("Why?", 7, 1.0)
    assert record.date == datetime.date(2024, 12, 18)
    assert record.related == (3, "#2", "/a/b", Related(id=1, title="t", subject="s", url="u"))


def test_empty_lines_are_no_records_but_count_as_lines() -> None:
    batch = read(
        '\n{"question": "a", "subject": "b"}\n\n{"question": "c", "subject": "b"}', "jsonl", {}
    )
    assert [(number, line) for number, line, _ in batch.records] == [(1, 2), (2, 4)]


def test_cells_of_csv_are_typed_by_their_column() -> None:
    text = (
        "question,subject,id,score,no_index,related,keywords\r\n"
        '"Why, really?",Baking,7,-1.0,TRUE,"[3, ""#1""]","a, b"\r\n'
        "True,10,,,,,\r\n"
    )
    first, second = (record for _, _, record in read(text, "csv", {}).records)
    assert (first.question, first.id, first.score, first.no_index) == (
        "Why, really?",
        7,
        -1.0,
        True,
    )
    assert first.related == (3, "#1")
    assert first.keywords == "a, b"
    assert (second.question, second.subject, second.id) == ("True", "10", None)


def test_the_line_of_a_record_of_csv_is_where_it_begins() -> None:
    text = 'question,subject,answer\na,b,"one\ntwo"\nc,d,e\n'
    assert [line for _, line, _ in read(text, "csv", {}).records] == [2, 4]


def test_other_names_of_columns_are_mapped() -> None:
    text = "Title,Topic,question\nWhy?,Baking,ignored\n"
    ((_, _, record),) = read(text, "csv", {"question": "Title", "subject": "Topic"}).records
    assert (record.question, record.subject) == ("Why?", "Baking")


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("{", Code.BAD_RECORD, "b.jsonl:1:1 record 1: this is no JSON"),
        ("[1]", Code.BAD_RECORD, "record 1: a record is an object"),
        ('{"question": "a"}', Code.MISSING_FIELD, "`subject`"),
        ('{"question": " ", "subject": "b"}', Code.BAD_RECORD, "question is empty"),
        (
            '{"question": "a", "subject": "b", "id": "x"}',
            Code.WRONG_TYPE,
            "id: expected `int | null`",
        ),
        ('{"question": "a", "subject": "b", "keyword": "x"}', Code.UNKNOWN_FIELD, "'keyword'"),
        ('{"question": "a", "subject": "b", "score": NaN}', Code.BAD_RECORD, "NaN is no number"),
        (
            '{"question": "a", "subject": "b", "answer": "", "answer_raw": ""}',
            Code.BAD_RECORD,
            "both",
        ),
    ],
)
def test_what_is_wrong_names_its_record(text: str, code: Code, message: str) -> None:
    found, shown = problem(text)
    assert found is code
    assert message in shown


def test_every_problem_is_told_and_the_rest_is_read() -> None:
    batch = read('{}\n{"question": "a", "subject": "b"}\nnull\n', "jsonl", {})
    assert [error.where.line for error in batch.problems] == [1, 3]
    assert [number for number, _, _ in batch.records] == [2]


@pytest.mark.parametrize("text", ["question,subject\na,b,c\n", 'question,subject\n"a,b\n'])
def test_csv_that_is_none_is_a_problem(text: str) -> None:
    code, _ = problem(text, "csv")
    assert code is Code.BAD_RECORD


def test_a_file_without_records_has_none() -> None:
    assert read("", "csv", {}) == Batch([], [])
    assert read("", "jsonl", {}) == Batch([], [])
