"""Fields that repeat what the place of the file says."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.model.derived_names import composed
from qtauthor.model.lookalikes import difference
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, SetValue
from qtauthor.rules.rule import Hit


def differing(
    subject: CheckedArticle, name: str, wanted: str, told: str, title: str
) -> Iterator[Hit]:
    """A hit if the text of a field is not ``wanted``, however its letters are composed.

    An empty one is told of by its own rule.
    """
    given = subject.text(name)
    if given is not None and given.strip() and composed(given) != wanted:
        fix = Fix(title, "safe", (SetValue(f"/{name}", wanted),))
        yield Hit(f"/{name}", f"{told} {wanted}{difference(given, wanted)}", fix)
