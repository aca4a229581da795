"""``qtauthor edit`` with an editor that does as it is told."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from qtauthor.content.answer import decode
from qtauthor.text.document import Document
from tests.cli.support import CHAIN, SHIFTING, Result, assert_refused, git, here, tree
from tests.support.readers import SiteReader
from tests.support.state import state

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the editor is a script of sh here")

EVERY = 40
AWKWARD = [
    "# A heading\n\n- a list: with a colon\n- 'quotes' and \"more\"",
    "| a | b |\n| - | - |\n| 1 | 2 |",
    "yes",
    "2024-12-18",
    "{ a: [b] } # no comment",
    "```python\nif x:\n\treturn '\\\\'\n```",
    "$\\frac{a}{b}$ and $x \\leq y$, é, 日本, \u00a0, \U0001f600",
    "- one\n  - two\n\n\n  three  \nfour",
    "*a*: b\n---\nc\n...\nd",
    "%a\n@b\n`c`\n&d *e !f",
]


class Pen:
    """Runs a line of shell on the file ``$1``, and keeps what it had been given."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.texts = folder / "texts"
        self.texts.mkdir()
        self.program = folder / "pen"
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", str(self.program))
        monkeypatch.setattr("tempfile.tempdir", str(self.texts))

    def does(self, script: str) -> None:
        given = self.folder / "given"
        self.program.write_text(f'#!/bin/sh\ncp "$1" {given}\n{script}\n')
        self.program.chmod(0o755)

    def writes(self, text: str) -> None:
        new = self.folder / "new"
        new.write_text(text, encoding="utf-8", newline="")
        self.does(f'cp {new} "$1"')

    @property
    def given(self) -> str:
        return (self.folder / "given").read_text(encoding="utf-8")

    @property
    def kept(self) -> list[str]:
        return [path.read_text(encoding="utf-8") for path in self.texts.iterdir()]


@pytest.fixture
def pen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pen:
    return Pen(tmp_path, monkeypatch)


def stored(path: Path | str, at: str = "/answer") -> str:
    return str(Document.parse(Path(path).read_bytes()).get(at))


def assert_kept(result: Result, pen: Pen, text: str) -> None:
    """The text is kept in a file, and the error says in which."""
    assert pen.kept == [text]
    assert str(next(pen.texts.iterdir())) in result.err


# Changed and unchanged


def test_the_editor_gets_markdown_and_only_the_answer_changes(site: Path, pen: Pen) -> None:
    before = Path(CHAIN).read_bytes()
    old = stored(CHAIN)
    pen.does("sed -i '1s/^/New words.\\n\\n/' \"$1\"")
    result = here("edit", CHAIN)
    assert (result.code, result.err) == (0, "changed 1 article\n")
    assert pen.given == decode(old) + "\n"
    assert "\\n" not in pen.given
    assert stored(CHAIN) == f"New words.\\n\\n{old}"
    assert Path(CHAIN).read_bytes() == before.replace(old.encode(), stored(CHAIN).encode())
    assert pen.kept == []
    assert here("undo").code == 0
    assert Path(CHAIN).read_bytes() == before


@pytest.mark.parametrize("script", ["exit 0", 'touch "$1"', "printf '\\n\\n' >> \"$1\""])
def test_an_answer_that_is_left_changes_no_byte(site: Path, pen: Pen, script: str) -> None:
    before = tree(site)
    pen.does(script)
    result = here("edit", CHAIN)
    assert (result.code, result.out, result.err) == (0, b"", "nothing to change\n")
    assert tree(site) == before
    assert pen.kept == []


@pytest.mark.parametrize(
    "answer",
    [
        "answer: |\n  a\\nb\n  c\n",
        'answer: "a\\\\nb\\n\\u00e9"\n',
        "answer: Let $a \\neq 0$\n",
        "answer: 'it''s'   # a remark\n",
        "answer: >\n\n  a\n\n\n  b\n\n",
        "answer: a\\n\\n\\n\n",
        "answer: ''\n",
    ],
)
def test_oddities_that_are_left_stay(site: Path, pen: Pen, answer: str) -> None:
    odd = Path("odd.md")
    odd.write_text(f"---\nid: 1\n{answer}b: 2\n---\n", encoding="utf-8")
    before = odd.read_bytes()
    pen.does("exit 0")
    assert here("edit", "odd.md").code == 0
    assert odd.read_bytes() == before


def test_a_command_that_was_torn_before_does_not_keep_one_from_editing(
    site: Path, pen: Pen
) -> None:
    Path("odd.md").write_text("---\nanswer: Let $a \\neq 0$, so.\n---\n")
    pen.does("sed -i 's/so/thus/' \"$1\"")
    assert here("edit", "odd.md").code == 0
    assert stored("odd.md") == "Let $a \\neq 0$, thus."


def test_every_article_that_is_left_keeps_every_byte(
    corpus: Path, tmp_path: Path, pen: Pen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    (tmp_path / "content/learn").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    for path in sorted(corpus.glob("*/*.md"))[::EVERY]:
        copy = tmp_path / "content/learn" / path.parent.name / path.name
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, copy)
        for options in ([], ["--all"]):
            result = here("edit", str(copy.relative_to(tmp_path)), *options)
            assert (result.code, result.err) == (0, "nothing to change\n"), path
        assert copy.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("text", AWKWARD)
def test_what_was_written_is_what_the_site_shows(
    site: Path, pen: Pen, site_reader: SiteReader, text: str
) -> None:
    before = Path(CHAIN).read_text(encoding="utf-8")
    pen.writes(text + "\n")
    assert here("edit", CHAIN).code == 0
    after = Path(CHAIN).read_text(encoding="utf-8")
    old, new = site_reader.read(before), site_reader.read(after)
    assert new.data["answer"].replace("\\n", "\n") == text
    assert {**new.data, "answer": ""} == {**old.data, "answer": ""}
    assert new.content == old.content
    pen.does("exit 0")
    here("edit", CHAIN)
    assert pen.given == text + "\n"


# Other fields


def test_a_field_of_one_line_is_edited_as_such(site: Path, pen: Pen) -> None:
    pen.does("printf 'One: line\\nthat an editor broke\\n' > \"$1\"")
    assert here("edit", CHAIN, "--field", "seo.page_description").code == 0
    assert stored(CHAIN, "/seo/page_description") == "One: line that an editor broke"


def test_a_field_has_the_type_that_it_has(site: Path, pen: Pen) -> None:
    pen.writes("2.5\n")
    assert here("edit", CHAIN, "--field", "score").code == 0
    assert b"\nscore: 2.5\n" in Path(CHAIN).read_bytes()
    pen.writes("much\n")
    result = here("edit", CHAIN, "--field", "score")
    assert_refused(result, "wrong-type", "score is a number")
    assert_kept(result, pen, "much")
    pen.does(': > "$1"')
    assert here("edit", CHAIN, "--field", "score").code == 0
    assert b"score" not in Path(CHAIN).read_bytes()


def test_what_is_no_field_is_refused_before_the_editor_opens(site: Path, pen: Pen) -> None:
    assert_refused(here("edit", CHAIN, "--field", "anser"), "unknown-field", "answer")
    assert_refused(here("edit", CHAIN, "--field", "seo"), "wrong-type", CHAIN)
    assert_refused(here("edit", CHAIN, "--field", "a", "--all"), "usage")
    assert_refused(here("edit", "-"), "usage")
    assert not pen.program.exists()


# The form


def test_the_form_writes_only_what_was_changed(site: Path, pen: Pen) -> None:
    before = Path(SHIFTING).read_text(encoding="utf-8")
    pen.does("sed -i 's/^score:.*/score: 1.5/; s/^author: .*/author: Someone/' \"$1\"")
    assert here("edit", SHIFTING, "--all").code == 0
    lines = pen.given.split("\n")
    assert lines[0] == "# Friction or index shifting: which is easier to live with?"
    assert "author: QuickTakes" in lines
    assert lines[lines.index("---") + 1].startswith("With an index shifter")
    after = Path(SHIFTING).read_text(encoding="utf-8")
    assert after.replace("score: 1.5\n", "") == before.replace(
        "author: QuickTakes", "author: Someone"
    )


def test_the_form_takes_fields_out_and_edits_the_answer_with_them(site: Path, pen: Pen) -> None:
    here("set", CHAIN, "score=1", "no_index=true", "--allow-dirty")
    pen.does("sed -i 's/^score:.*/score:/; s/^no_index:.*/no_index:/; $s/$/ The end./' \"$1\"")
    assert here("edit", CHAIN, "--all").code == 0
    data = Document.parse(Path(CHAIN).read_bytes()).get()
    assert not {"score", "no_index"} & set(data)
    assert data["answer"].endswith(" The end.")


@pytest.mark.parametrize(
    ("script", "code", "line", "excerpt"),
    [
        ("s/^score:.*/score: much/", "wrong-type", 6, "score: much"),
        ("s/^date:.*/date: soon/", "wrong-type", 3, "date: soon"),
        ("s/^author: .*/Someone/", "bad-form", 4, "Someone"),
        ("s/^author:/autor:/", "bad-form", 4, "autor: QuickTakes"),
        ("/^---$/d", "bad-form", 0, ""),
        ("$s/$/ $a \\\\neq b$/", "torn-latex", 0, "neq"),
    ],
)
def test_an_error_in_the_form_points_at_its_line(
    site: Path, pen: Pen, script: str, code: str, line: int, excerpt: str
) -> None:
    before = tree(site)
    pen.does(f"sed -i '{script}' \"$1\"")
    result = here("edit", SHIFTING, "--all")
    assert f"[{code}]" in result.err
    assert excerpt in result.err
    (kept,) = pen.texts.iterdir()
    number = line or next(
        (n for n, text in enumerate(kept.read_text().split("\n"), 1) if "neq" in text), None
    )
    assert number is None or f"{kept}:{number}:" in result.err
    assert f"your text is kept in {kept}" in result.err
    assert tree(site) == before


def test_a_line_that_is_taken_out_of_the_form_leaves_its_field(site: Path, pen: Pen) -> None:
    before = tree(site)
    pen.does("sed -i '/^author/d; /^#/d' \"$1\"")
    assert here("edit", SHIFTING, "--all").err == "nothing to change\n"
    assert tree(site) == before


def test_a_value_of_several_lines_is_left_to_its_own_command(site: Path, pen: Pen) -> None:
    Path("a.md").write_text("---\nauthor: |\n  A\n  B\nanswer: x\n---\n")
    pen.does("exit 0")
    assert here("edit", "a.md", "--all").code == 0
    assert "# author has lines of its own: edit it with --field author\n" in pen.given
    here("edit", "a.md", "--field", "author")
    assert pen.given == "A\nB\n"


# What goes wrong


@pytest.mark.parametrize("in_git", [False, True])
def test_a_conflict_keeps_the_text_and_leaves_the_file_to_who_wrote_it(
    site: Path, pen: Pen, in_git: bool
) -> None:
    if in_git:
        git(site, "init", "--quiet")
        git(site, "add", ".")
        git(site, "commit", "--quiet", "--message", "All")
    theirs = Path(CHAIN).read_bytes().replace(b"chain", b"Chain")
    (pen.folder / "theirs").write_bytes(theirs)
    pen.does(f'cp {pen.folder}/theirs {site / CHAIN}; echo mine > "$1"')
    result = here("edit", CHAIN)
    assert_refused(result, "changed-since", CHAIN)
    assert_kept(result, pen, "mine")
    assert Path(CHAIN).read_bytes() == theirs


@pytest.mark.parametrize("in_git", [False, True])
def test_what_others_wrote_in_another_field_stays(site: Path, pen: Pen, in_git: bool) -> None:
    """In git such an edit is one that no commit has, and they are asked about it."""
    if in_git:
        git(site, "init", "--quiet")
        git(site, "add", ".")
        git(site, "commit", "--quiet", "--message", "All")
    theirs = Path(CHAIN).read_bytes().replace(b"author: QuickTakes", b"author: Else")
    (pen.folder / "theirs").write_bytes(theirs)
    pen.does(f'cp {pen.folder}/theirs {site / CHAIN}; echo mine > "$1"')
    result = here("edit", CHAIN)
    if in_git:
        assert_refused(result, "uncommitted-changes", CHAIN)
        assert_kept(result, pen, "mine")
        assert Path(CHAIN).read_bytes() == theirs
    else:
        assert result.code == 0
        assert b"author: Else" in Path(CHAIN).read_bytes()
        assert "mine" in here("get", CHAIN, "answer").text


@pytest.mark.parametrize("text", ["", "\n\n", "  \n"])
def test_an_emptied_answer_is_refused(site: Path, pen: Pen, text: str) -> None:
    before = tree(site)
    pen.writes(text)
    result = here("edit", CHAIN)
    assert_refused(result, "missing-field", CHAIN, "answer would be empty")
    assert tree(site) == before
    assert pen.kept == []


def test_an_editor_that_fails_changes_nothing(site: Path, pen: Pen) -> None:
    before = tree(site)
    pen.does('echo mine > "$1"; exit 1')
    result = here("edit", CHAIN)
    assert_refused(result, "editor-failed", "exit code 1")
    assert_kept(result, pen, "mine\n")
    assert tree(site) == before


def test_an_editor_that_is_missing_is_named(
    site: Path, pen: Pen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor --wait")
    assert_refused(here("edit", CHAIN), "no-editor", "no-such-editor", "VISUAL")


def test_what_cannot_be_stored_is_refused_with_what_to_write_instead(site: Path, pen: Pen) -> None:
    pen.writes("One line.\n\nLet $a \\neq b$.\n")
    result = here("edit", CHAIN)
    assert "line 3: QT601 the site would tear \\neq at its \\n (write ≠)" in result.err
    assert re.search(r"qtauthor-\w+-how-often-\S+\.md:3:\d+: error: ", result.err)
    assert_kept(result, pen, "One line.\n\nLet $a \\neq b$.")


def test_what_the_rules_say_is_told_by_line_and_does_not_stop_who_cannot_be_asked(
    site: Path, pen: Pen
) -> None:
    pen.writes("Words.\n\nUse <b>strong</b> flour.\n")
    result = here("edit", CHAIN)
    assert result.code == 0
    assert "line 3: QT606 <b> is HTML\n" in result.err
    assert stored(CHAIN) == "Words.\\n\\nUse <b>strong</b> flour."


def test_what_no_file_may_hold_is_not_written(site: Path, pen: Pen) -> None:
    pen.writes("Use \0 flour.\n")
    before = Path(CHAIN).read_bytes()
    result = here("edit", CHAIN)
    assert result.code == 2
    assert "line 1: QT104 U+0000 NUL cannot be stored\n" in result.err
    assert "answer holds U+0000 NUL [control-character]" in result.err
    assert Path(CHAIN).read_bytes() == before


def test_rules_that_the_site_does_not_have_say_nothing(site: Path, pen: Pen) -> None:
    (site / "qtauthor.toml").write_text('[check]\nignore = ["raw-html"]\n')
    pen.writes("Use <b>strong</b> flour.\n")
    assert here("edit", CHAIN).err == "changed 1 article\n"


def test_other_fields_are_checked_too(site: Path, pen: Pen) -> None:
    pen.writes("Short.\n")
    result = here("edit", CHAIN, "--field", "seo.page_description")
    assert result.code == 0
    assert "seo.page_description: QT7" in result.err


def test_uncommitted_changes_are_refused_before_the_work_is_done(site: Path, pen: Pen) -> None:
    git(site, "init", "-q")
    git(site, "add", ".")
    git(site, "commit", "-qm", "a")
    Path(CHAIN).write_bytes(Path(CHAIN).read_bytes() + b"\n")
    pen.writes("Words.\n")
    assert_refused(here("edit", CHAIN), "uncommitted-changes", CHAIN)
    assert not (pen.folder / "given").exists()
    assert here("edit", CHAIN, "--allow-dirty").code == 0


# Names, and what is shown in the place of writing


@pytest.mark.parametrize(
    "name", [CHAIN, "1207", Path(CHAIN).stem, f"/learn/bicycles/questions/{Path(CHAIN).stem}"]
)
def test_an_article_has_all_its_names(site: Path, pen: Pen, name: str) -> None:
    pen.writes("Words.\n")
    assert here("edit", name).code == 0
    assert stored(CHAIN) == "Words."


def test_a_link_to_an_article_stays_a_link(site: Path, pen: Pen) -> None:
    link = site / "content/learn/bicycles/linked.md"
    link.symlink_to(Path(CHAIN).name)
    hard = site / "content/learn/bicycles/hard.md"
    hard.hardlink_to(site / SHIFTING)
    pen.writes("Words.\n")
    assert here("edit", "content/learn/bicycles/linked.md").code == 0
    assert here("edit", str(hard.relative_to(site))).code == 0
    assert link.is_symlink()
    assert stored(CHAIN) == stored(hard) == "Words."


def test_a_file_that_is_in_no_site_is_edited_too(tmp_path: Path, pen: Pen) -> None:
    alone = tmp_path / "alone.md"
    alone.write_text("---\nanswer: a\nscore: 1\n---\n")
    pen.does("sed -i 's/^score:.*/score: 2/; $s/$/b/' \"$1\"")
    assert here("edit", str(alone), "--all").code == 0
    assert alone.read_text() == "---\nanswer: ab\nscore: 2.0\n---\n"
    assert not state(tmp_path).exists()


def test_a_diff_and_a_dry_run_write_nothing(site: Path, pen: Pen) -> None:
    before = tree(site)
    pen.writes("Words.\n")
    diff = here("edit", CHAIN, "--diff")
    assert diff.code == 1
    assert "+    Words.\n" in diff.text
    dry = here("edit", CHAIN, "--dry-run", "--format", "json")
    assert dry.code == 1
    assert dry.json["changed"] == [{"path": CHAIN, "keys": ["/answer"]}]
    assert tree(site) == before
    assert git(site, "apply", stdin=diff.out).returncode == 0
    assert stored(CHAIN) == "Words."


def test_an_article_that_is_not_there_is_refused(site: Path, pen: Pen) -> None:
    assert_refused(here("edit", "no-such"), "unknown-article")
    assert_refused(here("edit", "no-such.md"), "not-found")
