"""Judges a site by its files alone: which links are dead, which disagree with what they name.

It shares no code with the program: PyYAML, dictionaries, `urllib` and regular expressions. So what
an operation gets wrong is not got wrong here in the same way.
"""

from __future__ import annotations

import difflib
import posixpath
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import yaml

_FRONT = re.compile(rb"---\n(.*?\n)---[ \t]*(?:\n|$)", re.DOTALL)
_PLACE = re.compile(r"content/learn/([^/]+)/([^/]+)\.md")
_BLOCK = re.compile(r"^related_article[1-5]:[^\n]*\n(?:[ ]+[^\n]*\n)*", re.MULTILINE)
MEMBERS = ("id", "title", "subject")


class Judged(NamedTuple):
    """What one file says; ``links`` have their number, in the order of the numbers."""

    data: dict[str, Any]
    links: dict[int, dict[str, Any]]


class Picture:
    """All articles of a site at one moment. Files that did not change are not read again."""

    def __init__(self, root: Path, earlier: Picture | None = None) -> None:
        self.files: dict[str, bytes] = {}
        self.judged: dict[str, Judged | None] = {}
        for path in sorted(_articles(root)):
            data = (root / path).read_bytes()
            self.files[path] = data
            if earlier is not None and earlier.files.get(path) == data:
                self.judged[path] = earlier.judged[path]
            else:
                self.judged[path] = _judge(data)
        self.places = {_address(path): path for path in self.files}

    def said(self, path: str) -> Judged:
        found = self.judged[path]
        assert found is not None
        return found

    def readable(self) -> list[str]:
        return [path for path, found in self.judged.items() if found is not None]


def _articles(root: Path) -> list[str]:
    top = root / "content" / "learn"
    found: list[str] = []
    for folder in top.iterdir():
        if folder.is_dir():
            found += [f"content/learn/{folder.name}/{p.name}" for p in folder.glob("*.md")]
    return found


def _judge(data: bytes) -> Judged | None:
    front = _FRONT.match(data)
    if front is None:
        return None
    try:
        fields = yaml.load(front[1], Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return None
    blocks = {n: fields.get(f"related_article{n}") for n in range(1, 6)}
    return Judged(fields, {n: block for n, block in blocks.items() if isinstance(block, dict)})


def _address(path: str) -> str:
    found = _PLACE.fullmatch(path)
    assert found is not None, path
    return f"/learn/{found[1]}/questions/{found[2]}"


def followed(url: str) -> str:
    """Where the site ends up that is asked for a url."""
    parts = urlsplit(url)
    if parts.scheme or parts.netloc or not url.startswith("/"):
        return url
    return posixpath.normpath(unquote(parts.path))


def worse(before: Picture, after: Picture, moved: Mapping[str, str], gone: str = "") -> list[str]:
    """What is worse than it was; ``moved`` has new paths by old ones, ``gone`` was deleted."""
    now = {path: moved.get(path, path) for path in before.files if path != gone}
    if sorted(now.values()) != sorted(after.files):
        return ["files were lost or came from nowhere"]
    found: list[str] = []
    was = {new: old for old, new in now.items()}
    for path in after.readable():
        old = was[path]
        if before.judged[old] is None:
            found.append(f"{path} can be read by magic")
            continue
        found += [f"{path}: {told}" for told in _compared(before, after, old, path, was)]
    broken = [path for path in after.files if after.judged[path] is None]
    return found + [f"{path} broke" for path in broken if before.judged[was[path]] is not None]


def _compared(
    before: Picture, after: Picture, old: str, new: str, was: Mapping[str, str]
) -> list[str]:
    """What is worse in one article's list, and in what it says of itself."""
    found: list[str] = []
    past, present = before.said(old).links, after.said(new).links
    faults = _faults(before, old, past, None)
    for fault, count in _faults(after, new, present, was).items():
        if count > faults[fault]:
            found.append(f"new fault: {fault}")
    if _gapless(past) and not _gapless(present):
        found.append(f"a gap in {list(present)}")
    now, then = after.said(new).data, before.said(old).data
    for name, right in _own(new).items():
        if now.get(name) != right and then.get(name) == _own(old)[name]:
            found.append(f"{name} is {now.get(name)}")
    return found


def _gapless(links: Mapping[int, Any]) -> bool:
    return list(links) == list(range(1, len(links) + 1))


def _own(path: str) -> dict[str, str]:
    """What an article says of its place."""
    return {"url": _address(path), "file_name": path.rpartition("/")[2]}


def _faults(
    picture: Picture,
    path: str,
    links: Mapping[int, dict[str, Any]],
    was: Mapping[str, str] | None,
) -> Counter[tuple[str, ...]]:
    """The faults of a list, each by what it is about; targets are called by their old paths."""
    found: Counter[tuple[str, ...]] = Counter()
    seen: Counter[str] = Counter()
    for block in links.values():
        url = str(block.get("url"))
        target = picture.places.get(followed(url))
        if target is None:
            found["dead", url] += 1
            continue
        name = was[target] if was else target
        seen[name] += 1
        if target == path:
            found["itself",] += 1
        if seen[name] > 1:
            found["twice", name] += 1
        target_says = picture.judged[target]
        if target_says is None:
            continue
        for member in MEMBERS:
            if block.get(member) != target_says.data.get(member):
                found[member, name] += 1
    return found


def changed(before: Picture, after: Picture, moved: Mapping[str, str]) -> dict[str, str]:
    """The old names of the files that differ, with their new ones."""
    pairs = {path: moved.get(path, path) for path in before.files}
    return {
        old: new
        for old, new in pairs.items()
        if new in after.files and before.files[old] != after.files[new]
    }


def lines(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    old, new = before.decode().split("\n"), after.decode().split("\n")
    gone: list[str] = []
    come: list[str] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            gone += old[a:b]
            come += new[c:d]
    return gone, come


def without_blocks(data: bytes) -> str:
    """A file's text without its related blocks."""
    return _BLOCK.sub("", data.decode())


def block_texts(data: bytes) -> list[str]:
    """The related blocks as they are written, without their keys."""
    return [block.partition(":")[2] for block in _BLOCK.findall(data.decode())]
