"""What is asked about all articles together, and the file that keeps the answers."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qtauthor.content.index.entry import Entry, Link
    from qtauthor.content.index.index import Index

__all__ = ["Entry", "Index", "Link"]

_HOMES = {"Entry": "entry", "Index": "index", "Link": "entry"}


def __getattr__(name: str) -> Any:
    """Import on first use: who reads one file needs no database."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
