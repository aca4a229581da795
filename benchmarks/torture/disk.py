"""A simulated disk: what is left of a tree of files when the power is cut.

It follows the calls that write. A name is durable when its folder was synced, content when the file
was. Of all else anything may be there or not: a choice says what.
"""

from __future__ import annotations

import os
import random
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, cast

from qtauthor.sinks import syscalls


class File:
    """A file's bytes: those now, and those at the last sync."""

    def __init__(self, data: bytes, mode: int) -> None:
        self.data = self.safe = data
        self.mode = mode


class Folder:
    """A folder; its names are kept apart, for they are synced as one."""

    def __init__(self, mode: int) -> None:
        self.mode = mode
        self.safe: dict[str, Node] = {}


Node: TypeAlias = File | Folder


class Naming(NamedTuple):
    """Names in one folder that change at once; ``None`` is a name that goes."""

    folder: Folder
    names: dict[str, Node | None]


class Disk:
    """Everything below ``base``; what is there at first is durable."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self._nodes: dict[str, Node] = {}
        self.waiting: list[Naming] = []
        self.top = self._read(base)

    def _read(self, path: Path) -> Folder:
        folder = Folder(path.stat().st_mode)
        self._nodes[str(path)] = folder
        for entry in sorted(path.iterdir()):
            node: Node
            if entry.is_dir():
                node = self._read(entry)
            else:
                node = File(entry.read_bytes(), entry.stat().st_mode)
                self._nodes[str(entry)] = node
            folder.safe[entry.name] = node
        return folder

    def follow(self, call: str, arguments: tuple[Any, ...], path: str) -> None:
        """Take note of a call that was made; ``path`` is that of its handle."""
        if call in ("create", "mkdir"):
            mode = os.stat(arguments[0]).st_mode  # noqa: PTH116
            self._name(arguments[0], File(b"", mode) if call == "create" else Folder(mode))
        elif call in ("write", "append"):
            self._file(path).data += bytes(arguments[1])
        elif call == "chmod":
            self._nodes[path].mode = os.stat(path).st_mode  # noqa: PTH116
        elif call in ("fsync", "sync"):
            self._sync(path)
        elif call == "link":
            self._name(arguments[1], self._nodes[arguments[0]])
        elif call in ("unlink", "rmdir"):
            self._name(arguments[0], None)
        elif call == "rename":
            self._rename(*arguments)

    def _file(self, path: str) -> File:
        return cast("File", self._nodes[path])

    def _folder(self, path: str) -> Folder:
        return cast("Folder", self._nodes[path])

    def _name(self, path: str, node: Node | None) -> None:
        folder, name = os.path.split(path)
        self.waiting.append(Naming(self._folder(folder), {name: node}))
        if node is None:
            del self._nodes[path]
        else:
            self._nodes[path] = node

    def _rename(self, old: str, new: str) -> None:
        node = self._nodes.pop(old)
        self._nodes[new] = node
        (left, old_name), (into, new_name) = os.path.split(old), os.path.split(new)
        if left == into:
            names: dict[str, Node | None] = {old_name: None, new_name: node}
            self.waiting.append(Naming(self._folder(left), names))
        else:
            self.waiting.append(Naming(self._folder(into), {new_name: node}))
            self.waiting.append(Naming(self._folder(left), {old_name: None}))

    def _sync(self, path: str) -> None:
        """Sync what is at ``path``, or all there is."""
        node = self._nodes.get(path)
        for one in [node] if path else self._nodes.values():
            if isinstance(one, File):
                one.safe = one.data
        if not isinstance(node, File):
            self._settle(lambda naming: not path or naming.folder is node)

    def _settle(self, which: Callable[[Naming], bool]) -> None:
        for naming in filter(which, self.waiting):
            _apply(naming.folder.safe, naming.names)
        self.waiting = [naming for naming in self.waiting if not which(naming)]

    def cut(self, choice: Choice) -> Tree:
        """What is found when the power is back."""
        kept = choice.kept(len(self.waiting))
        names: dict[int, dict[str, Node]] = {}
        for naming, there in zip(self.waiting, kept, strict=True):
            if there:
                found = names.setdefault(id(naming.folder), dict(naming.folder.safe))
                _apply(found, naming.names)
        return _tree(self.top, names, choice, {})


Tree: TypeAlias = dict[str, Any]
"""Of a folder: the names in it, each with a tree, or with its bytes, mode and identity."""


def _apply(names: dict[str, Node], change: dict[str, Node | None]) -> None:
    for name, node in change.items():
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node


def _tree(
    folder: Folder, names: dict[int, dict[str, Node]], choice: Choice, seen: dict[int, bytes]
) -> Tree:
    found: Tree = {}
    for name, node in names.get(id(folder), folder.safe).items():
        if isinstance(node, Folder):
            found[name] = _tree(node, names, choice, seen)
        else:
            data = seen.setdefault(id(node), b"")
            if not data:
                data = seen[id(node)] = choice.content(node.safe, node.data)
            found[name] = (data, node.mode, id(node))
    return found


class Choice:
    """What a cut leaves of what was not synced; it follows from its number."""

    WAYS = ("none", "all", "first", "some", "each", "names", "contents")

    def __init__(self, number: int) -> None:
        self.way = self.WAYS[number % len(self.WAYS)]
        self._random = random.Random(number)  # noqa: S311

    def kept(self, count: int) -> list[bool]:
        """Which of so many changes of names are there."""
        if self.way in ("all", "names"):
            return [True] * count
        if self.way in ("none", "contents"):
            return [False] * count
        if self.way == "first":  # a journal of the file system keeps the order
            many = self._random.randint(0, count)
            return [number < many for number in range(count)]
        odds = self._random.random() if self.way == "some" else 0.5
        return [self._random.random() < odds for _ in range(count)]

    def content(self, safe: bytes, data: bytes) -> bytes:
        """What is in a file that may have been written since it was synced."""
        if self.way in ("none", "names"):
            return safe
        if self.way in ("all", "contents"):
            return data
        if data == safe:
            return data
        cut = self._random.randint(len(safe), len(data))
        rest = self._random.choice([b"", b"\0" * (len(data) - cut), data[cut:]])
        return data[:cut] + rest


def build(base: Path, tree: Tree) -> None:
    """Make the files of a tree in the place of those below ``base``."""
    shutil.rmtree(base, ignore_errors=True)
    _build(base, tree, {})


def _build(folder: Path, tree: Tree, made: dict[int, Path]) -> None:
    folder.mkdir()
    for name, found in tree.items():
        path = folder / name
        if isinstance(found, dict):
            _build(path, found, made)
            continue
        data, mode, identity = found
        if identity in made:
            os.link(made[identity], path)
            continue
        path.write_bytes(data)
        path.chmod(stat.S_IMODE(mode))
        made[identity] = path


@contextmanager
def followed(disk: Disk, then: Callable[[], None]) -> Iterator[None]:
    """Every writing call of the sinks is followed by the disk; ``then`` is called after each."""
    originals = {name: getattr(syscalls, name) for name in syscalls.CALLS}
    for name, function in originals.items():
        setattr(syscalls, name, _following(disk, name, function, then))
    try:
        yield
    finally:
        for name, function in originals.items():
            setattr(syscalls, name, function)


def _following(
    disk: Disk, name: str, function: Callable[..., Any], then: Callable[[], None]
) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:
        handle = arguments[0] if arguments and isinstance(arguments[0], int) else None
        path = os.readlink(f"/proc/self/fd/{handle}") if handle is not None else ""  # noqa: PTH115
        result = function(*arguments)
        disk.follow(name, arguments, path)
        then()
        return result

    return call
