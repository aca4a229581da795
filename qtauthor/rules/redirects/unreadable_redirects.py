"""QT903."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.rules.redirects.redirect_list import RedirectList
from qtauthor.rules.rule import Hit, Rule, of_no_article


def check(listed: RedirectList) -> Iterator[Hit]:
    if listed.error is not None:
        yield Hit("", listed.error.message, place=listed.error.where)


RULE = Rule(
    code="QT903",
    name="unreadable-redirects",
    check=of_no_article,
    listed=check,
    what="The list of redirects is not in the form that the configuration names.",
    why="Its redirects may not work, and no command can record another one: `retitle`, `move` and "
    "`remove` refuse until it is mended.",
    example='[{"from": "/old"}]',
    fix="Correct the place that is shown, or `redirects.format` in the configuration.",
)
