"""Edit one article by a function of the user's own."""

from __future__ import annotations

import importlib.util
import traceback
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from qtauthor.changes.change import Modify, modify
from qtauthor.content.article import Article
from qtauthor.errors import Code, Place, QtauthorError, RequestError
from qtauthor.files import presence


class Script(NamedTuple):
    """The function ``name`` in the file ``path``."""

    path: str
    name: str


def apply(path: str, article: Article, script: Script) -> Modify | None:
    """The change from an article to what the function gives for it; ``None`` if it is the same.

    The function takes the article and gives it back changed: all that it touched is what was
    asked. Raises ``RequestError`` with ``bad-script`` for what it raises, and for a result that
    does not come of this article; a ``QtauthorError`` of its own passes.
    """
    try:
        result = load(script)(article)
    except QtauthorError:
        raise
    except Exception as error:
        raise _failed(script, error) from error
    wrong = _bad(
        script,
        f"{script.name} gave {type(result).__name__}, not this article changed",
        "give back the article, or what its set, unset and other methods give",
    )
    return difference(path, article, result, wrong)


def difference(path: str, article: Article, result: object, wrong: QtauthorError) -> Modify | None:
    """The change from an article to what a function made of it; ``None`` if it is the same.

    Raises ``wrong`` for what is no article, or comes of another one.
    """
    if not isinstance(result, Article) or result.document.original != article.document.original:
        raise wrong
    document = result.document
    return modify(path, document, document.touched) if document.edits else None


@lru_cache(maxsize=1)
def load(script: Script) -> Callable[[Article], object]:
    """The function. Raises ``RequestError`` with ``bad-script``."""
    spec = importlib.util.spec_from_file_location("qtauthor_script", script.path)
    if spec is None or spec.loader is None or not presence.is_file(script.path):
        raise _bad(script, "there is no such script", "name a file of Python, as in mend.py:mend")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise _failed(script, error) from error
    function = getattr(module, script.name, None)
    if not callable(function):
        raise _bad(script, f"it has no function {script.name}", "name a function that it has")
    found: Callable[[Article], object] = function
    return found


def _failed(script: Script, error: Exception) -> RequestError:
    """What went wrong, in which line of the script."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if Path(frame.filename) == Path(script.path)]
    line = inside[-1].lineno if inside else getattr(error, "lineno", None)
    return RequestError(
        Code.BAD_SCRIPT,
        f"{script.name} failed: {type(error).__name__}: {error}",
        where=Place(script.path, line or 0, 1 if line else 0),
        excerpt=(inside[-1].line or "") if inside else "",
        remedy="mend the script; nothing was written",
    )


def _bad(script: Script, message: str, remedy: str) -> RequestError:
    return RequestError(Code.BAD_SCRIPT, message, where=Place(script.path), remedy=remedy)
