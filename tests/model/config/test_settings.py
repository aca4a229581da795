"""Every key of a configuration, with its value and where it was written."""

from __future__ import annotations

from qtauthor.files.site_marks import PYPROJECT_TABLE
from qtauthor.model.config.settings import Setting, settings
from qtauthor.model.config.site_config import parse

TEXT = """\
content = "content/learn"
slug.style = "ascii"

[check]
ignore = ["QT7"]
per-path-ignores = { "content/learn/drafts/*" = ["QT3"] }

[subjects]
"Computer Science" = ["CS"]
"""


def given(text: str, table: tuple[str, ...] = ()) -> list[Setting]:
    config = parse(text, path="c.toml", table=table)
    return [one for one in settings(config, text, "c.toml", table) if one.given]


def test_what_the_file_says_has_its_line() -> None:
    assert [(one.key, one.written, one.line) for one in given(TEXT)] == [
        ("content", '"content/learn"', 1),
        ("slug.style", '"ascii"', 2),
        ("check.ignore", '["QT7"]', 5),
        ('check.per-path-ignores."content/learn/drafts/*"', '["QT3"]', 6),
        ('subjects."Computer Science"', '["CS"]', 9),
    ]


def test_a_table_of_another_file_is_found() -> None:
    text = '[project]\nname = "x"\n\n[tool.qtauthor.slug]\nstyle = "unicode"\n'
    assert [(one.key, one.line) for one in given(text, PYPROJECT_TABLE)] == [("slug.style", 5)]


def test_subjects_may_be_a_list() -> None:
    [one] = given('subjects = ["Biology", "Chemistry"]\n')
    assert (one.key, one.value, one.line) == ("subjects", ["Biology", "Chemistry"], 1)


def test_without_a_file_all_is_default() -> None:
    found = settings(parse("", path="c.toml"), "", "c.toml")
    assert {(one.given, one.line) for one in found} == {(False, 0)}
    assert {one.key: one.value for one in found}["check.description-max"] == 320


def test_every_value_is_toml_that_reads_as_itself() -> None:
    config = parse(TEXT, path="c.toml")
    lines = [f"{one.key} = {one.written}" for one in settings(config, TEXT, "c.toml")]
    text = "\n".join(line for line in lines if not line.endswith("{}"))
    assert parse(text, path="d.toml") == config
