"""QT601."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qtauthor.content.answer import Torn, find_torn
from qtauthor.content.latex import REPLACEMENTS
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, SpliceText
from qtauthor.rules.rule import Hit, Rule

# Few lines begin as the name of a command goes on behind its backslash and n.
_RESTS = sorted({name[1:3] for name in REPLACEMENTS})
_CANDIDATE = re.compile(rf"\\n(?:{'|'.join(_RESTS)})")


def check(subject: CheckedArticle) -> Iterator[Hit]:
    if subject.context.escaped and _CANDIDATE.search(subject.stored):
        for torn in find_torn(subject.stored):
            span = (torn.offset, torn.offset + len(torn.command))
            message = f"the site reads a newline in {torn.command}"
            yield Hit("/answer", message, _fix(torn), span)


def _fix(torn: Torn) -> Fix | None:
    if torn.suggestion is None:
        return None
    title = f"write {torn.suggestion}" if torn.suggestion else "leave it out"
    step = SpliceText("/answer", torn.offset, torn.command, torn.suggestion)
    return Fix(title, "safe", (step,))


RULE = Rule(
    "QT601",
    "torn-latex",
    check,
    what="A LaTeX command that begins with `\\n`, such as `\\neq`, stands in the answer.",
    why="The site turns every `\\n` of an answer into a newline: of `\\neq` it leaves `eq` on a "
    "new line. See [torn LaTeX](rules.md#torn-latex).",
    example="answer: Let $a \\neq 0$.\n",
    fix="The command becomes the character, or the other command, that KaTeX renders the same.",
    fixes=("safe",),
)
