"""In what two texts differ that look the same: letters taken apart, other spaces, unseen signs."""

from __future__ import annotations

import unicodedata

from qtauthor.model.derived_names import composed


def difference(given: str, wanted: str) -> str:
    """What a message adds that shows ``wanted`` in the place of ``given``; nothing if one sees it.

    It begins with a comma.
    """
    if given == wanted or _seen(given) != _seen(wanted):
        return ""
    if composed(given) == composed(wanted):
        forms = {True: "composed (NFC)", False: "decomposed (NFD)"}
        here, there = (unicodedata.is_normalized("NFC", text) for text in (given, wanted))
        if here != there:
            return f", with letters {forms[there]}; here they are {forms[here]}"
    return _signs(given, wanted)


def _seen(text: str) -> str:
    """What one sees of a text."""
    shown = (
        " " if unicodedata.category(sign) == "Zs" else sign
        for sign in composed(text)
        if unicodedata.category(sign) not in ("Cf", "Cc")
    )
    return "".join(shown)


def _signs(given: str, wanted: str) -> str:
    """The first signs that differ, by their numbers in Unicode."""
    first, second = given + "\0", wanted + "\0"
    at = next(n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b)
    here, there = (_called(text[at]) if at < len(text) else "an end" for text in (given, wanted))
    return f", with {there} at character {at + 1}; here it is {here}"


def _called(sign: str) -> str:
    name = unicodedata.name(sign, "").lower()
    return f"U+{ord(sign):04X} ({name})" if name else f"U+{ord(sign):04X}"
