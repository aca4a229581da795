"""Two change sets, one made on the result of the other, as one."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from qtauthor.changes.change import (
    Change,
    Create,
    Delete,
    Edit,
    Modify,
    Move,
    apply,
    digest,
    rewrite,
)
from qtauthor.changes.changeset import ChangeSet
from qtauthor.text.edit import splice
from qtauthor.text.edit.splice import Splice


class _File(NamedTuple):
    """What became of a file: ``origin`` is its first name, ``None`` of one that was not there.

    ``content`` is that of a new file; else there are edits over what was there.
    """

    origin: str | None
    content: bytes = b""
    edits: tuple[Edit, ...] = ()
    declared: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()


def then(first: ChangeSet, second: ChangeSet, read: Callable[[str], bytes]) -> ChangeSet:
    """What ``first`` and then ``second`` do; ``read`` gives files as they are before both.

    A new file under the name that another one left cannot be told: the proof refuses the result.
    """
    if not first or not second:
        return first or second
    gone: set[str] = set()
    files: dict[str, _File] = {}
    for change in first.changes:
        _take(change, _File(change.path), files, gone, read)
    before = dict(files)
    for change in second.changes:
        files.pop(change.path, None)
    for change in second.changes:
        _take(change, before.get(change.path, _File(change.path)), files, gone, read)
    for name in [name for name in gone if name in files and files[name].origin is None]:
        again = rewrite(name, read(name), files[name].content)  # it went, and came again
        files[name] = _File(name, edits=again.edits, declared=again.declared)
        gone.remove(name)
    found = [one for name, file in files.items() if (one := _change(name, file, read))]
    found += [Delete(path, read(path)) for path in gone]
    return ChangeSet(tuple(sorted(found, key=lambda change: change.path)))


def _take(
    change: Change,
    file: _File,
    files: dict[str, _File],
    gone: set[str],
    read: Callable[[str], bytes],
) -> None:
    """Do one change to a file that is as ``file`` says."""
    if isinstance(change, Create):
        files[change.path] = _File(None, change.content)
    elif isinstance(change, Delete):
        if file.origin is not None:
            gone.add(file.origin)
    else:
        files[change.arrives or change.path] = _edited(file, change, read)


def _edited(file: _File, change: Modify | Move, read: Callable[[str], bytes]) -> _File:
    if file.origin is None:
        return file._replace(content=apply(file.content, change.edits))
    edits = change.edits
    if file.edits:
        edits = _composed(read(file.origin), file.edits, change.edits)
    declared = dict.fromkeys((*file.declared, *change.declared))
    touched = dict.fromkeys((*file.touched, *change.touched))
    return file._replace(edits=edits, declared=tuple(declared), touched=tuple(touched))


def _composed(data: bytes, first: tuple[Edit, ...], second: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """Edits of the result of ``first``, as edits of ``data``."""
    text = data.decode("latin-1")  # one character for each byte
    both = splice.compose(_splices(first), _splices(second))
    return tuple(
        Edit(one.start, data[one.start : one.end], one.new.encode("latin-1"))
        for one in splice.normalised(text, both)
    )


def _splices(edits: tuple[Edit, ...]) -> list[Splice]:
    return [Splice(e.start, e.start + len(e.old), e.new.decode("latin-1")) for e in edits]


def _change(name: str, file: _File, read: Callable[[str], bytes]) -> Change | None:
    if file.origin is None:
        return Create(name, file.content)
    if name == file.origin and not file.edits:
        return None
    data = read(file.origin)
    after = digest(apply(data, file.edits))
    rest = (digest(data), after, file.edits, file.declared, file.touched)
    return Modify(name, *rest) if name == file.origin else Move(file.origin, name, *rest)
