"""Small git repositories, made and asked with nobody's configuration."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.support.patience import PATIENCE

CONTENT = "content/learn"

_ARTICLE = """---
id: {id}
title: {title}
---
"""


def article(number: int, title: str = "What is so?") -> bytes:
    """The least that is an article."""
    return _ARTICLE.format(id=number, title=title).encode()


def put(root: Path, path: str, data: bytes) -> None:
    """A file with its folders."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def git(folder: Path, *arguments: str, check: bool = True, **environment: str) -> str:
    """Git in that folder, whatever the caller's environment says of repositories."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        env={**kept, **nobody, **environment},
        check=check,
    )
    return done.stdout.decode("utf-8", "surrogateescape")


def init(folder: Path, *options: str) -> None:
    """A new repository with the branch ``main``."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main", *options)


def commit_all(folder: Path) -> None:
    """Commit all that is there."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "x")
