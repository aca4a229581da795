"""Sites to work on: the sample that comes with the program, copied to a temporary folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import qtauthor
from qtauthor.content.site import Site

DEMO = Path(qtauthor.__file__).parent / "demo"
CHAIN = "content/learn/bicycles/how-often-should-a-bicycle-chain-be-replaced.md"
DOUGH = "content/learn/bread-baking/why-does-dough-rise-faster-in-a-warm-kitchen.md"


def copy_demo(folder: Path) -> Site:
    """A copy of the sample site in ``folder``."""
    shutil.copytree(DEMO, folder, dirs_exist_ok=True)
    return Site.at(folder)


def contents(root: Path) -> dict[str, bytes]:
    """Every file below ``root`` but those of qtauthor itself, by its path."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".qtauthor" not in path.parts
    }
