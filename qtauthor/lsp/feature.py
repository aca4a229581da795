"""A feature as a value: what it answers to, and whether its errors are for the user."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from lsprotocol import types

from qtauthor.lsp.session import RequestContext

Handler: TypeAlias = Callable[[RequestContext, Any], Any]
"""From the work and the parameters of a request to its result; runs on the worker's thread."""

Command: TypeAlias = Callable[..., Any]
"""From the work and the arguments of a command to its result, or to an ``Apply``."""


class Feature(NamedTuple):
    """``name`` is the switch in the settings. A method comes with its options, or ``None``.

    An error of qtauthor (no bug) in a ``loud`` feature is shown to the user, for it was asked for;
    in any other it only means that there is nothing to tell.
    """

    name: str
    methods: Mapping[str, tuple[Handler, Any]] = {}
    commands: Mapping[str, Command] = {}
    loud: bool = False


class Apply(NamedTuple):
    """The result of a command that the editor is to apply, under this name."""

    label: str
    edit: types.WorkspaceEdit
