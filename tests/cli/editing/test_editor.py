"""Text in the editor of the person who runs the command."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qtauthor.cli.editing import editor
from qtauthor.errors import Code, RequestError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="editors are scripts of sh here")

Pen = Callable[[str], dict[str, str]]


@pytest.fixture
def pen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pen:
    """An environment whose editor runs a line of shell; texts lie in ``tmp_path/texts``."""
    texts = tmp_path / "texts"
    texts.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(texts))

    def make(script: str) -> dict[str, str]:
        program = tmp_path / "pen"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        return {"VISUAL": str(program)}

    return make


def left(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "texts").iterdir())


@pytest.mark.parametrize("text", ["a", "a\n", "a\n\n", "", "a\r\nb", "\ufeffa", "é\u2028ü"])
def test_what_is_not_changed_comes_back_as_it_was(pen: Pen, tmp_path: Path, text: str) -> None:
    assert editor.edited(text, environ=pen("exit 0")) is text
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "script", "result"),
    [
        ("one", "printf 'two\\n' > $1", "two"),
        ("one", "printf 'two' > $1", "two"),
        ("one\n", "printf 'two\\n' > $1", "two\n"),
        ("one", "printf 'two\\n\\n' > $1", "two\n"),
        ("one", "printf 'a\\r\\nb\\r\\n' > $1", "a\nb"),
        ("a\r\nb", "printf 'c\\r\\nd' > $1", "c\r\nd"),
        ("one", "printf '\\357\\273\\277two' > $1", "two"),
        ("one", ": > $1", ""),
        ("", "printf 'new\\n' > $1", "new"),
    ],
)
def test_what_is_changed_comes_back_without_what_the_editor_adds(
    pen: Pen, tmp_path: Path, text: str, script: str, result: str
) -> None:
    assert editor.edited(text, environ=pen(script)) == result
    assert left(tmp_path) == []


def test_the_editor_gets_a_file_that_ends_with_a_line_break(pen: Pen, tmp_path: Path) -> None:
    editor.edited("a\nb", suffix="-name.md", environ=pen(f"cp $1 {tmp_path}; echo $1 >/dev/null"))
    copy = next(tmp_path.glob("qtauthor-*"))
    assert copy.read_bytes() == b"a\nb\n"
    assert copy.name.endswith("-name.md")


def test_visual_goes_before_editor_and_both_may_have_arguments(pen: Pen, tmp_path: Path) -> None:
    chosen = pen('[ "$1" = "a b" ] && printf new > "$2"')
    both = {"VISUAL": f"{chosen['VISUAL']} 'a b'", "EDITOR": "false"}
    assert editor.edited("old", environ=both) == "new"
    assert editor.edited("old", environ={"VISUAL": " ", "EDITOR": both["VISUAL"]}) == "new"


def test_without_both_it_is_the_first_that_there_usually_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("vi", "nano"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert editor.command({}) == ["nano"]
    monkeypatch.setenv("PATH", str(tmp_path / "texts"))
    with pytest.raises(RequestError) as caught:
        editor.command({})
    assert caught.value.code is Code.NO_EDITOR


def test_a_quotation_mark_that_is_not_closed_is_no_command() -> None:
    with pytest.raises(RequestError, match="VISUAL cannot be read"):
        editor.command({"VISUAL": "vi '"})


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("printf new > $1; exit 3", Code.EDITOR_FAILED),
        ("kill -9 $$", Code.EDITOR_FAILED),
        ("printf '\\377' > $1", Code.NOT_UTF8),
    ],
)
def test_the_text_is_kept_when_the_editor_fails(
    pen: Pen, tmp_path: Path, script: str, code: Code
) -> None:
    with pytest.raises(RequestError) as caught:
        editor.edited("old", environ=pen(script))
    assert caught.value.code is code
    (kept,) = left(tmp_path)
    assert str(kept) in caught.value.remedy
    assert kept.read_bytes() in (b"new", b"old\n", b"\xff")


def test_an_editor_that_is_not_there_is_named(pen: Pen, tmp_path: Path) -> None:
    pen("")
    with pytest.raises(RequestError) as caught:
        editor.edited("old", environ={"EDITOR": "no-such-editor -w"})
    assert caught.value.code is Code.NO_EDITOR
    assert "no-such-editor" in caught.value.message
    assert [path.read_text() for path in left(tmp_path)] == ["old\n"]


def test_a_file_that_the_editor_removes_is_an_error_and_the_text_comes_back(
    pen: Pen, tmp_path: Path
) -> None:
    with pytest.raises(RequestError) as caught:
        editor.edited("old", environ=pen("rm $1"))
    assert caught.value.code is Code.EDITOR_FAILED
    (copy,) = left(tmp_path)
    assert copy.read_text() == "old\n"
    assert f"your text is kept in {copy}" in caught.value.remedy


def test_what_the_editor_prints_does_not_reach_standard_output(
    pen: Pen, capfd: pytest.CaptureFixture[str]
) -> None:
    editor.edited("old", environ=pen("echo hello"))
    printed = capfd.readouterr()
    assert (printed.out, printed.err) == ("", "hello\n")


def test_a_long_name_is_cut(tmp_path: Path, pen: Pen) -> None:
    assert editor.edited("a", suffix="é" * 300 + ".md", environ=pen("exit 0")) == "a"


def test_python_is_an_editor_too(tmp_path: Path) -> None:
    script = tmp_path / "edit.py"
    script.write_text("import sys; open(sys.argv[1], 'a').write('more')\n")
    environ = {"EDITOR": f'"{sys.executable}" "{script}"'}
    assert editor.edited("some\n", environ=environ) == "some\nmore"
