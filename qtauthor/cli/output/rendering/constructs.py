"""The commands and environments of TeX that take arguments."""

from __future__ import annotations

import re
from collections.abc import Callable

from qtauthor.cli.output.rendering import symbols
from qtauthor.cli.output.rendering.reader import MathReader, Unknown, grouped, plain
from qtauthor.content.latex import NEGATIONS


def _given(reader: MathReader) -> None:
    reader.apart("|")


def _fraction(reader: MathReader) -> None:
    above, below = reader.argument(), reader.argument()
    if reader.out and reader.out[-1].isalnum():
        reader.out += " "
    reader.put(f"{grouped(above)}/{grouped(below)}")
    if re.match(r"\s*[A-Za-z0-9\\(]", reader.text[reader.at :]):
        reader.out += " "


def _root(reader: MathReader) -> None:
    degree = reader.option()
    under = grouped(reader.argument())
    if degree in symbols.ROOTS:
        reader.put(symbols.ROOTS[degree] + under)
        return
    raised = symbols.SCRIPTS["^"]
    if not all(character in raised for character in degree):
        raise Unknown
    reader.put("".join(raised[character] for character in degree) + "√" + under)


def _choose(reader: MathReader) -> None:
    reader.put(f"C({reader.argument()}, {reader.argument()})")


def _over(reader: MathReader) -> None:
    above = reader.argument()
    reader.put(reader.argument())
    reader.out += f"^{grouped(above)}"


def _under(reader: MathReader) -> None:
    below = reader.argument()
    reader.put(reader.argument())
    reader.out += f"_{grouped(below)}"


def _arrow(reader: MathReader) -> None:
    reader.blank()
    below, above = reader.option(), reader.argument()
    words = "; ".join(part for part in (above, below) if part)
    reader.put(f"—({words})→" if words else "→")
    reader.blank()


def _tag(reader: MathReader) -> None:
    reader.out += f"   ({plain(reader.raw())})"


def _label(reader: MathReader) -> None:
    reader.raw()


def _modulo(reader: MathReader) -> None:
    reader.blank()
    reader.put(f"(mod {reader.argument()})")


def _boxed(reader: MathReader) -> None:
    reader.put(f"[{reader.argument()}]")


def _colored(reader: MathReader) -> None:
    reader.raw()
    reader.put(reader.argument())


def _negated(reader: MathReader) -> None:
    reader.skip_blank()
    operand = reader.next()[0]
    if operand not in NEGATIONS:
        raise Unknown
    reader.symbol(NEGATIONS[operand] or "")


def _line_break(reader: MathReader) -> None:
    reader.option()
    reader.out = reader.out.rstrip() + "\n"


def _environment(reader: MathReader) -> None:
    name = reader.raw()
    end = f"\\end{{{name}}}"
    close = _end(reader, name)
    inner = reader.text[reader.at : close]
    reader.at = close + len(end)
    if name in ("array", "alignat"):
        inner = re.sub(r"\A\s*\{[^{}]*\}", "", inner)
    cells = [
        [reader.written(cell).strip() for cell in _split(row, "&")] for row in _split(inner, "\\\\")
    ]
    rows = [row for row in cells if any(row)]
    if name in symbols.LINES:
        reader.put("\n".join(" ".join(cell for cell in row if cell) for row in rows))
    elif name in symbols.BRACKETS:
        left, right = symbols.BRACKETS[name]
        between = ", " if name == "cases" else "  "
        reader.put(left + "; ".join(between.join(row) for row in rows) + right)
    else:
        raise Unknown


def _end(reader: MathReader, name: str) -> int:
    """Where the environment ends that has just begun."""
    level = 1
    marks = re.compile(rf"\\(begin|end)\{{{re.escape(name)}\}}")
    for found in marks.finditer(reader.text, reader.at):
        level += 1 if found[1] == "begin" else -1
        if level == 0:
            return found.start()
    raise Unknown


def _split(text: str, mark: str) -> list[str]:
    """At each mark that stands in no group and no inner environment."""
    parts, level, start = [], 0, 0
    for found in re.finditer(r"\\begin\b|\\end\b|\\\\(?:\[[^\]]*\])?|\\.|[{}&]", text, re.DOTALL):
        token = found[0]
        level += {"{": 1, "\\begin": 1, "}": -1, "\\end": -1}.get(token, 0)
        if level == 0 and token.startswith(mark):
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


CONSTRUCTS: dict[str, Callable[[MathReader], None]] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), _fraction),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), _choose),
    **dict.fromkeys(("overset", "stackrel"), _over),
    **dict.fromkeys(("xrightarrow",), _arrow),
    **dict.fromkeys(("pmod", "pod"), _modulo),
    **dict.fromkeys(("\\", "newline", "cr"), _line_break),
    "mid": _given,
    "sqrt": _root,
    "underset": _under,
    "tag": _tag,
    "label": _label,
    "boxed": _boxed,
    "textcolor": _colored,
    "color": _label,
    "not": _negated,
    "begin": _environment,
}
