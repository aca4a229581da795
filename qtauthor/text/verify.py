"""The proof of an edit: read again, the text has what was asked, and nothing else differs."""

from __future__ import annotations

import msgspec

from qtauthor.errors import Code, EditError, QtauthorError
from qtauthor.text import pointer
from qtauthor.text.located import Located
from qtauthor.text.nodes import Node, Scalar
from qtauthor.text.plans import Plan
from qtauthor.text.values import Reader, same

_CORE = "tag:yaml.org,2002:"


def prove(old: Located, new: Located, plan: Plan) -> None:
    """Raise ``EditError`` with ``unproven-edit`` unless ``new`` is ``old`` after ``plan``.

    Shapes hold kind, text, style, tag and anchor of every node, so where the shapes are equal all
    readers read the same; and what stands outside the front matter must be the same characters.
    """
    stop = plan.stop + len(new.tree.shape) - len(old.tree.shape)
    around = (
        stop >= plan.start
        and old.tree.shape[: plan.start] == new.tree.shape[: plan.start]
        and old.tree.shape[plan.stop :] == new.tree.shape[stop:]
    )
    if not around:
        raise unproven(plan, "something else would read differently")
    if old.text[old.front.end :] != new.text[new.front.end :]:
        raise unproven(plan, "the front matter would end elsewhere")
    try:
        held = stop == plan.start if plan.gone else _holds(new, plan, stop)
    except QtauthorError:
        held = False
    if not held:
        raise unproven(plan, "the result does not read as it should")


def _holds(new: Located, plan: Plan, stop: int) -> bool:
    """Whether the asked value is exactly what the replaced run now says."""
    if not plan.tokens:
        root = new.tree.root
        return root is not None and root.last == stop and same(new.reader.value(root), plan.value)
    found = new.lookup.found(new.lookup.mapping(plan.tokens[:-1]), plan.tokens[-1])
    if found is None:
        return False
    key, value = found.entry.key, found.entry.value
    if (key.first, key.last) == (plan.start, stop):
        return isinstance(key, Scalar) and key.text == plan.value
    inserted = plan.start == plan.stop
    first = key.first if inserted else value.first
    return (first, value.last) == (plan.start, stop) and same(_value(new.reader, value), plan.value)


def _value(reader: Reader, node: Node) -> object:
    """The value of a node; a custom tag is kept beside it and does not count."""
    if isinstance(node, Scalar) and node.tag and not node.tag.startswith(_CORE):
        node = msgspec.structs.replace(node, tag=None)
    return reader.value(node)


def unproven(plan: Plan, detail: str) -> EditError:
    return EditError(
        Code.UNPROVEN_EDIT,
        f"the edit of {pointer.join(plan.tokens) or 'the document'} is refused: {detail}",
        remedy="nothing was changed; write this value by hand, and please report the file",
    )
