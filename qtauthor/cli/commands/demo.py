"""``qtauthor demo``."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

import qtauthor
from qtauthor import exit_codes
from qtauthor.cli.arguments import options
from qtauthor.cli.state import State
from qtauthor.errors import Code, RequestError
from qtauthor.files import presence
from qtauthor.model import numbered_blocks

SAMPLE = Path(qtauthor.__file__).parent / "demo"
NEW = "content/learn/bread-baking/why-does-bread-go-stale.md"
OLD = "content/learn/bicycles/friction-or-index-shifting-which-is-easier-to-live-with.md"

_NEW = """new --subject "Bread Baking" --question "Why does bread go stale?" \\
    --description "What happens in a loaf as it ages." \\
    --date 2025-06-02 --related 412 --related 418"""
_SET = f"""set {OLD} \\
    seo.title="Bicycles: shifting" no_index=true"""

STEPS = (
    (
        "A new question. Id, slug, url and file name derive; the links come from ids.",
        f"{_NEW} --diff",
    ),
    ("Now for real.", _NEW),
    ("An edit: a colon is quoted, a flag finds its place, nothing else moves.", f"{_SET} --diff"),
    ("Now for real.", _SET),
    ("The new article, as a person reads it.", f"show {NEW}"),
)


@click.command()
@click.argument("folder", required=False, metavar="[FOLDER]")
@options.common
@options.pass_state
def demo(state: State, folder: str | None) -> int:
    """Try it on a small sample site.

    Copies the sample into FOLDER (or a temporary folder), runs new, set and show there, and says
    what to try next. None of your other files is touched.
    """
    root = _copy(folder)
    state.console.note(f"A sample site of {len(_articles(root))} articles is in {root}")
    with _inside(root):
        for words, line in STEPS:
            _step(state, words, line)
        _conclude(state, root)
    return exit_codes.DONE


def _copy(folder: str | None) -> Path:
    root = Path(folder) if folder else Path(tempfile.mkdtemp(prefix="qtauthor-demo-"))
    if presence.is_there(root) and (not presence.is_folder(root) or any(root.iterdir())):
        raise RequestError(
            Code.FILE_EXISTS,
            f"{root} is there and not empty",
            excerpt=str(root),
            remedy="name a new folder, or none for a temporary one",
        )
    for path in _articles(SAMPLE):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes((SAMPLE / path).read_bytes())
    return root.resolve()


def _step(state: State, words: str, line: str) -> None:
    from qtauthor.cli.app import app

    state.console.heading(words)
    state.console.note(f"$ qtauthor {line}")
    inner = State()
    inner.command = f"qtauthor {line}"
    inner.color, inner.quiet, inner.root = state.color, state.quiet, "."
    state.written = True
    app.main(shlex.split(line.replace("\\\n", "")), "qtauthor", standalone_mode=False, obj=inner)


def _conclude(state: State, root: Path) -> None:
    same = sum(
        (root / path).read_bytes() == (SAMPLE / path).read_bytes() for path in _articles(SAMPLE)
    )
    total = len(_articles(SAMPLE))
    state.console.note(
        f"\n{same} of the {total} sample articles are byte for byte what they were,\n"
        "and one has the two changes that were asked for.\n\n"
        "Try next:\n"
        f"  cd {shlex.quote(str(root))}\n"
        "  qtauthor new\n"
        f"  qtauthor get {NEW} {numbered_blocks.key(1)}\n"
        f'  qtauthor set {NEW} answer="Its starch sets."\n'
        "  qtauthor --help"
    )


def _articles(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.glob("content/learn/*/*.md"))


@contextmanager
def _inside(root: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(root)
    try:
        yield
    finally:
        os.chdir(before)
