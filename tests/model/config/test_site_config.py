"""A configuration is read whole or refused with its place; the nearest site is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qtauthor.errors import Code, ConfigError, Place, QtauthorError, SiteError
from qtauthor.model.config.site_config import Config, FoundSite, find, load, parse
from qtauthor.model.derived_names import Naming

FULL = """\
content = "articles"
template = "templates/plain.md"

[slug]
style = "unicode"

[url]
pattern = "/{subject}/{slug}/"

[seo]
title = "{subject} | Notes"

[answer]
codec = "plain"

[subjects]
"Computer Science" = ["Computer science", "CS"]
Physics = []
"""


def refused(text: str, table: tuple[str, ...] = ()) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        parse(text, path="q.toml", table=table)
    assert caught.value.code == Code.BAD_CONFIGURATION
    assert caught.value.remedy
    return caught.value


def test_nothing_written_means_the_defaults_of_the_site() -> None:
    config = parse("", path="q.toml")
    assert config == Config()
    assert config.content == "content/learn"
    assert config.template == "folded"
    assert config.answer.codec == "escaped-newlines"
    assert config.naming == Naming()


def test_every_key_is_read() -> None:
    config = parse(FULL, path="q.toml")
    assert config.content == "articles"
    assert config.template == "templates/plain.md"
    assert config.naming == Naming("unicode", "/{subject}/{slug}/", "{subject} | Notes")
    assert config.answer.codec == "plain"
    assert config.spellings == (
        ("Computer Science", ("Computer science", "CS")),
        ("Physics", ()),
    )


def test_a_table_of_another_file_is_read_and_its_neighbours_are_not() -> None:
    text = "[tool.other]\ncontnet = 1\n[tool.qtauthor]\ncontent = 'a/b'\n[tool.qtauthor.slug]\n"
    assert parse(text, path="p.toml", table=("tool", "qtauthor")) == Config(content="a/b")
    assert parse("[tool.other]", path="p.toml", table=("tool", "qtauthor")) == Config()


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "remedy"),
    [
        ("contnet = 'a'", 1, 1, "contnet", "did you mean content?"),
        ("\n[slug]\n  stile = 'site'", 3, 3, "stile", "did you mean style?"),
        ("slug.stile = 'site'", 1, 1, "stile", "did you mean style?"),
        ("# c\nslug = { stile = 'site' }", 2, 1, "stile", "did you mean style?"),
        ("[zzz]\na = 1", 1, 2, "zzz", "content, template, slug"),
        ("content = 3", 1, 1, "content must be a string", "a string"),
        ("slug = 3", 1, 1, "slug must be a table", "a table"),
        ("subjects = 3", 1, 1, "subjects must be a table or a list", "a table or a list"),
        ("a = 1\nsubjects = [1]", 1, 1, "'a'", "use one of"),
        ("\nsubjects = ['a', 1]", 2, 1, "a value in subjects must be a string", "a string"),
        ("[slug]\nstyle = 'asci'", 2, 1, "slug.style cannot be 'asci'", "did you mean ascii?"),
        ("[slug]\nstyle = 7", 2, 1, "slug.style cannot be 7", "site, ascii, unicode"),
        ("[answer]\n'codec' = 'plan'", 2, 1, "'plan'", "did you mean plain?"),
        ("[url]\npattern = '/{slug}'", 2, 1, "{subject} is missing", "/learn/{subject}"),
        ("[seo]\ntitle = '{slug}'", 2, 1, "{slug} is not a placeholder", "{subject}"),
        ("template = ''", 1, 1, "template is empty", "name a template"),
        (
            "[subjects]\nPhysics = ['CS']\n'Computer Science' = ['cs']",
            3,
            1,
            "'cs' is a spelling of both 'Physics' and 'Computer Science'",
            "one of them",
        ),
        ("subjects = ['Physics', 'physics']", 1, 1, "both 'Physics' and 'physics'", "one of them"),
    ],
)
def test_a_wrong_key_or_value_is_refused_at_its_place(
    text: str, line: int, column: int, message: str, remedy: str
) -> None:
    error = refused(text)
    assert error.where == Place("q.toml", line, column)
    assert error.excerpt == text.split("\n")[line - 1]
    assert message in error.message
    assert remedy in error.remedy


def test_a_key_is_placed_in_its_own_table_and_not_in_one_like_it() -> None:
    text = "[tool.other]\nstile = 1\n[tool.qtauthor.slug]\r\nstile = 'site'\r\n"
    error = refused(text, ("tool", "qtauthor"))
    assert error.where == Place("q.toml", 4, 1)
    assert error.excerpt == "stile = 'site'"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("content = 'a'\nslug style", Place("q.toml", 2, 6)),
        ("content = ", Place("q.toml", 1, 11)),
        ("a = 1\na = 2", Place("q.toml", 2, 6)),
        ("a = '''\nb", Place("q.toml", 2, 2)),
        ("a = " + "[" * 100_000, Place("q.toml")),
    ],
)
def test_a_syntax_error_is_refused_with_line_and_column(text: str, place: Place) -> None:
    error = refused(text)
    assert error.where == place
    assert error.message.startswith("not TOML: ")
    assert "line" not in error.message


def test_a_tool_table_that_is_no_table_is_refused() -> None:
    error = refused("[tool]\nqtauthor = 3", ("tool", "qtauthor"))
    assert error.where == Place("q.toml", 2, 1)
    assert error.remedy == "write [tool.qtauthor]"


@pytest.mark.parametrize("content", ["/etc", "..", "a/../../b", "C:/x", "a\\b", "", ".", "a\u0007"])
def test_the_content_folder_must_lie_in_the_site(content: str) -> None:
    escaped = content.replace("\\", "\\\\").replace("\u0007", "\\u0007")
    error = refused(f'content = "{escaped}"')
    assert error.where == Place("q.toml", 1, 1)


@given(st.text())
def test_any_text_is_a_configuration_or_refused_with_a_remedy(text: str) -> None:
    try:
        parse(text, path="q.toml")
    except QtauthorError as error:
        assert error.code == Code.BAD_CONFIGURATION
        assert error.remedy


def test_a_spelling_leads_to_the_canonical_subject() -> None:
    config = parse(FULL, path="q.toml")
    for spelling in ("Computer Science", "computer science", "cs", "CS"):
        assert config.canonical_subject(spelling) == "Computer Science"
    assert config.canonical_subject("PHYSICS") == "Physics"


def test_a_subject_that_is_not_configured_keeps_its_spelling() -> None:
    assert parse(FULL, path="q.toml").canonical_subject("nursing") == "nursing"
    assert Config().canonical_subject("cs") == "cs"


def test_subjects_may_be_a_list_and_need_no_latin_letters() -> None:
    config = parse("subjects = ['Health Studies', '物理', 'ÜÜ']", path="q.toml")
    assert config.canonical_subject("health studies") == "Health Studies"
    assert config.canonical_subject("物理") == "物理"
    assert config.canonical_subject("üü") == "ÜÜ"
    assert config.canonical_subject("化学") == "化学"


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_each_way_to_mark_a_site_is_found_from_a_file_deep_in_it(tmp_path: Path) -> None:
    root = tmp_path.resolve()
    article = write(root / "content/learn/physics/a.md")
    assert find(article) == FoundSite(root, Config(), None)
    project = write(root / "pyproject.toml", "[tool.qtauthor]\ntemplate = 'p'\n")
    assert find(article) == FoundSite(root, Config(template="p"), project)
    own = write(root / "qtauthor.toml", "template = 'q'\n")
    assert find(article) == FoundSite(root, Config(template="q"), own)


def test_the_nearest_site_wins_over_a_better_marked_one_above(tmp_path: Path) -> None:
    write(tmp_path / "qtauthor.toml", "template = 'outer'")
    (tmp_path / "inner/content/learn").mkdir(parents=True)
    assert find(tmp_path / "inner/content") == load(tmp_path / "inner")
    assert find(tmp_path / "inner").config == Config()


def test_a_folder_that_does_not_exist_yet_lies_in_the_site_above_it(tmp_path: Path) -> None:
    write(tmp_path / "qtauthor.toml")
    assert find(tmp_path / "not/yet").root == tmp_path.resolve()


@pytest.mark.parametrize(
    "text", ["[tool.other]\nx = 1", "this is = not TOML", "# qtauthor\n[tool]"]
)
def test_a_pyproject_of_another_tool_marks_no_site(tmp_path: Path, text: str) -> None:
    write(tmp_path / "pyproject.toml", text)
    write(tmp_path / "a/pyproject.toml", text)
    write(tmp_path / "qtauthor.toml", "template = 'q'")
    assert find(tmp_path / "a").config.template == "q"


def test_a_relative_start_is_searched_above_the_working_directory_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "qtauthor.toml")
    (tmp_path / "a/b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a/b")
    assert find(Path("x.md")).root == load(Path("../..")).root == tmp_path.resolve()


def test_no_site_is_refused_with_the_ways_to_name_one(tmp_path: Path) -> None:
    for refuse in (find, load):
        with pytest.raises(SiteError) as caught:
            refuse(tmp_path)
        assert caught.value.code == Code.NO_SITE
        assert "--root" in caught.value.remedy
        assert "QTAUTHOR_ROOT" in caught.value.remedy


def test_an_explicit_root_is_not_searched_upward(tmp_path: Path) -> None:
    write(tmp_path / "qtauthor.toml")
    (tmp_path / "sub").mkdir()
    with pytest.raises(SiteError):
        load(tmp_path / "sub")
    assert load(tmp_path).config_path == tmp_path.resolve() / "qtauthor.toml"


def test_a_bad_configuration_is_an_error_and_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "content/learn").mkdir(parents=True)
    path = write(tmp_path / "qtauthor.toml", "content = 1")
    with pytest.raises(ConfigError) as caught:
        find(tmp_path / "content")
    assert caught.value.where.path == str(path.resolve())


def test_a_file_is_read_without_its_bom_and_only_as_utf8(tmp_path: Path) -> None:
    path = tmp_path / "qtauthor.toml"
    path.write_bytes(b"\xef\xbb\xbftemplate = 'q'\r\n")
    assert load(tmp_path).config.template == "q"
    path.write_bytes(b"template = '\xe9'")
    with pytest.raises(ConfigError) as caught:
        load(tmp_path)
    assert caught.value.code == Code.NOT_UTF8
