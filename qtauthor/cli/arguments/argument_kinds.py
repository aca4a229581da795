"""Which arguments are files, and which are keys."""

from __future__ import annotations

from qtauthor.cli.state import STDIN
from qtauthor.files import name_forms, presence
from qtauthor.model import article_fields
from qtauthor.text.yaml import pointer


def is_file(argument: str) -> bool:
    """Whether an argument names a file and not a key: ``-``, ``….md``, or what exists.

    The name of a field is a key even where a file is called so; ``./title`` is the file.
    """
    if argument == STDIN or argument.endswith(".md"):
        return True
    return presence.is_there(name_forms.there(argument)) and not is_field(argument)


def is_field(name: str) -> bool:
    """Whether this is the name of a field of articles."""
    return pointer.join(name.split(".")) in article_fields.fields()
