"""Libraries for Python, used as their documentation has it."""

from __future__ import annotations

import datetime
import importlib
import io
import json
import re
from contextlib import suppress
from typing import Any

from benchmarks.peers.requests import Peer, Request, UnableError
from qtauthor.text.document import Document
from qtauthor.text.yaml import pointer


def qtauthor(text: str, requests: list[Request]) -> str:
    document = Document.parse(f"---\n{text}---\n".encode())
    for verb, at, value, side, _ in requests:
        place = pointer.join(at)
        if verb == "set":
            document = document.set(place, value)
        elif verb == "insert":
            above = side[1] if side and side[0] == "after" else None
            below = side[1] if side and side[0] == "before" else None
            document = document.insert(place, value, before=below, after=above)
        elif verb == "append":
            document = document.insert(f"{place}/-", value)
        elif verb == "remove":
            document = document.remove(place)
        else:
            document = document.rename(place, value)
    return document.text[4:-4]


def ruamel() -> Peer:
    """Quotes and long lines are kept, and lists are indented as the file's first one."""
    library = importlib.import_module("ruamel.yaml")
    util = importlib.import_module("ruamel.yaml.util")
    strings = importlib.import_module("ruamel.yaml.scalarstring").ScalarString

    def edit(text: str, requests: list[Request]) -> str:
        yaml = library.YAML()
        yaml.preserve_quotes, yaml.width = True, 10**9
        with suppress(IndexError):  # it fails where nothing stands behind a dash
            _, indent, offset = util.load_yaml_guess_indent(text)
            yaml.indent(mapping=indent or 2, sequence=indent or 2, offset=offset or 0)
        data = yaml.load(text)
        data = {} if data is None else data
        for request in requests:
            _in_place(data, request, strings)
        out = io.StringIO()
        yaml.dump(data, out)
        return out.getvalue()

    return edit


def frontmatter() -> Peer:
    """What most scripts do: load, change the dict, dump."""
    library = importlib.import_module("frontmatter")

    def edit(text: str, requests: list[Request]) -> str:
        post = library.loads(f"---\n{text}---\n")
        for request in requests:
            _in_place(post.metadata, request)
        result: str = library.dumps(post, sort_keys=False, width=10**9, allow_unicode=True)
        return result.removeprefix("---\n").rsplit("---\n", 1)[0].removesuffix("---")

    return edit


def _in_place(data: Any, request: Request, strings: type | None = None) -> None:
    """A request on data of dicts and lists; ``strings`` are texts that know their style."""
    verb, _, value, side, path = request
    last = path[-1]
    for key in path if verb == "append" else path[:-1]:
        data = data[key]
    if verb == "append":
        data.append(value)
    elif verb == "remove":
        del data[last]
    elif verb == "rename":
        _insert(data, value, data[last], list(data).index(last), last)
    elif verb == "insert" and isinstance(data, list):
        data.insert(last, value)
    elif verb == "insert" and side is not None:
        number = list(data).index(side[1]) + (side[0] == "after")
        _insert(data, last, value, number)
    else:
        old = data.get(last) if isinstance(data, dict) else data[last]
        styled = strings is not None and isinstance(old, strings) and isinstance(value, str)
        like: Any = type(old) if styled else None
        data[last] = like(value) if like else value


def _insert(data: Any, key: Any, value: Any, number: int, old: Any = None) -> None:
    """A key at a place of a dict; ``old`` is the one that it takes the place of."""
    if not hasattr(data, "insert"):
        pairs = [(k, v) for k, v in data.items() if old is None or k != old]
        pairs.insert(number, (key, value))
        data.clear()
        data.update(pairs)
        return
    comment = data.ca.items.pop(old, None) if old is not None else None
    if old is not None:
        del data[old]
    data.insert(number, key, value)
    if comment is not None:
        data.ca.items[key] = comment


def yaml_edit() -> Peer:
    library = importlib.import_module("yaml_edit")

    def edit(text: str, requests: list[Request]) -> str:
        file = library.YamlFile.parse(text)
        for request in requests:
            dated = isinstance(request.value, datetime.date)
            value = library.ScalarValue(str(request.value)) if dated else request.value
            _edit_node(file.ensure_document(), request._replace(value=value))
        return str(file)

    return edit


_DOTTED = re.compile(r"[A-Za-z_]\w*")


def _edit_node(parent: Any, request: Request) -> None:
    """By a dotted path where that can name the place, for it minds aliases."""
    verb, at, value, side, path = request
    last = path[-1]
    if verb in ("set", "remove") and all(_DOTTED.fullmatch(token) for token in at):
        dotted = ".".join(at)
        if verb == "remove":
            parent.remove_path(dotted)
        else:
            parent.set_path(dotted, value)
        return
    for key in path if verb == "append" else path[:-1]:
        parent = _collection(parent[key])
    if verb == "append":
        parent.append(value)
    elif verb == "remove":
        del parent[last]
    elif verb == "rename":
        parent.rename_key(last, value)
    elif verb == "insert" and isinstance(last, int):
        parent.insert(last, value)
    elif verb == "insert" and side is not None:
        (parent.insert_before if side[0] == "before" else parent.insert_after)(side[1], last, value)
    else:
        parent[last] = value


def _collection(node: Any) -> Any:
    node = node.as_tagged() if node.is_tagged() else node
    mapping = node.as_mapping()
    return node.as_sequence() if mapping is None else mapping


def yaqpy() -> Peer:
    """The language of mikefarah's yq, which no registry of ours has, in Python."""
    library = importlib.import_module("yaqpy")

    def edit(text: str, requests: list[Request]) -> str:
        for request in requests:
            text = library.evaluate(_expression(request), text)
        return text

    return edit


def _expression(request: Request) -> str:
    verb, _, value, side, path = request
    if side is not None or isinstance(value, datetime.date):
        raise UnableError("a place among keys, or a date")
    place, parent, last = request.place, request.parent, path[-1]
    new = json.dumps(value, ensure_ascii=False)
    if verb == "append":
        return f"{place} += [{new}]"
    if verb == "remove":
        return f"del({place})"
    if verb == "rename":
        return f"({place} | key) = {new}"
    if verb == "insert" and isinstance(last, int):
        return f"{parent} = {parent}[:{last}] + [{new}] + {parent}[{last}:]"
    return f"{place} = {new}"


PEERS = {
    "ruamel.yaml": ruamel,
    "yaml-edit": yaml_edit,
    "yaqpy": yaqpy,
    "python-frontmatter": frontmatter,
}
"""By the names of their packages."""
