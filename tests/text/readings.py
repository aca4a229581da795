"""What other readers make of a file, in terms that can be compared."""

from __future__ import annotations

import datetime
import math
from typing import Any

from qtauthor.text.yaml.values import same
from tests.support.readers import SiteReader, read_ruamel12, read_yaml11
from tests.text.edits import name_of


def as_site(value: Any) -> Any:
    """A value as JavaScript has it: see :class:`tests.support.readers.SiteReader`."""
    if isinstance(value, dict):
        return {name_of(key): as_site(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_site(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return value if value == 0 and math.copysign(1, value) < 0 else int(value)
    if isinstance(value, datetime.datetime):
        moment = value.replace(tzinfo=datetime.UTC)
        return moment.date() if value.time() == datetime.time.min else moment
    return value


def differing(text: str, expected: dict[Any, Any], site: SiteReader | None) -> list[str]:
    """The readers for which a file does not say ``expected``, each with what it says."""
    said: list[tuple[str, Any, Any]] = [
        ("YAML 1.2", read_ruamel12(text), expected),
        ("YAML 1.1", read_yaml11(text), expected),
    ]
    if site is not None:
        said.append(("the site", site.read(text).data, as_site(expected)))
    return [f"{who}: {found!r}" for who, found, wanted in said if not same(found or {}, wanted)]
