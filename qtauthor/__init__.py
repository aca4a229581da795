"""Byte-exact authoring of Markdown articles with YAML front matter.

>>> from qtauthor import Document
>>> Document.parse(b"---\\ntitle: Why?  # short\\n---\\n").set("/title", "Why: how").to_bytes()
b"---\\ntitle: 'Why: how'  # short\\n---\\n"
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qtauthor.changes.changeset import ChangeSet
    from qtauthor.content.article import Article
    from qtauthor.content.site import Site
    from qtauthor.errors import Code, QtauthorError
    from qtauthor.model.article_fields import Related
    from qtauthor.scripting import commit, diff, edit, prove, undo
    from qtauthor.text.document import Document

__all__ = [
    "Article",
    "ChangeSet",
    "Code",
    "Document",
    "QtauthorError",
    "Related",
    "Site",
    "commit",
    "diff",
    "edit",
    "prove",
    "undo",
]

_HOMES = {
    "Article": "qtauthor.content.article",
    "ChangeSet": "qtauthor.changes.changeset",
    "Code": "qtauthor.errors",
    "Document": "qtauthor.text.document",
    "QtauthorError": "qtauthor.errors",
    "Related": "qtauthor.model.article_fields",
    "Site": "qtauthor.content.site",
    "commit": "qtauthor.scripting",
    "diff": "qtauthor.scripting",
    "edit": "qtauthor.scripting",
    "prove": "qtauthor.scripting",
    "undo": "qtauthor.scripting",
}


def __getattr__(name: str) -> Any:
    """Import on first use, so that the command line loads only what a command needs."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
