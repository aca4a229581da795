"""Links renewed from the articles that they mean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qtauthor.content.site import Site
from qtauthor.operations.links.sync import StaleBlock, Synced, sync
from tests.support import applying
from tests.support.small_sites import Made, make

A = Made("Question a?", "Baking", 1)
B = Made("Question b?", "Biology", 2)
TWIN = Made("Question b?", "Zoology", 2)


def synced(root: Path, *links: dict[str, object], redirects: object = ()) -> Synced:
    holder = Made("The holder?", "Baking", 50, links)
    site = make(root, [A, B, TWIN, holder], '[redirects]\npath = "r.json"\n')
    (root / "r.json").write_text(json.dumps(redirects))
    result = sync(site, [holder.path])
    applying.write(result.outcome.changes, root)
    again = sync(Site.at(root), [holder.path])
    assert not again.outcome.changes
    assert sync(Site.at(root)).findings == again.findings
    return result


def only(result: Synced) -> StaleBlock:
    (finding,) = result.findings
    return finding


def test_what_agrees_is_not_found(tmp_path: Path) -> None:
    result = synced(tmp_path, A.link(), TWIN.link())
    assert result.findings == ()
    assert not result.outcome.changes


def test_a_url_that_lives_is_believed_against_id_and_title(tmp_path: Path) -> None:
    found = only(synced(tmp_path, A.link(id=2, title="Question b?", subject="X")))
    assert found.believed == "url"
    assert found.changes == {"id": 1, "title": "Question a?", "subject": "Baking"}


def test_a_redirect_is_believed_next(tmp_path: Path) -> None:
    moved = [{"from": "/learn/old/questions/question-a", "to": A.url}]
    found = only(
        synced(tmp_path, A.link(url="/learn/old/questions/question-a", id=2), redirects=moved)
    )
    assert found.believed == "redirect"
    assert found.changes == {"id": 1, "url": A.url}


def test_an_id_is_believed_if_its_title_agrees(tmp_path: Path) -> None:
    found = only(synced(tmp_path, A.link(url="/learn/dead/questions/x", subject="Dead")))
    assert found.believed == "id and title"
    assert found.changes == {"subject": "Baking", "url": A.url}


def test_of_several_filings_the_one_under_the_same_subject_is_believed(tmp_path: Path) -> None:
    found = only(synced(tmp_path, TWIN.link(url="/learn/dead/questions/x")))
    assert found.changes == {"url": TWIN.url}


@pytest.mark.parametrize(
    ("link", "why"),
    [
        (TWIN.link(url="/dead", subject="Dead"), "filed under several subjects"),
        (A.link(url="/dead", title="Other"), "another title"),
        (A.link(url="/dead", id=99), "nothing has its url or its id"),
        (A.link(url="/dead", id=50, title="The holder?"), "is itself"),
    ],
)
def test_what_cannot_be_told_is_left_and_found(
    tmp_path: Path, link: dict[str, object], why: str
) -> None:
    result = synced(tmp_path, link)
    found = only(result)
    assert (found.believed, found.changes) == ("", {})
    assert why in found.why
    assert not result.outcome.changes


def test_a_link_is_not_renewed_into_one_that_is_there_already(tmp_path: Path) -> None:
    found = only(synced(tmp_path, A.link(url="/dead"), A.link()))
    assert "listed already" in found.why


def test_an_article_that_cannot_be_read_tells_nothing(tmp_path: Path) -> None:
    holder = Made("The holder?", "Baking", 50, (A.link(id=9),))
    site = make(tmp_path, [A, holder])
    (tmp_path / A.path).write_text("---\ntitle: a: b\n---\n")
    found = only(sync(Site.at(site.root), [holder.path]))
    assert "cannot be read" in found.why
