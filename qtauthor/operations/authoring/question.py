"""What there is to say about a question while it is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qtauthor.errors import QtauthorError
from qtauthor.model import derived_names
from qtauthor.model.derived_names import Names, Naming
from qtauthor.operations.authoring.remark import Remark

TITLE_SHOWN = 60
"""About so many characters of a title do search engines show on a desktop; then they cut it."""

_LONGEST = 255
_LONG = 180
"""Bytes of a file's name from which its length is told."""

_OUTER = re.compile(r"^\W+|\W+$")
_APOSTROPHES = str.maketrans("", "", "'’`")
ENDS = ("?", ".", "!", "…", ")", '"', "”")


class QuestionReading(NamedTuple):
    """A question as the site will see it. ``names`` are ``None`` if it can have none.

    ``better`` is a slug in which letters stand for those that the rule drops, if it drops any.
    """

    names: Names | None
    remarks: tuple[Remark, ...]
    problem: str = ""
    better: str | None = None


def read(question: str, subject: str, rules: Naming, slug: str | None = None) -> QuestionReading:
    """What follows from a question, and what may be wrong with it."""
    text = question.strip()
    better = _better(text, rules) if slug is None else None
    try:
        names = derived_names.derive(text, subject, slug=slug, naming=rules)
    except QtauthorError as error:
        return QuestionReading(None, (), error.message, better)
    return QuestionReading(
        names, tuple(_remarks(question, names, rules, derived=slug is None)), "", better
    )


def dropped(text: str, rules: Naming) -> list[tuple[str, str]]:
    """The words of which the slug keeps less than a reader would, each with what is kept.

    Outer punctuation and apostrophes are no loss.
    """
    found: dict[str, str] = {}
    for word in text.split():
        inner = _OUTER.sub("", word).translate(_APOSTROPHES)
        kept = derived_names.slugify(inner, rules.slug_style)
        if inner and kept != inner.lower():
            found[_OUTER.sub("", word)] = kept
        elif not inner and rules.slug_style == "site" and word not in ("–", "—", "-", "&"):
            found[word] = ""
    return list(found.items())


def _remarks(typed: str, names: Names, rules: Naming, *, derived: bool) -> Iterator[Remark]:
    text = typed.strip()
    if text and not text.endswith(ENDS):
        yield Remark("no question mark or full stop at the end", "warning")
    if derived:
        for word, kept in dropped(text, rules)[:2]:
            told = f"{word} → {kept}" if kept else f"{word} is left out"
            yield Remark(f"in the address: {told}", "warning")
    if typed != typed.lstrip() or len(typed) - len(typed.rstrip()) > 1:
        yield Remark("blanks at its ends are left out")
    if "  " in text:
        yield Remark("two blanks in a row give two hyphens", "warning")
    size = len(names.file_name.encode())
    if size > _LONG:
        yield Remark(f"the file's name has {size} of {_LONGEST} bytes", "warning")
    if len(text) > TITLE_SHOWN:
        yield Remark(f"{len(text)} characters; search engines show about {TITLE_SHOWN}")


def _better(text: str, rules: Naming) -> str | None:
    """A slug with letters for what is dropped; ``None`` if nothing is, or nothing is left."""
    if rules.slug_style != "site" or not dropped(text, rules):
        return None
    found = derived_names.slugify(text, "ascii")
    return found if found and found != derived_names.slugify(text) else None
