"""New articles: from data and a template, with all that derives."""

from __future__ import annotations

import datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from qtauthor.changes.change import Create
from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError
from qtauthor.model import templates
from qtauthor.model.article_fields import Related
from qtauthor.operations.site.create import Created, CreateRequest, create, fill
from qtauthor.text.document import Document
from qtauthor.text.render.scalars import Style
from tests.support.sites import CHAIN, DOUGH

TODAY = datetime.date(2025, 6, 2)
SEED_REQUEST = CreateRequest(
    question="Why does bread go stale?", subject="Bread Baking", date=TODAY
)


def made(created: Created) -> Document:
    (change,) = created.changes.changes
    assert isinstance(change, Create)
    return Document.parse(change.content)


def refusal(site: Site, request: CreateRequest) -> QtauthorError:
    with pytest.raises(QtauthorError) as caught:
        create(site, request)
    return caught.value


def test_everything_that_derives_is_filled_in(site: Site) -> None:
    created = create(site, SEED_REQUEST)
    document = made(created)
    assert created.changes.paths == ("content/learn/bread-baking/why-does-bread-go-stale.md",)
    assert document.get("/title") == document.get("/article_title") == document.get("/question")
    assert document.get("/seo/title") == "QuickTakes | Bread Baking"
    assert document.get("/file_name") == "why-does-bread-go-stale.md"
    assert document.get("/url") == "/learn/bread-baking/questions/why-does-bread-go-stale"
    assert document.get("/date") == TODAY


def test_the_id_is_one_more_than_the_largest(site: Site) -> None:
    assert create(site, SEED_REQUEST).id == max(site.ids) + 1


def test_negative_ids_are_placeholders_and_do_not_count(site: Site) -> None:
    path = site.root / CHAIN
    path.write_bytes(site.article(CHAIN).set("id", -5).to_bytes())
    assert create(Site.at(site.root), SEED_REQUEST).id == max(site.ids) + 1


def test_optional_fields_without_a_value_are_left_out(site: Site) -> None:
    keys = made(create(site, SEED_REQUEST)).keys()
    assert not {"no_index", "score", "related_article1"} & set(keys)


def test_optional_fields_with_a_value_stand_at_their_canonical_place(site: Site) -> None:
    request = SEED_REQUEST._replace(no_index=True, score=2.0, related=(412,))
    keys = made(create(site, request)).keys()
    assert keys[keys.index("question") + 1] == "no_index"
    assert keys[keys.index("url") + 1 :] == ("score", "related_article1")


def test_related_articles_are_filled_in_from_their_ids_in_the_order_given(site: Site) -> None:
    document = made(create(site, SEED_REQUEST._replace(related=(3055, 412, 3055))))
    linked = site.by_id(3055)
    assert document.get("/related_article1") == {
        "id": 3055,
        "title": linked.get("title"),
        "subject": linked.subject,
        "url": linked.url,
    }
    assert document.get("/related_article2/id") == 412
    assert not document.has("/related_article3")


def test_the_answer_is_encoded(site: Site) -> None:
    document = made(create(site, SEED_REQUEST._replace(answer="# Starch\n\nIt *turns* hard.")))
    assert document.get("/answer") == r"# Starch\n\nIt *turns* hard."


def test_the_subject_is_spelled_as_the_other_articles_of_its_folder_spell_it(site: Site) -> None:
    document = made(create(site, SEED_REQUEST._replace(subject="bread baking")))
    assert document.get("/subject") == "Bread Baking"


def test_the_style_is_the_templates(site: Site) -> None:
    plain = made(create(site, SEED_REQUEST, templates.load("plain", site.root)))
    folded = made(create(site, SEED_REQUEST, templates.load("folded", site.root)))
    assert plain.style("/title") == "plain"
    assert folded.style("/title") == "folded"
    assert plain.get() == folded.get()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"slug": "why-does-dough-rise-faster-in-a-warm-kitchen"}, Code.SLUG_TAKEN),
        ({"slug": "how-often-should-a-bicycle-chain-be-replaced"}, Code.SLUG_TAKEN),
        ({"id": 412}, Code.ID_TAKEN),
        ({"id": 0}, Code.BAD_ID),
        ({"id": -3}, Code.BAD_ID),
        ({"related": (999_999,)}, Code.UNKNOWN_ID),
        ({"related": (412, 418, 431, 1207, 1215, 1240)}, Code.TOO_MANY_RELATED),
        ({"id": 5000, "related": (5000,)}, Code.BAD_ID),
        ({"question": "¿¡…!?"}, Code.EMPTY_SLUG),
        ({"slug": "../../x"}, Code.UNSAFE_PATH),
        ({"subject": "///"}, Code.EMPTY_SLUG),
        ({"answer": r"a \neq b"}, Code.TORN_LATEX),
        ({"question": "x" * 300}, Code.UNSAFE_PATH),
    ],
    ids=str,
)
def test_what_the_site_could_not_hold_is_refused(
    site: Site, changed: dict[str, Any], code: Code
) -> None:
    error = refusal(site, SEED_REQUEST._replace(**changed))
    assert error.code is code
    assert error.remedy


def test_a_question_of_another_subject_is_filed_again_with_its_own_id_only(site: Site) -> None:
    article = site.article(DOUGH)
    again = CreateRequest(article.question, "Chemistry", TODAY, new_subject=True)
    error = refusal(site, again)
    assert error.code is Code.SLUG_TAKEN
    assert str(article.id) in error.remedy
    assert create(site, again._replace(id=article.id)).id == article.id


def test_a_file_that_cannot_be_read_does_not_stop_a_new_one(site: Site) -> None:
    (site.root / CHAIN).write_bytes(b"\xff")
    assert create(Site.at(site.root), SEED_REQUEST).id == max(site.ids) + 1


def flat(data: dict[str, Any]) -> dict[str, Any]:
    """An article's data by pointer, the subfields of ``seo`` one by one."""
    seo = {f"/seo/{name}": value for name, value in data["seo"].items()}
    return seo | {f"/{name}": value for name, value in data.items() if name != "seo"}


def variants() -> dict[tuple[Style | None, Style | None, bool], Document]:
    """The house style's eight forms: title style, related-title style, line before the fence."""
    styles: tuple[Style, ...] = ("folded", "plain")
    result: dict[tuple[Style | None, Style | None, bool], Document] = {}
    for title, related, gap in product(styles, styles, (False, True)):
        document = templates.load(title, Path())
        for number in range(1, 6):
            document = document.restyle(f"/related_article{number}/title", related)
        data = document.to_bytes()
        data = data.replace(b"\n---\n\n&", b"\n\n---\n\n&") if gap else data
        result[title, related, gap] = Document.parse(data)
    return result


def remade(data: bytes, forms: dict[tuple[Style | None, Style | None, bool], Document]) -> bytes:
    """An article made again from its data and the form that it has."""
    document = Document.parse(data)
    linked = document.has("/related_article1")
    related = document.style("/related_article1/title") if linked else "folded"
    template = forms[document.style("/title"), related, b"\n\n---\n" in data]
    return fill(template, flat(document.get())).to_bytes()


def recreated_share(paths: list[Path]) -> tuple[int, int]:
    forms = variants()
    same = sum(remade(path.read_bytes(), forms) == path.read_bytes() for path in paths)
    return same, len(paths)


def test_every_tenth_article_comes_out_of_its_data_and_a_template(corpus: Path) -> None:
    same, total = recreated_share(sorted(corpus.glob("*/*.md"))[::10])
    assert same == total > 400


@pytest.mark.slow
def test_every_article_comes_out_of_its_data_and_a_template(corpus: Path) -> None:
    same, total = recreated_share(sorted(corpus.glob("*/*.md")))
    assert same == total == 4801


def test_the_sample_site_comes_out_of_its_data_and_a_template(site: Site) -> None:
    same, total = recreated_share([site.root / path for path in site.paths()])
    assert same == total == 8


def test_filling_takes_related_articles_as_links(site: Site) -> None:
    link = Related(id=1, title="a: b", subject="S", url="/u")
    document = fill(site.template, {"/id": 7}, (link,))
    assert document.get("/related_article1/title") == "a: b"
    assert document.get("/id") == 7
