"""The fields that an article may have, as the rules on fields need them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from qtauthor.model import article_fields, numbered_blocks
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.text.yaml import pointer


def known(at: str) -> article_fields.Field | None:
    """The field at a pointer. Related articles that the page does not show have fields, too."""
    return article_fields.fields().get(numbered_blocks.as_first(at))


@cache
def members(at: str) -> tuple[article_fields.Field, ...]:
    """The fields right inside ``at``, in canonical order; empty for what holds none."""
    inside = numbered_blocks.as_first(at)
    return tuple(
        field
        for place, field in article_fields.fields().items()
        if place.startswith(inside + "/") and "/" not in place[len(inside) + 1 :]
    )


def mappings(subject: CheckedArticle) -> Iterator[tuple[str, dict[str, Any]]]:
    """The mappings in which fields stand, with their pointers: the article, seo, related ones."""
    yield "", subject.values
    if subject.seo:
        yield "/seo", subject.seo
    for number, block in subject.blocks:
        yield numbered_blocks.pointer(number), block


def leaves(subject: CheckedArticle) -> list[tuple[str, type, Any]]:
    """Every known field that is there: its pointer, type and value."""
    found: list[tuple[str, type, Any]] | None = subject.kept.get("leaves")
    if found is None:
        found = subject.kept["leaves"] = list(_leaves(subject))
    return found


def _leaves(subject: CheckedArticle) -> Iterator[tuple[str, type, Any]]:
    for at, values in mappings(subject):
        types = _types(at)
        for key, value in values.items():
            kind = types.get(key)
            if kind is None and not at and numbered_blocks.number(key):
                kind = dict
            if kind is not None:
                yield f"{at}/{key}", kind, value


@cache
def names(at: str) -> tuple[str, ...]:
    """The names of the fields right inside ``at``, in canonical order."""
    return tuple(field.name.rpartition(".")[2] for field in members(at))


@cache
def required(at: str) -> dict[str, article_fields.Field]:
    """Those of them that every article has, but for those of which the rules on SEO tell."""
    return {
        name: field
        for name, field in zip(names(at), members(at), strict=True)
        if field.required and field.pointer not in article_fields.MAY_BE_EMPTY
    }


@cache
def _types(at: str) -> dict[str, type]:
    return {pointer.parse(field.pointer)[-1]: _plain(field.type) for field in members(at)}


def _plain(kind: Any) -> type:
    """The Python type of a field's values; a mapping's for one with subfields."""
    return dict if issubclass(kind, msgspec.Struct) else kind


NAMES = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    datetime.date: "a date",
    datetime.datetime: "a date with a time",
    dict: "a mapping",
    list: "a list",
    type(None): "nothing",
}
"""The types of values, in words."""
