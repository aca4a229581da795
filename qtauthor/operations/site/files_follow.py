"""What follows when files get other names or go: what they say of themselves, and links to them.

The files may still be where they were, or somebody has moved or deleted them already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import structs

from qtauthor.changes.change import Change, Modify, Move
from qtauthor.changes.changeset import ChangeSet
from qtauthor.content.site import Site
from qtauthor.errors import Code, Place, RequestError
from qtauthor.model import derived_names
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site import move, remove, same_question
from qtauthor.text.plural import counted


class Pair(NamedTuple):
    """An article's path before and after; no path after if it leaves the articles."""

    old: str
    new: str


def followed(pairs: Sequence[Pair], site: Site, *, own: bool) -> Outcome:
    """What follows from other names; not the new names themselves, if those are the client's."""
    wanted = [_refile(site, pair) for pair in pairs if pair.new]
    outcome = move.move(site, wanted, new_subjects=True, leave_unreadable=True)
    notices = (*outcome.notices, *_left(site, pairs))
    kept = ChangeSet(tuple(_staying(outcome.changes))) if own else outcome.changes
    return Outcome(kept, notices)


def _refile(site: Site, pair: Pair) -> move.Refile:
    same = same_question.folder(pair.new) == same_question.folder(pair.old)
    subject = None if same else _subject(site, pair)
    slug = same_question.slug(pair.new)
    if site.source.exists(pair.old):
        return move.Refile(pair.old, subject, slug)
    return move.Refile(pair.new, subject, slug, was=pair.old)


def _subject(site: Site, pair: Pair) -> str:
    """The subject of an article in its new folder. Raises ``RequestError``."""
    key = same_question.folder(pair.new)
    here = pair.old if site.source.exists(pair.old) else pair.new
    for name, _ in site.config.spellings:
        if derived_names.slugify(name, site.config.slug.style) == key:
            return name
    spelled = site.index.spelling(key)
    if spelled is not None:
        return spelled
    raise RequestError(
        Code.USAGE,
        f"nobody knows how the subject of the folder {key} is spelled",
        where=Place(pair.new),
        remedy=f"nothing follows; name the subject with qtauthor move {here} --subject",
    )


def _staying(changes: ChangeSet) -> Iterator[Change]:
    """The changes without what the client does itself."""
    for change in changes.changes:
        if not isinstance(change, Move):
            yield change
        elif change.edits:
            known = structs.asdict(change)
            del known["to"]
            yield Modify(**known)


def _left(site: Site, pairs: Iterable[Pair]) -> Iterator[str]:
    for pair in pairs:
        entry = None if pair.new else site.index.entry(pair.old)
        if entry is not None and (count := len(same_question.inbound(site, entry))):
            lead = counted(count, "link leads", "links lead")
            yield f"{pair.old} is no article any more, and {lead} to it"


def unlinked(paths: Sequence[str], site: Site) -> Outcome:
    """What follows when files go; not that they go."""
    outcome = remove.remove_all(site, paths, leave_unreadable=True)
    kept = tuple(change for change in outcome.changes.changes if change.target is not None)
    return Outcome(ChangeSet(kept), outcome.notices)
