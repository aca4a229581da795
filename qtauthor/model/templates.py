"""Templates: article files after whose form new articles are made.

Two come with the program, ``folded`` and ``plain``, named after the style of their titles. A site
may have its own: then the template is a path below its root.
"""

from __future__ import annotations

import os
from pathlib import Path

from qtauthor.errors import Code, QtauthorError, SiteError
from qtauthor.files import presence
from qtauthor.files.file_bytes import read_file
from qtauthor.model import article_fields
from qtauthor.text.document import Document

_PACKAGE = Path(__file__).parents[1]
SHIPPED = ("folded", "plain")


def load(name: str, root: Path) -> Document:
    """The template called ``name``: a shipped one, or a file below ``root``.

    Raises ``SiteError`` with ``bad-template`` if it is not there, is no article, or lacks a field.
    """
    path = _path(name, root)
    try:
        document = Document.parse(read_file(path))
        article_fields.typed(document.get())
    except SiteError as error:
        raise _bad(name, error.message) from None
    except QtauthorError as error:
        raise _bad(str(path), error.message) from error
    return document


def _path(name: str, root: Path) -> Path:
    if name not in SHIPPED:
        path = root / name
        if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
            raise _bad(name, "it is not below the site's root")
        return path
    installed = _PACKAGE / "templates" / f"{name}.md"
    if presence.is_file(installed):
        return installed
    return _PACKAGE.parent / "templates" / f"{name}.md"


def _bad(name: str, why: str) -> SiteError:
    return SiteError(
        Code.BAD_TEMPLATE,
        f"the template {name} cannot be used: {why}",
        excerpt=name,
        remedy=f"name {' or '.join(SHIPPED)}, or an article file below the site's root",
    )
