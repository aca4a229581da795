"""Callbacks that a database may keep without keeping alive whoever answers them.

A connection that holds the methods of an object that holds the connection is a circle, which only
the search for garbage finds: the file would stay open until then.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

Owner = TypeVar("Owner")
Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def weakly(
    owner: Owner, method: Callable[Concatenate[Owner, Given], Answer]
) -> Callable[Given, Answer]:
    """``method`` of ``owner``, which has to live on for a call. Raises ``ReferenceError``."""
    held: Callable[[], Any] = weakref.ref(owner)

    def call(*given: Given.args, **named: Given.kwargs) -> Answer:
        found = held()
        if found is None:
            raise ReferenceError
        return method(found, *given, **named)

    return call
