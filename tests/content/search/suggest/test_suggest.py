"""Proposals of related articles: what is never among them, and what comes first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qtauthor.content.search.similar import likeness, normal
from qtauthor.content.search.suggest.asked import SuggestedFor, asked
from qtauthor.content.search.suggest.suggester import Suggestion, suggest
from qtauthor.content.site import Site
from tests.support.sites import CHAIN, copy_demo
from tests.support.small_sites import Made, make

TOPICS = ("liver", "kidney", "enzyme", "market", "inflation", "sonnet", "glacier", "neuron")
STEMS = (
    "What is the role of the {} in {}?",
    "How does {} change with {}?",
    "Why do {} and {} meet?",
)


def some(seed: int, count: int = 40) -> list[Made]:
    """Articles with linked batches, shared ids, placeholders, copies, dead links and no_index."""
    random = Random(seed)
    made: list[Made] = []
    for number in range(count):
        text = random.choice(STEMS).format(*random.sample(TOPICS, 2))
        subject = random.choice(("Biology", "Economics", "Arts"))
        own = random.choice((number * 3 + 1, number * 3 + 1, max(1, number * 3 - 2), -number))
        new = Made(text, subject, own)
        if new.path not in {one.path for one in made}:
            made.append(new)
    for place, one in enumerate(made):
        others = random.sample(made, random.randint(0, 5))
        links = [other.link() for other in others]
        if links and random.random() < 0.2:
            links[0] = {**links[0], "url": "/learn/arts/questions/gone"}
        made[place] = one._replace(links=tuple(links))
    return made


def hide(site: Site, made: Sequence[Made], every: int) -> None:
    for one in made[::every]:
        file = site.root / one.path
        file.write_bytes(file.read_bytes().replace(b"\nanswer:", b"\nno_index: True\nanswer:", 1))


def lawful(site: Site, question: SuggestedFor, given: Sequence[Suggestion], count: int) -> None:
    entries = [one.entry for one in given]
    assert len(entries) <= count
    assert len({entry.path for entry in entries}) == len(entries)
    ids = [entry.id for entry in entries if entry.id and entry.id > 0]
    assert len(set(ids)) == len(ids)
    own = site.index.entry(question.path) if question.path else None
    there = {link.url for link in site.index.links_of(question.path)} if question.path else set()
    forms = [normal(question.question), *(normal(str(entry.question)) for entry in entries)]
    for entry in entries:
        assert not entry.no_index
        assert site.source.exists(entry.path)
        assert entry.path != question.path
        assert entry.address not in there
        assert own is None or entry.id != own.id or (entry.id or 0) < 1
    assert all(likeness(a, b) < 0.9 for n, a in enumerate(forms) for b in forms[:n])
    scores = [one.score for one in given]
    assert scores == sorted(scores, reverse=True)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6), count=st.integers(0, 8))
def test_the_laws_hold_on_any_site(
    seed: int, count: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root: Path = tmp_path_factory.mktemp("suggest")
    made = some(seed)
    site = make(root, made)
    hide(site, made, 7)
    again = Site.at(root)
    for one in made[::4]:
        question = asked(site, one.path)
        for tried in (
            question,
            SuggestedFor(one.question),
            SuggestedFor(one.question, subject=one.subject),
        ):
            proposed = suggest(site.index, tried, count)
            lawful(site, tried, proposed, count)
            assert proposed == suggest(again.index, tried, count)


def test_what_is_in_the_list_or_ruled_out_is_not_proposed(tmp_path: Path) -> None:
    site = copy_demo(tmp_path)
    question = asked(site, CHAIN)
    first = suggest(site.index, question)
    assert first
    assert not {link.url for link in site.index.links_of(CHAIN)} & {s.entry.address for s in first}
    ruled = first[0].entry.path
    rest = suggest(site.index, question, without=[ruled])
    assert [s.entry.path for s in rest][: len(first) - 1] == [s.entry.path for s in first[1:]]


def test_the_batch_comes_before_articles_that_are_far_away(tmp_path: Path) -> None:
    batch = [Made(f"What is {topic} in detail?", "Biology", 100 + n) for n, topic in
             enumerate(TOPICS)]  # fmt: skip
    far = [Made(f"Where can a {topic} be seen?", "Arts", 5000 + 40 * n) for n, topic in
           enumerate(TOPICS)]  # fmt: skip
    site = make(tmp_path, [*batch, *far])
    proposed = suggest(site.index, asked(site, batch[0].path))
    assert {s.entry.subject for s in proposed} == {"Biology"}
    assert all("ids" in s.reasons for s in proposed)


def test_a_new_question_is_led_by_its_words_to_a_batch(tmp_path: Path) -> None:
    batch = [Made(f"What is {topic} in detail?", "Biology", 100 + n) for n, topic in
             enumerate(TOPICS)]  # fmt: skip
    batch[0] = batch[0]._replace(links=(batch[5].link(), batch[6].link()))
    far = [Made(f"Where can a {thing} be seen?", "Biology", 5000 + 40 * n) for n, thing in
           enumerate(("comet", "castle", "whale", "fossil", "forest"))]  # fmt: skip
    site = make(tmp_path, [*batch, *far])
    proposed = suggest(
        site.index, SuggestedFor("Which cells does a liver have?", subject="Biology")
    )
    first = [s.entry.path for s in proposed[:3]]
    assert first[0] == batch[0].path
    assert {batch[5].path, batch[6].path} <= set(first)


@pytest.mark.parametrize(
    "text", ["", "?", '" OR NOT (', "\x00", "NEAR(a b)", "a" * 100_000, "ß é 漢字", "title: x"]
)
def test_no_text_is_too_odd(tmp_path: Path, text: str) -> None:
    site = copy_demo(tmp_path)
    assert len(suggest(site.index, SuggestedFor(text, text, text, text))) <= 5


def test_an_empty_site_has_nothing_to_propose(tmp_path: Path) -> None:
    site = make(tmp_path, [])
    (tmp_path / "content" / "learn").mkdir(parents=True)
    assert suggest(site.index, SuggestedFor("What is a liver?")) == []
    assert (
        suggest(site.index, SuggestedFor("What is a liver?", id=5, path="content/learn/a/b.md"))
        == []
    )


def test_an_article_that_is_not_saved_yet_has_its_own_links(tmp_path: Path) -> None:
    made = [Made(f"What is {topic} in detail?", "Biology", 100 + n) for n, topic in
            enumerate(TOPICS)]  # fmt: skip
    site = make(tmp_path, made)
    gone = Made("What is a quark?", "Physics", 101)
    found = suggest(site.index, SuggestedFor(gone.question, id=101, path=gone.path))
    assert len(found) == 5
