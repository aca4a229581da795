"""``qtauthor edit`` with someone at a terminal, who may try again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands.test_edit import stored
from tests.cli.support import CHAIN, tree
from tests.cli.watching import matches, watched
from tests.cli.wizard.driver import INTERRUPT, Person

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="the editor is a script of sh here"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded"),
]

TORN = "Let $a \\neq b$.\n"
FINE = "Let $a = b$.\n"
HTML = "Use <b>strong</b> flour.\n"


class Texts:
    """An editor that writes these texts, one each time that it is opened; the last again."""

    def __init__(self, folder: Path, *texts: str) -> None:
        self.folder = folder
        (folder / "texts").mkdir()
        for number, text in enumerate(texts):
            (folder / f"text{number}").write_text(text, encoding="utf-8")
        script = [
            "#!/bin/sh",
            f"cd {folder}",
            "n=$(cat count 2>/dev/null || echo 0)",
            '[ -f "text$n" ] && cp "text$n" "$1"',
            "echo $((n + 1)) > count",
        ]
        (folder / "pen").write_text("\n".join(script) + "\n")
        (folder / "pen").chmod(0o755)

    @property
    def environment(self) -> dict[str, Any]:
        return {
            "VISUAL": str(self.folder / "pen"),
            "TMPDIR": str(self.folder / "texts"),
            "TERM": "xterm-256color",
        }

    @property
    def kept(self) -> list[str]:
        return [path.read_text(encoding="utf-8") for path in (self.folder / "texts").iterdir()]


def without_names(person: Person, texts: Texts) -> str:
    """The screen, with one name in the place of the temporary file's."""
    shown = person.shown
    for path in (texts.folder / "texts").iterdir():
        shown = shown.replace(str(path), "TEXT").replace(path.name, "TEXT")
    return shown


def test_one_may_edit_again_what_cannot_be_stored(site: Path, tmp_path: Path) -> None:
    texts = Texts(tmp_path, TORN, FINE)
    with watched("edit", CHAIN, cwd=site, columns=100, **texts.environment) as author:
        author.sees("QT601", "(write ≠)", "(e)dit again, (m)end what can be mended, (q)uit?")
        assert matches("edit-torn-100", author)
        author.types("e\r")
        author.sees("changed 1 article")
        assert author.ends() == 0
    assert stored(site / CHAIN) == FINE.strip()
    assert texts.kept == []


def test_what_can_be_mended_is_mended_when_that_is_asked_for(site: Path, tmp_path: Path) -> None:
    texts = Texts(tmp_path, TORN)
    with watched("edit", CHAIN, cwd=site, **texts.environment) as author:
        author.answers("(m)end", "m")
        author.sees("changed 1 article")
        assert author.ends() == 0
    assert stored(site / CHAIN) == "Let $a ≠ b$."


def test_what_the_rules_find_may_be_written_all_the_same(site: Path, tmp_path: Path) -> None:
    texts = Texts(tmp_path, HTML)
    with watched("edit", CHAIN, cwd=site, columns=60, **texts.environment) as author:
        author.sees("line 1: QT606 <b> is HTML", "(w)rite it all the same")
        assert matches("edit-found-60", author)
        author.types("w\r")
        assert author.ends() == 0
    assert stored(site / CHAIN) == HTML.strip()


@pytest.mark.parametrize("keys", ["q\r", INTERRUPT])
def test_who_leaves_finds_the_text_in_a_file(site: Path, tmp_path: Path, keys: str) -> None:
    before = tree(site)
    texts = Texts(tmp_path, HTML)
    with watched("edit", CHAIN, cwd=site, **texts.environment) as author:
        author.sees("(q)uit?")
        author.types(keys)
        author.sees("nothing was written; your text is kept in")
        assert author.ends() == (1 if keys == "q\r" else 130)
        assert "Traceback" not in author.everything
    assert texts.kept == [HTML.strip()]
    assert tree(site) == before


def test_an_emptied_answer_can_be_written_again(site: Path, tmp_path: Path) -> None:
    texts = Texts(tmp_path, "", FINE)
    with watched("edit", CHAIN, cwd=site, **texts.environment) as author:
        author.answers("answer would be empty", "e")
        author.sees("changed 1 article")
    assert stored(site / CHAIN) == FINE.strip()


def test_an_error_in_the_form_can_be_mended_where_it_is(site: Path, tmp_path: Path) -> None:
    form = "date: soon\n---\nWords.\n"
    texts = Texts(tmp_path, form, form.replace("soon", "2025-02-03"))
    with watched("edit", CHAIN, "--all", cwd=site, columns=60, **texts.environment) as author:
        author.sees("line 1, column 1: error: date cannot be 'soon'", "date: soon")
        assert matches("edit-form-60", author)
        author.types("e\r")
        author.sees("changed 1 article")
    data = (site / CHAIN).read_bytes()
    assert b"\ndate: 2025-02-03\n" in data
    assert stored(site / CHAIN) == "Words."


def test_no_input_asks_nothing_on_a_terminal(site: Path, tmp_path: Path) -> None:
    texts = Texts(tmp_path, HTML)
    with watched("edit", CHAIN, "--no-input", cwd=site, **texts.environment) as author:
        author.sees("QT606", "changed 1 article")
        assert author.ends() == 0
        assert "(q)uit" not in author.everything


def test_ctrl_c_belongs_to_the_editor_while_it_is_open(site: Path, tmp_path: Path) -> None:
    pen = tmp_path / "pen"
    pen.write_text("#!/bin/sh\ntrap 'echo caught; exit 0' INT\necho open\nsleep 20 & wait\n")
    pen.chmod(0o755)
    with watched("edit", CHAIN, cwd=site, VISUAL=str(pen)) as author:
        author.sees("open")
        author.types(INTERRUPT)
        author.sees("caught", "nothing to change")
        assert author.ends() == 0


def test_words_are_without_colours_where_they_are_unwanted(site: Path, tmp_path: Path) -> None:
    texts = Texts(tmp_path, TORN)
    with watched("edit", CHAIN, cwd=site, NO_COLOR="1", **texts.environment) as author:
        author.answers("(q)uit?", "q")
        assert author.ends() == 1
        assert "\x1b[3" not in author.said
