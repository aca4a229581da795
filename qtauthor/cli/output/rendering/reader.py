"""Reads math from left to right and writes it in Unicode."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from qtauthor.cli.output.rendering import symbols

_TOKEN = re.compile(r"\\(?P<name>[A-Za-z]+\*?|.)|(?P<blank>\s+)|(?P<sign>.)", re.DOTALL)
_MARKS = r"[′″°\u0300-\u036f\u20d7ₐ-ₜᵢᵣᵤᵥ₀-₉⁰¹²³⁴-⁹ᵃ-ᶿⁿⁱ]*"
_ONE = re.compile(rf"(?:[0-9][0-9.,]*|[√∛∜]?\w|∞|[A-Za-z]{{3,}}){_MARKS}\Z")
_WORD = re.compile(r"[A-Za-z]+\Z")
_CLOSED = re.compile(r"[(\[|√∛∜]?[(\[|][^()\[\]|]*[)\]|]\Z")
_DEEP = 40

Constructs: TypeAlias = Mapping[str, Callable[["MathReader"], None]]
"""What is done for a command that takes arguments, by its name without a star."""


class Unknown(Exception):  # noqa: N818  it is caught by ``tex``, and no error
    """A command without a form in Unicode."""


class MathReader:
    """Reads from left to right and writes ``out``."""

    def __init__(self, text: str, constructs: Constructs, depth: int = 0) -> None:
        if depth > _DEEP:
            raise Unknown
        self.text = text
        self.constructs = constructs
        self.at = 0
        self.depth = depth
        self.out = ""
        self.last = ""
        """What the latest sign came to: scripts and accents belong to it."""

    def rest(self) -> str:
        """All of the text."""
        while self.at < len(self.text):
            self._step()
        return self.out

    def _step(self) -> None:
        found = self.next()
        if found["name"] is not None:
            self._command(found["name"])
        elif found["blank"] is not None:
            self.blank()
        elif found["sign"] in "^_":
            self._script(found["sign"])
        elif found["sign"] == "{":
            self.at -= 1
            self.put(self.argument())
        elif found["sign"] in "}&":
            raise Unknown
        else:
            self._sign(found["sign"])

    def next(self) -> re.Match[str]:
        found = _TOKEN.match(self.text, self.at)
        if found is None:
            raise Unknown
        self.at = found.end()
        return found

    # Writing

    def put(self, text: str) -> None:
        self.out += text
        self.last = text

    def blank(self) -> None:
        if self.out and not self.out[-1].isspace():
            self.out += " "

    def _sign(self, sign: str) -> None:
        if sign == "~":
            self.blank()
        else:
            self.put({"-": "−", "'": "′"}.get(sign, sign))

    def symbol(self, text: str) -> None:
        """A character; blanks behind the name of a letter only end the name."""
        if len(text) == 1 and symbols.is_spaced(text):
            self.apart(text)
        else:
            self.put(text)
            if re.match(r"\s+[A-Za-z0-9\\]", self.text[self.at :]):
                self.skip_blank()

    def apart(self, text: str) -> None:
        self.blank()
        self.put(text)
        self.blank()

    def _word(self, text: str) -> None:
        """The name of a function, away from letters on both sides."""
        if self.out and self.out[-1].isalnum():
            self.out += " "
        self.put(text)
        if re.match(r"\s*[\\A-Za-z0-9{]", self.text[self.at :]):
            self.out += " "

    # Reading

    def argument(self) -> str:
        """What a command or a script applies to, written."""
        return self.written(self.raw()).strip()

    def written(self, text: str) -> str:
        return MathReader(text, self.constructs, self.depth + 1).rest()

    def raw(self) -> str:
        """The next group without its braces, or the next token."""
        self.skip_blank()
        start = self.at
        if not self.text.startswith("{", start):
            found = self.next()
            return found[0]
        level = 0
        for found in re.compile(r"\\.|[{}]", re.DOTALL).finditer(self.text, start):
            level += {"{": 1, "}": -1}.get(found[0], 0)
            if level == 0:
                self.at = found.end()
                return self.text[start + 1 : found.start()]
        raise Unknown

    def option(self) -> str:
        """What stands in brackets behind a command."""
        end = self.text.find("]", self.at)
        if not self.text.startswith("[", self.at) or end < 0:
            return ""
        start, self.at = self.at + 1, end + 1
        return self.written(self.text[start:end]).strip()

    def skip_blank(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    # Scripts and commands

    def _script(self, sign: str) -> None:
        known = symbols.SCRIPTS[sign]
        written = self.argument().replace(" ", "")
        self.out = self.out.rstrip()
        if written and all(character in known for character in written):
            self.out += "".join(known[character] for character in written)
        else:
            self.out += sign + (written if _WORD.match(written) else grouped(written))
        if self.last in symbols.FUNCTIONS:
            self._after_function()

    def _after_function(self) -> None:
        if re.match(r"\s*[\\A-Za-z0-9{]", self.text[self.at :]):
            self.out += " "

    def _command(self, name: str) -> None:
        special = self.constructs.get(name.removesuffix("*"))
        if special is not None:
            special(self)
        elif name in symbols.SPACES:
            self.out += symbols.SPACES[name]
        elif name in symbols.SILENT:
            self._after_silent(name)
        elif name in symbols.FUNCTIONS:
            self._word(name)
        elif name in symbols.TEXTS:
            self.put(plain(self.raw()))
        elif name in symbols.PLAIN:
            self.put(self.argument())
        elif name in symbols.ALPHABETS:
            self.put("".join(symbols.letter(name, one) for one in self.argument()))
        elif name in symbols.ACCENTS:
            self.put(_accented(self.argument(), symbols.ACCENTS[name]))
        else:
            self._known(name)

    def _known(self, name: str) -> None:
        found = symbols.symbol(name)
        if found is None:
            raise Unknown
        self.symbol(found)

    def _after_silent(self, name: str) -> None:
        """A dot behind \\left or \\right is no delimiter."""
        if name in ("left", "right"):
            self.skip_blank()
            if self.text.startswith(".", self.at):
                self.at += 1


def grouped(text: str) -> str:
    """In parentheses, unless it is one thing without them."""
    return text if _ONE.match(text) or _CLOSED.match(text) else f"({text})"


def _accented(text: str, mark: str) -> str:
    if len(text) != 1 and mark not in ("\u0305", "\u0332", "\u20d7"):
        raise Unknown
    return "".join(character + mark for character in text)


def plain(text: str) -> str:
    """The words of \\text; math within them is not read."""
    if "$" in text.replace("\\$", "") or re.search(r"\\[A-Za-z]", text):
        raise Unknown
    return re.sub(r"\\(.)", r"\1", text.replace("{", "").replace("}", "")).replace("~", " ")
