"""Keys, and scalars that are no text, as YAML that every reader takes for the same value."""

from __future__ import annotations

import datetime
import math

from qtauthor.errors import Code, EditError
from qtauthor.text.render import scalars

MAX_KEY = 1000
"""A key on one line may have 1,024 characters (YAML 1.2, section 7.4.2), quotes included."""

MAX_DEPTH = 50
"""Values may nest this deep when they are written; no article needs a tenth of it."""

_SAFE_INTEGER = 2**53 - 1


def key(name: object, like: str = "", *, flow: bool = False) -> str:
    """A key as text, in the style of ``like`` if that can hold it. Raises ``EditError``."""
    if not isinstance(name, str):
        raise unsupported(f"a key of type {type(name).__name__} is no text")
    if len(name) > MAX_KEY:
        raise unsupported(f"a key of {len(name)} characters is too long for one line")
    if not scalars.writable(name):
        raise unsupported("the key has half of a surrogate pair")
    candidates = [
        scalars.plain(name, flow=flow),
        scalars.single_quoted(name),
        scalars.double_quoted(name),
    ]
    if like.startswith("'"):
        candidates = candidates[1:]
    elif like.startswith('"'):
        candidates = candidates[2:]
    return next(text for text in candidates if text is not None)


def _boolean(word: str, like: str) -> str:
    if like in ("TRUE", "FALSE"):
        return word.upper()
    return word.capitalize() if like in ("True", "False") else word


def typed(value: object, like: str = "") -> str:
    """A scalar that is no text, always plain; a boolean is spelled as ``like`` is.

    Raises ``EditError`` for what readers differ on.
    """
    if isinstance(value, bool):
        return _boolean("true" if value else "false", like)
    if value is None:
        return "null"
    if isinstance(value, int):
        if abs(value) > _SAFE_INTEGER:
            raise unsupported("JavaScript cannot hold this integer exactly")
        return str(value)
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, datetime.date) and value.year < 100:
        raise unsupported("JavaScript takes this year for one of the twentieth century")
    if isinstance(value, datetime.datetime):
        if value.microsecond % 1000 or value.tzinfo is not None:
            raise unsupported("readers differ on times with a zone, or finer than milliseconds")
        return value.isoformat(timespec="milliseconds" if value.microsecond else "seconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise unsupported(f"a value of type {type(value).__name__} has no form in YAML")


def _float(value: float) -> str:
    """A decimal point is always written: YAML 1.1 takes ``1e+16`` for text."""
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    text = repr(value)
    mantissa, mark, exponent = text.partition("e")
    return f"{mantissa}.0e{exponent}" if mark and "." not in mantissa else text


def refuse_deep(value: object) -> None:
    """Raise ``EditError`` for a value that nests too deep, or within itself."""
    level = [value]
    for _ in range(MAX_DEPTH):
        inside = [
            v.values() if isinstance(v, dict) else v for v in level if isinstance(v, dict | list)
        ]
        level = [item for items in inside for item in items]
        if not level:
            return
    raise unsupported(f"it nests more than {MAX_DEPTH} deep")


def unsupported(why: str) -> EditError:
    """The refusal of a value that not every reader would take for the same."""
    return EditError(
        Code.UNSUPPORTED_VALUE,
        f"this cannot be written: {why}",
        remedy="give text, a number, true, false, null, a date, a list or a mapping",
    )


def refuse_style(value: object, style: str | None) -> None:
    """Raise ``EditError`` if a style was asked for what is no text."""
    if style not in (None, "plain"):
        raise EditError(
            Code.CANNOT_HOLD_VALUE,
            f"a {type(value).__name__} cannot be written in {style} style",
            remedy="give no style: only text has one",
        )


def cannot_hold(style: str, text: str) -> EditError:
    """The refusal of a style that was asked for."""
    return EditError(
        Code.CANNOT_HOLD_VALUE,
        f"{style} style cannot hold this text",
        excerpt=text[:80],
        remedy="give no style, or double-quoted, which can hold everything",
    )
