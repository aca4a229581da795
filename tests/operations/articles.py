"""Articles whose texts, gaps and orders are written in every way, for laws on check and fmt."""

from __future__ import annotations

import re

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.rules.support import ARTICLE

_BLOCK = re.compile(r"^[^\s#]", re.MULTILINE)
_TEXT = re.compile(r"(?m)^( *)(\w+): (?:>-\n +)?(\S[^\n]*)\n")
HEADERS = ("|", "|-", "|+", ">", ">-", ">+")


@st.composite
def texts(draw: DrawFn, key: str, column: int, value: str) -> str:
    """A key with this text in some style, with what may follow it."""
    margin = " " * column
    style = draw(st.sampled_from([*HEADERS, *HEADERS, "", "'", '"']))
    if style not in HEADERS:
        quoted = {"'": "'" + value.replace("'", "''") + "'", '"': f'"{value}"'}.get(style, value)
        return f"{margin}{key}: {quoted}{draw(st.sampled_from(['', ' ', '  # why']))}\n"
    step = draw(st.sampled_from([1, 2, 4]))
    indicator = draw(st.sampled_from(["", "", str(step)]))
    inner = margin + " " * step
    lines = [value]
    if draw(st.integers(0, 3)) == 3:
        lines = [value[: len(value) // 2], *draw(st.sampled_from([[], [""]])), "and more"]
    head = style[0] + draw(st.sampled_from([indicator + style[1:], style[1:] + indicator]))
    blanks = draw(st.sampled_from(["", "", "", "\n", "\n\n", inner + "\n", " \n"]))
    body = "".join(f"{inner}{line}\n" if line else "\n" for line in lines)
    return f"{margin}{key}: {head}\n{body}{blanks}"


@st.composite
def articles(draw: DrawFn, *, shuffled: bool = True) -> bytes:
    """An article that can be read, with findings that have fixes among others."""
    front = ARTICLE.split("---\n")[1]
    starts = [found.start() for found in _BLOCK.finditer(front)]
    blocks = [front[a:b] for a, b in zip(starts, [*starts[1:], len(front)], strict=True)]
    written = [draw(_block(block)) for block in blocks]
    if shuffled and draw(st.booleans()):
        written = draw(st.permutations(written))
    for place in draw(st.lists(st.integers(0, len(written) - 1), max_size=2)):
        comment = draw(
            st.sampled_from(["# about it\n", "\n# free\n\n", "# a\n\n", "  # deep\n", "\n"])
        )
        written[place] = draw(st.sampled_from([comment + written[place], written[place] + comment]))
    gap = draw(st.sampled_from(["", "", "\n", "\n\n", "  \n"]))
    body = draw(st.sampled_from(["", "\n&nbsp;", "\n&nbsp;\n", "text"]))
    fence = draw(st.sampled_from(["---\n", "---\n", "---"])) if not body else "---\n"
    text = f"---\n{''.join(written)}{gap}{fence}{body}"
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n"]))).encode()


@st.composite
def _block(draw: DrawFn, block: str) -> str:
    """A field of the usual article, some of them in another style."""
    parts: list[str] = []
    reached = 0
    for found in _TEXT.finditer(block):
        indent, key, value = found.groups()
        if key in ("id", "date", "score") or draw(st.integers(0, 2)):
            continue
        value = draw(st.sampled_from([value, value, "Something else"]))
        parts += [block[reached : found.start()], draw(texts(key, len(indent), value))]
        reached = found.end()
    return "".join((*parts, block[reached:]))
