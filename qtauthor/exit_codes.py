"""What the exit codes of the command line mean. No other module names one by its number."""

from __future__ import annotations

DONE = 0
FINDINGS = 1
MISUSE = 2
BUG = 3
INTERRUPTED = 130
"""As shells have it for a process that SIGINT ended: 128 and the number of the signal."""

MEANINGS = {
    DONE: "Done, or nothing to do.",
    FINDINGS: (
        "`--dry-run`, `--diff` or `--check`, and something would change; `diff`, and data or "
        "bodies differ; `check`, and there are problems; `pick`, and no article fits; `edit`, and "
        "nothing was written; an article or a record was left out (`--keep-going`, `--rejects`, "
        "`export`)."
    ),
    MISUSE: "A wrong request, configuration or input. Nothing was written.",
    BUG: "A bug in qtauthor. `--debug` shows where.",
    INTERRUPTED: "Interrupted, or a dialogue was left by `pick`.",
}


def of(*, findings: bool) -> int:
    """The code of a run that ended well, by whether it found something."""
    return FINDINGS if findings else DONE
