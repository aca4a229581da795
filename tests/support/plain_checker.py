"""A checker that shares no code with qtauthor: PyYAML, dictionaries and the facts of the site.

`counts` gives the number of findings by rule for a folder ``content/learn``. What it takes to judge
Markdown or LaTeX is written down here a second time, more simply and more slowly.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

_ORDER = """
    _schema id date title article_title date_format post_on_text seo author question no_index
    answer subject file_name url score
"""
TOP = _ORDER.split()
NEEDED = [name for name in TOP if name not in ("no_index", "score")]
INSIDE = {
    "seo": ["title", "page_description", "page_keywords"],
    "related": ["id", "title", "subject", "url"],
}
TYPES = {"id": int, "date": datetime.date, "seo": dict, "no_index": bool, "score": float}
TITLES = ("title", "article_title", "question")

Articles = dict[str, dict[str, Any]]


def load(folder: Path) -> tuple[Articles, dict[str, bytes], Counter[str]]:
    """The articles by ``<subject-key>/<slug>``, the bytes of all files, and what cannot be read."""
    articles: Articles = {}
    raw: dict[str, bytes] = {}
    broken: Counter[str] = Counter()
    for path in sorted(folder.glob("*/*.md")):
        name = f"{path.parent.name}/{path.stem}"
        raw[name] = path.read_bytes()
        try:
            parts = raw[name].decode().split("---\n", 2)
            assert parts[0] == ""
            articles[name] = yaml.load(parts[1], Loader=yaml.CSafeLoader)
            broken["QT109"] += parts[2] != "\n&nbsp;"
        except (yaml.YAMLError, UnicodeDecodeError, AssertionError, IndexError):
            broken["unreadable"] += 1
    return articles, raw, broken


def counts(folder: Path, today: datetime.date) -> Counter[str]:
    """How often each rule finds something."""
    articles, raw, found = load(folder)
    site = Site(articles)
    for name, data in articles.items():
        key, slug = name.split("/")
        found.update(_document(raw[name]))
        found.update(_fields(data, today))
        found.update(_derived(data, key, slug, site))
        found.update(_ids(data, name, site))
        found.update(_links(data, name, site))
        found.update(_answer(data))
        found.update(_seo(data["seo"]))
    return +found


class Site:
    """What is known of all articles."""

    def __init__(self, articles: Articles) -> None:
        self.articles = articles
        self.by_id: dict[int, list[str]] = defaultdict(list)
        self.by_slug: dict[str, list[str]] = defaultdict(list)
        self.linked: dict[str, set[str]] = defaultdict(set)
        self.spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for name, data in articles.items():
            key, slug = name.split("/")
            self.by_id[data["id"]].append(name)
            self.by_slug[slug].append(name)
            self.spellings[key][data["subject"]] += 1
            for link in related(data).values():
                self.linked[link["url"]].add(name)

    def at(self, url: str) -> dict[str, Any] | None:
        parts = url.split("/")
        is_url = len(parts) == 5 and parts[:2] == ["", "learn"] and parts[3] == "questions"
        return self.articles.get(f"{parts[2]}/{parts[4]}") if is_url else None


def related(data: dict[str, Any]) -> dict[int, dict[str, Any]]:
    found = {k.removeprefix("related_article"): v for k, v in data.items()}
    return {int(k): v for k, v in found.items() if k.isdigit()}


def slug_of(text: str) -> str:
    return re.sub(r"\s", "-", re.sub(r"[^a-z0-9\s]", "", text.lower()))


def _document(data: bytes) -> Iterator[str]:
    front = data.split(b"---\n", 2)[1]
    keys = re.findall(rb"^(\w+):", front, re.MULTILINE)
    yield from ["QT106"] * (len(keys) - len(set(keys)))
    yield from ["QT104"] * any(c in data for c in (*range(9), 11, 12, *range(14, 32), 127))
    yield from ["QT107"] * len(re.findall(rb"^ *\t", front, re.MULTILINE))
    plain = re.findall(rb"^ *\w+: (\d\d?:\d\d|y|n|yes|no|on|off|0\d+|[\d_]*_[\d_]*)$", front, re.M)
    yield from ["QT108"] * len(plain)


def _fields(data: dict[str, Any], today: datetime.date) -> Iterator[str]:
    order = [key for key in data if key in TOP]
    yield from ["QT201"] * len(set(NEEDED) - data.keys())
    yield from ["QT202"] * sum(k not in TOP and not k.startswith("related_") for k in data)
    yield from ["QT203"] * sum(type(data[key]) is not TYPES.get(key, str) for key in order)
    yield from ["QT204"] * (order != sorted(order, key=TOP.index))
    for kind, blocks in (("seo", [data["seo"]]), ("related", list(related(data).values()))):
        for block in blocks:
            yield from ["QT201"] * len(set(INSIDE[kind]) - block.keys())
            yield from ["QT202"] * len(block.keys() - set(INSIDE[kind]))
            yield from ["QT204"] * (list(block) != [k for k in INSIDE[kind] if k in block])
            yield from ["QT203"] * sum((k == "id") != isinstance(v, int) for k, v in block.items())
    texts = Counter(data[name] for name in TITLES)
    yield from ["QT205"] * (len(texts) - 1)
    yield from ["QT206"] * sum(isinstance(v, str) and not v.strip() for v in data.values())
    yield from ["QT207"] * (data["date"] > today)
    yield from ["QT208"] * (data["date"].year < 1991)


def _derived(data: dict[str, Any], key: str, slug: str, site: Site) -> Iterator[str]:
    checks = {
        "QT301": slug_of(data["question"]) == slug,
        "QT302": data["file_name"] == f"{slug}.md",
        "QT303": data["url"] == f"/learn/{key}/questions/{slug}",
        "QT304": slug_of(data["subject"]) == key,
        "QT305": data["seo"]["title"] == f"QuickTakes | {data['subject']}",
        "QT306": data["subject"] == site.spellings[key].most_common(1)[0][0],
    }
    yield from (code for code, holds in checks.items() if not holds)


def _ids(data: dict[str, Any], name: str, site: Site) -> Iterator[str]:
    number, question = data["id"], data["question"]
    if number <= 0:
        yield "QT401"
        return
    if any(site.articles[other]["question"] != question for other in site.by_id[number]):
        yield "QT402"
    same = (site.articles[other] for other in site.by_slug[name.split("/")[1]])
    if any(a["question"] == question and a["id"] > 0 and a["id"] != number for a in same):
        yield "QT403"


def _links(data: dict[str, Any], name: str, site: Site) -> Iterator[str]:
    links = related(data)
    own = "/learn/{}/questions/{}".format(*name.split("/"))
    urls = Counter(link["url"] for number, link in links.items() if number <= 5)
    yield from ["QT501"] * sum(count for url, count in urls.items() if site.at(url) is None)
    yield from ["QT505"] * urls[own]
    yield from ["QT506"] * sum(count - 1 for count in urls.values())
    yield from ["QT507"] * (sorted(links) != list(range(1, len(links) + 1)))
    yield from ["QT508"] * max(0, len(links) - 5)
    yield from ["QT509"] * (not site.linked[own] - {name} and not data.get("no_index"))
    for link in links.values():
        target = site.at(link["url"])
        if target is not None:
            yield from ["QT502"] * (link["id"] != target["id"] and target["id"] > 0)
            yield from ["QT503"] * (link["title"] != target["title"])
            yield from ["QT504"] * (link["subject"] != target["subject"])


# A second judgement on LaTeX and Markdown, by what stands on the lines of this sample.
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_TORN = re.compile(
    r"\\n(?:eq|eg|abla|otin|leq|geq|mid|exists|rightarrow|subseteq|cong)(?![a-zA-Z])"
)
_DELIMITED = re.compile(r"(?<!\\)\\\((?:[^\n]|\n(?!\s*\n))*?\\\)|(?<!\\)\\\[.*?\\\]", re.DOTALL)
_PRICES = re.compile(r"\$\d[^$\n\\^_{}=]*?[A-Za-z]{2}[^$\n\\^_{}=]*\$(?=\d)")


def _answer(data: dict[str, Any]) -> Iterator[str]:
    stored: str = data["answer"]
    for torn in _TORN.finditer(stored):
        before = _CODE.sub("", stored[: torn.start()].replace("\\n", "\n"))
        inline = before.count("$") % 2 or before.count("\\(") > before.count("\\)")
        block = "$$\n" in before and before.count("$$") % 2
        yield from ["QT601"] * bool(inline or block)
    text = _CODE.sub("", stored.replace("\\n", "\n"))
    yield from ["QT602"] * len(_DELIMITED.findall(text))
    for paragraph in re.split(r"\n", re.sub(r"\$\$.*?\$\$", "", text, flags=re.DOTALL)):
        yield from ["QT609"] * len(_PRICES.findall(paragraph))
    refuses = re.match("I (cannot|can't|am unable to) answer", stored)
    yield from ["QT607"] * bool(refuses and not data.get("no_index"))
    yield from ["QT606"] * len(re.findall(r"</?[a-z]+[^<>\n]*>", text))
    yield from ["QT608"] * len(re.findall(r"\\u[0-9a-f]{4}|&amp;(?:amp|lt|gt);|\ufffd|â€", text))
    yield from _tables(text)


def _tables(text: str) -> Iterator[str]:
    """A table begins with a heading and a row of dashes with as many cells."""
    for block in re.findall(r"(?:^[ ]*\|.*\n?)+", text, re.MULTILINE):
        rows = [row.strip() for row in block.strip("\n").split("\n")]
        if len(rows) > 1:
            cells = [row.count("|") for row in rows[:2]]
            yield from ["QT604"] * (cells[0] != cells[1] or set(rows[1]) - set("|-: ") != set())


def _seo(seo: dict[str, Any]) -> Iterator[str]:
    length = len((seo.get("page_description") or "").strip())
    words = [word.strip().lower() for word in (seo.get("page_keywords") or "").split(",")]
    yield from ["QT701"] * (length == 0)
    yield from ["QT702"] * (0 < length < 50)
    yield from ["QT703"] * (length > 320)
    yield from ["QT704"] * (not any(words))
    yield from ["QT705"] * sum(count - 1 for word, count in Counter(words).items() if word)
