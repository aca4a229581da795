"""Import of records: what is created, what is refused, and the way back by export."""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from qtauthor.changes.change import Create, Modify, apply
from qtauthor.content.article import Article
from qtauthor.content.records import batch
from qtauthor.content.site import Site
from qtauthor.errors import Code
from qtauthor.model.numbered_blocks import MAX_RELATED
from qtauthor.operations.records.export import Exporter, among
from qtauthor.operations.records.import_batch import (
    IfExists,
    Imported,
    ImportRequest,
    import_batch,
)
from qtauthor.operations.records.spool import Spool
from tests.support.sites import DOUGH

TODAY = datetime.date(2026, 1, 2)


def imported(site: Site, *records: dict[str, Any], if_exists: IfExists = "fail") -> Imported:
    text = "\n".join(json.dumps(record) for record in records)
    return import_batch(site, spooled(text), ImportRequest(TODAY, if_exists))


def spooled(text: str) -> Spool:
    rows = batch.opened(io.BytesIO(text.encode()), batch.BatchFormat()).rows
    return Spool(io.BytesIO()).fill(rows)


def articles(result: Imported) -> list[Article]:
    assert not result.problems
    contents = [c.content for c in result.changes.changes if isinstance(c, Create)]
    return [Article.parse(content) for content in contents]


def problems(result: Imported) -> list[tuple[Code, str]]:
    assert not result.changes
    return [(error.code, error.message) for error in result.problems]


def test_a_record_becomes_an_article(site: Site) -> None:
    (article,) = articles(
        imported(
            site,
            {
                "question": "Is stale bread good?",
                "subject": "bread baking",
                "answer": "One.\n\nTwo.",
                "description": "About bread.",
                "keywords": ["bread", "stale"],
                "score": 2,
                "no_index": True,
            },
        )
    )
    assert article.id == max(site.ids) + 1
    assert article.subject == "Bread Baking"
    assert article.markdown == "One.\n\nTwo."
    assert article.keywords == ["bread", "stale"]
    assert article.date == TODAY
    assert article.get("score") == 2.0
    assert article.get("no_index") is True
    assert article.get("seo.title") == "QuickTakes | Bread Baking"


def test_ids_are_given_in_order_and_one_question_has_one(site: Site) -> None:
    result = imported(
        site,
        {"question": "A?", "subject": "Bread Baking"},
        {"question": "B?", "subject": "Bread Baking"},
        {"question": "A?", "subject": "Bicycles"},
    )
    first = site.next_id()
    assert result.ids == (first, first + 1, first)


def test_a_question_of_the_site_keeps_its_id_under_another_subject(site: Site) -> None:
    question = site.article(DOUGH).question
    result = imported(site, {"question": question, "subject": "Typography"})
    assert result.ids == (site.article(DOUGH).id,)


def test_links_inside_the_batch_resolve_in_every_way(site: Site) -> None:
    result = imported(
        site,
        {
            "question": "A?",
            "subject": "Bread Baking",
            "related": ["#2", "/learn/bread-baking/questions/c", "c"],
        },
        {
            "question": "B?",
            "subject": "Bread Baking",
            "related": ["#2", site.article(DOUGH).id, 900],
        },
        {"question": "C", "subject": "Bread Baking", "id": 900},
    )
    a, b, _ = articles(result)
    assert [link.title for link in a.related] == ["B?", "C"]
    assert [link.url for link in b.related] == [
        site.article(DOUGH).url,
        "/learn/bread-baking/questions/c",
    ]
    assert list(result.notices) == [
        "record 1: c is left out: it is there twice",
        "record 2: #2 is left out: it is the article itself",
    ]


def test_every_problem_of_a_batch_is_told_and_nothing_is_created(site: Site) -> None:
    found = problems(
        imported(
            site,
            {"question": "A?", "subject": "Bread Baking", "related": ["#99", "no-such", 10**9]},
            {"question": "A?", "subject": "bread baking"},
            {"question": "???", "subject": "Bread Baking"},
            {"question": "B?", "subject": "Bread Baking", "answer": "$\forall x$"},
            {"question": "C?", "subject": "Bread Baking", "id": site.article(DOUGH).id},
            {"question": "D?", "subject": "Bread Baking", "answer": "so $x \\neq y$"},
            {"question": "E?", "subject": "Bread Baking", "fields": {"scoer": 1}},
            {"question": "F?", "subject": "Bread Baking", "path": "../../x.md"},
            {"question": site.article(DOUGH).question, "subject": "Bread Baking"},
        )
    )
    assert [code for code, _ in found] == [
        Code.UNKNOWN_ARTICLE,
        Code.UNKNOWN_ARTICLE,
        Code.UNKNOWN_ARTICLE,
        Code.SLUG_TAKEN,
        Code.EMPTY_SLUG,
        Code.CONTROL_CHARACTER,
        Code.ID_TAKEN,
        Code.TORN_LATEX,
        Code.UNKNOWN_FIELD,
        Code.UNSAFE_PATH,
        Code.SLUG_TAKEN,
    ]
    assert [message.split(":")[0] for _, message in found][3:] == [
        f"record {number}" for number in range(2, 10)
    ]


def test_a_torn_escape_is_reported_with_what_was_meant(site: Site) -> None:
    result = imported(site, {"question": "A?", "subject": "Bread Baking", "answer": "$\x0crac12$"})
    (error,) = result.problems
    assert "\\f" in error.remedy
    assert error.where.line == 1


def test_more_related_articles_than_a_page_shows_are_refused(site: Site) -> None:
    many = range(MAX_RELATED + 1)
    others = [{"question": f"Q{n}?", "subject": "Bread Baking"} for n in many]
    links = [f"#{n + 2}" for n in many]
    result = imported(
        site, {"question": "A?", "subject": "Bread Baking", "related": links}, *others
    )
    assert [code for code, _ in problems(result)] == [Code.TOO_MANY_RELATED]


def test_what_is_there_fails_or_is_skipped(site: Site) -> None:
    there = {
        "question": site.article(DOUGH).question,
        "subject": "Bread Baking",
        "description": "New.",
    }
    assert [code for code, _ in problems(imported(site, there))] == [Code.SLUG_TAKEN]
    result = imported(site, there, if_exists="skip")
    assert (result.skipped, result.created, bool(result.changes)) == ((DOUGH,), (), False)


def test_an_update_changes_what_the_record_gives(site: Site) -> None:
    there = {
        "question": site.article(DOUGH).question,
        "subject": "Bread Baking",
        "description": "New.",
    }
    result = imported(site, there, if_exists="update")
    (change,) = result.changes.changes
    assert isinstance(change, Modify)
    assert change.touched == ("/seo/page_description",)
    after = apply(site.source.read(DOUGH), change.edits)
    assert Article.parse(after).get("seo.page_description") == "New."
    (site.root / DOUGH).write_bytes(after)
    site.refresh()
    again = imported(site, there, if_exists="update")
    assert (again.skipped, bool(again.changes)) == ((DOUGH,), False)


def there_and_back(source: Site, paths: list[str], empty: Path) -> tuple[int, int]:
    """How many files an export and an import into an empty site give back; how many there are."""
    (empty / source.config.content).mkdir(parents=True)
    exporter = Exporter(source, among(source, paths))
    text = "\n".join(msgspec.json.encode(exporter.record(path)).decode() for path in paths)
    result = import_batch(Site.at(empty), spooled(text), ImportRequest(TODAY))
    assert not result.problems
    made = {c.path: c.content for c in result.changes.changes if isinstance(c, Create)}
    return sum(made.get(path) == source.source.read(path) for path in paths), len(paths)


def test_export_and_import_give_the_same_files(site: Site, tmp_path: Path) -> None:
    odd = site.root / DOUGH
    odd.write_bytes(odd.read_bytes().replace(b"seo:\n", b"# why\nseo:\n"))
    same, total = there_and_back(site, list(site.paths()), tmp_path / "empty")
    assert same == total == 8


def of_corpus(corpus: Path, tmp_path: Path, every: int) -> tuple[int, int]:
    """Some articles of the sample, as a site of their own, there and back."""
    content = tmp_path / "site" / "content" / "learn"
    for path in sorted(corpus.glob("*/*.md"))[::every]:
        target = content / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    site = Site.at(tmp_path / "site")
    return there_and_back(site, list(site.paths()), tmp_path / "empty")


def test_articles_of_the_sample_come_back_byte_for_byte(corpus: Path, tmp_path: Path) -> None:
    same, total = of_corpus(corpus, tmp_path, 48)
    assert same == total == 101


@pytest.mark.slow
def test_the_whole_sample_comes_back_byte_for_byte(corpus: Path, tmp_path: Path) -> None:
    same, total = of_corpus(corpus, tmp_path, 1)
    assert same == total > 4000


@pytest.mark.parametrize("reference", ["#²", "#", "#0", "#" + "9" * 18, "#" + "9" * 5000])
def test_a_number_of_no_record_is_a_reference_to_nothing(site: Site, reference: str) -> None:
    record = {"question": "What is a hub?", "subject": "Bicycles", "related": [reference]}
    [(code, message)] = problems(imported(site, record))
    assert code == Code.UNKNOWN_ARTICLE
    assert "nothing is called" in message
