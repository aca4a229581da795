"""``qtauthor replace``."""

from __future__ import annotations

import re
from functools import partial

import click

from qtauthor.cli.arguments import options
from qtauthor.cli.arguments.selection import Selected
from qtauthor.cli.running import article_edits
from qtauthor.cli.state import State
from qtauthor.model import article_fields
from qtauthor.operations.fields.replace import Replacement, compiled
from qtauthor.operations.fields.replace import replace as operation

_ENDS = re.compile(r"(?<![\\\[])[$^]")
"""The signs for the ends of a line, in an expression."""


@click.command()
@click.argument("pattern", metavar="PATTERN")
@click.argument("replacement", metavar="REPLACEMENT")
@click.argument("names", nargs=-1, metavar="[ARTICLE]…")
@click.option(
    "--in",
    "fields",
    multiple=True,
    required=True,
    metavar="FIELD",
    help="The field to search; may be given more than once.",
)
@click.option("--regex", is_flag=True, help="PATTERN is a Python regular expression.")
@click.option(
    "--ignore-case", is_flag=True, help="Ignore the difference between upper and lower case."
)
@click.option("--raw", is_flag=True, help="Search the answer as it is stored, not as Markdown.")
@options.editing
def replace(
    state: State,
    pattern: str,
    replacement: str,
    fields: tuple[str, ...],
    regex: bool,
    ignore_case: bool,
    raw: bool,
    selected: Selected,
    stdin_filename: str | None,
    sink: options.Sink,
) -> int:
    """Replace text in fields.

    PATTERN is literal text, or with --regex an expression, whose groups REPLACEMENT can refer to
    as in \\1 or \\g<name>, and in which ^ and $ match at each line. The answer is searched as
    Markdown, line by line. FIELD may be a list or a mapping: the texts in it are searched.

    \b
    qtauthor replace colour color --in answer --in question --all --diff
    qtauthor replace "^# (.*)" "## \\1" --regex --in answer --subject Physics
    """
    asked = Replacement(pattern, replacement, fields, regex, ignore_case, raw)
    compiled(asked)
    for field in fields:
        article_fields.pointer_of(field)
    edit = partial(operation, asked=asked)
    return article_edits.run(state, selected, stdin_filename, edit, sink, _idle(asked))


def _idle(asked: Replacement) -> str:
    """Why nothing may have been found."""
    found = "the expression matches nowhere" if asked.regex else "the text is nowhere"
    where = f"{found} in {' or '.join(asked.fields)}"
    if asked.regex and asked.raw and _ENDS.search(asked.pattern):
        return f"{where}, whose stored text is one line: ^ and $ are its ends"
    if not asked.ignore_case and asked.pattern.lower() != asked.pattern.upper():
        return f"{where}; --ignore-case takes small and capital letters for the same"
    return where
