"""A new value as YAML text in block style, in the manner of a model."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from qtauthor.text.render import flow_values, plain_scalars, scalars
from qtauthor.text.render.scalars import STYLES, BlockHeader, Style
from qtauthor.text.render.sibling_style import DEFAULT_STEP, Model
from qtauthor.text.yaml.nodes import Mapping, Scalar, Sequence
from qtauthor.text.yaml.values import Value

NodeKind: TypeAlias = type[Scalar] | type[Mapping] | type[Sequence]


class Rendered(NamedTuple):
    """A value as text: ``head`` stands behind the key, ``body`` are the whole lines below it."""

    head: str
    body: str = ""


class Steps:
    """How much deeper than its key a value's lines stand, by the kind of value.

    ``found`` tells it; what nobody asks for is not looked for.
    """

    def __init__(self, found: Callable[[NodeKind], int] = lambda _kind: DEFAULT_STEP) -> None:
        self._found = found

    @cached_property
    def scalar(self) -> int:
        """Blanks before a scalar, beyond its parent."""
        return self._found(Scalar)

    @cached_property
    def mapping(self) -> int:
        """Blanks before a mapping, beyond its parent."""
        return self._found(Mapping)

    @cached_property
    def sequence(self) -> int:
        """Blanks before a sequence, beyond its parent."""
        return self._found(Sequence)


class ValueLayout(NamedTuple):
    """How to write a value: after which model, how deep, and with which line breaks.

    ``steps`` count for what has no model. ``style`` is what the
    caller asked for; it is kept or refused. ``keeps`` allows a block with kept line breaks
    (``+``): it would take blank lines that follow, and gray-matter drops the last one of a front
    matter, so it is written only where one stands already and something follows. ``below`` is how
    far comments and blanks reach in the lines below, which a block further left would take.
    ``bracketed`` is a sibling in brackets, after which a collection without a model is written.
    """

    model: Model | None
    column: int
    newline: str = "\n"
    steps: Steps = Steps()
    style: Style | None = None
    keeps: bool = False
    below: int = 0
    bracketed: Model | None = None


def render(value: Value, manner: ValueLayout) -> Rendered:
    """``value`` as text. Raises ``EditError`` for what cannot be written.

    Codes: ``unsupported-value``, ``cannot-hold-value``.
    """
    if isinstance(value, str):
        return _string(value, manner)
    plain_scalars.refuse_style(value, manner.style)
    if isinstance(value, dict | list):
        return _collection(value, manner)
    model = manner.model
    like = model.node.text if model and isinstance(model.node, Scalar) else ""
    return Rendered(plain_scalars.typed(value, like))


def _collection(value: dict[Any, Value] | list[Value], manner: ValueLayout) -> Rendered:
    like = in_brackets(manner)
    if not value or like is not None:
        return Rendered(flow_values.collection(value, like))
    kind = Mapping if isinstance(value, dict) else Sequence
    model = manner.model if manner.model and isinstance(manner.model.node, kind) else None
    step = model.step if model else None
    if step is None:
        step = manner.steps.mapping if kind is Mapping else manner.steps.sequence
    return Rendered("", _lines(value, manner._replace(column=manner.column + step)))


def _lines(value: dict[Any, Value] | list[Value], manner: ValueLayout) -> str:
    """The members of a collection as lines that begin in ``manner.column``."""
    model = manner.model
    inner = manner._replace(style=None, bracketed=None)
    if isinstance(value, dict):
        return "".join(
            entry(name, member, inner._replace(model=_child(model, name)))
            for name, member in value.items()
        )
    like = model if model and isinstance(model.node, Sequence) else None
    inner = inner._replace(model=like.item(0) if like else None)
    gap = like.gap if like else DEFAULT_STEP
    return "".join(item(member, inner, gap) for member in value)


def in_brackets(manner: ValueLayout) -> Model | None:
    """The collection in brackets after which a new one is written: its model, else a sibling."""
    model = manner.model
    if model is None or not isinstance(model.node, Mapping | Sequence):
        return manner.bracketed
    return model if model.in_flow else None


def _string(text: str, manner: ValueLayout) -> Rendered:
    if not scalars.writable(text):
        raise plain_scalars.unsupported("the text has half of a surrogate pair")
    model = manner.model
    standing = manner.style or (model.style if model else None) or "plain"
    for style in STYLES[STYLES.index(standing) :]:
        written = _styled(text, style, manner)
        if written is not None:
            return written
        if manner.style:
            break
    raise plain_scalars.cannot_hold(standing, text)


def _styled(text: str, style: Style, manner: ValueLayout) -> Rendered | None:
    if style == "plain":
        head = scalars.plain(text)
    elif style == "single-quoted":
        head = scalars.single_quoted(text)
    elif style == "double-quoted":
        head = scalars.double_quoted(text)
    else:
        return _block(text, style, manner)
    return None if head is None else Rendered(head)


def _block(text: str, style: Style, manner: ValueLayout) -> Rendered | None:
    model = manner.model
    step = (model.step if model and model.header else None) or manner.steps.scalar
    header = model.header if model and model.style == style else None
    if header is None or (header.chomp == "+" and not manner.keeps):
        header = BlockHeader(
            ">" if style == "folded" else "|", "-", header.indent if header else ""
        )
    held = scalars.block(text, header)
    if held is None or manner.below > manner.column + step:
        return None
    margin = " " * (manner.column + step)
    body = "".join((margin + line if line else "") + manner.newline for line in held[1])
    return Rendered(str(held[0]), body)


def _child(model: Model | None, name: object) -> Model | None:
    return model.child(name) if model and isinstance(name, str) else None


def entry(name: object, value: Value, manner: ValueLayout) -> str:
    """One pair as the lines of a block mapping; ``manner.model`` is the model of the value."""
    written = render(value, manner)
    separator = " " if written.head else ""
    head = f"{' ' * manner.column}{plain_scalars.key(name)}:{separator}{written.head}"
    return f"{head}{manner.newline}{written.body}"


def item(value: Value, manner: ValueLayout, gap: int) -> str:
    """One item as the lines of a block list whose dashes stand in ``manner.column``."""
    written = compact(value, manner, gap)
    return f"{' ' * manner.column}-{' ' * (gap - 1)}{written.head}{manner.newline}{written.body}"


def compact(value: Value, manner: ValueLayout, gap: int) -> Rendered:
    """A value to stand behind a dash: a collection begins on the dash's own line."""
    if not isinstance(value, dict | list) or not value or in_brackets(manner):
        return render(value, manner)
    model = manner.model if manner.model and manner.model.step == gap else None
    column = manner.column + gap
    body = _lines(value, manner._replace(column=column, model=model))
    head, mark, rest = body[column:].partition(manner.newline)
    return Rendered(head, rest if mark else "")
