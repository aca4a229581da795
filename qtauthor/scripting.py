"""What a script needs beside a `Site`: edit many articles, look at the change, commit, undo.

The commands have ways of their own to the same operations and sinks. Nothing of the core knows
this module: it asks the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qtauthor import clock
from qtauthor.changes.changeset import ChangeSet
from qtauthor.content.article import Article
from qtauthor.content.site import Site
from qtauthor.errors import Code, Place, QtauthorError, RequestError
from qtauthor.operations.fields import script
from qtauthor.sinks import commit as writing
from qtauthor.sinks import loose_files
from qtauthor.sinks.diff import unified
from qtauthor.sinks.git.checkout import git_prefix
from qtauthor.sinks.history import undo as rewinding


def edit(
    site: Site, paths: Iterable[str], function: Callable[[Article], Article | None]
) -> ChangeSet:
    """The change that ``function`` makes in each of these articles; nothing is written.

    It takes an article and gives it back changed, or ``None`` to leave it as it is. Raises the
    first refusal, with its path; what the function raises, as it is.
    """
    found = []
    for path in dict.fromkeys(paths):
        article = site.article(path)
        try:
            result = function(article)
            change = result and script.difference(path, article, result, _wrong(path, result))
        except QtauthorError as error:
            raise error.at(path) from None
        if change:
            found.append(change)
    return ChangeSet(tuple(found))


def prove(site: Site, changes: ChangeSet) -> None:
    """Whether the change could be written: each file is still the one that was read, the edits
    change what they say and nothing else, new names are free.

    Raises ``SiteError``, ``EditError``. ``commit`` does so by itself.
    """
    loose_files.check(changes, site.root)


def diff(site: Site, changes: ChangeSet) -> str:
    """The change as a unified diff that ``git apply`` takes."""
    lines = unified(changes, site.source.read, prefix=git_prefix(site.root))
    return b"".join(lines).decode("utf-8", "replace")


def commit(
    site: Site, changes: ChangeSet, label: str = "a script", *, allow_dirty: bool = False
) -> None:
    """Prove the change and write it, all or nothing, as the commands do.

    It survives a crash and stands in the history under ``label``. Raises ``SiteError``, among
    others ``changed-since`` for a file that was edited since it was read, and
    ``uncommitted-changes`` or ``git-unknown`` unless ``allow_dirty``. Then nothing is written.
    """
    writing.write(
        site.root,
        changes,
        label=label,
        time=clock.now(),
        keep=site.config.content,
        uncommitted=writing.ALLOW if allow_dirty else writing.REFUSE,
    )
    site.refresh()


def undo(site: Site, steps: int = 1) -> None:
    """Take back the latest changes of the site's history, the latest first.

    Raises ``SiteError`` with ``nothing-to-undo``, or ``changed-since`` for files that were edited
    since.
    """
    with writing.held(site.root) as commit:
        planned = rewinding.plan(site.root, steps, redo=False, force=False)
        commit.rewind(site.root, planned, site.config.content)
    site.refresh()


def _wrong(path: str, result: object) -> QtauthorError:
    return RequestError(
        Code.BAD_SCRIPT,
        f"the function gave {type(result).__name__}, not this article changed",
        where=Place(path),
        remedy="give back the article, or what its set, unset and other methods give",
    )
