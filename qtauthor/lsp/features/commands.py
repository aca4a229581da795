"""Commands for editors that do not rename or delete by the protocol: retitle, remove."""

from __future__ import annotations

from qtauthor.content.site import Site
from qtauthor.lsp.editor_operations import EditorOperation, command
from qtauthor.lsp.feature import Feature
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site import remove, retitle

RETITLE = "qtauthor.retitle"
REMOVE = "qtauthor.removeFile"


def _retitled(site: Site, path: str, question: str, slug: str | None = None) -> Outcome:
    return retitle.retitle(site, retitle.RetitleRequest(path, question, slug))


def _removed(site: Site, path: str, replacement: str | int | None = None) -> Outcome:
    """Take the article out; if its file is gone already, only what links to it is left to do."""
    if not site.source.exists(path):
        return remove.remove_all(site, [path])
    other = site.find_article(str(replacement)) if replacement else None
    return remove.remove(site, remove.RemoveRequest(path, other))


_PLANS = {
    RETITLE: EditorOperation("Retitle", _retitled, 1, 2),
    REMOVE: EditorOperation("Remove an article", _removed, 0, 1, numbers=True),
}

FEATURE = Feature(
    "command", commands={name: command(name, plan) for name, plan in _PLANS.items()}, loud=True
)
