"""The tables of a site's configuration, with their defaults."""

from __future__ import annotations

from typing import Literal

import msgspec

from qtauthor.model.derived_names import SITE_NAMING, SlugStyle

CodecName = Literal["escaped-newlines", "plain"]
"""How the text of an answer is stored in its field."""

RedirectFormat = Literal["json", "netlify", "moves"]
"""How a list of redirects is written."""


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the configuration: a key that it does not know is an error."""


class SlugTable(Table, frozen=True):
    """``[slug]``: ``style`` says how a slug is made of a title."""

    style: SlugStyle = SITE_NAMING.slug_style


class UrlTable(Table, frozen=True):
    """``[url]``: ``pattern`` holds ``{subject}`` (the key) and ``{slug}``."""

    pattern: str = SITE_NAMING.url_pattern


class SeoTable(Table, frozen=True):
    """``[seo]``: ``title`` may hold ``{subject}`` (the name)."""

    title: str = SITE_NAMING.seo_title_pattern


class AnswerTable(Table, frozen=True):
    """``[answer]``: ``codec`` says how the text of an answer is stored."""

    codec: CodecName = "escaped-newlines"


class RedirectsTable(Table, frozen=True):
    """``[redirects]``: the file, relative to the root, that has the addresses which changed.

    Without a ``path`` none are recorded.
    """

    format: RedirectFormat = "json"
    path: str = ""


class CheckTable(Table, frozen=True, rename="kebab"):
    """``[check]``: the rules of ``check`` by codes, beginnings of codes, or names.

    Without ``select`` those that are on by default are meant. ``per_path_ignores`` maps patterns of
    paths below the root to rules. The limits are numbers of characters.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_path_ignores: dict[str, tuple[str, ...]] = {}
    description_min: int = 50
    description_max: int = 320
