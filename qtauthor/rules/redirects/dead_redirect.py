"""QT902."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.content.redirects.ledger import Redirect
from qtauthor.rules.redirects.redirect_list import RedirectList
from qtauthor.rules.rule import Hit, Rule, of_no_article


def check(listed: RedirectList) -> Iterator[Hit]:
    for offset, entry in listed.entries:
        why = _why(listed, entry)
        if why:
            yield Hit("", why, offset=offset)


def _why(listed: RedirectList, entry: Redirect) -> str | None:
    *passed, end = listed.trail(entry)
    page, start = listed.context.addresses.page, listed.context.addresses.without_end(entry.source)
    if page(end) in map(page, (start, *passed)):
        return f"{start} leads in a circle" if passed else f"{start} leads to itself"
    if not listed.is_article(end) or listed.lives(end):
        return None
    by = f" by way of {passed[0]}" if passed else ""
    name = start or "this rule"
    return f"{name} leads{by} to {end}, where no article lives"


RULE = Rule(
    code="QT902",
    name="dead-redirect",
    check=of_no_article,
    listed=check,
    what="A redirect leads to an address at which no article lives, or in a circle.",
    why="Readers of old links, and search engines, end at a page that says “not found”.",
    example='[{"from": "/learn/chemistry/questions/old", "to": '
    '"/learn/chemistry/questions/gone", "status": 301}]',
    fix="Let the entry lead to the article that took the place of the old one, or take it out.",
)
