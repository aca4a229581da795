"""Completion: what is offered, and that real shells take it."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pexpect
import pytest

from qtauthor.cli.app import SECTIONS
from tests.cli.support import CHAIN, environment, here, process, tree
from tests.support.patience import PATIENCE
from tests.support.state import state

COMMANDS = [name for section in SECTIONS.values() for name in section]
UPRIGHT = "why-does-a-moving-bicycle-stay-upright"


def asked(cwd: Path, words: str, shell: str = "bash") -> list[str]:
    """The answer to a shell in which ``words`` were typed, the last of them to be completed."""
    parts = words.split(" ")
    fish = shell == "fish"
    result = process(
        cwd=cwd,
        _QTAUTHOR_COMPLETE=f"{shell}_complete",
        COMP_WORDS=words if fish else "\n".join(parts),
        COMP_CWORD=parts[-1] if fish else str(len(parts) - 1),
    )
    assert (result.code, result.err) == (0, "")
    return result.text.rstrip("\n").split("\n") if result.text.strip() else []


@pytest.fixture
def indexed(site: Path) -> Path:
    here("index")
    return site


def test_commands_and_options_are_completed_by_their_names(site: Path) -> None:
    assert asked(site, "qtauthor ") == [f"plain,{name}" for name in COMMANDS]
    assert asked(site, "qtauthor ren") == ["plain,rename-key"]
    assert "plain,--allow-dirty" in asked(site, "qtauthor set --")
    assert asked(site, "qtauthor related a") == ["plain,add"]
    assert asked(site, "qtauthor completion f") == ["plain,fish"]


@pytest.mark.parametrize(
    "words",
    ["check", "fmt", "move", "retitle", "remove", "related add", "remove x --replace-with"],
)
def test_articles_are_completed_by_their_slugs_or_else_files(indexed: Path, words: str) -> None:
    assert asked(indexed, f"qtauthor {words} {UPRIGHT[:12]}") == [
        f"plain,{UPRIGHT}",
        "file," + UPRIGHT[:12],
    ]


def test_a_path_is_left_to_the_shell(indexed: Path) -> None:
    assert asked(indexed, "qtauthor check content/le") == ["file,content/le"]
    assert asked(indexed, "qtauthor import qu") == ["file,qu"]


def test_zsh_and_fish_show_the_questions(indexed: Path) -> None:
    question = "Why does a moving bicycle stay upright?"
    zsh = asked(indexed, f"qtauthor check {UPRIGHT[:12]}", "zsh")
    assert zsh[:3] == ["plain", UPRIGHT, question]
    fish = asked(indexed, f"qtauthor check {UPRIGHT[:12]}", "fish")
    assert fish[0] == f"plain,{UPRIGHT}\t{question}"


def test_subjects_fields_and_rules_are_completed(indexed: Path) -> None:
    assert asked(indexed, "qtauthor ls --subject b") == ["plain,Bicycles", r"plain,Bread\ Baking"]
    assert asked(indexed, "qtauthor new --subject e", "zsh")[1] == "Everyday Physics"
    assert "plain,seo.title" in asked(indexed, "qtauthor unset x.md seo")
    assert "open,seo.title=" in asked(indexed, "qtauthor set x.md seo")
    assert asked(indexed, "qtauthor check --select QT1,QT50")[0] == "plain,QT1,QT501"
    assert asked(indexed, "qtauthor rule dead") == ["plain,dead-link", "plain,dead-redirect"]


def test_the_root_may_be_named(indexed: Path, tmp_path: Path) -> None:
    for words in ("--root site check", "check --root site"):
        assert f"plain,{UPRIGHT}" in asked(tmp_path, f"qtauthor {words} why")
    elsewhere = asked(tmp_path, "qtauthor check why")
    assert elsewhere == ["file,why"]


def test_no_index_is_made(site: Path) -> None:
    before = tree(site.parent)
    assert asked(site, "qtauthor check why") == ["file,why"]
    assert asked(site, "qtauthor ls --subject b") == []
    assert tree(site.parent) == before
    assert not state(site).exists()


@pytest.mark.parametrize("words", ["nonsense x", "set --subject", "check --where 'x", "--root"])
def test_nothing_is_said_where_there_is_nothing_to_offer(indexed: Path, words: str) -> None:
    asked(indexed, f"qtauthor {words}")


def test_trouble_is_not_told(indexed: Path) -> None:
    (state(indexed) / "index.sqlite").write_bytes(b"no database")
    (indexed / "qtauthor.toml").write_text("no = [toml")
    assert asked(indexed, "qtauthor check why") == ["file,why"]
    for variable in ("bash_complete", "nonsense", "tcsh_complete", "bash_x"):
        result = process(cwd=indexed, _QTAUTHOR_COMPLETE=variable)
        assert (result.code, result.out, result.err) == (0, b"", "")


def test_names_that_break_lines_are_not_offered(indexed: Path) -> None:
    text = (indexed / f"content/learn/everyday-physics/{UPRIGHT}.md").read_bytes()
    (indexed / "content/learn/bicycles/zz\nplain,zzz.md").write_bytes(text)
    (indexed / "content/learn/bicycles/zz o'clock $x.md").write_bytes(text)
    here("index")
    assert asked(indexed, "qtauthor check zz") == [r"plain,zz\ o\'clock\ \$x", "file,zz"]


# In real shells


@contextmanager
def interactive(shell: str, site: Path, programs: Path) -> Iterator[Any]:
    """A shell that has read what `qtauthor completion` prints."""
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"{shell} is not installed")
    programs.mkdir()
    program = programs / "qtauthor"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m qtauthor "$@"\n')
    program.chmod(0o755)
    flags, begin = {
        "bash": (["--norc", "--noprofile", "-i"], "source <(qtauthor completion bash)"),
        "zsh": (
            ["-f", "-i"],
            "autoload -U compinit; compinit -u; source <(qtauthor completion zsh)",
        ),
        "fish": (["--no-config", "-i"], "qtauthor completion fish | source"),
    }[shell]
    names = environment(
        PATH=f"{programs}{os.pathsep}{os.environ['PATH']}",
        HOME=str(programs),
        TERM="dumb",
        PS1="> ",
    )
    child = pexpect.spawn(
        found,
        flags,
        cwd=str(site),
        env=names,
        encoding="utf-8",
        timeout=PATIENCE,
        dimensions=(40, 200),
    )
    try:
        child.sendline(begin)
        child.sendline("echo re''ady")
        child.expect("ready")
        yield child
    finally:
        child.close(force=True)


def typed(child: Any, text: str) -> str:
    """The command line that a shell makes of ``text``, in which tabs complete."""
    child.send("echo b''egin; " + text.partition("\t")[0])
    for part in text.split("\t")[1:]:
        child.send("\t")
        time.sleep(1.5)
        child.send(part)
    child.sendline("; echo e''nd")
    child.expect(r"begin\r?\n")
    child.expect(r"(?s)(.*?)\bend\r?\n")
    return re.sub("\x1b\\[[0-9;?]*[A-Za-z]", "", child.match[1]).strip().replace("\r\n", "\n")


@pytest.mark.slow
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_real_shell_completes(indexed: Path, tmp_path: Path, shell: str) -> None:
    with interactive(shell, indexed, tmp_path / "bin") as child:
        told = typed(child, "qtauthor ids sh\twhy-does-a-\t")
        assert "id: 3055" in told
        # Where several begin so, the shell goes as far as they agree.
        told = typed(child, "qtauthor ids show why-does-\ta-m\t")
        assert "id: 3055" in told
        # A name with a blank in it is one word.
        told = typed(child, "qtauthor ls --subject Bread\t --format csv --columns id")
        assert told.split("\n")[0].strip() == "id"
        assert "412" in told
        told = typed(child, "qtauthor ls --subject 'Bread\t --format csv --columns id")
        assert "412" in told
        # What goes on gets no blank behind it.
        told = typed(child, f"qtauthor set {CHAIN} auth\tMe --dry-run")
        assert "would change 1 article" in told
