"""Where an editor finds what a rule is about: a page of each rule in the site's own folder.

It is written when a finding of the rule is first shown, from the text of docs/checks.md, so that it
is what this version of qtauthor says, and needs no network.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from qtauthor.content.site import Site
from qtauthor.lsp import uris
from qtauthor.rules.page import explained
from qtauthor.rules.rule import Rule
from qtauthor.text.files import STATE_FOLDER, ignored_folder

_FOLDER = "rules"
_ELSEWHERE = re.compile(r"\[([^\]\n]+)\]\([\w-]+\.md(?:#[\w-]*)?\)")
"""A link to another page, which does not stand beside this one."""


def href(site: Site, rule: Rule, page: str = "") -> str | None:
    """The address of a rule: its anchor on ``page`` if that is given, else its own file.

    ``None`` where that file can be neither read nor written.
    """
    name = f"{rule.code.lower()}-{rule.name}"
    if page:
        return f"{page}#{name}"
    file = site.root / STATE_FOLDER / _FOLDER / f"{name}.md"
    try:
        _keep(file, text(rule).encode())
    except OSError:  # as in a site that is for reading only
        return None
    return uris.from_path(file)


def text(rule: Rule) -> str:
    """The page of one rule."""
    return _ELSEWHERE.sub(r"\1", explained(rule).removeprefix("##"))


def _keep(file: Path, data: bytes) -> None:
    """Let the file hold the data; another server may do the same now. Raises ``OSError``."""
    try:
        if file.read_bytes() == data:
            return
    except FileNotFoundError:
        ignored_folder(file.parent.parent)
        file.parent.mkdir(exist_ok=True)
    new = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    new.write_bytes(data)
    new.replace(file)
