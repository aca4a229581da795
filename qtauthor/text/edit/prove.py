"""The proof of an edit: read again, the text has what was asked, and nothing else differs."""

from __future__ import annotations

import msgspec

from qtauthor.errors import Code, EditError, QtauthorError
from qtauthor.text.edit.plans import Plan
from qtauthor.text.js_yaml import limits
from qtauthor.text.yaml import pointer
from qtauthor.text.yaml.located_tree import Located
from qtauthor.text.yaml.nodes import Alias, Node, Scalar
from qtauthor.text.yaml.values import ValueReader, same

_CORE = "tag:yaml.org,2002:"
_LOOSE = "the site would read another number of line breaks at the end"


def prove(old: Located, new: Located, plan: Plan) -> None:
    """Raise ``EditError`` with ``unproven-edit`` unless ``new`` is ``old`` after ``plan``.

    Shapes hold kind, text, style, tag and anchor of every node, so where the shapes are equal all
    readers read the same; and what stands outside the front matter must be the same characters.
    """
    _prove_readable(old, new, plan)
    if plan.order is not None:
        _prove_order(old, new, plan.order, plan)
        return
    stop = plan.stop + len(new.tree.shape) - len(old.tree.shape)
    around = (
        stop >= plan.start
        and old.tree.shape[: plan.start] == new.tree.shape[: plan.start]
        and old.tree.shape[plan.stop :] == new.tree.shape[stop:]
    )
    if not around:
        raise unproven(old, plan, "something else would read differently")
    if not any(len(one) > 1 for one in old.tree.shape[plan.stop :]):
        _prove_end(old, new, plan)
    if old.text[old.front.end :] != new.text[new.front.end :]:
        raise unproven(old, plan, "the front matter would end elsewhere")
    if not (stop == plan.start if plan.gone else _is_held(new, plan, stop)):
        raise unproven(old, plan, "the result does not read as it should")


def prove_all(old: Located, new: Located, plans: tuple[Plan, ...]) -> None:
    """As ``prove``, for plans in the order of the text that each replace or take out their run.

    A run that stays is of one scalar before and after.

    Raises ``EditError`` with ``unproven-edit``.
    """
    before, after = old.tree.shape, new.tree.shape
    done = reached = 0
    for plan in plans:
        run = reached + plan.start - done
        if before[done : plan.start] != after[reached:run]:
            raise unproven(old, plan, "something else would read differently")
        done, reached = plan.stop, run + (not plan.gone)
        if not plan.gone and not _is_held(new, plan._replace(start=run, stop=reached), reached):
            raise unproven(old, plan, "the result does not read as it should")
    alike = before[done:] == after[reached:]
    if not alike or limits.loose_end(new) or limits.suspected(new):
        raise unproven(old, plans[-1], "something else would read differently")
    if old.text[old.front.end :] != new.text[new.front.end :]:
        raise unproven(old, plans[-1], "the front matter would end elsewhere")


def _is_held(new: Located, plan: Plan, stop: int) -> bool:
    try:
        return _holds(new, plan, stop)
    except QtauthorError:
        return False


def _prove_order(old: Located, new: Located, order: list[int], plan: Plan) -> None:
    """The tree is the old one in another order, aliases and the last line break included."""
    if new.tree.shape != [old.tree.shape[place] for place in order]:
        raise unproven(old, plan, "it would read differently")
    if limits.loose_end(new) is not None:
        raise unproven(old, plan, _LOOSE)
    targets = {at: target.first for at, target in old.tree.targets.items()}
    if {order[at]: order[target.first] for at, target in new.tree.targets.items()} != targets:
        raise unproven(old, plan, "an alias would stand for something else")
    if old.text[old.front.end :] != new.text[new.front.end :]:
        raise unproven(old, plan, "the front matter would end elsewhere")


def _prove_end(old: Located, new: Located, plan: Plan) -> None:
    """gray-matter drops the line break before the fence, which a block with ``+`` may own."""
    before, after = limits.loose_end(old), limits.loose_end(new)
    if after is not None or (before is not None and before.first < plan.start):
        raise unproven(old, plan, _LOOSE)


def _prove_readable(old: Located, new: Located, plan: Plan) -> None:
    """The site reads what it could read."""
    limit = limits.new(old, new)
    if limit is not None:
        raise unproven(old, plan, limit.reason, limit.remedy)


def _holds(new: Located, plan: Plan, stop: int) -> bool:
    """Whether the asked value is exactly what the replaced run now says."""
    if not plan.tokens:
        root = new.tree.root
        return root is not None and root.last == stop and same(new.reader.value(root), plan.value)
    found = new.lookup.found(new.lookup.collection(plan.tokens[:-1]), plan.tokens[-1])
    if found is None:
        return False
    key, value = found.key, found.node
    if plan.renamed is not None:
        whole = key is not None and (key.first, key.last) == (plan.start, stop)
        return whole and isinstance(key, Scalar) and key.text == plan.value
    inserted = plan.start == plan.stop
    first = found.first if inserted else value.first
    return (first, value.last) == (plan.start, stop) and same(_value(new.reader, value), plan.value)


def _value(reader: ValueReader, node: Node) -> object:
    """The value of a node; a custom tag is kept beside it and does not count."""
    if not isinstance(node, Alias) and node.tag and not node.tag.startswith(_CORE):
        node = msgspec.structs.replace(node, tag=None)
    return reader.value(node)


def unproven(old: Located, plan: Plan, detail: str, remedy: str = "") -> EditError:
    """The refusal of an edit that would not do what it should, and only that."""
    return old.lookup.refusal(
        Code.UNPROVEN_EDIT,
        f"the edit of {pointer.join(plan.tokens) or 'the document'} is refused: {detail}",
        min(splice.start for splice in plan.splices),
        f"nothing was changed; {remedy or 'write this value by hand, and please report the file'}",
    )
