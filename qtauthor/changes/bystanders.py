"""What an article says beside the keys that a change was meant for: it reads as before."""

from __future__ import annotations

import re
from collections.abc import Collection

from qtauthor.text.yaml import pointer
from qtauthor.text.yaml.located_tree import Located
from qtauthor.text.yaml.nodes import Mapping, Shape

_TOP = re.compile(r"\n(?! )")


def disturbed(old: Located, new: Located, declared: Collection[str]) -> str | None:
    """What reads otherwise in ``new`` though none of the pointers ``declared`` lies in it.

    A key at the top, or what stands outside of the front matter; ``None`` if all is as before.
    """
    if "" in declared:
        return None
    if old.text[old.front.end :] != new.text[new.front.end :]:
        return "the body"
    meant = {pointer.parse(at)[0] for at in declared}
    if old.outline is not None and new.outline is not None:
        names = {block.partition(":")[0] for block in _blocks(old) ^ _blocks(new)}
        if names <= meant:
            return None
    before, after = _shapes(old), _shapes(new)
    names = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    return next((f"/{name}" for name in sorted(names - meant)), None)


def _blocks(source: Located) -> set[str]:
    """The lines of each key of a regular text, in which no comment stands."""
    return set(_TOP.split(source.text[source.front.start : source.front.end].rstrip("\n")))


def _shapes(source: Located) -> dict[str, list[list[Shape]]]:
    """What each key at the top says, by its name, which may stand there twice."""
    found: dict[str, list[list[Shape]]] = {}
    root = source.tree.root
    if isinstance(root, Mapping):
        for entry, token in zip(root.entries, source.lookup.tokens(root), strict=True):
            shape = source.tree.shape[entry.value.first : entry.value.last]
            found.setdefault(token or "", []).append(shape)
    return found
