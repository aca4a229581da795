"""A new value as YAML text on one line, as it stands between brackets."""

from __future__ import annotations

from typing import Any

from qtauthor.text.render import plain_scalars, scalars
from qtauthor.text.render.scalars import Style
from qtauthor.text.render.sibling_style import Model
from qtauthor.text.yaml.extents import content_start
from qtauthor.text.yaml.nodes import Mapping, Scalar, Sequence
from qtauthor.text.yaml.values import Value

_FLOW_STYLES: tuple[Style, ...] = ("plain", "single-quoted", "double-quoted")


def value(given: Value, model: Model | None, style: Style | None = None) -> str:
    """``given`` on one line, in the manner of ``model``.

    Raises ``EditError``: ``unsupported-value``, and ``cannot-hold-value`` if ``style`` is asked for
    and cannot hold it.
    """
    if isinstance(given, str):
        return text(given, model.style if model else None, style)
    plain_scalars.refuse_style(given, style)
    if isinstance(given, dict | list):
        return collection(given, model)
    like = model.node.text if model and isinstance(model.node, Scalar) else ""
    return plain_scalars.typed(given, like)


def text(given: str, standing: Style | None, style: Style | None = None) -> str:
    """A string in the quotes that are asked for, else in those that stand there if they hold it.

    Raises ``EditError`` for what no quotes hold.
    """
    if not scalars.writable(given):
        raise plain_scalars.unsupported("the text has half of a surrogate pair")
    first: Style = style or (standing if standing in _FLOW_STYLES else "plain")
    for way in [style] if style else _FLOW_STYLES[_FLOW_STYLES.index(first) :]:
        written = _styled(given, way)
        if written is not None:
            return written
    raise plain_scalars.cannot_hold(first, given)


def _styled(given: str, style: Style) -> str | None:
    if style == "plain":
        return scalars.plain(given, flow=True)
    if style == "single-quoted":
        return scalars.single_quoted(given)
    return scalars.double_quoted(given) if style == "double-quoted" else None


def entry(name: object, given: Value, model: Model | None, style: Style | None = None) -> str:
    """A pair of a mapping in braces."""
    return f"{plain_scalars.key(name, flow=True)}: {value(given, model, style)}"


def collection(given: dict[Any, Value] | list[Value], model: Model | None) -> str:
    """A list in brackets or a mapping in braces."""
    blank = " " if given and _is_spaced(model) else ""
    if isinstance(given, dict):
        like = model if model and isinstance(model.node, Mapping) else None
        pairs = (
            entry(name, item, like.child(name) if like and isinstance(name, str) else None)
            for name, item in given.items()
        )
        return "{" + blank + ", ".join(pairs) + blank + "}"
    items = model.item(0) if model and isinstance(model.node, Sequence) else None
    return "[" + blank + ", ".join(value(item, items) for item in given) + blank + "]"


def _is_spaced(model: Model | None) -> bool:
    """Whether the model has a blank behind its bracket."""
    if model is None or not model.in_flow:
        return False
    return model.text.startswith(" ", content_start(model.text, model.node) + 1)
