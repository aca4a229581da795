"""What a configuration comes to, key by key, and where each value was written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from qtauthor.model.config import toml_file
from qtauthor.model.config.site_config import Config

_BARE = re.compile(r"[A-Za-z0-9_-]+")


class Setting(NamedTuple):
    """``key`` and ``value`` as TOML has them, ``given`` if the file says so, on ``line`` (from 1).

    A default has no line.
    """

    key: str
    value: Any
    given: bool
    line: int

    @property
    def written(self) -> str:
        """The value as TOML."""
        return json.dumps(self.value, ensure_ascii=False)


def settings(config: Config, text: str, path: str, table: tuple[str, ...] = ()) -> list[Setting]:
    """Every key of ``config``, which was read from ``table`` of the TOML in ``text``.

    Keys come in the order of the documentation. Raises ``ConfigError`` if ``text`` is no TOML.
    """
    data = toml_file.toml_table(text, path, table) or {}
    return list(_settings((), msgspec.to_builtins(config), data, text, table))


def _settings(
    above: tuple[str, ...],
    values: Mapping[str, Any],
    data: Mapping[str, object],
    text: str,
    table: tuple[str, ...],
) -> Iterator[Setting]:
    for name, value in values.items():
        keys, own = (*above, name), data.get(name)
        if isinstance(value, Mapping) and value:
            inner = own if isinstance(own, Mapping) else {}
            yield from _settings(keys, value, inner, text, table)
        else:
            given = name in data
            line = toml_file.place_of(text, (*table, *keys))[0] if given else 0
            plain = list(value) if isinstance(value, tuple) else value
            yield Setting(".".join(map(_key, keys)), plain, given, line)


def _key(name: str) -> str:
    """A part of a key as TOML writes it."""
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)
