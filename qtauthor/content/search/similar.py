"""Already asked? The questions of a site that ask nearly the same.

Questions are compared by their words without case, punctuation, small words and plural s. Words
that differ count by how rare they are: `causes of asthma` and `symptoms of asthma` are two
questions, and so are `type 1` and `type 2`. A word may be misspelled. Candidates come from the full
text by the rarest words; difflib compares the few that are left.
"""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import chain
from typing import NamedTuple

from qtauthor.content.index import Entry, Index
from qtauthor.content.index.reading.word_frequency import Frequencies

LEAST = 0.88
"""The score from which two questions are nearly the same."""

_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"(?<=\w)[-'’‑](?=\w)")
_SMALL_WORDS = """
    a an and are as be been being by can could describe did do does explain for from give has have
    how in into is it its may me might of on or please shall should some such tell that the their
    there these they this those to us was we were what which will with would you your
"""
_SMALL = frozenset(_SMALL_WORDS.split())
"""Words that a question can be asked with or without. Who, why, when and where are none of them."""
_NEGATIONS = frozenset(("no", "not", "never", "without", "cannot", "non"))
_ASKING = frozenset(
    ("who", "whom", "whose", "why", "when", "where", "many", "much", "long", "often")
)
_ASKED = 6.0
"""How much such a word weighs at least: with another one, it is another question."""
_REORDERED = 0.98
_MISSPELLED = 0.84
"""The ratio of difflib from which two words are one, and one of them is misspelled."""
_SPELLED = 0.95
"""What a misspelled word counts of its weight."""
_LETTERS = 5
_RARE = 6
_COMMON = 8
"""A word that every eighth article has finds too many, if there is a rarer one."""
_CANDIDATES = 60

Weight = Callable[[str], float]


class Similar(NamedTuple):
    """An article whose question is nearly the one that was asked; ``score`` is 1 for the same."""

    entry: Entry
    score: float


def normal(question: str) -> tuple[str, ...]:
    """The words that carry the meaning of a question, in their order."""
    text = unicodedata.normalize("NFKD", question.lower())
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    words = _WORD.findall(_BETWEEN.sub("", text))
    return tuple(_singular(word) for word in words if word not in _SMALL) or tuple(words)


def likeness(one: tuple[str, ...], other: tuple[str, ...], weight: Weight = lambda _: 1.0) -> float:
    """From 0 to 1, how much two questions in their normal form are the same one."""
    if one == other:
        return 1.0
    left, right = Counter(one), Counter(other)
    ours, theirs = left - right, right - left
    if not ours and not theirs:
        return _REORDERED
    total = sum(weight(word) for word in (*one, *other))
    kept, differing = _paired(ours, theirs, weight)
    if any(_decides(word) for word in differing):
        return 0.0
    kept += 2 * sum(weight(word) * count for word, count in (left & right).items())
    return min(1.0, kept / total) * _REORDERED


def similar(index: Index, question: str, limit: int = 5, least: float = LEAST) -> list[Similar]:
    """The articles that ask nearly the same as ``question``, best first, the same one included."""
    asked = normal(question)
    if not asked or limit < 1:
        return []
    query = _query(index, question)
    paths = [path for path, _ in index.search(query, _CANDIDATES)] if query else []
    others = {entry: normal(entry.question) for entry in index.among(paths) if entry.question}
    weight = _weights(index.frequencies({*asked, *chain(*others.values())}))
    found = [
        Similar(entry, score)
        for entry, words in others.items()
        if (score := likeness(asked, words, weight)) >= least
    ]
    return sorted(found, key=lambda one: (-one.score, one.entry.path))[:limit]


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _decides(word: str) -> bool:
    """Whether a question with this word is another one than without it."""
    return word in _NEGATIONS or len(word) == 1 or any(sign.isdigit() for sign in word)


def _paired(ours: Counter[str], theirs: Counter[str], weight: Weight) -> tuple[float, list[str]]:
    """The weight of words that are only misspelled, and the words that are others."""
    kept, left = 0.0, list(theirs.elements())
    differing: list[str] = []
    for word in ours.elements():
        match = next((other for other in left if _misspelled(word, other)), None)
        if match is None:
            differing.append(word)
            continue
        left.remove(match)
        kept += _SPELLED * (weight(word) + weight(match))
    return kept, differing + left


def _misspelled(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _LETTERS or one[0] != other[0] or _decides(one + other):
        return False
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= _MISSPELLED and matcher.ratio() >= _MISSPELLED


def _spelled(question: str) -> list[str]:
    """The words as they stand in a question: what the full text can look for."""
    found = _WORD.findall(question.lower())
    return [word for word in found if word not in _SMALL] or found


def _query(index: Index, question: str) -> str:
    """The rarest words of a question, to be found in questions."""
    total, there = index.frequencies(_spelled(question))
    known = sorted((found.articles, word) for word, found in there.items() if found.articles)
    few = [word for n, word in known if n <= total // _COMMON] or [word for _, word in known[:2]]
    if not few:
        return ""
    return "question: (" + " OR ".join(f'"{word}"' for word in few[:_RARE]) + ")"


def _weights(counted: Frequencies) -> Weight:
    known: Mapping[str, float] = {
        word: math.log((counted.total + 1) / (found.articles + 0.5))
        for word, found in counted.words.items()
    }
    rarest = math.log(2 * (counted.total + 1))

    def weight(word: str) -> float:
        found = max(1.0, known.get(word, rarest / 2))
        return max(found, _ASKED) if word in _ASKING else found

    return weight
