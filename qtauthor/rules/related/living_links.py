"""The links of an article and what they lead to, as the rules on links need them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from qtauthor.content.index import Entry
from qtauthor.model import numbered_blocks
from qtauthor.model.lookalikes import difference
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import CloseGaps, Fix, RemoveKey, Safety, SetValue
from qtauthor.rules.rule import Hit


class Living(NamedTuple):
    """A link whose url leads to an article that can be read."""

    number: int
    block: dict[str, Any]
    target: Entry

    def at(self, field: str) -> str:
        return f"{numbered_blocks.pointer(self.number)}/{field}"

    def renew(self, field: str, value: Any) -> Fix:
        """Give a field what the article has that the link leads to."""
        return Fix(f"renew it from {self.target.path}", "safe", (SetValue(self.at(field), value),))


def living(subject: CheckedArticle) -> list[Living]:
    """The links that lead somewhere."""
    found: list[Living] | None = subject.kept.get("living")
    if found is None:
        found = subject.kept["living"] = list(_living(subject))
    return found


def _living(subject: CheckedArticle) -> Iterator[Living]:
    for number, block in subject.links:
        url = block.get("url")
        target = subject.context.known.at_address(url) if isinstance(url, str) else None
        if target is not None and target.problem is None:
            yield Living(number, block, target)


def stale_texts(subject: CheckedArticle, field: str, told: str) -> Iterator[Hit]:
    """The links in which a text is not the one of the article that they lead to."""
    for link in living(subject):
        given, actual = link.block.get(field), getattr(link.target, field)
        if isinstance(given, str) and actual and actual.strip() and given != actual:
            yield Hit(
                link.at(field),
                f"{told} {actual!r}{difference(given, actual)}",
                link.renew(field, actual),
            )


def dropping(number: int, safety: Safety) -> Fix:
    """Take a link out, and number the others anew."""
    at = numbered_blocks.pointer(number)
    return Fix("take this link out", safety, (RemoveKey(at), CloseGaps()))
