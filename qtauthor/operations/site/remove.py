"""Take an article out of the site, and its links with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from qtauthor.content.links import related_list
from qtauthor.content.site import Site
from qtauthor.errors import Code, Place, SiteError
from qtauthor.model import numbered_blocks
from qtauthor.operations.links import inbound_links
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site import redirects, same_question
from qtauthor.operations.working_copy import WorkingCopy
from qtauthor.text.yaml.values import Value


class RemoveRequest(NamedTuple):
    """``path`` goes; links to it are to lead to ``replacement``, if there is one."""

    path: str
    replacement: str | None = None
    leave_unreadable: bool = False


def remove(site: Site, request: RemoveRequest) -> Outcome:
    """Plan to delete an article. Blocks that named it go, and those behind them move up.

    With a replacement they name that one instead, but never twice in one list and never in its own
    list: there they go. A file that cannot be read can be removed. Raises ``SiteError``
    (``self-related``, ``unreadable-link``, ``bad-redirects``), ``EditError``, ``ParseError``.
    """
    gone = same_question.entry(site, request.path)
    urls = same_question.urls(site, gone)
    draft = WorkingCopy(site)
    target = _target(draft, request)
    for holder, blocks in _holders(draft, urls, (request.path,)).items():
        _unlink(draft, holder, blocks, None if holder == request.replacement else target)
    draft.delete(request.path)
    successor = same_question.address(site, request.replacement) if request.replacement else None
    moved = dict.fromkeys(urls, successor) if successor else {}
    notices = redirects.record(draft, moved, () if successor else urls)
    passed = (request.path,)
    notices += inbound_links.guard(site, urls, leave=request.leave_unreadable, passed=passed)
    return Outcome(draft.changes(), tuple(notices))


def remove_all(site: Site, paths: Collection[str], *, leave_unreadable: bool = False) -> Outcome:
    """Plan to delete articles together, as `remove` does one without a replacement.

    Of a file that is gone already only the links go. Raises what `remove` raises.
    """
    draft = WorkingCopy(site)
    urls: list[str] = []
    for path in paths:
        entry = site.index.entry(path)
        urls += same_question.urls(site, entry) if entry else [same_question.address(site, path)]
    for holder, blocks in _holders(draft, urls, paths).items():
        _unlink(draft, holder, blocks, None)
    for path in paths:
        if site.source.exists(path):
            draft.delete(path)
    notices = redirects.record(draft, {}, urls)
    notices += inbound_links.guard(site, urls, leave=leave_unreadable, passed=paths)
    return Outcome(draft.changes(), tuple(notices))


def _holders(
    draft: WorkingCopy, urls: Iterable[str], going: Collection[str]
) -> dict[str, list[int]]:
    """The articles that stay and name these urls, with the numbers of the blocks that do."""
    site = draft.site
    numbers: dict[str, list[int]] = {}
    for link in (link for url in urls for link in site.index.links_to(url)):
        if link.source not in going:
            inbound_links.refuse_stale(link, draft.article(link.source).document, site)
            numbers.setdefault(link.source, []).append(link.number)
    return {holder: sorted(blocks) for holder, blocks in numbers.items()}


def _target(draft: WorkingCopy, request: RemoveRequest) -> dict[str, Value] | None:
    """What a block that names the replacement says."""
    if request.replacement is None:
        return None
    if request.replacement == request.path:
        raise SiteError(
            Code.SELF_RELATED,
            "an article cannot take its own place",
            where=Place(request.path),
            remedy="name another article to replace it with",
        )
    return link_to(draft, request.replacement)


def link_to(draft: WorkingCopy, path: str) -> dict[str, Value]:
    """What a block that names the article at ``path`` says. Raises ``ReadError``."""
    article = draft.article(path)
    with inbound_links.placed(path):
        members: dict[str, Value] = {name: article.get(name) for name in ("id", "title", "subject")}
    return {**members, "url": same_question.address(draft.site, path)}


def _unlink(
    draft: WorkingCopy, holder: str, dead: list[int], target: dict[str, Value] | None
) -> None:
    """Let the first of the ``dead`` blocks name the target, if it may; take the others out."""
    document = draft.article(holder).document
    declared = related_list.pointers()
    with inbound_links.placed(holder):
        listed = inbound_links.pages(draft.site, document)
        page = draft.site.config.addresses.page
        if target is not None and page(str(target["url"])) not in listed.values():
            at, old = numbered_blocks.pointer(dead[0]), related_list.block(document, dead[0])
            members = inbound_links.led(draft.site, str(old.get("url")), target)
            document = document.set(at, {**old, **members})
            dead = dead[1:]
            declared = declared if dead else [at]
        if dead:
            document = related_list.without(document, dead)
    inbound_links.put_document(draft, holder, document, *declared)
