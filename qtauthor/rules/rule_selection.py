"""Which rules run, by the command line and the configuration."""

from __future__ import annotations

import fnmatch
import functools
from collections.abc import Iterable
from typing import NamedTuple

from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError, RequestError
from qtauthor.files import site_marks
from qtauthor.model.config import toml_file
from qtauthor.model.config.toml_file import Problem
from qtauthor.rules import registry
from qtauthor.rules.checker import Ignored
from qtauthor.rules.context import Limits
from qtauthor.rules.rule import Rule


class Chosen(NamedTuple):
    """The rules, where they are silent, and the limits that they keep."""

    rules: tuple[Rule, ...]
    ignored: Ignored | None
    limits: Limits


def chosen(
    site: Site, select: tuple[str, ...], extend: tuple[str, ...], ignore: tuple[str, ...]
) -> Chosen:
    """What the options and the site's configuration choose.

    ``select`` replaces what is configured, and ``extend`` goes before a configured ``ignore`` of
    the same name. Raises ``RequestError`` or ``ConfigError`` for a name of no rule.
    """
    own = site.config.check
    given = {"select": _names(select), "extend": _names(extend), "ignore": _names(ignore)}
    for name in (one for names in given.values() for one in names):
        registry.named(name)
    _refuse_unknown(site)
    also, without = given["extend"], given["ignore"]
    if not given["select"]:
        also = (*own.extend_select, *also)
        without = (*(name for name in own.ignore if name not in given["extend"]), *without)
    rules = registry.select(given["select"] or own.select or None, also=also, ignored=without)
    limits = Limits(own.description_min, own.description_max)
    return Chosen(rules, _ignored(own.per_path_ignores), limits)


def _names(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.strip() for part in given for name in part.split(",") if name.strip())


def _ignored(patterns: dict[str, tuple[str, ...]]) -> Ignored | None:
    if not patterns:
        return None
    codes = {
        pattern: frozenset(rule.code for name in names for rule in registry.named(name))
        for pattern, names in patterns.items()
    }

    @functools.lru_cache(maxsize=64)
    def ignored(path: str) -> frozenset[str]:
        found = (codes[one] for one in codes if fnmatch.fnmatchcase(path, one))
        return frozenset().union(*found)

    return ignored


def _refuse_unknown(site: Site) -> None:
    """Raise ``ConfigError`` for a name in the configuration that is none of a rule."""
    own = site.config.check
    listed: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
        (("check", "select"), own.select),
        (("check", "extend-select"), own.extend_select),
        (("check", "ignore"), own.ignore),
    ]
    listed += [(("check", "per-path-ignores", k), v) for k, v in own.per_path_ignores.items()]
    for keys, names in listed:
        for name in names:
            try:
                registry.named(name)
            except RequestError as error:
                raise _refusal(site, keys, error) from None


def _refusal(site: Site, keys: tuple[str, ...], error: RequestError) -> QtauthorError:
    mark = site_marks.mark(site.root)
    if mark is None or mark.path is None:
        return error
    problem = Problem(keys, f"{'.'.join(keys)}: {error.message}", error.remedy)
    return toml_file.refusal(problem, toml_file.read_text(mark.path), str(mark.path), mark.table)
