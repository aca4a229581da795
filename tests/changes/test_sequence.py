"""Two change sets as one do what both do in turn."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qtauthor.changes.change import (
    Change,
    Create,
    Delete,
    Modify,
    Move,
    apply,
    digest,
    rewrite,
)
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.proof import prove
from qtauthor.changes.sequence import then

Files = dict[str, bytes]
NAMES = st.sampled_from("abcd")
TEXTS = st.text("xyé\n", max_size=12).map(str.encode)


def done(files: Files, changes: ChangeSet) -> Files:
    """The files after a change set."""
    prove(changes, files.__getitem__)
    after = {name: data for name, data in files.items() if name not in changes.paths}
    for change in changes.changes:
        if isinstance(change, Create):
            after[change.path] = change.content
        elif isinstance(change, Modify | Move):
            name = change.to if isinstance(change, Move) else change.path
            after[name] = apply(files[change.path], change.edits)
    return after


@st.composite
def change_sets(draw: st.DrawFn, files: Files) -> ChangeSet:
    """Any change of these files, which may swap names."""
    found: list[Change] = []
    names = draw(st.permutations(list("abcd")))
    for path, to in zip(sorted(files), names, strict=False):
        kind = draw(st.sampled_from(["keep", "modify", "delete", "move"]))
        new = rewrite(path, files[path], draw(TEXTS))
        if kind == "delete":
            found.append(Delete(path, files[path]))
        elif kind == "modify" and new.edits:
            found.append(new)
        elif kind == "move" and to != path:
            found.append(Move(path, to, new.before, new.after, new.edits))
    leaving = {change.path for change in found if isinstance(change, Delete | Move)}
    taken = set(files) - leaving
    kept = [one for one in found if not (isinstance(one, Move) and one.to in taken)]
    leaving = {change.path for change in kept if isinstance(change, Delete | Move)}
    if len(kept) != len(found):
        kept = [one for one in kept if not isinstance(one, Move)]
        leaving = {change.path for change in kept if isinstance(change, Delete)}
    arrivals = {change.to for change in kept if isinstance(change, Move)}
    free = sorted(set("abcd") - (set(files) - leaving) - arrivals - leaving)
    more = draw(st.booleans())
    if free and more:
        kept.append(Create(free[0], draw(TEXTS)))
    return ChangeSet(tuple(kept))


@given(st.data())
def test_one_after_the_other_is_both_at_once(data: st.DataObject) -> None:
    files = data.draw(st.dictionaries(NAMES, TEXTS))
    first = data.draw(change_sets(files))
    between = done(files, first)
    second = data.draw(change_sets(between))
    both = then(first, second, files.__getitem__)
    made = {change.path for change in both.changes if isinstance(change, Create)}
    if made & {change.path for change in both.changes if isinstance(change, Move)}:
        return  # no change set can say so, and the proof refuses it
    assert done(files, both) == done(between, second)


def test_what_is_declared_and_touched_adds_up() -> None:
    def edited(old: bytes, new: bytes, at: str) -> ChangeSet:
        edit = rewrite("a", old, new)
        return ChangeSet((Modify("a", digest(old), digest(new), edit.edits, (at,), (at,)),))

    one, two = edited(b"xy", b"xz", "/y"), edited(b"xz", b"wz", "/x")
    [both] = then(one, two, lambda _: b"xy").changes
    assert isinstance(both, Modify)
    assert both.declared == both.touched == ("/y", "/x")
    back = edited(b"xz", b"xy", "/y")
    assert then(one, back, lambda _: b"xy").changes == ()
