"""The one place that starts git.

A repository is not its reader: what its own configuration names as a program is not run, what it
lacks is not fetched, and what a hook has put into the environment does not lead to another one.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence

SECONDS = 120.0
"""So long git may take for one answer."""

_NEVER = (
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    "core.alternateRefsCommand=",
    "core.sshCommand=false",
    "credential.helper=",
    "gc.auto=0",
    "maintenance.auto=false",
)
"""Configuration over that of the repository."""

_ALWAYS = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # no fetch either by a git that does not know the line above
    "GIT_NO_REPLACE_OBJECTS": "1",
}

_KEPT = ("GIT_CONFIG_", "GIT_EXEC_PATH", "GIT_TEST_")
"""What remains of git's own variables: whose configuration holds, and where its programs are."""

_NOTHING = "QTAUTHOR_NOTHING"


class Unanswered(Exception):  # noqa: N818  no error of the user's: whoever asked makes one of it
    """Git gave no answer. ``said`` is the first line of its words, or why it was not asked."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


def ask(
    top: str,
    *arguments: str,
    stdin: bytes = b"",
    allowed: Collection[int] = (0,),
    without: Sequence[str] = (),
) -> bytes:
    """What git prints in the checkout whose work tree begins at ``top``, a real path.

    Exit codes other than those ``allowed`` are no answer; neither is silence of ``SECONDS``.
    ``without`` are keys of the configuration that are to be empty. Raises ``Unanswered``.
    """
    import subprocess  # those who need not ask start faster without

    options = [part for setting in _NEVER for part in ("-c", setting)]
    options += [f"--config-env={key}={_NOTHING}" for key in without]
    command = ["git", "--no-pager", "--literal-pathspecs", *options, *arguments]
    try:
        done = subprocess.run(
            command,
            cwd=top,
            input=stdin,
            capture_output=True,
            env=_environment(top),
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unanswered(f"git did not answer within {SECONDS:g} seconds") from None
    except (OSError, ValueError) as error:  # no git; a NUL in a name
        why = getattr(error, "strerror", None) or str(error)
        raise Unanswered(f"git cannot be run: {why}") from None
    if done.returncode not in allowed:
        raise Unanswered(_first_line(done.stderr) or f"git ended with {done.returncode}")
    return done.stdout


def _environment(top: str) -> dict[str, str]:
    """The caller's environment, without what names a repository or a way to read one.

    The one look at the environment in core code: a child gets it anyway, and here it gets less.
    That the work tree is named keeps ``core.worktree`` from naming another one; that the folder
    above is closed keeps a damaged repository from being taken for the one around it.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(_KEPT)
    }
    above = os.path.dirname(top)  # noqa: PTH120  paths are text here
    fences = {"GIT_WORK_TREE": top, "GIT_CEILING_DIRECTORIES": above, _NOTHING: ""}
    return {**kept, **_ALWAYS, **fences}


def _first_line(told: bytes) -> str:
    lines = told.decode("utf-8", "replace").strip().splitlines()
    first = lines[0] if lines else ""
    return first.removeprefix("fatal: ").removeprefix("error: ")
