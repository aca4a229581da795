"""ARTICLE on the command line: a file as seen from here, a path, a url, a slug or an id."""

from __future__ import annotations

import os.path
from pathlib import Path
from typing import TYPE_CHECKING

from qtauthor.cli.state import STDIN, State, Target
from qtauthor.errors import Code, QtauthorError, SiteError
from qtauthor.files import name_forms, presence

if TYPE_CHECKING:
    from qtauthor.content.article import Article
    from qtauthor.content.site import Site


def article(site: Site, name: str) -> str:
    """The path below the root of the one article that ``name`` means.

    A file that is there as seen from the working directory goes first; else it is a path below the
    root, a url, a slug or an id. Raises ``SiteError``.
    """
    if name.endswith(".md") and presence.is_there(name_forms.there(name)):
        real = _real(name)
        if real.is_relative_to(site.root):
            path = site.own_place(real.relative_to(site.root).as_posix())
            if site.index.entry(path):
                return path
    return site.find_article(name)


def target(state: State, name: str) -> Target:
    """The article that ``name`` means, also a file that is in no site.

    Raises ``SiteError``, ``ConfigError``.
    """
    file = name_forms.there(name)
    if presence.is_file(file) or (name.endswith(".md") and presence.is_there(file)):
        return state.target(file)
    from qtauthor.cli.output.listing import namer

    try:
        site = state.site()
        path = article(site, name)
    except SiteError as error:
        if name.endswith(".md") and error.code in (Code.UNKNOWN_ARTICLE, Code.NO_SITE):
            return state.target(name)  # reading it says that there is no such file
        raise
    return Target(namer(site.root)(path), site, path)


def opened(state: State, name: str, stdin_filename: str | None = None) -> tuple[Target, Article]:
    """The article that ``name`` means, read; ``-`` is standard input.

    Raises ``ParseError``, ``SiteError``, ``ConfigError``.
    """
    piped = name == STDIN
    found = state.stdin_target(stdin_filename) if piped else target(state, name)
    try:
        data = state.read_stdin() if piped else found.site.source.read(found.path)
        return found, found.site.parse(data)
    except QtauthorError as error:
        raise error.at(found.name) from None


def below(site: Site, name: str) -> str:
    """The path below the root of a file or folder as seen from here; nothing for the root itself.

    Raises ``SiteError`` with ``unsafe-path`` for what is not in the site.
    """
    real = _real(name)
    if not real.is_relative_to(site.root):
        raise SiteError(
            Code.UNSAFE_PATH,
            f"{name} is not in the site {site.root}",
            excerpt=str(real),
            remedy="name a file or folder of that site, or another --root",
        )
    path = real.relative_to(site.root).as_posix()
    return "" if path == "." else site.own_place(path)


def _real(name: str) -> Path:
    """Where a folder really is; of a file only its folder, for a link to an article is its name."""
    name = name_forms.there(name)
    given = Path(name)
    if presence.is_folder(given):
        return given.resolve()
    folder, file = os.path.split(os.path.abspath(name))  # noqa: PTH100  links keep their names
    return Path(presence.real(folder), file)


def question(site: Site, name: str) -> str:
    """As ``article``, for what is done to a question under all its subjects at once.

    A slug or an id that means the filings of one question, and nothing else, is not ambiguous.
    """
    from qtauthor.operations.site import same_question

    try:
        return article(site, name)
    except SiteError as error:
        if error.code is not Code.AMBIGUOUS_ARTICLE:
            raise
        meant = site.index.with_slug(name.removesuffix(".md"))
        if name.removeprefix("-").isdigit():
            meant += site.index.with_id(int(name))
        same = {entry.path for entry in same_question.filings(site, meant[0].path)}
        if any(entry.path not in same for entry in meant):
            raise
        return meant[0].path
