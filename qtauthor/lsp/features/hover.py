"""Hover: what a field is, the article behind a link and the link's state, the answer to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lsprotocol import types

from qtauthor.content.index import Entry
from qtauthor.content.links import written_blocks
from qtauthor.content.links.written_blocks import WrittenBlock
from qtauthor.errors import QtauthorError
from qtauthor.lsp.article.words import told_inbound
from qtauthor.lsp.diagnostics import findings
from qtauthor.lsp.feature import Feature
from qtauthor.lsp.session import RequestContext, RequestFile
from qtauthor.model import field_descriptions, numbered_blocks
from qtauthor.model.article_fields import ADDRESSES
from qtauthor.operations.links.link_state import link_state
from qtauthor.operations.site import same_question
from qtauthor.text import cursor
from qtauthor.text.cursor import CursorPlace

_BEGINNING = 400
"""Characters of an answer that are shown of a linked article."""

_WHOLE = 50_000
"""Characters of the article's own answer that are shown; more would hold up the editor."""

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|])")
_ACTIVE = re.compile(r"!(?=\[)|<(?=[A-Za-z/!?])")
_JOINER = "\u2060"  # shows nothing, in code neither
_RULE = "\n\n---\n\n"


def hover(work: RequestContext, params: types.HoverParams) -> types.Hover | None:
    """What is under the cursor."""
    target = work.target(params.text_document.uri)
    spot = cursor.at(target.text, target.offset(params.position)) if target else None
    if target is None or spot is None:
        return None
    parts = list(_parts(target, spot))
    if not parts:
        return None
    start, end = spot.key if spot.on_key else spot.value
    if work.client.reads_markdown:
        content = types.MarkupContent(types.MarkupKind.Markdown, _tame(_RULE.join(parts)))
    else:
        content = types.MarkupContent(types.MarkupKind.PlainText, _plain(parts))
    return types.Hover(content, target.range(start, end))


def _tame(markdown: str) -> str:
    """The same to read, and nothing in it that an editor would fetch or run: no image, no HTML.

    What an article says is its author's, who need not be the reader.
    """
    return _ACTIVE.sub(lambda found: found[0] + _JOINER, markdown)


def _parts(target: RequestFile, spot: CursorPlace) -> Iterator[str]:
    number = numbered_blocks.number(spot.path[0])
    described = field_descriptions.description(spot.pointer)
    if described and (spot.on_key or number is None):
        yield described
    if number is not None:
        blocks = written_blocks.written(target.text)
        yield from (_link(target, block) for block in blocks if block.number == number)
    elif spot.pointer == "/answer":
        yield from _answer(target)
    elif spot.pointer in ADDRESSES:
        own = target.site.index.entry(target.path)
        if own is not None:
            count = len({link.source for link in same_question.inbound(target.site, own)})
            yield told_inbound(count)


def _answer(target: RequestFile) -> Iterator[str]:
    try:
        shown = target.site.parse(target.data).markdown
    except QtauthorError:  # while someone types
        return
    more = len(shown) - _WHOLE
    yield f"{shown[:_WHOLE]}\n\n… {more:,} more characters are not shown" if more > 0 else shown


def _link(target: RequestFile, block: WrittenBlock) -> str:
    entry = written_blocks.meant(target.site, block)
    state = "; ".join(_state(target, block))
    if entry is None:
        return f"**Dead link:** {state or 'no article lives at this url'}"
    card = [f"**{_escaped(entry.title or entry.path)}**", _about(entry)]
    parts = (*card, *_beginning(target, entry), state)
    return "\n\n".join(part for part in parts if part)


def _about(entry: Entry) -> str:
    known = (entry.subject and _escaped(entry.subject), entry.id, f"`{entry.address}`")
    return " · ".join(str(part) for part in known if part is not None)


def _beginning(target: RequestFile, entry: Entry) -> Iterator[str]:
    try:
        text = target.site.article(entry.path).markdown.strip()
    except QtauthorError:
        return
    if len(text) > _BEGINNING:
        ends = (text.rfind(sign, 0, _BEGINNING) for sign in ("\n\n", " "))
        end = next((one for one in ends if one > 0), _BEGINNING)
        text = text[:end].rstrip() + " …"
    yield text


def _state(target: RequestFile, block: WrittenBlock) -> list[str]:
    """What the rules on links say of one; nothing while the article cannot be read."""
    try:
        target.located()
    except QtauthorError:
        return []
    found = link_state(findings.checker(target.site), target.path, target.data, block.number)
    return found or ["the link agrees with the article"]


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)


def _plain(parts: list[str]) -> str:
    text = "\n\n".join(parts)
    return re.sub(r"\\([\\`*_{}\[\]<>#|])", r"\1", text.replace("**", ""))


FEATURE = Feature("hover", {types.TEXT_DOCUMENT_HOVER: (hover, None)})
