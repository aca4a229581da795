"""An article in one of the styles of the site."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Any

import yaml

from tests.support.readers import front_matter

TITLES = ("title", "article_title", "question")
_COMMANDS = ("\\frac{a}{b}", "\\forall x", "\\beta", "\\vec{v}", "\\alpha", "\\lambda", "\\sum_i")


def data_of(text: str) -> Any:
    """The data of a file under YAML 1.1."""
    return yaml.load(front_matter(text), Loader=yaml.CSafeLoader)


def written(key: str, text: str, style: str, indent: int = 0) -> str:
    """A field in a style."""
    blank = " " * indent
    inner = {"": 4, "seo": 2, "related": 4}[
        "" if not indent else "seo" if indent == 2 else "related"
    ]
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
    out.append(
        rng.choice(["author: QuickTakes\n", 'author: "QuickTakes"\n', "author: 'Quick Takes'\n"])
    )
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
