"""QT901."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.redirects.redirect_list import RedirectList
from qtauthor.rules.rule import Hit, Rule, of_no_article


def check(listed: RedirectList) -> Iterator[Hit]:
    for offset, entry in listed.entries:
        if entry.source and listed.lives(entry.source):
            message = f"{entry.source} is the address of an article, and leads to {entry.target}"
            yield Hit("", message, offset=offset)


RULE = Rule(
    code="QT901",
    name="shadowing-redirect",
    check=of_no_article,
    listed=check,
    what="A redirect starts at an address at which an article lives.",
    why="Readers who ask for the article are sent to another page, and search engines drop it.",
    example='[{"from": "/learn/bread-baking/questions/why-does-bread-go-stale", "to": "/", '
    '"status": 301}]',
    fix="Take the entry out of the list, or give the article another address. `new`, `import`, "
    "`retitle` and `move` take such entries out by themselves.",
)
