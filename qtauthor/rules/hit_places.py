"""From a hit to a line and a column."""

from __future__ import annotations

from qtauthor.errors import QtauthorError
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.finding import Finding
from qtauthor.rules.rule import Hit, Rule
from qtauthor.text.source import lines
from qtauthor.text.source.positions import Positions
from qtauthor.text.yaml import pointer as pointers
from qtauthor.text.yaml.nodes import Scalar

_BLOCK = ("|", ">")
"""Styles whose text begins on the line below."""


def located(rule: Rule, hit: Hit, subject: CheckedArticle) -> Finding:
    """The finding, with its place."""
    line, column, end_line, end_column = _place(hit, subject)
    return Finding(
        rule.code,
        subject.path,
        hit.message,
        hit.pointer,
        line,
        column,
        end_line,
        end_column,
        hit.fix,
        hit.elsewhere,
        subject.article,
    )


def in_list(rule: Rule, hit: Hit, path: str, positions: Positions) -> Finding:
    """A finding in the list of redirects at ``path``, at the offset or the place of the hit."""
    line, column = (hit.place.line, hit.place.column) if hit.place else (0, 0)
    if hit.offset is not None:
        spot = positions.spot(hit.offset)
        line, column = spot.line + 1, spot.unit + 1
    end = column + 1 if line else 0
    return Finding(rule.code, path, hit.message, "", line, column, line, end, hit.fix)


def _place(hit: Hit, subject: CheckedArticle) -> tuple[int, int, int, int]:
    if hit.place is not None:
        line, column = hit.place.line, hit.place.column
        return line, column, line, column + 1 if line else 0
    known = _usual(hit, subject)
    if known is not None:
        return known
    try:
        at = subject.places.place
    except QtauthorError:
        return 0, 0, 0, 0
    span = (hit.offset, hit.offset + 1) if hit.offset is not None else _span(hit, subject)
    if span is None:
        return 0, 0, 0, 0
    start, end = at(span[0]), at(span[1])
    return start.line, start.column, end.line, end.column


def _usual(hit: Hit, subject: CheckedArticle) -> tuple[int, int, int, int] | None:
    """The place in a file of the usual form, without parsing it."""
    usual = subject.usual
    value = usual.span(hit.pointer) if usual and not hit.key and hit.offset is None else None
    if usual is None or value is None:
        return None
    start, end = value
    if hit.span is not None:
        start, end = value[0] + hit.span[0], value[0] + hit.span[1]
    place = subject.places.place(start)
    return place.line, place.column, place.line, place.column + end - start


def _span(hit: Hit, subject: CheckedArticle) -> tuple[int, int] | None:
    """Offsets of the file's text; those of the nearest key around what is not there."""
    tokens = pointers.parse(hit.pointer)
    text, lookup = subject.located.text, subject.located.lookup
    if not tokens:
        return None
    try:
        collection = lookup.collection(tokens[:-1])
        found = lookup.found(collection, tokens[-1])
    except QtauthorError:
        return None
    if found is None:
        return _span(hit._replace(pointer=pointers.join(tokens[:-1]), key=True, span=None), subject)
    node = found.node
    if hit.key or not isinstance(node, Scalar) or node.start >= node.end:
        end = found.start if found.key is None else found.key.end
        return found.start, end
    key = f"first line of {node.first}"
    if key not in subject.kept:  # a value of megabytes can have thousands of findings
        subject.kept[key] = _first_line(text, node)
    start, end, spelled = subject.kept[key]
    if hit.span is None or not spelled:
        return start, end
    return start + hit.span[0], start + hit.span[1]


def _first_line(text: str, node: Scalar) -> tuple[int, int, bool]:
    """The first line of a value, and whether it is spelled as it reads."""
    start = -1
    if node.text and node.style in _BLOCK:  # its indicator or its anchor may read as it does
        start = text.find(node.text, lines.next_line(text, node.start), node.end)
    elif node.text:
        start = text.rfind(node.text, node.start, node.end)
    if start < 0:
        return node.start, min(node.end, lines.line_end(text, node.start)), False
    return start, min(start + len(node.text), lines.line_end(text, start)), True
