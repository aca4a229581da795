"""Letters that are composed in one place and taken apart in another are the same name."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from qtauthor.content.site import Site
from qtauthor.files.name_forms import there
from qtauthor.model.lookalikes import difference
from tests.cli.support import assert_refused, here

QUESTION = "Què és l'èxit?"
SUBJECT = "Català"


Form = Literal["NFC", "NFD"]


def apart(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.fixture
def moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site whose files came over a system that takes letters apart; its fields did not."""
    root = tmp_path / "site"
    (root / "content/learn").mkdir(parents=True)
    (root / "qtauthor.toml").write_text('slug.style = "unicode"\n')
    monkeypatch.chdir(root)
    assert here("new", "--subject", SUBJECT, "--question", QUESTION).code == 0
    related = ("--related", "1", "--related-both")
    asked = here("new", "--subject", SUBJECT, "--question", "Què més?", *related[:2])
    assert asked.code == 0, asked.err
    learn = root / "content/learn"
    for path in [*learn.glob("*/*.md"), *learn.glob("*")]:
        path.rename(path.with_name(apart(path.name)))
    return root


def path_of(words: str) -> str:
    found = [path for path in Site.at(Path.cwd()).paths() if words in path]
    assert len(found) == 1
    return found[0]


def test_fields_and_links_fit_the_files(moved: Path) -> None:
    found = json.loads(here("check", "--output-format", "json").out)
    codes = {one["code"] for one in found["findings"]}
    assert not {code for code in codes if code.startswith(("QT3", "QT5"))} - {"QT509"}
    first = path_of("xit")
    assert not first.isascii()
    assert first == apart(first)
    stats = here("ls", "--where", "inbound = 1", "--format", "jsonl")
    assert stats.code == 0
    site = Site.at(moved)
    for entry in site.index.entries():
        assert site.index.at_address(entry.address) == entry
        assert site.index.at_address(apart(entry.address)) == entry
        assert len(site.index.links_to(entry.address)) == len(site.index.links_to(entry.url or ""))
    assert len(site.index.links_to(site.index.entry(first).address)) == 1  # type: ignore[union-attr]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_an_article_is_found_by_its_names_in_either_form(moved: Path, form: Form) -> None:
    path = path_of("xit")
    for name in (path, path.removeprefix("content/learn/"), Path(path).stem):
        asked = unicodedata.normalize(form, name)
        found = here("show", asked)
        assert found.code == 0, (asked, found)
    url = Site.at(moved).index.entry(path).address  # type: ignore[union-attr]
    assert here("show", unicodedata.normalize(form, url)).code == 0
    subject = unicodedata.normalize(form, SUBJECT)
    assert here("set", "--subject", subject, "--expect", "2", "score=9").code == 0


FILES = {
    "get": ("get", "{}", "id"),
    "get several": ("get", "{}", "{other}", "id"),
    "set": ("set", "{}", "score=9"),
    "set pattern": ("set", "{folder}/*xit*.md", "score=9", "--expect", "1"),
    "set folder": ("set", "{folder}", "score=9", "--expect", "2"),
    "set but one": ("set", "--all", "--exclude", "{}", "score=9", "--expect", "1"),
    "set but some": ("set", "--all", "--exclude", "*Què*xit*", "score=9", "--expect", "2"),
    "set from a list": ("set", "--from-file", "{list}", "score=9", "--expect", "2"),
    "set to a file": ("set", "{}", "answer=@{text}"),
    "insert": ("insert", "{}", "/note=9", "--after", "author"),
    "unset": ("unset", "{}", "score"),
    "rename-key": ("rename-key", "author", "writer", "{}"),
    "replace": ("replace", "Què", "Com", "--in", "question", "{}"),
    "patch": ("patch", "{}", "--ops", "{patch}"),
    "diff": ("diff", "{}", "{}"),
    "fmt": ("fmt", "{}"),
    "check": ("check", "{}", "--exit-zero"),
    "show": ("show", "{}"),
    "view": ("view", "{}"),
    "ls": ("ls", "{}"),
    "ls folder": ("ls", "{folder}"),
    "export": ("export", "{}"),
    "retitle": ("retitle", "{}", "--question", "Què no?"),
    "move": ("move", "{}", "--subject", "Nou", "--new-subject"),
    "move a list": ("move", "--list", "{moves}", "--new-subject"),
    "related add": ("related", "add", "{}", "{other}"),
    "related suggest": ("related", "suggest", "{}"),
    "related clear": ("related", "clear", "{}"),
    "ids": ("ids", "reassign", "{}"),
    "remove": ("remove", "{}"),
    "as standard input": ("check", "-", "--stdin-filename", "{}", "--exit-zero"),
    "a root": ("ls", "--root", "{root}"),
}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("command", FILES)
def test_a_file_is_named_in_either_form_in_every_command(
    moved: Path, form: Form, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = path_of("xit"), path_of(apart("més"))
    text, operations = (moved / apart(name) for name in ("à.txt", "ò.json"))
    text.write_text("Un.\n")
    operations.write_text('[{"op": "replace", "path": "/author", "value": "é"}]')
    listed = moved / apart("í.txt")
    listed.write_text("\n".join(unicodedata.normalize(form, name) for name in (path, other)))
    moves = moved / apart("ñ.tsv")
    moves.write_text(f"{unicodedata.normalize(form, path)}\tNou\n")
    root = moved.rename(moved.with_name(apart("lloc-ü")))
    monkeypatch.chdir(root)
    named = {
        "folder": path.rpartition("/")[0],
        "other": other,
        "list": listed.name,
        "moves": moves.name,
        "text": text.name,
        "patch": operations.name,
        "root": str(root),
    }
    line = [
        unicodedata.normalize(form, part.format(path, **named))
        if "{" in part or "*" in part
        else part
        for part in FILES[command]
    ]
    before = sorted(name.name for name in root.rglob("*"))
    done = here(*line, stdin=(root / path).read_bytes())
    assert done.code == 0, done.err
    if command not in ("retitle", "move", "move a list", "remove"):
        assert sorted(name.name for name in root.rglob("*")) == before


def test_of_two_files_that_look_so_none_is_taken_for_the_other(moved: Path) -> None:
    names = ["ö-ü.md", apart("ö") + "-ü.md", "ö-" + apart("ü") + ".md"]
    folder = (moved / path_of("xit")).parent
    for name in names:
        (folder / name).write_bytes((moved / path_of("xit")).read_bytes())
    for name in names:
        assert here("get", str(folder / name), "id").code == 0
    assert_refused(here("get", str(folder / apart(names[0])), "id"), "not-found")
    assert_refused(here("set", str(folder / apart(names[0])), "score=9"), "not-found")


def test_what_is_called_is_told_as_the_disk_spells_it(moved: Path) -> None:
    path = path_of("xit")
    typed = unicodedata.normalize("NFC", path)
    assert typed != path
    assert here("set", typed, "score=9", "--format", "json").json["changed"][0]["path"] == path
    assert here("get", typed, "id", "--format", "json").json["articles"][0]["path"] == path
    missing = here("get", "content/learn/Català/què.md", "id")
    assert_refused(missing, "not-found", "content/learn/Català/què.md")


@pytest.mark.parametrize("name", ["é" * 5000, "é/" * 3000, "è\0.md", "\0/è.md", "/è", "è/../è"])
def test_names_that_no_file_can_have_are_asked_for_all_the_same(name: str) -> None:
    assert there(name) == name


def test_the_same_question_is_not_made_again(moved: Path) -> None:
    for question in (QUESTION, apart(QUESTION)):
        told = here("new", "--subject", SUBJECT, "--question", question)
        assert_refused(told, "slug-taken")
    assert here("new", "--subject", SUBJECT, "--question", "Què hi ha?").code == 0
    assert len(list((moved / "content/learn").iterdir())) == 1


def test_what_renames_nothing_leaves_files_and_fields(moved: Path) -> None:
    path = path_of("xit")
    before = (moved / path).read_bytes()
    assert here("retitle", path, "--question", QUESTION + "!").code == 0
    assert (moved / path).is_file()
    after = (moved / path).read_bytes()
    for line in before.split(b"\n"):
        assert line in after.split(b"\n") or QUESTION.encode() in line
    assert here("retitle", path, "--question", "Què no?").code == 0
    assert here("check", "--select", "QT3,QT5", "--ignore", "QT509").code == 0


@pytest.mark.parametrize(
    ("given", "wanted", "told"),
    [
        ("caf\u00e9", "cafe\u0301", "decomposed (NFD); here they are composed (NFC)"),
        ("cafe\u0301", "caf\u00e9", "composed (NFC); here they are decomposed (NFD)"),
        ("a\u00a0b", "a b", "U+0020 (space) at character 2; here it is U+00A0 (no-break space)"),
        ("ab\u200b", "ab", "an end at character 3; here it is U+200B (zero width space)"),
        ("ab", "a\u00adb", "U+00AD (soft hyphen) at character 2"),
        ("a", "b", ""),
        ("a", "a", ""),
        ("A", "a", ""),
    ],
)
def test_messages_tell_in_what_two_texts_differ_that_look_the_same(
    given: str, wanted: str, told: str
) -> None:
    found = difference(given, wanted)
    assert told in found
    assert bool(told) == bool(found)
