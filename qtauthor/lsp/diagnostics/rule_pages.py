"""Where an editor finds what a rule is about: a page of each rule in the site's state.

It is written when a finding of the rule is first shown, from the text of docs/checks/, so that it
is what this version of qtauthor says, and needs no network.
"""

from __future__ import annotations

import re
from pathlib import Path

from qtauthor.content.site import Site
from qtauthor.errors import SiteError
from qtauthor.files import state_folder
from qtauthor.files.private_folder import Folder
from qtauthor.lsp.files import uris
from qtauthor.rules.rule import Rule
from qtauthor.rules.rule_page import explained

_FOLDER = "rules"
_ELSEWHERE = re.compile(r"\[([^\[\]\n]+)\]\([\w-]+\.md(?:#[\w-]*)?\)")
"""A link to another page, which does not stand beside this one."""


def href(site: Site, rule: Rule, page: str = "") -> str | None:
    """The address of a rule: its anchor on ``page`` if that is given, else its own file.

    ``None`` where that file can be neither read nor written.
    """
    name = f"{rule.code.lower()}-{rule.name}"
    if page:
        return f"{page}#{name}"
    try:
        folder = state_folder.made(site.root).below(_FOLDER)
        _keep(folder, f"{name}.md", text(rule).encode())
    except (OSError, SiteError):  # nothing can be kept here
        return None
    return uris.from_path(Path(folder.entry(f"{name}.md")))


def text(rule: Rule) -> str:
    """The page of one rule."""
    return _ELSEWHERE.sub(r"\1", explained(rule).removeprefix("##"))


def _keep(folder: Folder, name: str, data: bytes) -> None:
    """Let the file hold the data; another server may do the same now. Raises ``OSError``."""
    folder.make()
    try:
        if folder.read(name) == data:
            return
    except FileNotFoundError:
        pass
    folder.write(name, data)
