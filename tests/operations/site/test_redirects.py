"""Where a new article lives, no redirect starts."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from qtauthor.changes.change import Modify, apply
from qtauthor.content.site import Site
from qtauthor.errors import Code, SiteError
from qtauthor.operations.site import redirects
from qtauthor.operations.site.create import CreateRequest, create

OLD = "/learn/bread-baking/questions/why-knead"
NEW = "/learn/bread-baking/questions/what-is-kneading-for"
FORMS = {
    "json": f'[{{"from": "{OLD}", "to": "{NEW}", "status": 301}}, {{"from": "/a", "to": "/b"}}]\n',
    "netlify": f"# old\n{OLD} {NEW} 301\n/a /b\n",
    "moves": '[{"previous": "bread-baking", "question": "why-knead", "current": "cooking"}]\n',
}
LEFT = {"json": '[{"from": "/a", "to": "/b"}]\n', "netlify": "# old\n/a /b\n", "moves": "[]\n"}
REQUEST = CreateRequest("Why knead?", "Bread Baking", datetime.date(2025, 1, 1))


def make(root: Path, form: str, text: str) -> Site:
    (root / "content/learn").mkdir(parents=True)
    (root / "qtauthor.toml").write_text(f'redirects = {{path = "list", format = "{form}"}}\n')
    (root / "list").write_text(text)
    return Site.at(root)


@pytest.mark.parametrize("form", FORMS)
def test_a_new_article_takes_out_the_redirect_from_its_address(form: str, tmp_path: Path) -> None:
    created = create(make(tmp_path, form, FORMS[form]), REQUEST)
    changes = {change.path: change for change in created.changes.changes}
    assert set(changes) == {created.path, "list"}
    after = redirects.arrive(make(tmp_path / "after", form, LEFT[form]), [OLD])
    assert not after[0]
    assert after[1] == []
    [notice] = created.notices
    assert notice.startswith(f"an article lives there again, so its redirect goes: {OLD} -> ")


@pytest.mark.parametrize("form", FORMS)
def test_all_other_entries_keep_their_bytes(form: str, tmp_path: Path) -> None:
    site = make(tmp_path, form, FORMS[form])
    changes, _ = redirects.arrive(site, [OLD])
    [change] = changes.changes
    assert isinstance(change, Modify)
    assert apply(FORMS[form].encode(), change.edits).decode() == LEFT[form]


def test_the_last_slash_of_an_address_does_not_count(tmp_path: Path) -> None:
    text = json.dumps([{"from": OLD + "/", "to": NEW}])
    changes, notices = redirects.arrive(make(tmp_path, "json", text), [OLD])
    assert changes
    assert notices


def test_an_address_without_a_redirect_leaves_the_list_alone(tmp_path: Path) -> None:
    created = create(make(tmp_path, "json", '[{"from": "/a", "to": "/b"}]'), REQUEST)
    assert created.changes.paths == (created.path,)
    assert created.notices == ()


def test_a_list_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as caught:
        create(make(tmp_path, "json", "{"), REQUEST)
    assert caught.value.code is Code.BAD_REDIRECTS
