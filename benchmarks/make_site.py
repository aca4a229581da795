"""A site of any size to measure on, the same on every machine.

    python -m benchmarks.make_site COUNT FOLDER

The articles have the grammar of the house in its eight variants, and about the size, the links,
the shared ids and the defects of the live site in proportion. Their words are syllables by rule.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from qtauthor.model.derived_names import slugify

SUBJECTS = (
    "Medicine", "Computer Science", "Biology", "Health Studies", "Physics", "Chemistry", "History",
    "Economics", "Psychology", "Mathematics", "Law", "Nursing", "Literature", "Philosophy",
    "Sociology", "Engineering", "Geography", "Political Science", "Business", "Art",
    "Environmental Science", "Education", "Linguistics", "Astronomy", "Statistics", "Music",
    "Anthropology", "Religion", "Film", "Agriculture",
)  # fmt: skip
_ONSETS = ("b", "br", "c", "cl", "d", "f", "fl", "g", "h", "l", "m", "n", "p", "pr", "r", "s", "t")
_NUCLEI = ("a", "e", "i", "o", "u", "ea", "io")
_CODAS = ("", "n", "r", "s", "t", "l", "nd", "st")
_STEMS = (
    "What is the {} of {} {} in {}?", "How does {} {} affect {} {}?",
    "Why do {} {} need {} for {}?", "What are the common {} of {} and {} {}?",
    "How can {} be told from {} when {} {} is found?",
)  # fmt: skip
_BEYOND_ASCII = ("naïve", "α-helix", "5 µm", "“so-called”", "x → y", "café", "≥ 30 °C")


class Question(NamedTuple):
    """What other articles have to know of one."""

    id: int
    subject: str
    text: str
    slug: str

    @property
    def key(self) -> str:
        return slugify(self.subject)

    @property
    def url(self) -> str:
        return f"/learn/{self.key}/questions/{self.slug}"


def words(count: int = 6000) -> list[str]:
    """Words of two or three syllables, the commonest first."""
    random = Random("words")  # noqa: S311  reproducible, no secret
    found: dict[str, None] = {}
    while len(found) < count:
        parts = (
            random.choice(_ONSETS) + random.choice(_NUCLEI) + random.choice(_CODAS)
            for _ in range(random.choice((1, 2, 2, 2, 3)))
        )
        found["".join(parts)] = None
    return list(found)


class Generator:
    """Articles in order. ``count`` decides all of them."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.random = Random(count)  # noqa: S311  reproducible, no secret
        self.words = words()
        ranks = range(len(self.words))
        self.weights = [1 / (rank + 20) for rank in ranks]
        for rank in ranks[1:]:
            self.weights[rank] += self.weights[rank - 1]
        self.questions = list(self._questions())

    def articles(self) -> Iterator[tuple[str, bytes]]:
        """The path of each article below ``content/learn``, and its bytes."""
        for number, question in enumerate(self.questions):
            text = self._article(number, question)
            yield f"{question.key}/{question.slug}.md", self._damaged(number, text).encode()

    def _some(self, count: int) -> list[str]:
        return self.random.choices(self.words, cum_weights=self.weights, k=count)

    def _questions(self) -> Iterator[Question]:
        taken: set[tuple[str, str]] = set()
        chances = [1 / (rank + 2) for rank in range(len(SUBJECTS))]
        number, last = 0, Question(0, "", "", "")
        for position in range(self.count):
            [subject] = self.random.choices(SUBJECTS, chances)
            if subject == "Computer Science" and self.random.random() < 0.26:
                subject = "Computer science"
            shared = position % 15 == 14 and slugify(subject) != slugify(last.subject)
            text = last.text
            while not shared and (text == last.text or (slugify(subject), text) in taken):
                text = self.random.choice(_STEMS).format(*(self._phrase() for _ in range(4)))
            number = number if shared else number + self.random.randint(1, 9)
            taken.add((slugify(subject), text))
            own = -position if position % 2763 == 2762 else number
            last = Question(own, subject, text, slugify(text))
            yield last

    def _phrase(self) -> str:
        return " ".join(self._some(self.random.choice((1, 1, 2))))

    def _article(self, number: int, question: Question) -> str:
        random = self.random
        title = written(question.text, "    ", folded=random.random() < 0.77)
        folded_links = random.random() < 0.8
        scored, linked = random.random() < 0.78, random.random() < 0.73
        keywords = ", ".join(" ".join(self._some(2)) for _ in range(8))
        lines = [
            "---\n_schema: default",
            f"id: {question.id}\ndate: 2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
            f"title: {title}\narticle_title: {title}",
            "date_format: MMM DD, YYYY\npost_on_text: Posted on",
            f"seo:\n  title: QuickTakes | {question.subject}",
            f"  page_description: >-\n    {self._sentence(20)}",
            f"  page_keywords: >-\n    {keywords}",
            f"author: QuickTakes\nquestion: >-\n    {question.text}",
            *(["no_index: True"] if number % 536 == 535 else []),
            f"answer: >-\n    {self._answer()}",
            f"subject: {question.subject}\nfile_name: {question.slug}.md\nurl: {question.url}",
            *(["score: " + random.choice(("-1.0", "0.5", "1.0", "2.5"))] if scored else []),
            *(self._links(number, folded=folded_links) if linked else []),
        ]
        gap = "\n" if scored and not linked and random.random() < 0.9 else ""
        return "\n".join(lines) + f"\n{gap}---\n\n&nbsp;"

    def _links(self, number: int, *, folded: bool) -> Iterator[str]:
        """Blocks of neighbours; some have a stale id, and some are dead."""
        for place in range(1, self.random.choice((2, 3, 4, 5, 5)) + 1):
            near = (number + self.random.randint(-12, 12)) % self.count
            other = self.questions[near]
            chance = self.random.random()
            if chance < 0.003:
                other = other._replace(id=10**6 + near, slug=f"{other.slug}-{place}")
            elif chance < 0.03:
                other = other._replace(id=10**6 + near)
            title = written(other.text, "        ", folded=folded)
            yield (
                f"related_article{place}:\n    id: {other.id}\n    title: {title}\n"
                f"    subject: {other.subject}\n    url: {other.url}"
            )

    def _sentence(self, count: int) -> str:
        return " ".join(self._some(count)).capitalize() + "."

    def _answer(self) -> str:
        """Markdown on one line, as the site stores it; about 2,500 characters."""
        random = self.random
        parts = [self._sentence(random.randint(20, 40)), "### " + self._sentence(4)]
        for number in range(1, random.randint(4, 8)):
            parts.append(
                f"{number}. **{self._phrase()}**: {self._sentence(random.randint(30, 75))}"
            )
        if random.random() < 0.2:
            parts.append(f"{random.choice(_BEYOND_ASCII)} and $x^2 + \\frac{{a}}{{b}}$ for all.")
        return "\\n\\n".join((*parts, self._sentence(random.randint(15, 35))))

    def _damaged(self, number: int, text: str) -> str:
        """Every 3,000th article has one of three defects of the site's history."""
        if number % 3000 != 1500:
            return text
        kind = number // 3000 % 3
        if kind == 0:
            return "\n" + text
        if kind == 1:
            return text.replace("\nauthor: ", "\nauthor: of matter: ", 1)
        return text.replace("answer: >-\n    ", "answer: >-\n    \f", 1)


def written(text: str, indent: str, *, folded: bool) -> str:
    """A title in one of the two styles."""
    return f">-\n{indent}{text}" if folded else text


def make(count: int, root: Path) -> None:
    """Write a site of ``count`` articles; what is there already is written over."""
    folder = root / "content" / "learn"
    for key in {slugify(subject) for subject in SUBJECTS}:
        (folder / key).mkdir(parents=True, exist_ok=True)
    for path, data in Generator(count).articles():
        (folder / path).write_bytes(data)


if __name__ == "__main__":
    make(int(sys.argv[1]), Path(sys.argv[2]))
