"""Breaks articles as they were broken, and in ways that nobody has met so far.

``made`` writes an article anew in one of the styles that the site has; each of `KINDS` breaks its
text in one known way, each of `STRANGE` in one that repair does not know. A break that is not
possible in a text gives ``None``. All chance comes from the ``random.Random`` that is passed in.

``python -m tests.rules.breaking FOLDER`` prints how many are repaired, left alone or wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any, NamedTuple

import yaml

from tests.support.readers import ReadError, front_matter

Break = Callable[[Random, str], str | None]

TITLES = ("title", "article_title", "question")
_COMMANDS = ("\\frac{a}{b}", "\\forall x", "\\beta", "\\vec{v}", "\\alpha", "\\lambda", "\\sum_i")
_KEY = re.compile(r"( *)([A-Za-z_]\w*):(?: (.*))?")


def data_of(text: str) -> Any:
    """The data of a file under YAML 1.1."""
    return yaml.load(front_matter(text), Loader=yaml.CSafeLoader)


# Writing


def written(key: str, text: str, style: str, indent: int = 0) -> str:
    """A field in a style."""
    blank = " " * indent
    inner = {"": 4, "seo": 2, "related": 4}["" if not indent else "seo" if indent == 2 else "related"]
    if style == "single":
        return f"{blank}{key}: '" + text.replace("'", "''") + "'\n"
    if style == "double":
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'{blank}{key}: "{escaped}"\n'
    if style == "bare":
        return f"{blank}{key}: {text}\n"
    return f"{blank}{key}: >-\n{blank}{' ' * inner}{text}\n"


def plain(text: str) -> bool:
    """Whether a text can stand without quotes."""
    try:
        return bool(yaml.load(f"a: {text}\n", Loader=yaml.CSafeLoader) == {"a": text})
    except yaml.YAMLError:
        return False


def styled(rng: Random, key: str, text: str, indent: int, styles: Iterable[str]) -> str:
    style = rng.choice(list(styles))
    if style == "bare" and not plain(text):
        style = rng.choice(["single", "double", "folded"])
    return written(key, text, style, indent)


def _spiced(rng: Random, text: str) -> str:
    """A title with a sign that YAML or its slug does not bear; the slug stays, as far as it can."""
    words = text.split(" ")
    at = rng.randrange(1, len(words)) if len(words) > 1 else 0
    kind = rng.choice(["colon", "colon", "quotes", "apostrophe", "special", "hash", "none", "none"])
    if kind == "colon":
        words[max(0, at - 1)] += ":"
    elif kind == "quotes":
        words[at] = f'"{words[at]}"'
    elif kind == "apostrophe":
        words[max(0, at - 1)] += "'s"
    elif kind == "special":
        words[0] = rng.choice(["@", "%", "`", "*", "&", "!", "["]) + words[0]
    elif kind == "hash":
        words[at] = "#" + words[at]
    return " ".join(words)


def _math(rng: Random, text: str) -> str:
    if rng.random() < 0.5:
        return text
    words = text.split(" ")
    for _ in range(rng.randrange(1, 4)):
        words.insert(rng.randrange(len(words) + 1), f"${rng.choice(_COMMANDS)}$")
    return " ".join(words)


def made(rng: Random, data: dict[str, Any]) -> str:
    """An article with about this data, in one of the site's styles."""
    titles = ("folded", "folded", "bare", "single", "double")
    title = _spiced(rng, data["title"])
    title_style, link_style = [rng.choice(titles)], [rng.choice(titles)]
    out = ["---\n", f"_schema: default\nid: {data['id']}\ndate: {data['date']}\n"]
    out.append(styled(rng, "title", title, 0, title_style))
    out.append(styled(rng, "article_title", title, 0, title_style))
    out.append("date_format: MMM DD, YYYY\npost_on_text: Posted on\nseo:\n")
    out.append(f"  title: QuickTakes | {data['subject']}\n")
    description = _math(rng, str(data["seo"]["page_description"]))
    out.append(styled(rng, "page_description", description, 2, ("folded", "folded", "double")))
    words = str(data["seo"]["page_keywords"]).split(", ")
    out.append(
        rng.choice(
            [
                styled(rng, "page_keywords", ", ".join(words), 2, ("folded", "bare")),
                '  page_keywords: ""\n',
                "  page_keywords:\n" + "".join(f"    - {w}\n" for w in words if plain(w)),
            ]
            if all(map(plain, words))
            else ['  page_keywords: ""\n']
        )
    )
    out.append(rng.choice(["author: QuickTakes\n", 'author: "QuickTakes"\n', "author: 'Quick Takes'\n"]))
    out.append(rng.choice(["", "", "", "tags: [bread, water]\n", "tags:\n  - bread\n  - water\n"]))
    out.append(written("question", title, "folded"))
    out.append(rng.choice(["", "", "no_index: True\n"]))
    out.append(styled(rng, "answer", _math(rng, data["answer"]), 0, ("folded",) * 5 + ("double",)))
    out.append(f"subject: {data['subject']}\nfile_name: {data['file_name']}\nurl: {data['url']}\n")
    out.append(rng.choice(["", "score: -1.0\n"]))
    for number in range(1, 6):
        link = data.get(f"related_article{number}")
        if link is None:
            break
        link_title = _spiced(rng, link["title"]) if rng.random() < 0.5 else link["title"]
        out.append(f"related_article{number}:\n    id: {link['id']}\n")
        out.append(styled(rng, "title", link_title, 4, link_style))
        out.append(f"    subject: {link['subject']}\n    url: {link['url']}\n")
    out.append(rng.choice(["---\n\n&nbsp;", "---\n\n&nbsp;", "\n---\n\n&nbsp;", "---\n\n&nbsp;\n"]))
    text = "".join(out)
    shape = rng.random()
    if shape < 0.08:
        text = text.replace("\n", "\r\n")
    elif shape < 0.12:
        text = "\ufeff" + text
    return text


# Finding one's way in a text


class Entry(NamedTuple):
    """The lines of a key, ``start`` to ``stop``; ``above`` is the key around it."""

    start: int
    stop: int
    indent: int
    key: str
    above: str


def entries(text: str) -> list[Entry]:
    """All keys of a sound front matter."""
    lines = text.split("\n")
    found: list[Entry] = []
    above = ""
    end = next((n for n, line in enumerate(lines) if n and line.rstrip("\r") == "---"), len(lines))
    for number in range(1, end):
        match = _KEY.fullmatch(lines[number].rstrip("\r"))
        if match is None or _in_block(found, lines, number):
            continue
        indent = len(match[1])
        above = above if indent else match[2]
        stop = number + 1
        while stop < end and lines[stop].startswith(" " * (indent + 1)) and match[3]:
            stop += 1
        found.append(Entry(number, stop, indent, match[2], above if indent else ""))
    return found


def _in_block(found: list[Entry], lines: list[str], number: int) -> bool:
    return bool(found) and found[-1].start < number < found[-1].stop


def _value(text: str, entry: Entry) -> str | None:
    data = data_of(text)
    value = data.get(entry.above, {}).get(entry.key) if entry.above else data.get(entry.key)
    return value if isinstance(value, str) else None


def _replaced(text: str, entry: Entry, new: str) -> str:
    """The text with other lines for a key."""
    lines = text.split("\n")
    carriage = lines[entry.start].endswith("\r")
    fresh = new.removesuffix("\n").split("\n")
    fresh = [line + "\r" for line in fresh] if carriage else fresh
    return "\n".join([*lines[: entry.start], *fresh, *lines[entry.stop :]])


def _texts(text: str) -> Iterator[tuple[Entry, str]]:
    """The fields of text with what they say."""
    try:
        for entry in entries(text):
            value = _value(text, entry)
            if value and entry.key in (*TITLES, "page_description", "subject", "author"):
                yield entry, value
    except (yaml.YAMLError, AttributeError, ValueError, ReadError):
        return


def _rewriting(choose: Callable[[Random, str, str], str | None]) -> Break:
    """A break of one field's value, or of all fields that say the same in that style."""

    def broken(rng: Random, text: str) -> str | None:
        ways = []
        for entry, value in _texts(text):
            value_line = choose(rng, entry.key, value)
            if value_line is not None:
                ways.append((entry, value, f"{' ' * entry.indent}{entry.key}: {value_line}"))
        if not ways:
            return None
        entry, value, _ = rng.choice(ways)
        group = [way for way in ways if way[1] == value] if rng.random() < 0.4 else []
        wanted = [way for way in group if way[0].key != "question"] or [
            way for way in ways if way[0] == entry
        ]
        for each, _, new in sorted(wanted, key=lambda way: -way[0].start):
            text = _replaced(text, each, new)
        return text

    return broken


def _line_break(change: Callable[[Random, str], str | None], matching: str) -> Break:
    """A break of one line that matches."""

    def broken(rng: Random, text: str) -> str | None:
        lines = text.split("\n")
        end = max((n for n, line in enumerate(lines) if line.startswith("---")), default=0)
        ways = [n for n in range(1, end) if re.match(matching, lines[n])]
        if not ways:
            return None
        at = rng.choice(ways)
        new = change(rng, lines[at])
        if new is None:
            return None
        lines[at] = new
        return "\n".join(lines)

    return broken


def _fence(opening: bool, spellings: list[str | None]) -> Break:
    def broken(rng: Random, text: str) -> str | None:
        lines = text.split("\n")
        places = [n for n, line in enumerate(lines) if line.strip("\ufeff\r") == "---"]
        if len(places) < 2:
            return None
        at = places[0] if opening else places[-1]
        new = rng.choice(spellings)
        carriage = "\r" if lines[at].endswith("\r") else ""
        lines[at : at + 1] = [] if new is None else [new + carriage]
        return "\n".join(lines)

    return broken


# The known kinds


def _before(rng: Random, text: str) -> str | None:
    return rng.choice(["\n", "\n", "\n\n", " \n", "\r\n", "\ufeff\n", "\n\ufeff", "\t\n", " "]) + text


def _early(rng: Random, key: str, value: str) -> str | None:
    if len(value) < 3 or value[-1] not in "?!." or set(value) & set("\\\"'"):
        return None
    quote = rng.choice("'\"")
    return f"{quote}{value[:-1]}{quote}{value[-1]}"


def _inner(rng: Random, key: str, value: str) -> str | None:
    if '"' in value:
        return f'"{value}"'
    return f"'{value}'" if "'" in value else None


def _unclosed(rng: Random, key: str, value: str) -> str | None:
    return None if set(value) & set("\\\"'") else rng.choice(['"', "'"]) + value


def _unopened(rng: Random, key: str, value: str) -> str | None:
    return f'{value}"' if ": " in value and '"' not in value else None


def _bare_if(test: Callable[[str], bool]) -> Callable[[Random, str, str], str | None]:
    return lambda rng, key, value: value if test(value) and not plain(value) else None


def _raw_escapes(rng: Random, key: str, value: str) -> str | None:
    return f'"{value}"' if "\\" in value and '"' not in value else None


def _escapes_read(which: dict[str, str]) -> Break:
    def broken(rng: Random, text: str) -> str | None:
        front, fence, body = text.partition("\n---")
        if '"' in front and '\\\\' in front:
            return None
        for escape, character in which.items():
            front = front.replace(escape, character)
        new = front + fence + body
        return None if new == text else new

    return broken


def _tabs(matching: str, whole: bool) -> Break:
    def broken(rng: Random, text: str) -> str | None:
        lines = text.split("\n")
        ways = [n for n, line in enumerate(lines) if re.match(matching, line)]
        if not ways:
            return None
        for at in ways if whole else [rng.choice(ways)]:
            bare = lines[at].lstrip(" ")
            depth = len(lines[at]) - len(bare)
            lines[at] = "\t" * (rng.choice([1, depth // 2, depth // 4 or 1]) or 1) + bare
        return "\n".join(lines)

    return broken


def _text_lines(text: str) -> list[int]:
    lines = text.split("\n")
    return [n + 1 for n, line in enumerate(lines) if line.rstrip("\r").endswith(": >-")]


def _indent_lost(rng: Random, text: str) -> str | None:
    lines = text.split("\n")
    ways = _text_lines(text)
    if not ways:
        return None
    at = rng.choice(ways)
    key = len(lines[at - 1]) - len(lines[at - 1].lstrip(" "))
    lines[at] = " " * rng.randrange(key + 1) + lines[at].lstrip(" ")
    return "\n".join(lines)


def _indent_uneven(rng: Random, text: str) -> str | None:
    lines = text.split("\n")
    ways = [n for n in _text_lines(text) if lines[n].count(" ") > 12 and "\r" not in lines[n]]
    if not ways:
        return None
    at = rng.choice(ways)
    key = len(lines[at - 1]) - len(lines[at - 1].lstrip(" "))
    bare = lines[at].lstrip(" ")
    depth = len(lines[at]) - len(bare)
    places = [n for n, sign in enumerate(bare) if sign == " " and bare[n - 1 : n] != " "]
    split = rng.choice(places[1:-1])
    if bare[split + 1] == " ":
        return None
    lines[at : at + 1] = [lines[at][: depth + split], " " * rng.randrange(key + 1, depth) + bare[split + 1 :]]
    return "\n".join(lines)


KINDS: dict[str, Break] = {
    "empty line before the fence": _before,
    "opening fence short, long or indented": _fence(True, ["--", "----", " ---", "-----", "—-"]),
    "opening fence missing": _fence(True, [None]),
    "closing fence short, long or indented": _fence(False, ["--", "----", " ---", "-", "---- "]),
    "closing fence missing": _fence(False, [None]),
    "closing fence of dots": _fence(False, ["...", "... "]),
    "colon lost": _line_break(lambda rng, line: line.replace(":", "", 1), r" *[a-z_]\w*:"),
    "colon lost before a block": _line_break(
        lambda rng, line: line.replace(":", "", 1), r" *[a-z_]\w*: >-"
    ),
    "blank behind the colon lost": _line_break(
        lambda rng, line: line.replace(": ", ":", 1), r" *[a-z_]\w*: \S"
    ),
    "colon unquoted": _rewriting(_bare_if(lambda value: ": " in value)),
    "number sign unquoted": _rewriting(_bare_if(lambda value: " #" in value)),
    "first sign unquoted": _rewriting(_bare_if(lambda value: not value[0].isalnum())),
    "quote closes early": _rewriting(_early),
    "inner quotes not escaped": _rewriting(_inner),
    "quote not closed": _rewriting(_unclosed),
    "quote not opened": _rewriting(_unopened),
    "backslashes in double quotes": _rewriting(_raw_escapes),
    "form feeds": _escapes_read({"\\f": "\f", "\\v": "\v", "\\b": "\b", "\\a": "\a"}),
    "tab before a key": _tabs(r" +[a-z_]+: ", whole=False),
    "tab before a text": _tabs(r" +(?![a-z_]+:)\S", whole=False),
    "tabs everywhere": _tabs(r" +\S", whole=True),
    "indentation of a text lost": _indent_lost,
    "indentation of a text uneven": _indent_uneven,
}

# Kinds that repair does not know


def _deleted(rng: Random, text: str) -> str | None:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    del lines[at : at + rng.choice([1, 1, 1, 2, 3])]
    return "\n".join(lines)


def _doubled(rng: Random, text: str) -> str | None:
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    to = rng.choice([at, at, rng.randrange(len(lines))])
    lines.insert(to, lines[at])
    return "\n".join(lines)


def _swapped(rng: Random, text: str) -> str | None:
    lines = text.split("\n")
    at = rng.randrange(len(lines) - 1)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return "\n".join(lines)


def _pasted(pieces: list[str]) -> Break:
    def broken(rng: Random, text: str) -> str | None:
        lines = text.split("\n")
        lines.insert(rng.randrange(1, len(lines)), rng.choice(pieces))
        return "\n".join(lines)

    return broken


def _nested(rng: Random, text: str) -> str | None:
    lines = text.split("\n")
    at = rng.randrange(1, len(lines))
    stop = at + rng.choice([1, 1, 2, 4])
    by = rng.choice([-8, -4, -2, -1, 1, 2, 4])
    for n in range(at, min(stop, len(lines))):
        lines[n] = " " * by + lines[n] if by > 0 else re.sub(f"^ {{1,{-by}}}", "", lines[n])
    return "\n".join(lines)


def _sign(rng: Random, text: str) -> str | None:
    at = rng.randrange(len(text))
    end = at + rng.choice([0, 0, 1, 1, 2, 5])
    return text[:at] + rng.choice(["", "", ":", '"', "'", "\n", ": ", " #", "\t", "-", " ", ">"]) + text[end:]


def _mojibake(rng: Random, text: str) -> str | None:
    accented = text.replace("e", "é", 1) if text.isascii() else text
    front, fence, body = accented.partition("\n---\n")
    new = front.encode().decode("latin-1") + fence + body
    return None if text.isascii() else new.replace("\x80", "")


def _joined(rng: Random, text: str) -> str | None:
    lines = text.split("\n")
    at = rng.randrange(1, len(lines) - 1)
    lines[at : at + 2] = [lines[at] + rng.choice(["", " "]) + lines[at + 1].lstrip()]
    return "\n".join(lines)


def _moved_line(rng: Random, text: str) -> str | None:
    lines = text.split("\n")
    line = lines.pop(rng.randrange(len(lines)))
    lines.insert(rng.randrange(len(lines)), line)
    return "\n".join(lines)


_BODY_TEXT = [
    "Bread goes stale because its starch crystallises.",
    "  Bread goes stale because its starch crystallises, and",
    "    More of the answer stands here.",
    "# A heading",
    "## Steps: how to begin",
    "author of the text: nobody",
    "score 5",
    "Title What is this",
    "1. Warm the bread: gently.",
    "- a list",
    "> a quotation",
    "no_index",
]

STRANGE: dict[str, Break] = {
    "truncated": lambda rng, text: text[: rng.randrange(len(text))],
    "lines deleted": _deleted,
    "line twice": _doubled,
    "lines swapped": _swapped,
    "line moved": _moved_line,
    "lines joined": _joined,
    "two documents": lambda rng, text: text + "\n" + text,
    "two front matters": lambda rng, text: text.replace("\n---\n", "\n---\n---\ntitle: x\n---\n", 1),
    "text pasted": _pasted(_BODY_TEXT),
    "HTML pasted": _pasted(["<p>Why: because</p>", "<br>", "  <b>bold</b>", "    <i>x</i>"]),
    "fence pasted": _pasted(["---", "...", "----", "    ---", "***"]),
    "keys pasted": _pasted(["title: another", "colour: red", "score: 7", "seo:", "  title: x", "no_index: True"]),
    "wrong nesting": _nested,
    "some sign": _sign,
    "wrong encoding": _mojibake,
    "all escapes read": _escapes_read({"\\f": "\f", "\\b": "\b", "\\n": "\n", "\\t": "\t", "\\v": "\v"}),
    "carriage returns alone": lambda rng, text: text.replace("\n", "\r"),
    "merge conflict": _pasted(["<<<<<<< HEAD", "=======", ">>>>>>> main"]),
    "typographic quotes": lambda rng, text: text.replace(': "', ": “") if ': "' in text else None,
    "key misspelled": _line_break(lambda rng, line: line.replace("t", "", 1), r" *[a-z_]*t[a-z_]*:"),
    "all quotes lost": lambda rng, text: re.sub(r"(?m): (['\"])(.*)\1$", r": \2", text),
}
