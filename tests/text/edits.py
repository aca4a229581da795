"""Edits of a generated document, and what they make of plain data."""

from __future__ import annotations

import copy
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from qtauthor.text.document import Document
from qtauthor.text.render.scalars import STYLES
from qtauthor.text.yaml.pointer import join
from tests.text.hostile import texts, values
from tests.text.strategies import LAID, Sample
from tests.text.writer import Tokens


class Request(NamedTuple):
    """One edit; ``value`` is a value, a name or a style as the operation needs it."""

    verb: str
    tokens: Tokens
    value: Any = None
    beside: tuple[str, str] | None = None

    @property
    def at(self) -> str:
        return join(self.tokens)

    @property
    def moves(self) -> bool:
        """Whether keys come or go, so that another line ends the front matter."""
        return self.verb in ("add", "insert", "remove")


_VERBS = ("set", "set", "set", "update", "add", "insert", "remove", "rename", "restyle")
_LIST_VERBS = ("set", "update", "append", "insert item", "remove", "move", "patch")


@st.composite
def requests(draw: DrawFn, sample: Sample) -> Request:
    """An edit that the engine has to make in ``sample``."""
    in_a_list = draw(st.booleans())
    if in_a_list and sample.lists:
        return draw(list_requests(sample))
    verb = draw(st.sampled_from(_VERBS))
    if verb in ("add", "insert"):
        parent = draw(st.sampled_from(sample.mappings))
        name = draw(free_names(sample, parent))
        siblings = [place[-1] for place in sample.places if place[:-1] == parent]
        side = (draw(st.sampled_from(["before", "after"])), draw(st.sampled_from(siblings)))
        return Request(verb, (*parent, name), draw(values()), side if verb == "insert" else None)
    if verb == "update":
        tokens = draw(st.sampled_from(sample.mappings))
        return Request(verb, tokens, draw(updates(read(sample.data, tokens))))
    named = [tokens for tokens in sorted(sample.places) if tokens[:-1] not in sample.lists]
    tokens = draw(st.sampled_from(named))
    if verb == "rename":
        return Request(verb, tokens, draw(free_names(sample, tokens[:-1])))
    if verb == "restyle":
        return Request(verb, tokens, draw(st.sampled_from(STYLES)))
    return Request(verb, tokens, draw(values()) if verb == "set" else None)


@st.composite
def list_requests(draw: DrawFn, sample: Sample) -> Request:
    """An edit of a list or of one of its items."""
    tokens = draw(st.sampled_from(sorted(sample.lists)))
    count = sample.lists[tokens]
    verb = draw(st.sampled_from(_LIST_VERBS))
    index = draw(st.integers(0, count - 1))
    item = (*tokens, str(index))
    if verb == "update":
        items = [
            draw(values(1)) if not draw(st.integers(0, 2)) else x for x in read(sample.data, tokens)
        ]
        return Request("set", tokens, draw(st.permutations(items)))
    if verb == "append":
        return Request("insert item", (*tokens, str(count)), draw(values()))
    if verb == "move":
        return Request(verb, item, (*tokens, str(draw(st.integers(0, count - 1)))))
    return Request(verb, item, None if verb == "remove" else draw(values()))


@st.composite
def updates(draw: DrawFn, present: dict[Any, Any]) -> dict[Any, Any]:
    """A mapping with some of the keys that are present, some of them changed, and new ones."""
    kept = {key: value for key, value in present.items() if draw(st.integers(0, 3))}
    changed = {
        key: draw(values(1)) for key in kept if key not in LAID and not draw(st.integers(0, 2))
    }
    fresh = draw(st.dictionaries(st.sampled_from(["new", "neu é", "no"]), values(1), max_size=2))
    laid = {key: present[key] for key in LAID if key in present}
    return {**laid, **kept, **changed, **fresh}


def name_of(key: Any) -> str:
    """A key as a pointer and as JavaScript names it."""
    if key is None or isinstance(key, bool):
        return {None: "null", True: "true", False: "false"}[key]
    return str(int(key)) if isinstance(key, float) and key.is_integer() else str(key)


def read(data: Any, tokens: Tokens) -> Any:
    """What stands at ``tokens`` in plain data."""
    for token in tokens:
        if isinstance(data, list):
            data = data[int(token)]
        else:
            data = next(value for key, value in data.items() if name_of(key) == token)
    return data


def free_names(sample: Sample, parent: Tokens) -> SearchStrategy[str]:
    """Names that no key of a mapping has."""
    taken = {place[-1] for place in sample.places if place[:-1] == parent}
    taken |= LAID
    names = st.one_of(st.sampled_from(["new", "neu é", "related_article3", "8", "no"]), texts())
    return names.filter(lambda name: name not in taken)


def ask(document: Document, request: Request) -> Document:
    """The document after the request."""
    verb, at, value = request.verb, request.at, request.value
    if verb in ("set", "add", "update"):
        return document.set(at, value)
    if verb == "insert item":
        return document.insert(at, value)
    if verb == "move":
        return document.move(at, join(value))
    if verb == "patch":
        return document.patch(
            [
                {"op": "test", "path": at, "value": document.get(at)},
                {"op": "add", "path": at, "value": value},
            ]
        )
    if request.beside is not None:
        side, name = request.beside
        if side == "before":
            return document.insert(at, value, before=name)
        return document.insert(at, value, after=name)
    if verb == "remove":
        return document.remove(at)
    return document.rename(at, value) if verb == "rename" else document.restyle(at, value)


def expected(data: dict[Any, Any], request: Request) -> dict[Any, Any]:
    """The data after the request, on plain values."""
    data = copy.deepcopy(data)
    if not request.tokens:
        return dict(request.value)
    parent = read(data, request.tokens[:-1])
    last = request.tokens[-1]
    if isinstance(parent, list):
        _change_list(parent, int(last), request)
        return data
    key = next((key for key in parent if name_of(key) == last), last)
    if request.verb == "remove":
        del parent[key]
    elif request.verb == "rename":
        parent[request.value] = parent.pop(key)
    elif request.verb != "restyle":
        parent[key] = request.value
    return data


def _change_list(items: list[Any], index: int, request: Request) -> None:
    match request.verb:
        case "remove":
            del items[index]
        case "move":
            items.insert(int(request.value[-1]), items.pop(index))
        case "insert item" | "patch":
            items.insert(index, request.value)
        case _:
            items[index : index + 1] = [request.value]  # the place behind the last is an item, too


def has_text_keys(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and has_text_keys(value[key]) for key in value)
    return not isinstance(value, list) or all(map(has_text_keys, value))
