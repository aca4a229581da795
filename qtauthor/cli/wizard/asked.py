"""Already asked? What to do about questions of the site that are nearly the same."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from qtauthor.cli.wizard.asking import Back, Option
from qtauthor.cli.wizard.desk import Desk
from qtauthor.cli.wizard.slug import own_slug
from qtauthor.content.index import Entry
from qtauthor.content.search.similar import similar
from qtauthor.model import derived_names
from qtauthor.operations.authoring import lengths
from qtauthor.operations.authoring.related import candidate

_MOST = 5
Deed = Literal["open", "link", "file", "slug"]


class Instead(Exception):  # noqa: N818  it is an end, and no error
    """The author wants to work at an article that is there."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class _Standing(NamedTuple):
    """Articles that ask nearly the same, and those that have the very name already."""

    near: list[Entry]
    same: list[Entry]


def settle(desk: Desk) -> bool:
    """Whether the question can stay; else another one is to be asked. Raises ``Instead``."""
    while True:
        found = _look(desk)
        if not found.near and not found.same:
            return True
        try:
            chosen = _choose(desk, found)
            if isinstance(chosen, bool):
                return chosen
            if _do(desk, chosen, found):
                return True
        except Back:
            if desk.given.question is not None:
                raise
            return False


def _look(desk: Desk) -> _Standing:
    draft, site = desk.draft, desk.site
    slug = draft.slug or derived_names.slugify(draft.question, site.config.slug.style)
    same = [] if draft.id is not None else site.index.with_slug(slug)
    near = [one.entry for one in similar(site.index, draft.question, _MOST)]
    if draft.id is not None:
        near = [entry for entry in near if entry.id != draft.id]
    shown = dict.fromkeys([*same, *near])
    return _Standing([one for one in shown if one.path not in draft.related], same)


def _choose(desk: Desk, found: _Standing) -> Entry | bool:
    """An article, or whether to go on with this question."""
    if not found.near:
        return True
    title = "This is asked already" if found.same else "Is it asked already?"
    options = [
        Option(one, one.question or one.path, f"{one.subject} · {one.address}")
        for one in found.near
    ]
    if not found.same:
        options.append(Option(True, "None of these: go on"))
    if desk.given.question is None:
        options.append(Option(False, "Ask in other words"))
    elif found.same:
        options.append(Option(None, "Leave"))
    chosen: Any = desk.asker.choose(title, options)
    if chosen is None:
        raise KeyboardInterrupt
    return chosen  # type: ignore[no-any-return]  # it is one of the options above


def _do(desk: Desk, entry: Entry, found: _Standing) -> bool:
    """Do what the author wants with an article. Whether the question is settled by it."""
    told = candidate(desk.site, entry)
    if told.opening:
        desk.screen.say(told.opening, "dim", indent=2)
    options = [Option("open", "Open that one instead of a new question")]
    if entry in found.same:
        if _elsewhere(desk, entry):
            options.append(Option("file", f"File it under {desk.draft.subject}, too"))
        options.append(Option("slug", "Give this one another slug"))
    else:
        options.append(Option("link", "Link it as related, and go on"))
    try:
        deed: Deed = desk.asker.choose(told.question, options)
    except Back:
        return False
    if deed == "open":
        raise Instead(entry.path)
    if deed == "link":
        desk.put(related=(*desk.draft.related, entry.path))
        desk.screen.fact("Related", told.question)
    elif deed == "file":
        _file_too(desk, entry)
        return True
    else:
        slug = desk.draft.slug or derived_names.slugify(
            desk.draft.question, desk.site.config.slug.style
        )
        desk.put(slug=own_slug(desk, slug))
    return False


def _elsewhere(desk: Desk, entry: Entry) -> bool:
    """Whether an article is of another subject, and of none that it could be filed under twice."""
    own = desk.site.key_of(desk.draft.subject)
    slug = entry.path.rpartition("/")[2]
    there = desk.site.source.exists(desk.site.path_of(f"{own}/{slug}"))
    return entry.id is not None and entry.id > 0 and not there


def _file_too(desk: Desk, entry: Entry) -> None:
    """One question under one more subject: the same id, question and answer."""
    article = desk.site.article(entry.path)
    fields = article.document.get()
    seo = fields.get("seo") or {}
    desk.put(
        id=entry.id,
        question=article.question,
        slug=entry.path.rpartition("/")[2].removesuffix(".md"),
        answer=desk.site.answers.decode(str(fields.get("answer") or "")),
        description=str(seo.get("page_description") or ""),
        keywords=lengths.listed(str(seo.get("page_keywords") or "")),
    )
    desk.screen.fact("Id", f"{entry.id}, as under {entry.subject}")
