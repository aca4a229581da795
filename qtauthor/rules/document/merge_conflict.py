"""QT111."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.errors import Code
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.rule import Hit, Rule
from qtauthor.text.source import merge_conflicts


def check(subject: CheckedArticle) -> Iterator[Hit]:
    error = subject.error
    if error is not None:
        if error.code is Code.MERGE_CONFLICT:
            yield Hit("", error.message, place=error.where)
        return
    if b"<<<<<<< " not in subject.raw and b">>>>>>> " not in subject.raw:
        return
    text = subject.located.text
    found = merge_conflicts.markers(text)
    if found:
        message = f"git's markers of a merge conflict stand in {merge_conflicts.told(text, found)}"
        yield Hit("", message, offset=found[0])


RULE = Rule(
    "QT111",
    "merge-conflict",
    check,
    what="Lines of `<<<<<<<`, `=======` and `>>>>>>>` stand in the file: git could not merge two "
    "versions of it, and somebody committed it as it was.",
    why="In the front matter they are no YAML, and the site cannot be built; in the body the page "
    "is that of both versions.",
    example="---\n<<<<<<< HEAD\ntitle: Why does bread go stale?\n=======\n"
    "title: Why does bread get stale?\n>>>>>>> reworded\n---\n",
    fix="None: which side is right is for a person to say.",
    raw=True,
)
