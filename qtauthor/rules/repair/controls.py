"""Control characters that were LaTeX commands before an import read their escapes."""

from __future__ import annotations

import re

from qtauthor.rules.latex_commands import COMMANDS
from qtauthor.rules.repair.draft import Mend
from qtauthor.text.source.characters import FAULT

_CONTROLS = {"\a": "\\a", "\b": "\\b", "\f": "\\f", "\v": "\\v"}
_LETTERS = re.compile(r"[A-Za-z]+")
_OTHER_ESCAPES = re.compile(r"[^\t\n]\t|\r(?!\n)")
"""What may be left of ``\\theta`` or ``\\rho``: the same import has read those, too."""


def with_commands(text: str) -> tuple[str, tuple[Mend, ...]] | None:
    """The text with its commands; ``None`` if one control character may be anything else."""
    parts: list[str] = []
    mends: list[Mend] = []
    position = line = 0
    for found in FAULT.finditer(text):
        command = _command(text, found.start())
        if command is None:
            return None
        line += text.count("\n", position, found.start())
        if not mends or mends[-1].line != line + 1:
            mends.append(Mend(line + 1, "give LaTeX commands their backslash back"))
        parts += (text[position : found.start()], command)
        position = found.end()
    if mends and _OTHER_ESCAPES.search(text):
        return None
    return "".join((*parts, text[position:])), tuple(mends)


def _command(text: str, offset: int) -> str | None:
    """What to write for the control character at ``offset``, the beginning of a known command."""
    escape = _CONTROLS.get(text[offset])
    letters = _LETTERS.match(text, offset + 1)
    if escape is None or letters is None or text.endswith("\\", 0, offset):
        return None
    return escape if escape[1:] + letters[0] in COMMANDS else None
