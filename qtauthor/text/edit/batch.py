"""Several edits of one text, planned side by side, so that it is read again only once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from qtauthor.text.edit.move import Mover
from qtauthor.text.edit.plans import Plan
from qtauthor.text.render.scalars import Style
from qtauthor.text.yaml import pointer as pointers
from qtauthor.text.yaml.extents import count
from qtauthor.text.yaml.nodes import Scalar
from qtauthor.text.yaml.values import Value


def plans(
    planner: Mover,
    values: Mapping[str, Value],
    gone: Iterable[str] = (),
    styles: Mapping[str, Style] = {},
    names: Mapping[str, str] = {},
) -> tuple[Plan, ...] | None:
    """One plan for each, in the order of the text; ``None`` if they cannot be made side by side.

    Side by side a scalar gives way to another, or gets another style, a key gets another name, and
    a member is taken out that has siblings which stay. Raises ``EditError``, ``ReadError``.
    """
    made: list[Plan] = []
    for at, value in values.items():
        tokens = pointers.parse(at)
        found = planner.lookup.find(tokens) if tokens else None
        if not isinstance(found, Scalar) or isinstance(value, dict | list):
            return None
        made.append(planner.replace(tokens, value))
    restyled = (planner.restyle(pointers.parse(at), style) for at, style in styles.items())
    made += [plan for plan in restyled if plan is not None]
    made += [planner.rename(pointers.parse(at), name) for at, name in names.items()]
    leaving: Counter[int] = Counter()
    for at in gone:
        tokens = pointers.parse(at)
        collection = planner.existing(tokens).collection
        leaving[collection.first] += 1
        if leaving[collection.first] == count(collection):
            return None
        made.append(planner.remove(tokens))
    made.sort(key=lambda plan: plan.start)
    return tuple(made) if _are_apart(made) else None


def _are_apart(made: list[Plan]) -> bool:
    """Whether neither their runs nor their splices reach into each other."""
    splices = sorted((s.start, s.end) for plan in made for s in plan.splices)
    runs = [(plan.start, plan.stop) for plan in made]
    return all(one[1] <= two[0] for each in (splices, runs) for one, two in pairwise(each))
