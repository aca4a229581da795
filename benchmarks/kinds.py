"""Articles that are hostile, or merely large, each of about a given number of bytes.

``FRONT`` are whole articles by the kind of their front matter; ``ANSWERS`` are texts in Markdown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Kind: TypeAlias = Callable[[int], str]

HEAD = """\
---
_schema: default
id: 1
date: 2024-11-21
title: Why does bread go stale?
article_title: Why does bread go stale?
date_format: MMM DD, YYYY
post_on_text: Posted on
seo:
  title: QuickTakes | Bread Baking
  page_description: Bread goes stale because its starch crystallises, not because it dries out.
  page_keywords: bread, starch
author: QuickTakes
question: Why does bread go stale?
"""
TAIL = """\
subject: Bread Baking
file_name: why-does-bread-go-stale.md
url: /learn/bread-baking/questions/why-does-bread-go-stale
---

&nbsp;"""
_ANSWER = "answer: Its starch crystallises.\n"
_BLOCK = """\
related_article{0}:
    id: 2
    title: How long should dough rise?
    subject: Bread Baking
    url: /learn/bread-baking/questions/how-long-should-dough-rise
"""
_DEPTH = 195


def repeated(text: str, size: int) -> str:
    """``text`` over and over, ``{0}`` in it being a number, in about ``size`` characters."""
    if "{0}" not in text:
        return text * max(1, size // max(1, len(text)))
    return "".join(text.replace("{0}", str(n)) for n in range(1, max(2, size // len(text) + 1)))


def front(text: str, size: int, before: str = "", after: str = "") -> str:
    """An article with ``text`` over and over at the end of its front matter."""
    return f"{HEAD}{_ANSWER}{before}{repeated(text, size)}{after}{TAIL}"


def _deep(size: int) -> str:
    one = "".join(f"{' ' * n}k:\n" for n in range(_DEPTH)) + " " * _DEPTH + "k: v\n"
    return f"{HEAD}{_ANSWER}" + repeated("deep{0}:\n" + _indented(one), size) + TAIL


def _indented(text: str) -> str:
    return "".join(f" {line}\n" for line in text.splitlines())


def _laughs(size: int) -> str:
    levels = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    return f"{HEAD}{_ANSWER}{levels}{repeated('filler{0}: *a1' + chr(10), size)}{TAIL}"


def _related(size: int) -> str:
    return f"{HEAD}{_ANSWER}{TAIL}".replace("---\n\n&nbsp;", repeated(_BLOCK, size)) + (
        "---\n\n&nbsp;"
    )


def _named(length: int) -> Kind:
    return lambda size: front(f"k{{0}}{'x' * length}: v\n", size)


def _lines(size: int, width: int = 80) -> list[str]:
    return ["word " * (width // 5 - 1) + "word"] * max(1, size // (width + 1))


FRONT: dict[str, Kind] = {
    "many keys": lambda size: front("key{0}: value\n", size),
    "many empty keys": lambda size: front("key{0}:\n", size),
    "many typed keys": lambda size: front("key{0}: 0x1F\n", size),
    "many ambiguous keys": lambda size: front("key{0}: yes\n", size),
    "many quoted keys": lambda size: front("'key {0}': \"v\\tv\"\n", size),
    "many seo keys": lambda size: front("", 0).replace(
        "author:", _indented(_indented(repeated("key{0}: value\n", size))) + "author:"
    ),
    "many near names": lambda size: front("titl{0}: value\n", size),
    "long names": _named(900),
    "names of 100 kB": _named(100_000),
    "duplicate keys": lambda size: front("key: value\n", size),
    "pairs of keys": lambda size: front("key{0}: a\nkey{0}: b\n", size),
    "bad values": lambda size: front("key{0}: !points 5\n", size),
    "bad dates": lambda size: front("key{0}: 2024-02-30\n", size),
    "list": lambda size: front("- item\n", size, "list:\n"),
    "list of one sign": lambda size: front("- a\n", size, "list:\n"),
    "list of mappings": lambda size: front("- a: {0}\n  b: c\n", size, "list:\n"),
    "list in brackets": lambda size: front("a, ", size, "list: [", "a]\n"),
    "lines in brackets": lambda size: front("  a,\n", size, "list: [\n", "  a]\n"),
    "mapping in braces": lambda size: front("k{0}: v, ", size, "map: {", "k: v}\n"),
    "empty items": lambda size: front("-\n", size, "list:\n"),
    "deep": _deep,
    "anchors": lambda size: front("key{0}: &a{0} value\n", size),
    "aliases": lambda size: front("key{0}: *a\n", size, "key: &a value\n"),
    "anchors and aliases": lambda size: front("k{0}: &a{0} v\nj{0}: *a{0}\n", size),
    "anchored lists": lambda size: front("k{0}: &a{0} [a]\nj{0}: *a{0}\n", size),
    "merge keys": lambda size: front(
        "m{0}:\n  <<: *a\n  k: v\n", size, "key: &a {one: 1, two: 2}\n"
    ),
    "chain of merges": lambda size: front(
        "",
        0,
        "m0: &m0 {k: v}\n"
        + "".join(f"m{n}: &m{n}\n  <<: *m{n - 1}\n  k{n}: v\n" for n in range(1, size // 30)),
    ),
    "laughs": _laughs,
    "tags": lambda size: front("key{0}: !!str value\n", size),
    "comments": lambda size: front("# a comment on its own line\n", size),
    "comments between": lambda size: front("# on\nkey{0}: value # behind\n", size),
    "deep comments": lambda size: front("    # a deep comment\n", size, "key: value\n"),
    "blank lines": lambda size: front("\n", size),
    "blanks": lambda size: front("        \n", size),
    "related": _related,
    "plain": lambda size: front("word ", size, "key: ", "word\n"),
    "plain lines": lambda size: front("  " + _lines(81)[0] + "\n", size, "key: word\n"),
    "single quotes": lambda size: front("it''s ", size, "key: '", "'\n"),
    "double quotes": lambda size: front("a\\tb ", size, 'key: "', '"\n'),
    "lines in quotes": lambda size: front("  word\n", size, 'key: "word\n', '  word"\n'),
    "folded": lambda size: front("word ", size, "key: >-\n  ", "word\n"),
    "folded lines": lambda size: front("  " + _lines(81)[0] + "\n", size, "key: >-\n"),
    "literal lines": lambda size: front("  word\n", size, "key: |\n"),
    "blank lines in a block": lambda size: front("\n", size, "key: |+\n  word\n", "  word\n"),
    "blank end of a block": lambda size: front("\n", size, "key: |\n  word\n"),
    "tabs in a block": lambda size: front("  \tword\n", size, "key: |\n"),
    "tabs before values": lambda size: front("key{0}:\tvalue\n", size),
    "tabs after values": lambda size: front("key{0}: value\t\n", size),
    "tabs that indent": lambda size: front("\tkey{0}: value\n", size),
    "breaks of YAML 1.1": lambda size: front("key{0}: a\u2028b\u0085c\n", size),
    "byte order marks": lambda size: front("key{0}: \ufeff\n", size),
    "CR LF": lambda size: front("key{0}: value\n", size).replace("\n", "\r\n"),
    "CR": lambda size: front("key{0}: value\r", size),
    "other letters": lambda size: front("ключ{0}: значение 🥖\n", size),
    "questions": lambda size: front("? key{0}\n: value\n", size),
    "folded escapes": lambda size: front("\\n", size, "key: >-\n  ", " word\n"),
    "many keywords": lambda size: front("", 0).replace(
        "page_keywords: bread", "page_keywords: bread" + repeated(", bread", size)
    ),
    "other keywords": lambda size: front("", 0).replace(
        "page_keywords: bread", "page_keywords: bread" + repeated(", bread{0}", size)
    ),
    "long title": lambda size: front("", 0).replace(
        "title: Why", "title: " + repeated("Why ", size) + "Why"
    ),
    "long url": lambda size: front("", 0).replace("url: ", "url: " + "/a" * (size // 2)),
    "long date": lambda size: front("", 0).replace("date: 2024", "date: " + "1" * size),
    "long number": lambda size: front("", 0).replace("id: 1", "id: " + "1" * size),
    "torn titles": lambda size: front("", 0).replace(
        "title: Why", "title: " + repeated("Why: a ", size) + "Why"
    ),
    "torn lines": lambda size: front("key{0}: a: b\n", size),
    "torn fields": lambda size: front("title: a: b\n", size),
    "unclosed quote": lambda size: front("key{0}: value\n", size, 'open: "'),
    "unclosed bracket": lambda size: front("key{0}: value\n", size, "open: ["),
    "invalid at the end": lambda size: front("key{0}: value\n", size, "", "*: [\n"),
    "unknown alias": lambda size: front("key{0}: value\n", size, "", "k: *nobody\n"),
    "control characters": lambda size: front("key{0}: \x0corall\n", size),
    "no fence": lambda size: front("key{0}: value\n", size).replace("---\n\n", "\n"),
    "empty lines first": lambda size: "\n" * size + front("", 0),
    "not UTF-8": lambda size: front("key{0}: \udcff\n", size),
    "long body": lambda size: front("", 0) + "&nbsp; " * (size // 7),
    "short": lambda size: "---\na: " + "\n" * size + "---\n",
}
"""Kinds of front matter. A lone surrogate stands for a byte that is not UTF-8."""

ANSWERS: dict[str, Kind] = {
    "prose": lambda size: repeated("Bread goes stale as its starch crystallises. ", size),
    "paragraphs": lambda size: repeated("Bread goes stale.\n\n", size),
    "lines": lambda size: repeated("Bread goes stale.\n", size),
    "empty lines": lambda size: repeated("\n", size),
    "one word": lambda size: "x" * size,
    "blanks ": lambda size: "x" + " " * size + "x",
    "brackets": lambda size: "[" * size,
    "closing brackets": lambda size: "]" * size,
    "brackets and text": lambda size: repeated("[a](", size),
    "nested links": lambda size: "[" * (size // 2) + "a" + "](b)" * (size // 8),
    "images": lambda size: repeated("![a", size),
    "link definitions": lambda size: repeated("[a{0}]: /b\n", size),
    "references": lambda size: repeated("[a{0}]: /b\n", size // 2) + repeated("[a{0}] ", size // 2),
    "stars": lambda size: "*" * size,
    "stars and text": lambda size: repeated("*a **b ", size),
    "stars and lines": lambda size: repeated("*a_ ", size),
    "underscores": lambda size: repeated("_a ", size),
    "tildes": lambda size: repeated("~~a ", size),
    "mixed marks": lambda size: repeated("a**b_c* ", size),
    "backticks": lambda size: "`" * size,
    "runs of backticks": lambda size: _runs("`", size),
    "backticks and text": lambda size: repeated("`a ``b ", size),
    "open fence": lambda size: "```\n" + repeated("code\n", size),
    "many fences": lambda size: repeated("```\ncode\n```\n", size),
    "named fences": lambda size: repeated("```python\nx = 1\n```\n", size),
    "quotes": lambda size: repeated("> a\n", size),
    "nested quotes": lambda size: ">" * size + "a",
    "nested quotes in lines": lambda size: repeated("> > > > > > > a\n", size),
    "items": lambda size: repeated("- a\n", size),
    "loose items": lambda size: repeated("- a\n\n", size),
    "numbers": lambda size: repeated("{0}. a\n", size),
    "numbers in a paragraph": lambda size: repeated("text\n2. a\n3. b\n", size),
    "tight items": lambda size: repeated("text\n-Bread\n", size),
    "bullets": lambda size: repeated("• a\n", size),
    "nested items": lambda size: "".join(f"{' ' * 2 * n}- a\n" for n in range(_root(size))),
    "items on a line": lambda size: "- " * (size // 2) + "a",
    "pluses on a line": lambda size: "+ " * (size // 2) + "a\n" * 3,
    "table": lambda size: "|a|b|\n|-|-|\n" + repeated("|c|d|\n", size),
    "wide table": lambda size: f"{'|a' * (size // 4)}|\n{'|-' * (size // 4)}|\n|c|d|\n",
    "square table": lambda size: (
        f"{'|a' * _root(size)}|\n{'|-' * _root(size)}|\n" + f"{'|c' * _root(size)}|\n" * _root(size)
    ),
    "short rows": lambda size: (
        f"{'|a' * (size // 8)}|\n{'|-' * (size // 8)}|\n" + "|c\n" * (size // 8)
    ),
    "unseen tables": lambda size: repeated("text\n|a|b|\n|c|d|\n\n", size),
    "rows without a head": lambda size: repeated("|c|d|\n", size),
    "dashes": lambda size: "|" + "-" * size + "x",
    "dashed cells": lambda size: "|--" * (size // 3) + "x",
    "dollars": lambda size: "$" * size,
    "single dollars": lambda size: repeated("$a ", size),
    "runs of dollars": lambda size: _runs("$", size),
    "prices": lambda size: repeated("$5 and ", size),
    "formulas": lambda size: repeated("$x$ ", size),
    "long formula": lambda size: "$" + repeated("x+", size) + "$",
    "long block of math": lambda size: "$$\n" + repeated("x + y \\\\\n", size) + "$$\n",
    "open math": lambda size: "$$\n" + repeated("x + y\n", size),
    "blocks of math": lambda size: repeated("$$\nx\n$$\n\n", size),
    "nested TeX": lambda size: f"${'{' * (size // 2)}x{'}' * (size // 2)}$",
    "fractions": lambda size: "$" + "\\frac{" * (size // 8) + "1" + "}{2}" * (size // 8) + "$",
    "many fractions": lambda size: repeated("$\\frac{\\frac{1}{2}}{\\sqrt{x}}$ ", size),
    "scripts": lambda size: "$" + "x^" * (size // 2) + "$",
    "environments": lambda size: repeated("$$\n\\begin{aligned}a\\\\b\\end{aligned}\n$$\n\n", size),
    "nested environments": lambda size: (
        "$$\n" + "\\begin{matrix}" * (size // 26) + "\\end{matrix}" * (size // 26) + "\n$$"
    ),
    "parentheses": lambda size: repeated("\\(x\\) ", size),
    "open parentheses": lambda size: repeated("\\( ", size),
    "open and closed": lambda size: "\\( " * (size // 6) + "\\) " * (size // 6),
    "square formulas": lambda size: repeated("\\[x\\]\n", size),
    "formulas and dollars": lambda size: "$ " + repeated("\\(x\\) ", size),
    "torn": lambda size: repeated("$a \\neq b$ ", size),
    "torn prose": lambda size: repeated("\\nabla ", size),
    "backslashes": lambda size: "\\" * size,
    "backslashes and letters": lambda size: "\\" * size + "n",
    "tags": lambda size: repeated("<b>a</b> ", size),
    "open tags": lambda size: "<" * size,
    "tags without an end": lambda size: repeated("<a ", size),
    "attributes": lambda size: repeated('<a x="y" ', size),
    "comments": lambda size: repeated("<!-- ", size),
    "other tags": lambda size: repeated("<b{0}>a ", size),
    "blocks of HTML": lambda size: repeated("<div>\n\na\n\n", size),
    "instructions": lambda size: repeated("<? ", size),
    "declarations": lambda size: repeated("<!A ", size),
    "CDATA": lambda size: repeated("<![CDATA[ ", size),
    "entities": lambda size: repeated("&amp; ", size),
    "open entities": lambda size: repeated("&#1", size),
    "addresses": lambda size: repeated("<http://a.b> ", size),
    "escapes of an import": lambda size: repeated("a\\u00e9b &amp;lt; ", size),
    "escapes in math": lambda size: repeated("$x$ \\u00e9 ", size),
    "headings": lambda size: repeated("# a\n", size),
    "long heading": lambda size: "# " + repeated("a ", size),
    "underlined": lambda size: repeated("a\n===\n", size),
    "rules": lambda size: repeated("* * *\n", size),
    "rule on a line": lambda size: "* " * (size // 2),
    "hashes": lambda size: "# a " + "#" * size + " b",
    "tabs": lambda size: "\t" * size + "a",
    "indented": lambda size: repeated("    a\n", size),
    "indent": lambda size: " " * size + "a",
    "other letters": lambda size: repeated("Хлеб черствеет 🥖. ", size),
    "combining": lambda size: repeated("e\u0301", size),
    "zero width": lambda size: repeated("a\u200b", size),
    "control": lambda size: repeated("\x1b[31m", size),
    "refusal": lambda size: "As an AI" + "x" * size,
}


def _root(size: int) -> int:
    return max(1, int((size / 2) ** 0.5))


def _runs(mark: str, size: int) -> str:
    """Runs of a mark, each of another length, with a letter between."""
    return "".join(mark * length + "a" for length in range(1, int((2 * size) ** 0.5)))


def article(kind: str, size: int) -> bytes:
    """An article whose front matter is of a kind."""
    return FRONT[kind](size).encode("utf-8", "surrogateescape")


def answer(kind: str, size: int) -> bytes:
    """An article whose answer is of a kind."""
    return answered(ANSWERS[kind](size))


def answered(markdown: str) -> bytes:
    """An article with an answer in a folded block, on one line as the site has it."""
    stored = markdown.replace("\n", "\\n")
    return f"{HEAD}answer: >-\n  .{stored}\n{TAIL}".encode()
