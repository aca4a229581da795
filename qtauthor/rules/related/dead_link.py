"""QT501."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from qtauthor.content.index import Entry
from qtauthor.files.name_forms import folded
from qtauthor.model import numbered_blocks
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, Safety, SetValue
from qtauthor.rules.related.living_links import dropping
from qtauthor.rules.rule import Elsewhere, Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    known = subject.context.known
    for number, block in subject.links:
        url = block.get("url")
        if isinstance(url, str) and url.strip() and known.at_address(url) is None:
            yield _hit(subject, number, block, url)


def _hit(subject: CheckedArticle, number: int, block: dict[str, Any], url: str) -> Hit:
    at = f"{numbered_blocks.pointer(number)}/url"
    addresses = subject.context.addresses
    elsewhere = addresses.elsewhere(url)
    if elsewhere is not None:
        here = _on_this_site(subject, url)
        fix = _leading(subject, at, url, here) if here else dropping(number, "unsafe")
        return Hit(at, elsewhere, fix)
    alike = _in_another_case(subject, url)
    if alike:
        told = f"there is an article at {alike.address}, whose address differs in case"
        return Hit(at, told, _leading(subject, at, url, alike))
    parsed = addresses.names(url)
    if parsed is None:
        return Hit(at, "this is no address of an article", dropping(number, "unsafe"))
    moved = _moved(subject, block, parsed[1])
    if moved:
        safe = len(moved) == 1 and moved[0].title == block.get("title")
        return _found(subject, at, "moved to", url, moved, "safe" if safe else "unsafe")
    retitled = _retitled(subject, block)
    if retitled:
        return _found(subject, at, "retitled, and is now", url, retitled, "unsafe")
    told = addresses.without_end(url)
    gone = "the article is gone" if told == url else f"the article at {told} is gone"
    return Hit(at, gone, dropping(number, "unsafe"))


def _on_this_site(subject: CheckedArticle, url: str) -> Entry | None:
    """The article that a url with a host, or without a slash at its start, seems to mean."""
    known, addresses = subject.context.known, subject.context.addresses
    given = url.strip()
    if given[:1] in ("#", "?"):
        return None
    beside = urljoin(subject.address, given)
    for one in (addresses.here(given), f"/{given}", beside):
        found = known.at_address(one)
        if found is not None:
            return found
    return None


def _in_another_case(subject: CheckedArticle, url: str) -> Entry | None:
    """The article whose address differs from a url in upper and lower case alone."""
    named = subject.context.addresses.names_in_any_case(url)
    if named is None:
        return None
    for entry in subject.context.known.spelled_like(named[1]):
        folder = entry.path.removeprefix(subject.context.content + "/").partition("/")[0]
        if folded(folder) == folded(named[0]):
            return entry
    return None


def _moved(subject: CheckedArticle, block: dict[str, Any], slug: str) -> list[Entry]:
    """The same question under other subjects: those with its id, if there are such."""
    readable = [e for e in subject.context.known.with_slug(slug) if e.problem is None]
    return [entry for entry in readable if entry.id == block.get("id")] or readable


def _retitled(subject: CheckedArticle, block: dict[str, Any]) -> list[Entry]:
    number = block.get("id")
    if type(number) is not int or number <= 0:
        return []
    return subject.context.known.with_id(number)


def _found(
    subject: CheckedArticle, at: str, what: str, url: str, entries: list[Entry], safety: Safety
) -> Hit:
    others = tuple(Elsewhere(entry.path, "may be meant") for entry in entries)
    if len(entries) > 1:
        return Hit(at, f"the article was {what} several subjects", elsewhere=others)
    fix = _leading(subject, at, url, entries[0], safety)
    return Hit(at, f"the article was {what} {entries[0].address}", fix, elsewhere=others)


def _leading(
    subject: CheckedArticle, at: str, url: str, entry: Entry, safety: Safety = "unsafe"
) -> Fix:
    """Let a url lead to an article; its query, fragment and last slash stay."""
    new = subject.context.addresses.led(url, entry.address)
    return Fix(f"lead to {new}", safety, (SetValue(at, new),))


RULE = Rule(
    "QT501",
    "dead-link",
    check,
    what="The url of a related article leads to no article: it is gone, was moved to another "
    "subject, or was retitled. A url leads where the site goes that is asked for it: a fragment, a "
    "query, a last slash, doubled slashes, `.` and `..` and percent escapes do not matter, upper "
    "and lower case do. A url with a host leads to another site, unless the host is that of "
    "`url.pattern`; one without a slash at its start leads from each page to another place.",
    why="Readers who follow the link land on an error page.",
    example="related_article1:\n    id: 999\n    title: Who ate the last slice?\n"
    "    subject: Bread Baking\n"
    "    url: /learn/bread-baking/questions/who-ate-the-last-slice\n",
    fix="An article that was moved is found by its slug, and one that was retitled by its id; the "
    "url then leads there. That is safe if the link has the title of the one article that it "
    "can be. What stands behind the address in the url stays. A url that seems to mean an "
    "article of this site, but differs in case or has a host, is led there. A link to an article "
    "that is gone is taken out.",
    fixes=("safe", "unsafe"),
)
