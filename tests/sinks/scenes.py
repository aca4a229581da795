"""Sites before and after a change, with everything that a change set can do in it."""

from __future__ import annotations

import datetime
from pathlib import Path

from qtauthor.changes.change import Change, Create, Delete, Edit, Modify, Move, digest
from qtauthor.changes.changeset import ChangeSet
from qtauthor.files import state_folder
from qtauthor.sinks.transaction import transaction
from tests.support.state import state

ARTICLE = b"---\nid: %d\ntitle: a\n---\n"
KEEP = "content/learn"
LEARN = f"{KEEP}/"
TIME = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)


def body(number: int) -> bytes:
    return ARTICLE % number


def modify(path: str, old: bytes, new: bytes) -> Modify:
    return Modify(path, digest(old), digest(new), _edits(old, new), ("",))


def move(path: str, to: str, old: bytes, new: bytes) -> Move:
    return Move(path, to, digest(old), digest(new), _edits(old, new), ("",))


def _edits(old: bytes, new: bytes) -> tuple[Edit, ...]:
    return (Edit(0, old, new),) if old != new else ()


def build(root: Path) -> None:
    """Subjects s, t and lone, with the articles that ``everything`` changes."""
    for number, name in enumerate(
        ("s/a", "s/b", "s/c", "s/d", "s/swap1", "s/swap2", "s/case", "t/x", "t/gone", "lone/one")
    ):
        path = root / f"{LEARN}{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body(number))
        path.chmod(0o660)


def everything() -> ChangeSet:
    """Edits, new files and folders, a chain, a swap, a change of case, an emptied folder."""
    names = {
        "s/a": ("s/b", 0, 10),
        "s/b": ("s/c", 1, 1),
        "s/c": ("new/deep/c", 2, 12),
        "s/swap1": ("s/swap2", 4, 4),
        "s/swap2": ("s/swap1", 5, 15),
        "s/case": ("s/Case", 6, 6),
        "lone/one": ("t/one", 9, 19),
    }
    moves: list[Change] = [
        move(f"{LEARN}{old}.md", f"{LEARN}{new}.md", body(a), body(b))
        for old, (new, a, b) in names.items()
    ]
    others: list[Change] = [
        modify(f"{LEARN}s/d.md", body(3), body(13)),
        modify(f"{LEARN}t/x.md", body(7), body(17)),
        Delete(f"{LEARN}t/gone.md", body(8)),
        Create(f"{LEARN}fresh/e.md", body(20)),
        Create("data/redirects.json", b"[]\n"),
    ]
    return ChangeSet((*others[:2], *moves, *others[2:]))


def tree(root: Path) -> dict[str, tuple[bytes, int] | None]:
    """Every file's bytes and mode, and every folder."""
    found: dict[str, tuple[bytes, int] | None] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        found[name] = (path.read_bytes(), path.stat().st_mode) if path.is_file() else None
    return found


def leftovers(root: Path) -> list[str]:
    """What a transaction that ended must not leave in the site's state."""
    own = state(root)
    names = [path.relative_to(own).as_posix() for path in own.rglob("*")]
    return [name for name in names if "journal" in name or name.endswith((".new", ".tmp"))]


def commit(root: Path, changes: ChangeSet) -> None:
    """Write in a site, as a command does."""
    state_folder.made(root)
    transaction.commit(root, changes, label="test", time=TIME, keep=KEEP)
