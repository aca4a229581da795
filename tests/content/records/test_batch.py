"""Records of questions, read from JSON lines and CSV."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qtauthor.content.records import chunks, csv_records, json_records
from qtauthor.content.records.batch import BatchFormat, Format, Record, Row, opened
from qtauthor.errors import Code, QtauthorError
from qtauthor.model.article_fields import Related


def read(
    text: str | bytes,
    form: Format = "jsonl",
    names: Mapping[str, str] | None = None,
    *,
    delimiter: str | None = None,
    encoding: str | None = None,
) -> list[Row]:
    data = text.encode() if isinstance(text, str) else text
    writing = BatchFormat(form, names or {}, "b.jsonl", delimiter, encoding)
    return list(opened(io.BytesIO(data), writing).rows)


def records(rows: list[Row]) -> list[tuple[int, int, Record]]:
    assert all(row.record for row in rows), rows
    return [(row.number, row.line, row.record) for row in rows if row.record]


def only(rows: list[Row]) -> Record:
    ((number, line, record),) = records(rows)
    assert (number, line) == (1, 1)
    return record


def problems(rows: list[Row]) -> list[QtauthorError]:
    return [problem for row in rows for problem in row.problems]


def problem(text: str, form: Format = "jsonl") -> tuple[Code, str]:
    error = problems(read(text, form))[0]
    return error.code, f"{error.where} {error.message}"


def test_a_line_of_json_is_a_record() -> None:
    record = only(
        read(
            '{"question": "Why?", "subject": "Baking", "date": "2024-12-18", "id": 7, "score": 1,'
            ' "related": [3, "#2", "/a/b", {"id": 1, "title": "t", "subject": "s", "url": "u"}]}',
        )
    )
    assert (record.question, record.id, record.score) == ("Why?", 7, 1.0)
    assert record.date == datetime.date(2024, 12, 18)
    assert record.related == (3, "#2", "/a/b", Related(id=1, title="t", subject="s", url="u"))


def test_empty_lines_are_no_records_but_count_as_lines() -> None:
    rows = read('\n{"question": "a", "subject": "b"}\n\n{"question": "c", "subject": "b"}')
    assert [(number, line) for number, line, _ in records(rows)] == [(1, 2), (2, 4)]


def test_cells_of_csv_are_typed_by_their_column() -> None:
    text = (
        "question,subject,id,score,no_index,related,keywords\r\n"
        '"Why, really?",Baking,7,-1.0,TRUE,"[3, ""#1""]","a, b"\r\n'
        "True,10,,,,,\r\n"
    )
    first, second = (record for _, _, record in records(read(text, "csv")))
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
    assert [line for _, line, _ in records(read(text, "csv"))] == [2, 4]


def test_other_names_of_columns_are_mapped() -> None:
    text = "Title,Topic,question\nWhy?,Baking,ignored\n"
    ((_, _, record),) = records(read(text, "csv", {"question": "Title", "subject": "Topic"}))
    assert (record.question, record.subject) == ("Why?", "Baking")


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("{", Code.BAD_RECORD, "b.jsonl:1:1 record 1: this is no JSON"),
        ("[1]", Code.BAD_RECORD, "record 1: a record is an object"),
        ('{"question": "a"}', Code.MISSING_FIELD, "there is no subject"),
        ('{"question": " ", "subject": "b"}', Code.BAD_RECORD, "question is empty"),
        (
            '{"question": "a", "subject": "b", "id": "x"}',
            Code.WRONG_TYPE,
            "id is a whole number; this is 'x'",
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
    rows = read('{}\n{"question": "a", "subject": "b"}\nnull\n')
    assert [error.where.line for error in problems(rows)] == [1, 1, 3]
    assert [row.number for row in rows if row.record] == [2]


@pytest.mark.parametrize("text", ["question,subject\na,b,c\n", 'question,subject\n"a,b\n'])
def test_csv_that_is_none_is_a_problem(text: str) -> None:
    code, _ = problem(text, "csv")
    assert code is Code.BAD_RECORD


def test_a_file_without_records_has_none() -> None:
    assert read("", "csv") == read("", "jsonl") == read(" \n") == read("[ ]") == []


CASES = sorted(Path(__file__).with_name("batches").glob("*.txt"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_is_said_of_a_batch(path: Path) -> None:
    """The file has a batch under the form that it is in, and under it what is read and told."""
    head, _, rest = path.read_text().partition("\n")
    text, _, wanted = rest.partition("=== told\n")
    form: Format = "csv" if head == "=== csv" else "jsonl"
    assert "\n".join(told(text, form)) + "\n" == wanted


def told(text: str, form: Format) -> Iterator[str]:
    try:
        rows = list(opened(io.BytesIO(text.encode()), BatchFormat(form, label="b")).rows)
    except QtauthorError as error:
        yield f"b:{error.where.line}: {error.message}"
        return
    for row in rows:
        for problem in row.problems:
            shown = problem.message.encode("ascii", "backslashreplace").decode()
            yield f"b:{problem.where.line}: {shown}"
        if row.record:
            given = msgspec.structs.asdict(row.record)
            question, subject = given.pop("question"), given.pop("subject")
            rest = " ".join(f"{name}={value!r}" for name, value in given.items() if value)
            yield f"{row.number}: {question} | {subject} | {rest}".rstrip()


TABLE = 'Question,Sub-Ject,ANSWER\r\n"Wh,y;\té?",Baking,"One\nTwo"\r\n,,\r\nHow?,Baking,\r\n'
FOUND = [("Wh,y;\té?", "Baking", "One\nTwo"), ("How?", "Baking", None)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("named", [False, True])
def test_tables_are_read_as_spreadsheets_write_them(
    delimiter: str, encoding: str, named: bool
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(csv.reader(io.StringIO(TABLE, newline="")))
    text = (f"sep={delimiter}\r\n" if named else "") + out.getvalue()
    rows = records(read(text.encode(encoding), "csv"))
    assert [(one.question, one.subject, one.answer) for _, _, one in rows] == FOUND


def test_another_encoding_is_named() -> None:
    data = TABLE.encode("cp1252")
    with pytest.raises(QtauthorError) as caught:
        read(data, "csv")
    assert caught.value.code is Code.NOT_UTF8
    assert (caught.value.where.line, "0xe9" in caught.value.message) == (2, True)
    assert records(read(data, "csv", encoding="cp1252"))[0][2].question == "Wh,y;\té?"


@pytest.mark.parametrize("data", [b"PK\x03\x04...", b"\xd0\xcf\x11\xe0..."])
def test_a_workbook_is_no_text(data: bytes) -> None:
    with pytest.raises(QtauthorError, match="workbook") as caught:
        read(data, "csv")
    assert "CSV" in caught.value.remedy


@given(
    st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=4), max_size=5),
    st.integers(1, 40),
    st.sampled_from([None, 1, 3]),
)
def test_an_array_is_cut_where_json_cuts_it(
    values: list[dict[str, str]], size: int, indent: int | None
) -> None:
    text = json.dumps(values, indent=indent)
    pieces = (text[at : at + size] for at in range(0, len(text), size))
    assert [value for _, _, value in json_records.records(pieces)] == values


def test_only_one_record_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (chunks, json_records, csv_records):
        monkeypatch.setattr(module, "MAX_BYTES", 100)
    row = {"question": "Why?", "subject": "Baking"}
    long = json.dumps({**row, "answer": "a" * 200})
    many = "\n".join([json.dumps(row)] * 9)
    for text in (
        f"{many}\n{long}\n{many}",
        "[" + f"{many}\n{long}\n{many}".replace("\n", ",\n") + "]",
    ):
        rows = read(text)
        assert [row.number for row in rows if row.record is None] == [10]
        assert "more than an article may have" in problems(rows)[0].message
        assert [row.line for row in rows] == list(range(1, 20))
