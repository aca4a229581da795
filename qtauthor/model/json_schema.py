"""The JSON Schema (draft 2020-12) of an article's front matter, made from the fields' own structs.

It says what one article can tell by itself. YAML has dates of its own and JSON has none: a date is
the text that is written in the file, as ``qtauthor get --format json`` gives it.
"""

from __future__ import annotations

import datetime
import re
from itertools import pairwise
from typing import Any

import msgspec

from qtauthor.model import article_fields, numbered_blocks
from qtauthor.model.article_fields import Field, Fields, Related
from qtauthor.model.derived_names import SITE_NAMING, Naming
from qtauthor.model.field_descriptions import description
from qtauthor.text.yaml import pointer

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}
_WORDS = "\\S"
_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_SLUG = {"site": "[a-z0-9-]+", "ascii": "[a-z0-9-]+", "unicode": "[^/\\s]+"}
_BEHIND = "/?([?#].*)?"
"""What may follow the address in the url of a link, and does not choose the page."""
_HOLE = re.compile(r"\{[^{}]*\}")


def front_matter_schema(naming: Naming = SITE_NAMING) -> dict[str, Any]:
    """The schema of articles that are named by ``naming``."""
    found = _object("", Fields, naming)
    numbered = numbered_blocks.KEYS
    return {
        "$schema": DIALECT,
        "title": "Front matter of an article",
        "description": "The data of the YAML between the fences; a date is text here.",
        **found,
        "dependentRequired": {later: [earlier] for earlier, later in pairwise(numbered)},
        "$defs": {"related": _object(numbered_blocks.pointer(1), Related, naming)},
    }


def _object(above: str, struct: type[msgspec.Struct], naming: Naming) -> dict[str, Any]:
    inside = {
        info.encode_name: article_fields.fields()[above + pointer.join([info.encode_name])]
        for info in msgspec.structs.fields(struct)
    }
    return {
        "type": "object",
        "properties": {name: _field(field, naming) for name, field in inside.items()},
        "required": [name for name, field in inside.items() if field.required],
        "additionalProperties": False,
    }


def _field(field: Field, naming: Naming) -> dict[str, Any]:
    told = {"description": description(field.pointer)}
    if field.type is Related:
        return {**told, "$ref": "#/$defs/related"}
    if issubclass(field.type, msgspec.Struct):
        return {**told, **_object(field.pointer, field.type, naming)}
    if field.type is datetime.date:
        return {**told, "type": "string", "format": "date", "pattern": _DATE}
    return {**told, "type": _TYPES[field.type], **_limits(field, naming)}


def _limits(field: Field, naming: Naming) -> dict[str, Any]:
    """What a value has to be beside its type."""
    slug = _SLUG[naming.slug_style]
    name = field.name.rpartition(".")[2]
    if field.pointer == "/id":
        return {"minimum": 1}
    if field.type is not str or field.pointer in article_fields.MAY_BE_EMPTY:
        return {}
    if name == "url":
        parts = map(_escaped, _HOLE.split(naming.url_pattern))
        own = slug.join(parts)
        return {"pattern": f"^{own if field.pointer == '/url' else own.rstrip('/') + _BEHIND}$"}
    if name == "file_name":
        return {"pattern": f"^{slug}\\.md$"}
    return {"pattern": _WORDS}


def _escaped(text: str) -> str:
    """Literal text in a pattern of JSON Schema, which escapes signs only where they mean more."""
    return re.sub(r"[\\^$.|?*+()\[\]{}]", r"\\\g<0>", text)
