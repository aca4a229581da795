"""What is no file, in the place of one: nothing hangs, nothing is eaten up, and it is named."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types

from qtauthor.errors import ConfigError, ParseError, SiteError
from qtauthor.files import file_bytes
from qtauthor.lsp import buffers
from qtauthor.model import templates
from qtauthor.model.config import toml_file
from tests.cli.support import CHAIN, DEMO, here

pytestmark = pytest.mark.skipif(os.name != "posix", reason="there are no such files")

KINDS = ("fifo", "zero", "mem", "socket")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "s"
    shutil.copytree(DEMO, root)
    monkeypatch.chdir(root)
    return root


def put(kind: str, path: str) -> None:
    """Put such a thing at ``path``."""
    place = Path(path)
    place.unlink(missing_ok=True)
    if kind == "fifo":
        os.mkfifo(place)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path)
    else:
        place.symlink_to({"zero": "/dev/zero", "mem": "/proc/self/mem"}[kind])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("command", [("get", "title"), ("set", "score=1"), ("show",), ("check",)])
def test_an_article_that_is_none(site: Path, kind: str, command: tuple[str, ...]) -> None:
    name = "content/learn/bicycles/odd.md"
    put(kind, name)
    verb, *rest = command
    result = here(verb, name, *rest)
    assert result.code in (1, 2)
    assert name in result.err + result.text
    assert "a bug" not in result.err


@pytest.mark.parametrize("kind", KINDS)
def test_a_configuration_that_is_none(site: Path, kind: str) -> None:
    put(kind, "qtauthor.toml")
    result = here("ls")
    assert "a bug" not in result.err
    with pytest.raises(ConfigError):
        toml_file.read_text(site / "qtauthor.toml")


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_that_is_none(site: Path, kind: str) -> None:
    put(kind, "odd.md")
    with pytest.raises(SiteError):
        templates.load("odd.md", site)


@pytest.mark.parametrize("kind", KINDS)
def test_redirects_that_are_none(site: Path, kind: str) -> None:
    Path("qtauthor.toml").write_text('[redirects]\nformat = "json"\npath = "r.json"\n')
    put(kind, "r.json")
    result = here("retitle", CHAIN, "--question", "What is it?")
    assert result.code == 2
    assert "r.json" in result.err


@pytest.mark.parametrize(
    "command",
    [
        ("set", CHAIN, "answer=@/dev/zero"),
        ("set", "--from-file", "/dev/zero", "score=1"),
        ("patch", CHAIN, "--ops", "/dev/zero"),
        ("check", "--baseline", "/dev/zero"),
        ("move", "--list", "/dev/zero"),
        ("new", "--subject", "A", "--question", "B?", "--answer-file", "/dev/zero"),
    ],
    ids=lambda command: command[0],
)
def test_what_has_no_end_is_too_large(site: Path, command: tuple[str, ...]) -> None:
    result = here(*command)
    assert result.code == 2
    assert "[too-large]" in result.err


def test_a_stream_is_read_up_to_what_a_document_may_have() -> None:
    with pytest.raises(ParseError):
        file_bytes.read_file(Path("/dev/zero"), streams=True)
    assert file_bytes.read_file(Path("/dev/null"), streams=True) == b""


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_that_opens_one_is_not_kept_waiting(site: Path, kind: str) -> None:
    put(kind, "odd.md")
    opened = buffers.Buffers()
    uri = (site / "odd.md").as_uri()
    buffer = opened.open(types.TextDocumentItem(uri, "markdown", 1, "---\na: 1\n---\n"))
    assert buffer is not None
    assert buffer.data == b"---\na: 1\n---\n"


@pytest.fixture(autouse=True)
def not_forever() -> Iterator[None]:
    """What hangs is ended by a signal, as a failure."""
    import signal

    def ended(*_: object) -> None:
        raise AssertionError("it hangs")

    before = signal.signal(signal.SIGALRM, ended)
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("kind", [*KINDS, "nowhere", "folder"])
def test_what_is_called_as_the_configuration_is_never_passed_over(kind: str, site: Path) -> None:
    if kind == "folder":
        (site / "qtauthor.toml").mkdir()
    elif kind == "nowhere":
        (site / "qtauthor.toml").symlink_to("gone")
    else:
        put(kind, "qtauthor.toml")
    result = here("ls")
    assert (result.code, result.out) == (2, b"")
    assert "the configuration cannot be read" in result.err
