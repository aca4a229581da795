"""The links that lead to an article, made to follow it.

The url of a block is its identity: a block whose url opens the page of an article means that
article, whatever its id and title say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from qtauthor.content.article import Article
from qtauthor.content.index import Link
from qtauthor.content.links import related_list
from qtauthor.content.site import Site
from qtauthor.errors import Code, Place, QtauthorError, SiteError
from qtauthor.model import numbered_blocks
from qtauthor.operations.working_copy import WorkingCopy
from qtauthor.text.document import Document
from qtauthor.text.yaml.values import Value

_WORD = re.compile(rb"[^\s'\"<>]+")
_BEHIND = b",.)]}"
"""What may be a url, in bytes that cannot be read in any other way."""


class Unreadable(NamedTuple):
    """A file whose links cannot be followed: an address stands in it, or nobody can tell."""

    path: str
    problem: str
    address: str


def rewire(draft: WorkingCopy, says: Mapping[str, Mapping[str, Value]]) -> None:
    """Let every block that leads to a url in ``says`` say what stands there, all at once.

    Members that a block lacks are not added. Of a url only the address changes: its query, fragment
    and last slash stay. Raises ``EditError``, ``ParseError``, ``SiteError``.
    """
    for url, members in says.items():
        for link in draft.site.index.links_to(url):
            article = draft.article(link.source)
            refuse_stale(link, article.document, draft.site)
            declared: list[str] = []
            with placed(link.source):
                for name, value in led(draft.site, link.url or "", members).items():
                    at = f"{numbered_blocks.pointer(link.number)}/{name}"
                    if article.has(at):
                        article = article.set(at, value)
                        declared.append(at)
            draft.put(link.source, article, *declared)


def led(site: Site, url: str, members: Mapping[str, Value]) -> dict[str, Value]:
    """What a block with this url is to say, whose spelling it keeps around the address."""
    wanted = members.get("url")
    if not isinstance(wanted, str):
        return dict(members)
    return {**members, "url": site.config.addresses.led(url, wanted)}


@contextmanager
def placed(path: str) -> Iterator[None]:
    """Give an error that names no file this one. Raises what is raised inside."""
    try:
        yield
    except QtauthorError as error:
        raise error.at(path) from None


def put_document(draft: WorkingCopy, path: str, document: Document, *declared: str) -> None:
    """Take ``document`` for the article at ``path``."""
    draft.put(path, Article(document, draft.site.answers), *declared)


def pages(site: Site, document: Document) -> dict[int, str]:
    """The page to which each block of a list leads, by the block's number. Raises ``ReadError``."""
    urls = ((number, block.get("url")) for number, block in related_list.blocks(document).items())
    page = site.config.addresses.page
    return {number: page(url) for number, url in urls if isinstance(url, str)}


def refuse_stale(link: Link, document: Document, site: Site) -> None:
    """Raise ``SiteError`` with ``changed-since`` if the file has another block than the index."""
    known = site.article(link.source).document if document.edits else document
    at = numbered_blocks.pointer(link.number)
    if not known.has(at) or related_list.block(known, link.number).get("url") != link.url:
        raise SiteError(
            Code.CHANGED_SINCE,
            "the file changed while it was worked on",
            where=Place(link.source),
            remedy="nothing was written; run the command again",
        )


def unreadable(site: Site, urls: Iterable[str], passed: Collection[str] = ()) -> list[Unreadable]:
    """The files that cannot be read and hold one of these urls; ``passed`` are not looked at."""
    broken = [entry for entry in site.index.unreadable() if entry.path not in passed]
    wanted = list(urls)
    found: list[Unreadable] = []
    for entry in broken:
        try:
            data = site.source.read(entry.path)
        except QtauthorError:  # nobody can tell what stands in it
            found.append(Unreadable(entry.path, entry.problem or "", ""))
            continue
        held = next((url for url in wanted if _holds(site, data, url)), None)
        if held is not None:
            found.append(Unreadable(entry.path, entry.problem or "", held))
    return found


def guard(
    site: Site, urls: Iterable[str], *, leave: bool, passed: Collection[str] = ()
) -> list[str]:
    """Refuse to let links die in files that cannot be read; notices of them if ``leave``.

    Raises ``SiteError`` with ``unreadable-link``.
    """
    found = unreadable(site, urls, passed)
    if found and not leave:
        first = found[0]
        what = f"names {first.address}" if first.address else "may name the old address"
        raise SiteError(
            Code.UNREADABLE_LINK,
            f"this file cannot be read ({first.problem}) and {what}",
            where=Place(first.path),
            excerpt=first.address,
            remedy="nothing was changed; mend that file, or give --leave-unreadable",
        )
    return [f"left as it is, for it cannot be read ({f.problem}): {f.path}" for f in found]


def _holds(site: Site, data: bytes, url: str) -> bool:
    """Whether bytes hold a url, not as the beginning of a longer one, or another spelling of it."""
    if re.search(re.escape(url).encode() + rb"(?![\w-])", data):
        return True
    page = site.config.addresses.page
    wanted = page(url)
    words = (word.rstrip(_BEHIND) for word in _WORD.findall(data))
    return any(page(word.decode("utf-8", "replace")) == wanted for word in words if b"/" in word)
