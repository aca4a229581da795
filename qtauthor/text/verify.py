"""The proof of an edit: read again, the text has what was asked, and nothing else differs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from qtauthor.errors import Code, EditError, QtauthorError
from qtauthor.text import lines, locate, pointer
from qtauthor.text.compose import skip_gap
from qtauthor.text.located import Located
from qtauthor.text.nodes import Alias, Mapping, Node, Scalar, Sequence
from qtauthor.text.plans import Plan
from qtauthor.text.values import Reader, same

_CORE = "tag:yaml.org,2002:"
_LOOSE = "the site would read another number of line breaks at the end"
_LONE_DASH = re.compile(r"-(?<=[ \r\n]-)[ \t]*(?:#[^\r\n]*)?[\r\n]")


def prove(old: Located, new: Located, plan: Plan) -> None:
    """Raise ``EditError`` with ``unproven-edit`` unless ``new`` is ``old`` after ``plan``.

    Shapes hold kind, text, style, tag and anchor of every node, so where the shapes are equal all
    readers read the same; and what stands outside the front matter must be the same characters.
    """
    _prove_dashes(old, new, plan)
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
    if (
        not alike
        or _loose_end(new) is not None
        or _LONE_DASH.search(new.text, new.front.start, new.front.end)
    ):
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
    if _loose_end(new) is not None:
        raise unproven(old, plan, _LOOSE)
    targets = {at: target.first for at, target in old.tree.targets.items()}
    if {order[at]: order[target.first] for at, target in new.tree.targets.items()} != targets:
        raise unproven(old, plan, "an alias would stand for something else")
    if old.text[old.front.end :] != new.text[new.front.end :]:
        raise unproven(old, plan, "the front matter would end elsewhere")


def _prove_end(old: Located, new: Located, plan: Plan) -> None:
    """gray-matter drops the line break before the fence, which a block with ``+`` may own."""
    before, after = _loose_end(old), _loose_end(new)
    if after is not None or (before is not None and before.first < plan.start):
        raise unproven(old, plan, _LOOSE)


def _loose_end(source: Located) -> Node | None:
    """The block at the end of the front matter of which the site reads one line break less."""
    root = source.tree.root
    leaf = None if root is None else locate.last_leaf(root)
    if not isinstance(leaf, Scalar) or not locate.is_block_scalar(leaf):
        return None
    loose = leaf.text == "\n" or leaf.text.endswith("\n\n")
    return leaf if loose and leaf.end == source.front.end else None


def _prove_dashes(old: Located, new: Located, plan: Plan) -> None:
    """js-yaml 3 puts dashes further left into a list that ends with nothing but a dash."""
    if not _LONE_DASH.search(new.text, new.front.start, new.front.end):
        return
    if sum(1 for _ in _greedy(new, new.tree.root)) > sum(1 for _ in _greedy(old, old.tree.root)):
        raise unproven(old, plan, "the site would take what follows an empty item into its list")


def _greedy(source: Located, node: Node | None) -> Iterator[Sequence]:
    """The lists that take in what follows them, as the site reads it."""
    if not isinstance(node, Sequence | Mapping) or node.flow:
        return
    for child in locate.children(node):
        yield from _greedy(source, child)
    if isinstance(node, Sequence) and node.items[-1].start == node.items[-1].end:
        dash, text = node.items[-1].start - 1, source.text
        after = skip_gap(text, dash + 1)
        follows = after < source.front.end and text[after] == "-"
        if follows and lines.column(text, after) < lines.column(text, dash):
            yield node


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


def _value(reader: Reader, node: Node) -> object:
    """The value of a node; a custom tag is kept beside it and does not count."""
    if not isinstance(node, Alias) and node.tag and not node.tag.startswith(_CORE):
        node = msgspec.structs.replace(node, tag=None)
    return reader.value(node)


def unproven(old: Located, plan: Plan, detail: str) -> EditError:
    """The refusal of an edit that would not do what it should, and only that."""
    return old.lookup.refusal(
        Code.UNPROVEN_EDIT,
        f"the edit of {pointer.join(plan.tokens) or 'the document'} is refused: {detail}",
        min(splice.start for splice in plan.splices),
        "nothing was changed; write this value by hand, and please report the file",
    )
