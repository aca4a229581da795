"""Fill in what derives from the rest of an article, from its place, and from the template."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from qtauthor.changes.changeset import ChangeSet
from qtauthor.content.site import Site
from qtauthor.model import article_fields, derived_names
from qtauthor.model.article_fields import TITLES
from qtauthor.operations.fields.edit import FieldStep, Set, edit
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site import ids, same_question
from qtauthor.text.yaml.values import Value

_FROM_TEMPLATE = ("/_schema", "/date_format", "/post_on_text", "/author")


def fill(site: Site, path: str, *, today: datetime.date, taken: Iterable[int] = ()) -> Outcome:
    """Plan to write the derived fields of one article, and to add those that can be known.

    ``file_name``, ``url`` and ``seo.title`` become what the file's place and its subject make them.
    A missing title, id, date, subject or constant is added; one that is there is left. New ids are
    none of ``taken``. Raises ``ParseError``, ``ReadError``, ``EditError``, ``ArticleError``.
    """
    article = site.article(path)
    values = article.document.get()
    steps: list[FieldStep] = []
    for at, value in derived(site, path, values, today=today).items():
        if at in _RENEWED or not article.has(at):
            steps.append(Set(at, value))
    if not article.has("/id"):
        steps.append(Set("/id", ids.next_ids(site, taken=taken)[0]))
    change = edit(path, article, steps)
    return Outcome(ChangeSet((change,) if change else ()))


_RENEWED = frozenset(("/file_name", "/url", "/seo/title"))


def derived(
    site: Site, path: str, values: dict[str, Any], *, today: datetime.date
) -> dict[str, Value]:
    """What each field would be that nobody has to think about, by its pointer, in their order.

    ``values`` are those of the article so far, which may lack any.
    """
    folder, rules = same_question.folder(path), site.config.naming
    found: dict[str, Value] = {at: site.template.get(at) for at in _FROM_TEMPLATE}
    found["/date"] = today
    said = (values.get(at[1:]) for at in TITLES)
    title = next((text for text in said if isinstance(text, str) and text.strip()), None)
    if title is not None:
        found |= dict.fromkeys(TITLES, title)
    subject = values.get("subject")
    if not isinstance(subject, str) or derived_names.slugify(subject, rules.slug_style) != folder:
        subject = site.index.spelling(folder)
    if subject is not None:
        found["/subject"] = subject
        found["/seo/title"] = derived_names.seo_title(subject, rules.seo_title_pattern)
    found["/file_name"] = derived_names.file_name(same_question.slug(path))
    found["/url"] = same_question.address(site, path)
    return {at: found[at] for at in article_fields.fields() if at in found}
