"""All rules, and how they are chosen."""

from __future__ import annotations

from collections.abc import Iterable

from qtauthor.errors import Code, RequestError
from qtauthor.rules.answer import (
    import_escape,
    latex_delimiters,
    no_answer,
    prices_as_math,
    raw_html,
    torn_latex,
    unbalanced_dollar,
    unseen_list,
    unseen_table,
)
from qtauthor.rules.derived import (
    file_name_differs,
    folder_differs,
    name_alike,
    seo_title_differs,
    slug_differs,
    subject_spelling,
    url_differs,
)
from qtauthor.rules.document import (
    ambiguous_value,
    control_character,
    duplicate_key,
    invalid_yaml,
    late_front_matter,
    merge_conflict,
    not_utf8,
    tab_indentation,
    too_large,
    unclosed_front_matter,
    unreadable_value,
    unusual_body,
)
from qtauthor.rules.fields import (
    empty_text,
    future_date,
    impossible_date,
    key_order,
    missing_field,
    titles_differ,
    unknown_field,
    wrong_type,
)
from qtauthor.rules.ids import id_not_positive, id_shared, id_split
from qtauthor.rules.redirects import dead_redirect, shadowing_redirect, unreadable_redirects
from qtauthor.rules.related import (
    dead_link,
    link_gap,
    orphan,
    repeated_link,
    self_link,
    stale_id,
    stale_subject,
    stale_title,
    too_many_links,
)
from qtauthor.rules.rule import Rule
from qtauthor.rules.seo import (
    description_long,
    description_missing,
    description_short,
    keyword_repeated,
    keywords_missing,
)
from qtauthor.rules.similar import near_duplicate
from qtauthor.text.near_match import meant, near

_MODULES = (
    late_front_matter,
    unclosed_front_matter,
    invalid_yaml,
    control_character,
    not_utf8,
    duplicate_key,
    tab_indentation,
    ambiguous_value,
    unusual_body,
    unreadable_value,
    merge_conflict,
    too_large,
    missing_field,
    unknown_field,
    wrong_type,
    key_order,
    titles_differ,
    empty_text,
    future_date,
    impossible_date,
    slug_differs,
    file_name_differs,
    url_differs,
    folder_differs,
    seo_title_differs,
    subject_spelling,
    name_alike,
    id_not_positive,
    id_shared,
    id_split,
    dead_link,
    stale_id,
    stale_title,
    stale_subject,
    self_link,
    repeated_link,
    link_gap,
    too_many_links,
    orphan,
    torn_latex,
    latex_delimiters,
    unbalanced_dollar,
    unseen_table,
    unseen_list,
    raw_html,
    no_answer,
    import_escape,
    prices_as_math,
    description_missing,
    description_short,
    description_long,
    keywords_missing,
    keyword_repeated,
    near_duplicate,
    shadowing_redirect,
    dead_redirect,
    unreadable_redirects,
)

ALL: tuple[Rule, ...] = tuple(module.RULE for module in _MODULES)
DEFAULT: tuple[Rule, ...] = tuple(rule for rule in ALL if rule.default)
BY_NAME: dict[str, Rule] = {rule.code: rule for rule in ALL}
UNREADABLE = unreadable_value.RULE
TOO_LARGE = too_large.RULE

_ALL = "ALL"

FAMILIES = {
    "QT1": "Document",
    "QT2": "Fields",
    "QT3": "Derived names",
    "QT4": "Ids",
    "QT5": "Related articles",
    "QT6": "Answers",
    "QT7": "Search engines",
    "QT8": "Near-duplicates",
    "QT9": "Redirects",
}
"""The families by the beginning of their codes."""


def select(
    chosen: Iterable[str] | None = None,
    *,
    also: Iterable[str] = (),
    ignored: Iterable[str] = (),
) -> tuple[Rule, ...]:
    """The rules that are ``chosen`` (those on by default if ``None``) or ``also`` wanted.

    A rule is named by its code, its name, the beginning of codes (``QT5``), or as one of ``ALL``; a
    narrower name goes before a wider one. Raises ``RequestError`` for a name of no rule.
    """
    weights = {rule.code: (0, chosen is None and rule.default) for rule in ALL}
    asked = [(name, True) for name in (*(chosen or ()), *also)]
    for name, wanted in (*asked, *((name, False) for name in ignored)):
        for rule in named(name):
            weight = 99 if name.lower() == rule.name else 1 if name.upper() == _ALL else len(name)
            if weight >= weights[rule.code][0]:
                weights[rule.code] = (weight, wanted)
    return tuple(rule for rule in ALL if weights[rule.code][1])


def named(name: str) -> tuple[Rule, ...]:
    """The rules that a name means, whose case does not matter. Raises ``RequestError``."""
    if name.upper() == _ALL:
        return ALL
    found = tuple(
        rule
        for rule in ALL
        if rule.name == name.lower() or (len(name) > 1 and rule.code.startswith(name.upper()))
    )
    if found:
        return found
    known = [*FAMILIES, *(n for rule in ALL for n in (rule.name, rule.code))]
    likely = near(name.lower(), known) or near(name.upper(), known)
    raise RequestError(
        Code.USAGE,
        f"there is no rule {name!r}",
        excerpt=name,
        remedy=meant(likely, "name a rule such as QT501, or a family QT5"),
    )
