"""What an editor chooses: which features it wants, and how.

It comes as ``initializationOptions``, and later as the section ``qtauthor`` of the configuration.
Each key is ``{"hover": {"enable": false}}``; all features but ``format`` are on by default.
"""

from __future__ import annotations

from typing import Any

import msgspec

from qtauthor.errors import Code, ConfigError


class Switch(msgspec.Struct, frozen=True, rename="camel"):
    """One feature."""

    enable: bool = True


class Off(msgspec.Struct, frozen=True, rename="camel"):
    """A feature that only those get who ask for it."""

    enable: bool = False


class Diagnostics(msgspec.Struct, frozen=True, rename="camel"):
    """``delay`` are the milliseconds without a keystroke after which a buffer is checked.

    ``page`` is the address of a copy of docs/checks.md, in which each rule has an anchor. Without
    it the code of a finding leads to the text of its rule in the site's own folder.
    """

    enable: bool = True
    delay: int = 150
    page: str = ""


class Edits(msgspec.Struct, frozen=True, rename="camel"):
    """A change of more than ``max_files`` files goes to the disk, not through the editor."""

    max_files: int = 20


class Settings(msgspec.Struct, frozen=True, rename="camel"):
    """The section ``qtauthor``. What it does not know is passed over."""

    diagnostics: Diagnostics = Diagnostics()
    edits: Edits = Edits()
    code_action: Switch = Switch()
    code_lens: Switch = Switch()
    command: Switch = Switch()
    completion: Switch = Switch()
    definition: Switch = Switch()
    document_link: Switch = Switch()
    document_symbol: Switch = Switch()
    files: Switch = Switch()
    format: Off = Off()
    hover: Switch = Switch()
    references: Switch = Switch()
    rename: Switch = Switch()
    workspace_symbol: Switch = Switch()

    def enabled(self, feature: str) -> bool:
        """Whether a feature is wanted."""
        return bool(getattr(self, feature).enable)


def read(given: Any) -> Settings:
    """Settings from what an editor sent. Raises ``ConfigError`` with ``bad-configuration``."""
    if isinstance(given, dict) and isinstance(given.get("qtauthor"), dict):
        given = given["qtauthor"]
    try:
        return msgspec.convert(given or {}, Settings)
    except msgspec.ValidationError as error:
        why, _, place = str(error).partition(" - at ")
        name = place.strip("`").removeprefix("$").lstrip(".")
        raise ConfigError(
            Code.BAD_CONFIGURATION,
            f"the editor's setting {'qtauthor.' if name else ''}{name or 'qtauthor'}: {why}",
            remedy="see the page on the language server for the settings",
        ) from None
