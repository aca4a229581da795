"""What became of a change that failed: found on the disk, and said in one way.

No other message says of a transaction what it wrote. Which names of the journal are there tells
what the next run does; the journal's records tell how many files are in place. What cannot be
looked at is said to be not known.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from qtauthor.errors import Code, QtauthorError, SiteError
from qtauthor.files import presence
from qtauthor.sinks import write_errors
from qtauthor.sinks.real_paths import Places
from qtauthor.sinks.transaction.file_names import Home
from qtauthor.sinks.transaction.journal import Journal
from qtauthor.sinks.transaction.roll import progress
from qtauthor.text.plural import agreeing

NOTHING = "nothing was written"

_CLAIMS = (f"{NOTHING}; ", "nothing was changed; ")
"""With these a remedy may begin that was worded before anything was written."""


class TransactionState(Enum):
    """Where a transaction is, by the names of its journal."""

    OLD = "old"  # ended, every file as it was
    READY = "ready"  # nothing in place; what was made ready is still there
    FORWARD = "forward"  # the next run finishes it
    BACK = "back"  # the next run takes it back
    DAMAGED = "damaged"  # the record of it cannot be read, and was set aside
    UNKNOWN = "unknown"


class WriteOutcome(NamedTuple):
    """What became of the change of one folder.

    ``done`` of ``total`` files are in place, where that is known. ``failure`` is what keeps the
    transaction from being ended. ``left`` are files that someone else wrote in the meantime.
    """

    root: Path
    home: Home
    state: TransactionState
    done: int | None = None
    total: int = 0
    failure: BaseException | None = None
    left: tuple[str, ...] = ()


class Interrupted(KeyboardInterrupt):
    """An interrupt while a change was written; its only argument says what became of that."""


def pending(where: Home) -> TransactionState:
    """What a transaction that has not ended is about to do."""
    names = (
        (where.back, TransactionState.BACK),
        (where.forward, TransactionState.FORWARD),
        (where.part, TransactionState.READY),
    )
    for name, state in names:
        try:
            os.lstat(name)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            return TransactionState.UNKNOWN
        return state
    return TransactionState.OLD


def look(root: Path, where: Home, failure: BaseException | None = None) -> WriteOutcome:
    """What is on the disk of a transaction that could not be ended."""
    state = pending(where)
    if state in (TransactionState.OLD, TransactionState.READY):
        return WriteOutcome(root, where, state, 0, failure=failure)
    if state is TransactionState.UNKNOWN:
        return WriteOutcome(root, where, state, failure=failure)
    done, total = _counted(root, where.back if state is TransactionState.BACK else where.forward)
    return WriteOutcome(root, where, state, done, total, failure)


def _counted(root: Path, journal: str) -> tuple[int | None, int]:
    try:
        return progress(Journal(journal), Places(root))
    except (OSError, QtauthorError):
        return None, 0


def said(outcomes: Sequence[WriteOutcome]) -> str:
    """What was written, and what happens next; for several folders each by its name."""
    if all(one.state is TransactionState.OLD and not one.left for one in outcomes):
        return NOTHING
    if len(outcomes) == 1:
        return _said(outcomes[0])
    return "; ".join(f"in {one.root}: {_said(one)}" for one in outcomes)


def failed(error: BaseException, outcomes: Sequence[WriteOutcome]) -> BaseException:
    """The error with which a change failed, and with it what became of the change."""
    told = said(outcomes)
    ended = all(one.state is TransactionState.OLD for one in outcomes)
    if isinstance(error, KeyboardInterrupt):
        return Interrupted(told if ended else f"{_not_taken_back(outcomes)}; {told}")
    if not ended:
        return _half_done(error, outcomes, told)
    if isinstance(error, SiteError) and outcomes:  # other refusals are of the request
        error.remedy = _led(told, error.remedy)
    return error


def after(error: BaseException, made: str) -> BaseException:
    """The error of a step, after others that were made, as ``made`` says."""
    if isinstance(error, KeyboardInterrupt):
        told = f"; of the next one {error.args[0]}" if isinstance(error, Interrupted) else ""
        return Interrupted(made + told)
    if isinstance(error, QtauthorError):
        error.remedy = f"{made}; of the next one {error.remedy}"
    return error


def _led(told: str, remedy: str) -> str:
    for claim in _CLAIMS:
        remedy = remedy.removeprefix(claim)
    return f"{told}; {remedy}" if remedy else told


def stuck(root: Path, where: Home, error: OSError) -> SiteError:
    """What is said when a change of an earlier run cannot be ended."""
    found = look(root, where, error)
    return SiteError(
        Code.CANNOT_WRITE,
        f"a change that was begun cannot be {_ENDED[found.state]} now: {_why(error)}",
        where=write_errors.place(error, where.forward),
        remedy=_said(found),
    )


def _half_done(error: BaseException, outcomes: Sequence[WriteOutcome], told: str) -> SiteError:
    ours = error if isinstance(error, QtauthorError) else None
    why = ours.message if ours else repr(error)
    return SiteError(
        Code.CANNOT_WRITE,
        f"the change failed ({why}), and {_not_taken_back(outcomes)}",
        where=ours.where if ours else None,
        excerpt=ours.excerpt if ours else "",
        remedy=told,
    )


def _not_taken_back(outcomes: Sequence[WriteOutcome]) -> str:
    failure = next((one.failure for one in outcomes if one.failure), None)
    return "it could not be taken back" + (f": {_why(failure)}" if failure else "")


_ENDED = {
    TransactionState.FORWARD: "finished",
    TransactionState.BACK: "taken back",
    TransactionState.READY: "cleared away",
}
_ENDED |= dict.fromkeys(
    (TransactionState.OLD, TransactionState.DAMAGED, TransactionState.UNKNOWN), "ended"
)

_NEXT = {
    TransactionState.READY: "it removes what was made ready",
    TransactionState.FORWARD: "it finishes the change",
    TransactionState.BACK: "it takes the change back",
    TransactionState.UNKNOWN: "it ends the change",
}


def _said(one: WriteOutcome) -> str:
    written = _written(one)
    if one.left:
        written += f"; edited by someone else meanwhile, and left so: {', '.join(one.left)}"
    if one.state is TransactionState.OLD:
        return written
    mend = write_errors.mend(one.failure) if isinstance(one.failure, OSError) else "mend that"
    if one.state is TransactionState.DAMAGED:
        kept = next(filter(_is_seen, _damaged(one.home)), one.home.forward)
        return f"{written}; the record of the change is damaged and kept as {kept}"
    if one.home.history:
        return f"{written}; {mend}, then run any command in this site: {_NEXT[one.state]}"
    kept = {TransactionState.READY: one.home.part, TransactionState.BACK: one.home.back}.get(
        one.state, one.home.forward
    )
    return f"{written}; {mend}; the record of the change is {kept}"


def _is_seen(path: str) -> bool:
    """Whether something is there, as far as that can be told."""
    try:
        return presence.is_there(path)
    except SiteError:
        return False


def _damaged(where: Home) -> list[str]:
    return [f"{name}.damaged" for name in (where.back, where.forward)]


def _written(one: WriteOutcome) -> str:
    if one.state in (TransactionState.OLD, TransactionState.READY):
        return NOTHING
    if one.done is None:
        return "how much was written is not known"
    return f"{one.done} of {one.total} files {agreeing(one.done, 'is', 'are')} written"


def _why(error: BaseException) -> str:
    if isinstance(error, QtauthorError):
        return error.message
    return str(error.strerror or error) if isinstance(error, OSError) else str(error)
