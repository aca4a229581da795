"""QT307."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.files.name_forms import folded
from qtauthor.model.derived_names import composed
from qtauthor.model.lookalikes import difference
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.rule import Elsewhere, Hit, Rule


def check(subject: CheckedArticle) -> Iterator[Hit]:
    yield from _folder(subject)
    content = subject.context.content + "/"
    folder, _, name = subject.path.removeprefix(content).partition("/")
    pages, slugs = [], []
    for entry in subject.context.known.spelled_like(subject.slug):
        there, _, other = entry.path.removeprefix(content).partition("/")
        if entry.path == subject.path:
            continue
        if folded(there) == folded(folder):
            pages.append(Elsewhere(entry.path, _how(f"{folder}/{name}", f"{there}/{other}")))
        elif composed(other) != subject.file_name:
            slugs.append(Elsewhere(entry.path, "spells the slug so"))
    if pages:
        first = pages[0]
        yield Hit("/file_name", f"{first.path} {first.message}", elsewhere=tuple(pages))
    if slugs:
        told = f"the same slug differs in case at {slugs[0].path}"
        yield Hit("/file_name", told, elsewhere=tuple(slugs))


def _folder(subject: CheckedArticle) -> Iterator[Hit]:
    """A hit in each article of the folders that have fewer articles than the one they are like."""
    content = subject.context.content + "/"
    own = subject.path.removeprefix(content).partition("/")[0]
    memo = subject.context.memo
    if (__name__, own) not in memo:
        alike = subject.context.known.folders_like(own)
        memo[__name__, own] = min(alike, key=lambda name: (-alike[name], name), default=own)
    largest = memo[__name__, own]
    if largest != own:
        yield Hit("/subject", f"the folder {largest} {_how(own, largest)} as {own}")


def _how(own: str, other: str) -> str:
    """How another name is like this one."""
    return f"has the same name{difference(own, other) or ' but for its case'}"


RULE = Rule(
    "QT307",
    "name-alike",
    check,
    what="The file, its folder or its slug has the same name as another one but for upper and "
    "lower case, or for the form of its letters in Unicode; so have their addresses.",
    why="A file system that ignores the difference, as those of Windows and macOS do, has only one "
    "of the two files after a checkout, or both folders in one. Two addresses that people take for "
    "the same lead to two pages.",
    example="# another article is called bread-baking/Why-does-bread-go-stale.md\n",
    fix="None: which of them keeps its name is for a person to say.",
)
