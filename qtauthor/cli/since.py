"""The files that differ from a commit, as git tells them."""

from __future__ import annotations

import os
import subprocess

from qtauthor.content.site import Site
from qtauthor.errors import Code, SiteError


def changed_since(site: Site, revision: str) -> set[str]:
    """The paths below the root that differ from ``revision``, and those that git does not have.

    Raises ``SiteError`` with ``no-git``.
    """
    folder = site.config.content
    differing = _git(site, "diff", "--name-only", "-z", "--relative", revision, "--", folder)
    untracked = _git(site, "ls-files", "--others", "--exclude-standard", "-z", "--", folder)
    return {os.fsdecode(path) for path in (differing + untracked).split(b"\0") if path}


def _git(site: Site, *arguments: str) -> bytes:
    command = ("git", "--no-optional-locks", *arguments)
    try:
        done = subprocess.run(command, cwd=site.root, capture_output=True, check=False)
    except OSError as error:
        raise _no_git(f"git cannot be run: {error.strerror}", arguments) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        raise _no_git(said.removeprefix("fatal: ") or "git failed", arguments)
    return done.stdout


def _no_git(why: str, arguments: tuple[str, ...]) -> SiteError:
    return SiteError(
        Code.NO_GIT,
        f"git cannot tell what changed: {why}",
        excerpt=" ".join(arguments)[:200],
        remedy="give a commit, branch or tag of this checkout",
    )
