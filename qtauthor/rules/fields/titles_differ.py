"""QT205."""

from __future__ import annotations

from collections.abc import Iterator

from qtauthor.model.lookalikes import difference
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, SetValue
from qtauthor.rules.rule import Hit, Rule

_FIELDS = ("title", "article_title", "question")


def check(subject: CheckedArticle) -> Iterator[Hit]:
    values = subject.values
    title = values.get("title")
    if title == values.get("article_title") == values.get("question"):
        return
    texts = {name: subject.text(name) for name in _FIELDS}
    there = {name: text for name, text in texts.items() if text and text.strip()}
    most = _most(list(there.values()))
    for name, text in there.items():
        if most is not None and text != most:
            others = " and ".join(other for other in _FIELDS if there.get(other) == most)
            fix = Fix(f"make it the text of {others}", "unsafe", (SetValue(f"/{name}", most),))
            yield Hit(
                f"/{name}", f"{name} is not the text of {others}{difference(text, most)}", fix
            )
        elif most is None and name != "title" and "title" in there and text != there["title"]:
            apart = difference(text, there["title"])
            yield Hit(f"/{name}", f"{name} is not the text of title{apart}")


def _most(texts: list[str]) -> str | None:
    """The text that two of three agree on."""
    return next((text for text in texts if texts.count(text) == 2 and len(texts) == 3), None)


RULE = Rule(
    "QT205",
    "titles-differ",
    check,
    what="`title`, `article_title` and `question` are not the same text.",
    why="The page shows `title` and the lists show `question`: a reader who follows a link does "
    "not find what it promised.",
    example="question: Why does bread become stale?\n",
    fix="If two of the three agree, the third gets their text.",
    fixes=("unsafe",),
)
