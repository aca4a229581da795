"""Why a text is no YAML, in terms of the file and with a remedy."""

from __future__ import annotations

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from qtauthor.errors import Code, ParseError
from qtauthor.text.source import characters, lines
from qtauthor.text.yaml import unsupported
from qtauthor.text.yaml.parser import MAX_DEPTH

_REMEDIES = (
    ("mapping values are not allowed", "quote the value: a colon and a blank begin a new field"),
    ("could not find expected ':'", "give the line a key and a colon, or indent it further"),
    ("'%'", "quote the value"),
    ("'@'", "quote the value"),
    ("'`'", "quote the value"),
    ("\\t", "indent with spaces, not with tabs"),
    ("while scanning a quoted scalar", "close the quote, or write an inner quote twice"),
    ("second document", "keep one document between the fences"),
    ("expected <block end>", "let the line begin in the same column as its neighbours"),
    ("did not find expected key", "let the line begin in the same column as its neighbours"),
    ("sequence entries are not allowed", "put the list on its own lines, or quote the value"),
)


def too_deep(text: str, offset: int) -> ParseError:
    """The refusal of the collection at ``offset``."""
    return ParseError(
        Code.TOO_DEEP,
        f"collections stand in each other more than {MAX_DEPTH} deep",
        where=lines.place(text, offset),
        excerpt=lines.excerpt(text, offset)[:200],
        remedy="flatten the data; no article needs this",
    )


def invalid(error: YAMLError, text: str, base: int, part: str) -> ParseError:
    """What ruamel says of ``part``, which begins at ``base``, with a place and a remedy."""
    control = characters.FAULT.search(part)
    if control:
        return ParseError(
            Code.CONTROL_CHARACTER,
            f"{characters.called(control.group())} may not stand in YAML",
            where=lines.place(text, base + control.start()),
            excerpt=lines.excerpt(text, base + control.start()),
            remedy="remove it; a form feed is often an unescaped \\f of a LaTeX command",
        )
    problem, offset = str(error), base
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or problem
        offset = base + (mark.index if mark is not None else 0)
    described = f"{getattr(error, 'context', '') or ''} {problem}"
    known = unsupported.kind(part, described, offset - base)
    if known is not None:
        code, said, remedy = Code.UNREADABLE_YAML, known.message, known.remedy
    else:
        code, said = Code.INVALID_YAML, problem.split("\n")[0]
        remedy = next((text for hint, text in _REMEDIES if hint in described), "")
    return ParseError(
        code,
        said,
        where=lines.place(text, offset),
        excerpt=lines.excerpt(text, min(offset, max(0, len(text) - 1))),
        remedy=remedy or "mend the YAML at this place",
    )
