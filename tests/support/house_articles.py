"""Articles as the house writes them, with texts of any kind, and damaged in any way."""

from __future__ import annotations

from random import Random

from benchmarks.make_site import Generator

ARTICLES = [data for _, data in Generator(60).articles()]
TEMPLATE = """---
_schema: default
id: 12
date: 2024-12-18
title: {0}
article_title: >-
    {0}
date_format: MMM DD, YYYY
post_on_text: Posted on
seo:
  title: {0}
  page_description: >-
    {1}
  page_keywords: {0}
author: QuickTakes
question: >-
    {1}
no_index: True
answer: >-
    {1}
subject: {0}
file_name: a.md
url: /learn/a/questions/a
score: -1.0
related_article1:
    id: -3
    title: {0}
    subject: {0}
    url: {0}
---

&nbsp;"""
"""An article of two texts: one in plain values, and one folded."""

_PIECES = (
    b" ", b"\n", b"\t", b"\r", b":", b"#", b": ", b" #", b"-", b"'", b'"', b">-\n", b"|", b"    ",
    b"---", b"\n---\n", b"id: 7\n", b"\xc2\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\xff", b"\x0c",
    b"&a ", b"*a", b"!t ", b"{}", b"[", b"0", b"true", b"\xc3\xa9", b"",
)  # fmt: skip


def mutated(data: bytes, random: Random) -> bytes:
    """The article with one to three bytes put in, taken out or exchanged, mostly at the front."""
    for _ in range(random.randint(1, 3)):
        at = random.randrange(min(len(data), random.choice((60, 900, 10**6))))
        data = data[:at] + random.choice(_PIECES) + data[at + random.choice((0, 1, 1, 5)) :]
    return data


def damaged(seed: int) -> bytes:
    """An article with something wrong, or with something else right. ``seed`` decides all."""
    random = Random(seed)
    return mutated(random.choice(ARTICLES), random)
