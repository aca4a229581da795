"""A site's configuration, and where the site is.

It stands in ``qtauthor.toml``, or in ``pyproject.toml`` under ``[tool.qtauthor]``. Every key has
a default, so that a site laid out as usual needs no file at all:

    content = "content/learn"           # the folder of the articles, relative to the site's root
    template = "folded"                 # the template of new articles: a name or a path
    slug.style = "site"                 # or "ascii", "unicode"
    url.pattern = "/learn/{subject}/questions/{slug}"
    seo.title = "QuickTakes | {subject}"
    answer.codec = "escaped-newlines"   # or "plain"
    redirects.format = "json"           # or "netlify", "moves"
    redirects.path = ""                 # their file, relative to the root; none are recorded
    check.select = []                   # the rules of `check`; none for those on by default
    check.extend-select = []            # rules beside them
    check.ignore = []                   # rules that are off
    check.description-min = 50          # characters of a description
    check.description-max = 320

    [check.per-path-ignores]            # rules that are off for some articles
    "content/learn/drafts/*" = ["QT7"]

    [subjects]                          # or a list of names
    "Computer Science" = ["Computer science", "CS"]
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import msgspec

from qtauthor.errors import Code, SiteError
from qtauthor.files import site_marks
from qtauthor.model import address
from qtauthor.model.address import Addresses
from qtauthor.model.config import toml_file
from qtauthor.model.config.tables import (
    AnswerTable,
    CheckTable,
    RedirectsTable,
    SeoTable,
    SlugTable,
    Table,
    UrlTable,
)
from qtauthor.model.config.toml_file import Problem
from qtauthor.model.derived_names import (
    SITE_NAMING,
    Naming,
    SlugStyle,
    pattern_problem,
    placeholder_problem,
    slugify,
)

CONFIG_NAME = site_marks.CONFIG_NAME


class Config(Table, frozen=True):
    """What a site says about itself; see the module's text for the file.

    ``subjects`` maps the canonical name of a subject to its other spellings; in the file it may
    also be a list of canonical names.
    """

    content: str = site_marks.CONTENT
    template: str = "folded"
    slug: SlugTable = SlugTable()
    url: UrlTable = UrlTable()
    seo: SeoTable = SeoTable()
    answer: AnswerTable = AnswerTable()
    redirects: RedirectsTable = RedirectsTable()
    check: CheckTable = CheckTable()
    subjects: dict[str, tuple[str, ...]] | tuple[str, ...] = ()

    @property
    def naming(self) -> Naming:
        """How names derive on this site."""
        return Naming(self.slug.style, self.url.pattern, self.seo.title)

    @property
    def addresses(self) -> Addresses:
        """Which pages the site's urls open."""
        return address.of(self.url.pattern)

    @property
    def spellings(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each canonical subject with its other spellings, in the file's order."""
        if isinstance(self.subjects, dict):
            return tuple(self.subjects.items())
        return tuple((name, ()) for name in self.subjects)

    def canonical_subject(self, name: str) -> str:
        """The configured spelling of a subject, or ``name`` itself if none is configured.

        Spellings are compared by their subject key, so their case does not matter.
        """
        style = self.slug.style
        return _canonical(self.spellings, style).get(_spelling_key(name, style), name)


class FoundSite(NamedTuple):
    """A site: its root, its configuration, and the file that it came from, if any."""

    root: Path
    config: Config
    config_path: Path | None


def parse(text: str, *, path: str, table: tuple[str, ...] = ()) -> Config:
    """The configuration in the TOML ``text`` of the file ``path``, under ``table`` if given.

    A missing table gives the defaults. Raises ConfigError BAD_CONFIGURATION with the line of
    the offending key, its nearest known name, or what is expected of its value.
    """
    return _config(toml_file.toml_table(text, path, table) or {}, text, path, table)


def find(start: Path) -> FoundSite:
    """The site that ``start``, a file or a folder, lies in: the nearest one upward.

    In one folder a ``qtauthor.toml`` goes before a ``pyproject.toml`` with ``[tool.qtauthor]``,
    and both before a folder ``content/learn``. Raises SiteError NO_SITE, and ConfigError if the
    nearest configuration cannot be read.
    """
    here = start.resolve()
    for folder in (here, *here.parents):
        found = _in_folder(folder)
        if found:
            return found
    raise SiteError(
        Code.NO_SITE,
        f"no site in {here} or above it",
        excerpt=str(here),
        remedy=f"go to a folder with {CONFIG_NAME}, or name the site with --root or QTAUTHOR_ROOT",
    )


def load(root: Path) -> FoundSite:
    """The site at exactly ``root``. Raises as `find` does."""
    here = root.resolve()
    found = _in_folder(here)
    if found:
        return found
    raise SiteError(
        Code.NO_SITE,
        f"{here} has neither {CONFIG_NAME} nor a folder {Config().content}",
        excerpt=str(here),
        remedy=f"name another --root or QTAUTHOR_ROOT, or add a {CONFIG_NAME} there",
    )


def _in_folder(folder: Path) -> FoundSite | None:
    mark = site_marks.mark(folder)
    if mark is None:
        return None
    if mark.path is None:
        return FoundSite(folder, Config(), None)
    text = toml_file.read_text(mark.path)
    data = toml_file.toml_table(text, str(mark.path), mark.table) or {}
    return FoundSite(folder, _config(data, text, str(mark.path), mark.table), mark.path)


def _config(data: Mapping[str, object], text: str, path: str, table: tuple[str, ...]) -> Config:
    problem = toml_file.unknown_key(data, Config)
    if problem is None:
        try:
            config = msgspec.convert(data, Config)
        except msgspec.ValidationError as error:
            problem = toml_file.wrong_type(error, data, Config)
        else:
            problem = _problem(config)
            if problem is None:
                return config
    raise toml_file.refusal(problem, text, path, table)


def _problem(config: Config) -> Problem | None:
    """What is wrong with a configuration whose types are right."""
    outside = _content_problem(config.content)
    if outside:
        return Problem(
            ("content",), f"content {outside}", "name a folder inside the site, with / in it"
        )
    if not config.template:
        return Problem(("template",), "template is empty", "name a template, or leave it out")
    wrong = pattern_problem(config.url.pattern)
    if wrong:
        default = SITE_NAMING.url_pattern
        return Problem(("url", "pattern"), f"url.pattern: {wrong}", f"write it like {default}")
    wrong = placeholder_problem(config.seo.title, ("subject",))
    if wrong:
        default = SITE_NAMING.seo_title_pattern
        return Problem(("seo", "title"), f"seo.title: {wrong}", f"write it like {default}")
    outside = _path_problem(config.redirects.path) if config.redirects.path else None
    if outside:
        return Problem(
            ("redirects", "path"),
            f"redirects.path {outside}",
            "name a file inside the site, with / in it",
        )
    if config.check.description_min > config.check.description_max:
        return Problem(
            ("check", "description-min"),
            "check.description-min is larger than check.description-max",
            "give the smaller number first",
        )
    return _subject_problem(config)


def _content_problem(content: str) -> str | None:
    return _path_problem(content) if PurePosixPath(content).parts else "names no folder"


def _path_problem(content: str) -> str | None:
    path = PurePosixPath(content)
    if path.is_absolute() or ".." in path.parts:
        return "leads out of the site"
    # A backslash and a drive's colon would lead out of it on Windows.
    if not content.isprintable() or any(character in content for character in "\\:"):
        return "is not a relative path with / on every platform"
    return None


def _subject_problem(config: Config) -> Problem | None:
    """The first spelling that stands for two subjects."""
    owners: dict[str, str] = {}
    for name, others in config.spellings:
        for spelling in (name, *others):
            owner = owners.setdefault(_spelling_key(spelling, config.slug.style), name)
            if owner != name:
                return Problem(
                    ("subjects", name),
                    f"{spelling!r} is a spelling of both {owner!r} and {name!r}",
                    "keep it under one of them",
                )
    return None


def _spelling_key(name: str, style: SlugStyle) -> str:
    return slugify(name, style) or name.casefold()


@lru_cache(maxsize=8)
def _canonical(
    spellings: tuple[tuple[str, tuple[str, ...]], ...], style: SlugStyle
) -> Mapping[str, str]:
    return {
        _spelling_key(spelling, style): name
        for name, others in spellings
        for spelling in (name, *others)
    }
