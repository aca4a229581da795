"""A new value as YAML text in block style, in the manner of a model."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from typing import NamedTuple

from qtauthor.errors import Code, EditError
from qtauthor.text import scalars
from qtauthor.text.model import DEFAULT_STEP, Model
from qtauthor.text.nodes import Scalar
from qtauthor.text.scalars import STYLES, Header, Style
from qtauthor.text.values import Value

MAX_KEY = 1000
"""A key on one line may have 1,024 characters (YAML 1.2, section 7.4.2), quotes included."""

_SAFE_INTEGER = 2**53 - 1


class Rendered(NamedTuple):
    """A value as text: ``head`` stands behind the key, ``body`` are the whole lines below it."""

    head: str
    body: str = ""


class Manner(NamedTuple):
    """How to write a value: after which model, how deep, and with which line breaks.

    ``steps`` are the steps (block scalar, mapping) for what has no model. ``style`` is what the
    caller asked for; it is kept or refused. ``keeps`` allows a block with kept line breaks
    (``+``): it would take blank lines that follow, and gray-matter drops the last one of a front
    matter, so it is written only where one stands already and something follows. ``below`` is how
    far comments and blanks reach in the lines below, which a block further left would take.
    """

    model: Model | None
    column: int
    newline: str = "\n"
    steps: tuple[int, int] = (DEFAULT_STEP, DEFAULT_STEP)
    style: Style | None = None
    keeps: bool = False
    below: int = 0


def render(value: Value, manner: Manner) -> Rendered:
    """``value`` as text. Raises ``EditError`` for what cannot be written.

    Codes: ``unsupported-value``, ``cannot-hold-value``.
    """
    if isinstance(value, str):
        return _string(value, manner)
    if manner.style not in (None, "plain"):
        raise EditError(
            Code.CANNOT_HOLD_VALUE,
            f"a {type(value).__name__} cannot be written in {manner.style} style",
            remedy="give no style: only text has one",
        )
    if isinstance(value, dict):
        return _mapping(value, manner) if value else Rendered("{}")
    if isinstance(value, list):
        return _sequence(value, manner) if value else Rendered("[]")
    return Rendered(_typed(value, manner.model))


def key(name: str, like: str = "") -> str:
    """A key as text, in the style of ``like`` if that can hold it. Raises ``EditError``."""
    if len(name) > MAX_KEY or not scalars.writable(name):
        raise _unsupported(
            f"a key of {len(name)} characters" if len(name) > MAX_KEY else "this key"
        )
    candidates = [scalars.plain(name), scalars.single_quoted(name), scalars.double_quoted(name)]
    if like.startswith("'"):
        candidates = candidates[1:]
    elif like.startswith('"'):
        candidates = candidates[2:]
    return next(text for text in candidates if text is not None)


def _string(text: str, manner: Manner) -> Rendered:
    if not scalars.writable(text):
        raise _unsupported("text with half of a surrogate pair")
    model = manner.model
    standing = manner.style or (model.style if model else None) or "plain"
    for style in STYLES[STYLES.index(standing) :]:
        written = _styled(text, style, manner)
        if written is not None:
            return written
        if manner.style:
            break
    raise EditError(
        Code.CANNOT_HOLD_VALUE,
        f"{standing} style cannot hold this text",
        excerpt=text[:80],
        remedy="give no style, or double-quoted, which can hold everything",
    )


def _styled(text: str, style: Style, manner: Manner) -> Rendered | None:
    if style == "plain":
        head = scalars.plain(text)
    elif style == "single-quoted":
        head = scalars.single_quoted(text)
    elif style == "double-quoted":
        head = scalars.double_quoted(text)
    else:
        return _block(text, style, manner)
    return None if head is None else Rendered(head)


def _block(text: str, style: Style, manner: Manner) -> Rendered | None:
    model = manner.model
    step = (model.step if model and model.header else None) or manner.steps[0]
    header = model.header if model and model.style == style else None
    if header is None or (header.chomp == "+" and not manner.keeps):
        header = Header(">" if style == "folded" else "|", "-", header.indent if header else "")
    held = scalars.block(text, header)
    if held is None or manner.below > manner.column + step:
        return None
    margin = " " * (manner.column + step)
    body = "".join((margin + line if line else "") + manner.newline for line in held[1])
    return Rendered(str(held[0]), body)


def _typed(value: object, model: Model | None) -> str:
    """A scalar that is no text, always plain."""
    if isinstance(value, bool):
        spelling = model.node.text if model and isinstance(model.node, Scalar) else ""
        word = "true" if value else "false"
        return word.capitalize() if spelling in ("True", "False") else word
    if value is None:
        return "null"
    if isinstance(value, int):
        if abs(value) > _SAFE_INTEGER:
            raise _unsupported("an integer that JavaScript cannot hold exactly")
        return str(value)
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, datetime.date) and value.year < 100:
        raise _unsupported("a year that JavaScript takes for one of the twentieth century")
    if isinstance(value, datetime.datetime):
        if value.microsecond % 1000 or value.tzinfo is not None:
            raise _unsupported("a time with a zone or finer than milliseconds")
        return value.isoformat(timespec="milliseconds" if value.microsecond else "seconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise _unsupported(f"a {type(value).__name__}")


def _float(value: float) -> str:
    """A decimal point is always written: YAML 1.1 takes ``1e+16`` for text."""
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    text = repr(value)
    mantissa, mark, exponent = text.partition("e")
    return f"{mantissa}.0e{exponent}" if mark and "." not in mantissa else text


def _mapping(value: dict[str, Value], manner: Manner) -> Rendered:
    model = manner.model
    step = (model.step if model and not model.header else None) or manner.steps[1]
    column = manner.column + step
    return Rendered("", entries(value.items(), model, manner._replace(column=column)))


def entries(items: Iterable[tuple[str, Value]], parent: Model | None, manner: Manner) -> str:
    """Pairs as the lines of a block mapping whose keys stand in ``manner.column``."""
    return "".join(
        entry(
            name, value, manner._replace(model=parent.child(name) if parent else None, style=None)
        )
        for name, value in items
    )


def entry(name: str, value: Value, manner: Manner) -> str:
    """One pair as the lines of a block mapping; ``manner.model`` is the model of the value."""
    if not isinstance(name, str):
        raise _unsupported(f"a key that is a {type(name).__name__}")
    written = render(value, manner)
    separator = " " if written.head else ""
    return (
        f"{' ' * manner.column}{key(name)}:{separator}{written.head}{manner.newline}{written.body}"
    )


def _sequence(value: list[Value], manner: Manner) -> Rendered:
    column = manner.column + manner.steps[1]
    gap = max(2, manner.steps[1])  # a dash and a blank at least
    inner = manner._replace(model=None, column=column, steps=(manner.steps[0], gap))
    parts: list[str] = []
    for item in value:
        written = render(item, inner)
        margin = " " * column
        if isinstance(item, dict | list) and item:
            lines = written.body.removeprefix(" " * (column + gap))
            parts.append(f"{margin}-{' ' * (gap - 1)}{lines}")
        else:
            parts.append(f"{margin}- {written.head}{manner.newline}{written.body}")
    return Rendered("", "".join(parts))


def _unsupported(what: str) -> EditError:
    return EditError(
        Code.UNSUPPORTED_VALUE,
        f"{what} cannot be written so that every reader takes it for the same",
        remedy="give text, a number, true, false, null, a date, a list or a mapping",
    )
