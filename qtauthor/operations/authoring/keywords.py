"""Keywords for a new question, proposed from its words.

Runs of words between small words and punctuation are candidates (Rose et al., RAKE, 2010). Each is
weighed by how rare its words are on the site, how often it stands in the answer, and whether the
question asks with it or the answer stresses it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

from qtauthor.content.index import Index
from qtauthor.operations.authoring.opening import prose

_PIECE = re.compile(r"[^\W_]+(?:[-'’‑][^\W_]+)*|[^\w\s]|\n")
_STRESSED = re.compile(r"\*\*([^*\n]+)\*\*|^#{1,6}[ \t]+(.+)$", re.MULTILINE)
_STOP_WORDS = """
    a about above across after again against all almost along also although always am among an
    and another any are as at away be became because become been before being below best better
    between big both but by called can cannot choose come comes common compare could day days
    depends describe did difference different do does doing done down during each either else
    enough especially even every example examples explain far few find first follow for found
    from full gave get gets give given gives go goes good got had has have having he help helps
    hence her here high him his hour hours how however i if important in include includes
    including instead into is it its itself just keep kept know known large larger last later
    least less like likely list little long look lot low made main mainly make makes making many
    may me mean means might more most mostly much must my name near nearly need needed needs
    never new next no nor not now of off often old on once one ones only or other others our out
    over own part parts per perhaps place possible put quite rather really role said same say
    says second see seem seems several shall she should show shows simple since small so some
    something sometimes soon still such take takes tell tells than that the their them then
    there therefore these they thing things this those though three through thus time times to
    together too toward turn turns twice two type types under until up upon us use used useful
    uses using usual usually various very want was way ways we well were what when where whether
    which while who whole whom whose why will with within without would years yes yet you your
"""
_STOP = frozenset(_STOP_WORDS.split())
_LONGEST_RUN = 3
_FEWEST_LETTERS = 3
_ASKED, _STRESS = 3.0, 1.5


def propose(
    index: Index, question: str, answer: str, subject: str = "", count: int = 6
) -> list[str]:
    """Up to ``count`` keywords, best first; the subject itself is none."""
    weights: dict[str, float] = {}
    shown: dict[str, str] = {}
    for text, weight in _texts(question, answer):
        for run in _runs(text):
            key = run.casefold()
            shown.setdefault(key, _cased(run))
            weights[key] = weights.get(key, 0.0) + weight
    weights = _without_parts(weights)
    rarity = _rarity(index, weights)
    ranked = sorted(weights, key=lambda key: (-_score(key, weights[key], rarity), key))
    chosen: list[str] = []
    for key in ranked:
        if key != subject.casefold() and not _is_covered(key, chosen):
            chosen.append(key)
        if len(chosen) == count:
            break
    return [shown[key] for key in chosen]


def _texts(question: str, answer: str) -> Iterator[tuple[str, float]]:
    yield question, _ASKED
    yield prose(answer), 1.0
    for found in _STRESSED.finditer(answer):
        yield found[1] or found[2], _STRESS


def _runs(text: str) -> Iterator[str]:
    """The words between small ones and punctuation, at most three together."""
    run: list[str] = []
    for piece in [*_PIECE.findall(text), "\n"]:
        if piece[0].isalnum() and piece.casefold() not in _STOP:
            run.append(piece)
            continue
        yield from _parts(run)
        run = []


def _parts(run: list[str]) -> Iterator[str]:
    words = [
        word for word in run if len(word) >= _FEWEST_LETTERS or (len(word) > 1 and word.isupper())
    ]
    if len(words) == len(run) and 1 < len(run) <= _LONGEST_RUN:
        yield " ".join(run)
    yield from (word for word in words if not word.isdigit())


def _without_parts(weights: dict[str, float]) -> dict[str, float]:
    """Only those single words that stand somewhere without the rest of a run."""
    within: dict[str, float] = {}
    for run, weight in weights.items():
        for word in run.split(" ") if " " in run else ():
            within[word] = within.get(word, 0.0) + weight
    return {run: weight for run, weight in weights.items() if weight > within.get(run, 0.0)}


def _cased(run: str) -> str:
    """In small letters, but for words such as DNA and pH."""
    words = run.split(" ")
    return " ".join(word if word[1:] != word[1:].lower() else word.lower() for word in words)


def _rarity(index: Index, runs: dict[str, float]) -> Callable[[str], float]:
    total, words = index.frequencies({word for run in runs for word in run.split(" ")})
    known = {word: math.log((total + 1) / (found.articles + 0.5)) for word, found in words.items()}
    middle = math.log(total + 2) / 2

    def rarity(word: str) -> float:
        return max(0.3, known.get(word, middle))

    return rarity


def _score(run: str, weight: float, rarity: Callable[[str], float]) -> float:
    words = run.split(" ")
    mean = sum(map(rarity, words)) / len(words)
    return mean * math.log1p(weight) * (1 + 0.35 * (len(words) - 1))


def _is_covered(run: str, chosen: list[str]) -> bool:
    """Whether its words stand in one that is chosen, or the other way round."""
    stems = {_stem(word) for word in run.split(" ")}
    others = ({_stem(word) for word in other.split(" ")} for other in chosen)
    return any(stems <= other or other < stems for other in others)


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ies|es|ed|s|e|y)$", "", word) if len(word) > _FEWEST_LETTERS else word
