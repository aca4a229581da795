"""What is printed on a real (pseudo) terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import SGR, on_terminal, terminal, tree

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")


@pytest.mark.parametrize("columns", [60, 120])
def test_a_page_fills_the_terminal_and_no_more(site: Path, columns: int) -> None:
    name = next(path for path in tree(site) if "friction" in path)
    with terminal("show", name, cwd=site, columns=columns) as run:
        lines = SGR.sub("", run.rest()).split("\r\n")
    assert max(map(len, lines)) == min(columns, 100)


def test_a_diff_on_a_terminal_has_the_colours_of_git(site: Path) -> None:
    name = next(path for path in tree(site) if "friction" in path)
    shown = on_terminal("set", name, "score=1", "author=B", "--diff", cwd=site)
    assert "\x1b[31m-author: QuickTakes\x1b[0m\r\n" in shown
    assert "\x1b[32m+author: B\x1b[0m\r\n" in shown
    assert f"\x1b[1m--- a/{name}\x1b[0m\r\n" in shown


def test_a_diff_of_a_crlf_document_is_readable_on_a_terminal(site: Path) -> None:
    (site / "a.md").write_bytes(b"---\r\nid: 1\r\n---\r\n")
    shown = on_terminal("--color", "never", "set", "a.md", "id=2", "--diff", cwd=site)
    assert "-id: 1\r\n+id: 2\r\n" in shown
    assert "\\u000d" not in shown
