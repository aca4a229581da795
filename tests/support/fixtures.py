"""Fixtures for every test: `pytest_plugins = ["tests.support.fixtures"]` in tests/conftest.py."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from filelock import FileLock

from tests.support.pages import PAGE_READER, PageReader
from tests.support.readers import SITE_READER, SiteReader

_NPM_OPTIONS = [
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
    "--fetch-retries=1",
    "--fetch-retry-mintimeout=1000",
]
_NPM_CODE = re.compile(r"^npm (?:error|ERR!) code (\S+)", re.MULTILINE)
_NO_NETWORK = {
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "ENOTCACHED",
    "ENOTFOUND",
    "ERR_SOCKET_TIMEOUT",
    "ETIMEDOUT",
}


@pytest.fixture(scope="session")
def site_reader() -> Iterator[SiteReader]:
    """The site's reader. Skips without node, npm or network; fails instead when `CI` is set."""
    with SiteReader(node=_node(SITE_READER)) as reader:
        yield reader


@pytest.fixture(scope="session")
def page_reader() -> Iterator[PageReader]:
    """What renders answers as the site does. Skips or fails as ``site_reader``."""
    with PageReader(node=_node(PAGE_READER)) as reader:
        yield reader


def _node(folder: Path) -> str:
    """Node, with what the program in ``folder`` needs."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        _unavailable(f"{'node' if node is None else 'npm'} is not installed")
    _install(npm, folder)
    return node


def _install(npm: str, folder: Path) -> None:
    """`npm ci`, once for a lock file; the workers of pytest-xdist take turns."""
    locked = (folder / "package-lock.json").read_bytes()
    installed = folder / "node_modules" / ".installed-lock.json"
    with FileLock(folder / ".install.lock"):
        if installed.is_file() and installed.read_bytes() == locked:
            return
        done = subprocess.run(
            [npm, "ci", *_NPM_OPTIONS],
            cwd=folder,
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        if done.returncode != 0:
            _not_installed(done.stderr)
        installed.write_bytes(locked)


def _not_installed(stderr: str) -> NoReturn:
    code = _NPM_CODE.search(stderr)
    if code is not None and code[1] in _NO_NETWORK:
        _unavailable(f"npm ci has no network ({code[1]})")
    pytest.fail(f"npm ci failed:\n{stderr}", pytrace=False)


def _unavailable(reason: str) -> NoReturn:
    reason = f"the site's reader is not available: {reason}"
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
