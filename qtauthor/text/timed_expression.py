"""Regular expressions that a person gives, with a limit of time.

Python's ``re`` cannot be stopped: ``(a|aa)+$`` looks at some texts of forty letters for days. The
package ``regex`` takes the same expressions, and some more, and keeps a limit.
"""

from __future__ import annotations

from traceback import clear_frames

import regex

SECONDS = 5.0
"""Of processor time in which an expression has to be done with one text."""


class Expression:
    """A compiled expression. Raises ``ValueError`` for what is none.

    With ``lines``, ``^`` and ``$`` are the beginning and the end of each line, not of the text.
    Once it took too long with one text, it is tried with no other.
    """

    def __init__(self, source: str, *, ignore_case: bool = False, lines: bool = False) -> None:
        try:
            flags = regex.VERSION0 | (regex.IGNORECASE if ignore_case else 0)
            flags |= regex.MULTILINE if lines else 0
            self._compiled = regex.compile(source, flags)
        except (regex.error, RecursionError, OverflowError, MemoryError) as error:
            clear_frames(error.__traceback__)  # the library's hold an error, and that all callers
            raise ValueError(str(error) or "it is too large") from None
        self._slow = False

    def search(self, text: str, seconds: float = SECONDS) -> bool:
        """Whether it matches somewhere. Raises ``TimeoutError``."""
        self._refuse_slow()
        try:
            return self._compiled.search(text, timeout=min(SECONDS, seconds)) is not None
        except TimeoutError:
            self._slow = True
            raise

    def sub(self, replacement: str, text: str, *, literal: bool = False) -> str:
        """``text`` with every match replaced; what is ``literal`` names no groups.

        Raises ``TimeoutError``, ``ValueError`` for a replacement that cannot be used.
        """
        self._refuse_slow()
        try:
            if literal:
                return self._compiled.sub(lambda _: replacement, text, timeout=SECONDS)
            return self._compiled.sub(replacement, text, timeout=SECONDS)
        except TimeoutError:
            self._slow = True
            raise
        except (regex.error, IndexError) as error:
            raise ValueError(str(error)) from None

    def _refuse_slow(self) -> None:
        if self._slow:
            raise TimeoutError
