"""The end of an editor that could not say goodbye.

Its end of the standard input is closed then, which ends the server; unless another process that it
started holds that open.
"""

from __future__ import annotations

import asyncio
import os

from qtauthor.lsp.worker import Rank, Worker

_POLL = 2.0
"""Seconds between looks."""


async def watch(process: int, worker: Worker) -> None:
    """End this process when there is none of that number any more, and nothing is being written."""
    while os.name == "posix":  # elsewhere there is no way to ask that does no harm
        await asyncio.sleep(_POLL)
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            await worker.run(Rank.REQUEST, lambda: os._exit(1))
        except OSError:  # it is there, and somebody else's
            continue
