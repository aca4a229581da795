"""The links of an article and what they lead to, as the rules on links need them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from qtauthor.content.index import Entry
from qtauthor.content.schema import related_pointer
from qtauthor.rules.fix import CloseGaps, Fix, Remove, Safety, SetValue
from qtauthor.rules.subject import Subject


class Living(NamedTuple):
    """A link whose url leads to an article that can be read."""

    number: int
    block: dict[str, Any]
    target: Entry

    def at(self, field: str) -> str:
        return f"{related_pointer(self.number)}/{field}"

    def renew(self, field: str, value: Any) -> Fix:
        """Give a field what the article has that the link leads to."""
        return Fix(f"renew it from {self.target.path}", "safe", (SetValue(self.at(field), value),))


def living(subject: Subject) -> Iterator[Living]:
    """The links that lead somewhere."""
    for number, block in subject.links:
        url = block.get("url")
        target = subject.context.known.at_address(url) if isinstance(url, str) else None
        if target is not None and target.problem is None:
            yield Living(number, block, target)


def dropping(number: int, safety: Safety) -> Fix:
    """Take a link out, and number the others anew."""
    at = related_pointer(number)
    return Fix("take this link out", safety, (Remove(at), CloseGaps()))
