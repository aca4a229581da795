"""Change sets on their way to the editor, or past it to the disk.

A change goes to the editor as an edit, which it shows, applies and can undo. One of many files, or
one that the editor has no way to apply, goes to the disk as a transaction, which `qtauthor undo`
takes back; it is refused if one of its files is open and unsaved, or is not open and has changes
that no commit has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lsprotocol import types

from qtauthor import clock
from qtauthor.changes.changeset import ChangeSet
from qtauthor.content.site import Site
from qtauthor.errors import Code, Place, SiteError
from qtauthor.files import presence
from qtauthor.lsp.session import RequestContext, at_editor
from qtauthor.lsp.sites import source
from qtauthor.operations.outcome import Outcome
from qtauthor.sinks import commit, id_reservation
from qtauthor.sinks.transaction.stage import WriteOrder
from qtauthor.sinks.workspace_edit import workspace_edit
from qtauthor.text.plural import counted

_ATTEMPTS = 3
"""Looks at a site that others are changing."""

Operation = Callable[[Site], Outcome]
"""From the site as it is now to what is to change."""


def deliver(
    work: RequestContext,
    site: Site,
    operation: Operation,
    label: str,
    *,
    disk: bool = False,
    formerly: Mapping[str, str] | None = None,
) -> types.WorkspaceEdit | None:
    """What the editor is to apply; ``None`` if there is nothing left for it to do.

    ``label`` says what is done, for the history and for the editor. With ``disk`` the change goes
    there, however small it is. ``formerly`` has the names that files had before the user gave them
    those of now. Notices, and what was written to the disk, are shown to the user. Raises what the
    operation raises, and ``SiteError``.
    """
    outcome = _planned(site, operation)
    if not outcome.changes:
        _notice(work, outcome)
        return None
    abilities = work.client.abilities
    few = len(outcome.changes.changes) <= work.settings.edits.max_files
    if few and not disk and abilities.can(outcome.changes):
        _notice(work, outcome)
        return edit(work, site, outcome.changes, label)
    with commit.held(site.root) as writing:
        look_again(site)  # others may have written while the lock was theirs
        outcome = operation(site)
        _refuse_unsaved(site, outcome.changes)
        # An open file that is saved is what its user sees and wants to have changed.
        uncommitted = commit.Uncommitted(True, frozenset(source(site).open), formerly or {})
        order = WriteOrder(site.root, outcome.changes, label, clock.now(), site.config.content)
        writing.write([order], uncommitted)
    _follow(work, site, outcome.changes)
    look_again(site)
    _notice(work, outcome)
    work.say(f"{label}: {outcome.changes.summary()}; qtauthor undo takes it back")
    return None


def _planned(site: Site, operation: Operation) -> Outcome:
    """The outcome for the site as it is now. Without the lock another process may give a file
    another name between the look and the reading: then it is looked at again."""
    for _ in range(_ATTEMPTS):
        look_again(site)
        try:
            return operation(site)
        except SiteError as error:
            if error.code is not Code.NOT_FOUND:
                raise
    look_again(site)
    return operation(site)


def edit(work: RequestContext, site: Site, changes: ChangeSet, label: str) -> types.WorkspaceEdit:
    """The changes as the editor applies them, proven, whatever their number.

    Raises ``SiteError`` if a file is to move or go that is open by a link.
    """
    _refuse_links(site, changes)
    note = types.ChangeAnnotation(label, description=changes.summary())
    return workspace_edit(
        changes, lambda path: work.known(site, path), work.client.abilities, note=note
    )


def look_again(site: Site) -> None:
    """Let the next question see the disk as it is."""
    site.refresh()


def taken_ids(site: Site) -> list[int]:
    """The ids that no file shows, but that are given out already."""
    return [id_reservation.reserved(site.root)]


def _follow(work: RequestContext, site: Site, changes: ChangeSet) -> None:
    """Lead the user from open files to where they are now."""
    for change in changes.changes:
        if change.arrives and change.path in source(site).open:
            work.show(work.file(site, change.arrives).uri)


def _notice(work: RequestContext, outcome: Outcome) -> None:
    for notice in outcome.notices:
        work.say(at_editor(notice), types.MessageType.Warning)


def _refuse_links(site: Site, changes: ChangeSet) -> None:
    """The editor would rename or remove the link, and not the file."""
    for change in changes.changes:
        buffer = source(site).open.get(change.path)
        if buffer and change.leaves and presence.is_link(buffer.path):
            raise SiteError(
                Code.TWO_NAMES,
                "this file is open by a link to it, which is not what is to be renamed or removed",
                where=Place(change.path),
                remedy="open the file itself, then do this again",
            )


def _refuse_unsaved(site: Site, changes: ChangeSet) -> None:
    files = source(site)
    unsaved = [path for path in (*changes.origins, *changes.arrivals) if files.is_unsaved(path)]
    if unsaved:
        several = counted(len(changes.changes), "file")
        raise SiteError(
            Code.CHANGED_SINCE,
            f"{several} would be written, and {unsaved[0]} is open and unsaved",
            where=Place(unsaved[0]),
            remedy="save it, then do this again",
        )
