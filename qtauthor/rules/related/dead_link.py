"""QT501."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qtauthor.content import naming
from qtauthor.content.index import Entry
from qtauthor.content.schema import related_pointer
from qtauthor.rules.fix import Fix, Safety, SetValue
from qtauthor.rules.related.links import dropping
from qtauthor.rules.rule import Elsewhere, Hit, Rule
from qtauthor.rules.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    known = subject.context.known
    for number, block in subject.links:
        url = block.get("url")
        if isinstance(url, str) and url.strip() and known.at_address(url) is None:
            yield _hit(subject, number, block, url)


def _hit(subject: Subject, number: int, block: dict[str, Any], url: str) -> Hit:
    at = f"{related_pointer(number)}/url"
    pattern = subject.context.naming.url_pattern
    parsed = naming.parse_url(pattern, url)
    if parsed is None:
        return Hit(at, "this is no address of an article", dropping(number, "unsafe"))
    moved = _moved(subject, block, parsed[1])
    if moved:
        safe = len(moved) == 1 and moved[0].title == block.get("title")
        return _found(at, "moved to", moved, "safe" if safe else "unsafe")
    retitled = _retitled(subject, block)
    if retitled:
        return _found(at, "retitled, and is now", retitled, "unsafe")
    return Hit(at, "the article is gone", dropping(number, "unsafe"))


def _moved(subject: Subject, block: dict[str, Any], slug: str) -> list[Entry]:
    """The same question under other subjects: those with its id, if there are such."""
    readable = [e for e in subject.context.known.with_slug(slug) if e.problem is None]
    return [entry for entry in readable if entry.id == block.get("id")] or readable


def _retitled(subject: Subject, block: dict[str, Any]) -> list[Entry]:
    number = block.get("id")
    if type(number) is not int or number <= 0:
        return []
    return subject.context.known.with_id(number)


def _found(at: str, what: str, entries: list[Entry], safety: Safety) -> Hit:
    others = tuple(Elsewhere(entry.path, "may be meant") for entry in entries)
    if len(entries) > 1:
        return Hit(at, f"the article was {what} several subjects", elsewhere=others)
    fix = Fix(f"lead to {entries[0].address}", safety, (SetValue(at, entries[0].address),))
    return Hit(at, f"the article was {what} {entries[0].address}", fix, elsewhere=others)


RULE = Rule(
    "QT501",
    "dead-link",
    check,
    what="The url of a related article leads to no article: it is gone, was moved to another "
    "subject, or was retitled.",
    why="Readers who follow the link land on an error page.",
    example="related_article1:\n    id: 999\n    title: Who ate the last slice?\n"
    "    subject: Bread Baking\n"
    "    url: /learn/bread-baking/questions/who-ate-the-last-slice\n",
    fix="An article that was moved is found by its slug, and one that was retitled by its id; the "
    "url then leads there. That is safe if the link has the title of the one article that it "
    "can be. A link to an article that is gone is taken out.",
    fixes=("safe", "unsafe"),
)
