"""A small site, and ways to write down what is wrong with one of its articles.

The cases and the examples of the rules give only some fields of the article `PATH`; everything
else is as in `ARTICLE`. A text with fences is a whole file. What cannot be seen is written visibly:
``␉`` a tab, ``␌`` a form feed, ``␠`` a blank, ``␟`` a byte order mark, ``␃`` the end of a file
without a line break, ``⟨E9⟩`` the byte E9, and ``⟨x×3⟩`` three times an x. A comment
``# another article is called NAME`` makes a copy of ``ARTICLE`` of that name, below the content
folder.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Sequence
from pathlib import Path

from qtauthor.content.site import Site
from qtauthor.operations.fixing.fix_all import Fixed, fix_all
from qtauthor.rules.checker import Checker, context
from qtauthor.rules.finding import Finding
from qtauthor.rules.rule import Rule

TODAY = datetime.date(2026, 1, 1)
FOLDER = "content/learn"
LISTED = 'redirects.path = "redirects.json"\n'
"""The configuration of a site with a list of redirects."""
PATH = f"{FOLDER}/bread-baking/why-does-bread-go-stale.md"

_SEEN = {"␉": "\t", "␌": "\f", "␠": " ", "␟": "\ufeff", "␃\n": "", "␃": ""}
_TIMES = re.compile("⟨([^⟩]+)×([0-9]+)⟩")
_BYTE = re.compile("⟨([0-9A-F]{2})⟩")
_BESIDE = re.compile(r"^# another article is called (.+)$", re.MULTILINE)
_KEY = re.compile(r"^(?=[^\s#])", re.MULTILINE)

ARTICLE = """\
---
_schema: default
id: 1
date: 2024-11-21
title: >-
    Why does bread go stale?
article_title: >-
    Why does bread go stale?
date_format: MMM DD, YYYY
post_on_text: Posted on
seo:
  title: QuickTakes | Bread Baking
  page_description: >-
    Bread goes stale because its starch crystallises, and not because it dries out.
  page_keywords: >-
    bread, starch
author: QuickTakes
question: >-
    Why does bread go stale?
answer: >-
    The starch of the crumb crystallises.\\n\\n1. Warm the bread.\\n2. Eat it soon.
subject: Bread Baking
file_name: why-does-bread-go-stale.md
url: /learn/bread-baking/questions/why-does-bread-go-stale
score: -1.0
related_article1:
    id: 2
    title: >-
        How long should dough rise?
    subject: Bread Baking
    url: /learn/bread-baking/questions/how-long-should-dough-rise
---

&nbsp;"""

OTHERS = (
    (1, "Why does bread go stale?", "Chemistry"),
    (2, "How long should dough rise?", "Bread Baking"),
    (3, "What is starch?", "Chemistry"),
    (4, "What is a sourdough starter?", "Bread Baking"),
)
"""The other articles: id, question, subject. None of them links to another."""


def seen(text: str) -> bytes:
    """The bytes of a text that is written with visible signs."""
    for sign, character in _SEEN.items():
        text = text.replace(sign, character)
    text = _TIMES.sub(lambda found: found[1] * int(found[2]), text)
    parts = _BYTE.split(text)
    return b"".join(
        bytes.fromhex(part) if number % 2 else part.encode() for number, part in enumerate(parts)
    )


def article(fields: str, base: str = ARTICLE) -> bytes:
    """A file that has these fields, or that is this file."""
    if re.search("^\ufeff?---", fields, re.MULTILINE):
        return seen(fields)
    head, front, body = base.split("---\n")
    blocks = [block for block in _KEY.split(front) if block]
    given: set[str] = set()
    for new in filter(None, _KEY.split(fields)):
        key = new.partition(":")[0]
        places = [place for place, block in enumerate(blocks) if block.startswith(f"{key}:")]
        if places and key not in given:
            blocks[places[0]] = new
        else:
            blocks.append(new)
        given.add(key)
    return seen("---\n".join((head, "".join(blocks), body)))


def other(number: int, question: str, subject: str) -> tuple[str, bytes]:
    """The path and the bytes of another article."""
    key = subject.lower().replace(" ", "-")
    slug = re.sub("[^a-z0-9 ]", "", question.lower()).replace(" ", "-")
    text = ARTICLE.replace("Why does bread go stale?", question).replace("Bread Baking", subject)
    text = text.replace(
        "/bread-baking/questions/why-does-bread-go-stale", f"/{key}/questions/{slug}"
    )
    text = text.replace("why-does-bread-go-stale", slug).replace("id: 1\n", f"id: {number}\n")
    head, _, _ = text.partition("related_article1")
    return f"{FOLDER}/{key}/{slug}.md", f"{head}---\n\n&nbsp;".encode()


def site_for(
    rule: Rule,
    text: str,
    root: Path,
    config: str = "",
    more: Sequence[tuple[int, str, str]] = (),
) -> Site:
    """The site in which a rule finds something: ``text`` is what it is about."""
    if rule.listed is None:
        return make_site(root, article(text), config, more)
    site = make_site(root, article(""), config or LISTED, more)
    (root / site.config.redirects.path).write_bytes(seen(text))
    return site


def make_site(
    root: Path, data: bytes, config: str = "", more: Sequence[tuple[int, str, str]] = ()
) -> Site:
    """The site with ``data`` for the article."""
    files = {PATH: data, **dict(other(*told) for told in (*OTHERS, *more))}
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    for name in _BESIDE.findall(data.decode("utf-8", "replace")):
        (root / FOLDER / name).parent.mkdir(exist_ok=True)
        (root / FOLDER / name).write_bytes(article(""))
    if config:
        (root / "qtauthor.toml").write_text(config, encoding="utf-8")
    return Site.at(root)


def checker(site: Site, rules: Sequence[Rule], *, many: bool = False) -> Checker:
    """A checker on a day of its own; ``many`` as for a whole site."""
    return Checker(context(site, 1000 if many else 1, TODAY), rules)


def found(site: Site, *rules: Rule, path: str = PATH, many: bool = False) -> list[Finding]:
    """What rules find in the article, or in the list of redirects."""
    checking = checker(site, rules, many=many)
    if path == PATH and all(rule.listed for rule in rules):
        return checking.check_redirects()
    return checking.check(path, site.source.read(path))


def fixed(site: Site, *rules: Rule, unsafe: bool = True) -> Fixed:
    """What the fixes of rules make of the article."""
    return fix_all(site, [PATH], checker(site, rules), unsafe=unsafe)


def difference(before: bytes, after: bytes) -> str:
    """The lines that differ, as in a unified difference, with invisible signs made visible."""
    old, new = (data.decode("utf-8", "backslashreplace").split("\n") for data in (before, after))
    lines = list(difflib.unified_diff(old, new, n=0, lineterm=""))[2:]
    text = "".join(f"{line}\n" for line in lines if not line.startswith("@@"))
    for sign, character in list(_SEEN.items())[:2]:
        text = text.replace(character, sign)
    return re.sub(" $", "␠", text.replace("\ufeff", "␟"), flags=re.MULTILINE)
