"""Drafts that cannot be read are told of on one line each, and nothing waits for them."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from qtauthor.cli.output.console import Console
from qtauthor.cli.wizard import drafts, resume
from qtauthor.cli.wizard.asking import Asker, Option
from qtauthor.cli.wizard.drafts import DraftSlot
from qtauthor.cli.wizard.screen import Screen
from qtauthor.operations.authoring.draft import Draft
from qtauthor.text.source.encoding import MAX_BYTES

GOOD = "Why is bread good?"
DATA = "draft.json"


@pytest.fixture
def top(site: Path) -> Path:
    """The folder of drafts, with one that can be gone on with."""
    slot = DraftSlot(site)
    slot.save(Draft(question=GOOD))
    slot.release()
    return slot.folder().parent


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)


def linked(path: Path) -> None:
    path.symlink_to(path.parent.with_name("1") / DATA)


def second(path: Path) -> None:
    os.link(path.parent.with_name("1") / DATA, path)


KINDS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a pipe": (os.mkfifo, "it is no regular file"),
    "a folder": (Path.mkdir, "it is no regular file"),
    "a link": (linked, "it is a link"),
    "a link to a device": (lambda path: path.symlink_to("/dev/zero"), "it is a link"),
    "a link to nothing": (lambda path: path.symlink_to("nothing"), "it is a link"),
    "a huge file": (huge, f"it has more than {MAX_BYTES:,} bytes"),
    "no draft": (lambda path: path.write_text("[]"), "this program did not write it"),
    "no text": (lambda path: path.write_bytes(b"\xff"), "this program did not write it"),
    "an empty file": (Path.touch, "this program did not write it"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_draft_is_named_with_the_reason(site: Path, top: Path, kind: str) -> None:
    make, why = KINDS[kind]
    (top / "2").mkdir(0o700)
    make(top / "2" / DATA)
    found, passed = drafts.left(site)
    assert [one.draft.question for one in found] == [GOOD]
    assert [(one.path, one.why) for one in passed] == [(str(top / "2" / DATA), why)]


def test_a_second_name_of_a_draft_is_no_draft(site: Path, top: Path) -> None:
    (top / "2").mkdir(0o700)
    second(top / "2" / DATA)
    found, passed = drafts.left(site)
    assert found == []
    assert {one.why for one in passed} == {"it has a second name"}


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (os.mkfifo, "it is no folder"),
        (Path.touch, "it is no folder"),
        (lambda path: path.symlink_to("1"), "it is a link"),
        (lambda path: (path.mkdir(), path.chmod(0o777)), "others may write in it"),
    ],
)
def test_what_is_no_folder_of_a_draft_is_named(
    site: Path, top: Path, make: Callable[[Path], object], why: str
) -> None:
    make(top / "2")
    found, passed = drafts.left(site)
    assert len(found) == 1
    assert [(one.path, one.why) for one in passed] == [(str(top / "2"), why)]


def test_a_folder_without_a_draft_is_no_word_worth(site: Path, top: Path) -> None:
    (top / "2").mkdir(0o700)
    assert drafts.left(site)[1] == []


def test_a_draft_that_somebody_works_at_is_no_word_worth(site: Path, top: Path) -> None:
    slot = DraftSlot(site)
    slot.save(Draft(question="Another?"))
    assert len(drafts.left(site)[0]) == 1
    assert drafts.left(site)[1] == []
    slot.release()


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES, errno.ESTALE])
def test_an_error_of_the_disk_is_told_in_its_own_words(
    site: Path, top: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "read", fail)
    found, passed = drafts.left(site)
    assert found == []
    assert [one.why for one in passed] == [os.strerror(number)]
    assert str(passed[0]).startswith(str(top / "1"))


def test_a_folder_that_cannot_be_listed_is_told(
    site: Path, top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: str) -> list[str]:
        raise OSError(errno.EIO, os.strerror(errno.EIO), path)

    monkeypatch.setattr(os, "listdir", fail)
    found, passed = drafts.left(site)
    assert (found, [one.path for one in passed]) == ([], [str(top)])


class Chooser:
    """Somebody who goes on with the first draft, and takes what an editor left of it."""

    def choose(self, label: str, options: Sequence[Option], default: Any = None) -> Any:
        return options[0].value


def test_each_is_told_once_and_the_dialogue_goes_on(
    site: Path, top: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, make in (("2", os.mkfifo), ("3", huge)):
        (top / name).mkdir(0o700)
        make(top / name / DATA)
    os.mkfifo(top / "1" / "pipe.md")
    (top / "1" / "text.md").write_text("Because.")
    huge(top / "1" / "huge.md")
    os.utime(top / "1" / "huge.md", (2e9, 2e9))  # the newest is looked at first
    screen = Screen(Console("never"), plain=True)
    slot, draft = resume.choose(cast("Asker", Chooser()), screen, site)
    slot.release()
    assert (draft.question, draft.answer) == (GOOD, "Because.")
    told = " ".join(capsys.readouterr().err.split())
    for name in ("2", "3"):
        assert told.count(f"{top}/{name}/{DATA} is passed over as a draft: it ") == 1
    assert told.count(f"{top}/1/huge.md is passed over: it has more than") == 1
    assert "pipe" not in told
