"""The data of a file, for two versions of YAML; tags of one's own are passed over."""

from __future__ import annotations

from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

from tests.support.readers import ReadError, front_matter


class UnreadableError(Exception):
    """There is no data in the text."""


class _Constructor(SafeConstructor):
    """ruamel's, for YAML 1.2."""


class _Loader(yaml.SafeLoader):
    """PyYAML's, for YAML 1.1."""


def _untagged(constructor: Any, _suffix: str, node: Any) -> Any:
    if isinstance(node.value, str):
        return constructor.construct_scalar(node)
    if node.value and isinstance(node.value[0], tuple):
        return constructor.construct_mapping(node, deep=True)
    return constructor.construct_sequence(node, deep=True)


_Constructor.add_multi_constructor("!", _untagged)
_Loader.add_multi_constructor("!", _untagged)


def read(text: str) -> Any:
    """The data of a whole file in YAML 1.2. Raises ``UnreadableError``."""
    reader = YAML(typ="safe", pure=True)
    reader.Constructor = _Constructor
    reader.composer.warn_double_anchors = False  # YAML allows them (section 7.1)
    try:
        return reader.load(front_matter(text)) or {}
    except ReadError:
        raise UnreadableError from None
    except Exception as error:  # whatever the library stumbles over is no data
        raise UnreadableError(str(error)) from error


def read11(text: str) -> Any:
    """The data of a whole file in YAML 1.1, or ``None`` if that does not read it."""
    try:
        return yaml.load(front_matter(text), Loader=_Loader) or {}  # noqa: S506  # safe: see above
    except (ReadError, yaml.YAMLError, ValueError, TypeError):
        return None
