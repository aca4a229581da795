"""Values as JSON and as lines, for scripts."""

from __future__ import annotations

import datetime
import json
import math
from typing import Any

from qtauthor.text.js_yaml.key_names import labelled

VERSION = 1
"""Of every JSON object that a command prints; it grows when a program would have to change."""


def versioned(**members: Any) -> str:
    """A JSON object with the format's version, indented."""
    return json.dumps(_plain({"version": VERSION, **members}), ensure_ascii=False, indent=2)


def compact(members: dict[str, Any]) -> str:
    """The same on one line, as JSON Lines has it."""
    return json.dumps(_plain({"version": VERSION, **members}), ensure_ascii=False)


def line(value: Any) -> str:
    """A value for a person or a pipe: text as it is, anything else as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    indent = 2 if isinstance(value, dict | list) else None
    return json.dumps(_plain(value), ensure_ascii=False, indent=indent)


def _plain(value: Any) -> Any:
    """``value`` with what JSON has no form for as text."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in labelled(value).items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value
