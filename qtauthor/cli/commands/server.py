"""``qtauthor server``."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

import click

from qtauthor.cli.arguments import options
from qtauthor.cli.state import State
from qtauthor.errors import Code, RequestError

_NEEDED = frozenset(("cattrs", "lsprotocol", "pygls"))


@click.command()
@options.common
@options.pass_state
def server(state: State) -> int:
    """Run the language server for an editor.

    Editors start it themselves, and talk to it over standard input and output. It needs the
    extra lsp: pip install "qtauthor[lsp]".

    \b
    qtauthor server
    """
    try:
        from qtauthor.lsp.server import Server
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in _NEEDED:
            raise
        raise RequestError(
            Code.USAGE,
            f"the language server needs the library {error.name.partition('.')[0]}",
            remedy='install it with: pip install "qtauthor[lsp]"',
        ) from None
    level = logging.INFO if state.debug else logging.ERROR if state.quiet else logging.WARNING
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(message)s")
    root = state.root or os.environ.get("QTAUTHOR_ROOT")
    return Server(Path(root) if root else None).start()
