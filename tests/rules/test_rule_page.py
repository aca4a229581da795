"""The rules on answers, judged by what the page shows: remark, GFM, remark-math and KaTeX."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from qtauthor.changes.change import Modify, apply
from qtauthor.content.site import Site
from qtauthor.operations.fixing.fix_all import Fixed, fix_all
from qtauthor.rules import registry
from qtauthor.rules.answer import latex_delimiters, prices_as_math, torn_latex
from tests.rules.support import PATH, article, checker, fixed, make_site
from tests.support.pages import Page, PageReader
from tests.support.readers import SiteReader

pytestmark = pytest.mark.slow

RULES = registry.select(["QT6"])
OURS = (torn_latex.RULE, latex_delimiters.RULE, prices_as_math.RULE)


@pytest.mark.parametrize(
    ("answer", "shows"),
    [
        (r"Let $a \neq 0$ and $\nabla f$.", ["a ≠ 0", "∇ f"]),
        (r"The area is \(a^2\), or \( b \).", ["a^2", "b"]),
        (r"It is:\n\n\[\frac{1}{2}\]\n\nSo.", [r"\frac{1}{2}"]),
        (r"1. Say:\n   \[\n   x^2\n   \]\n   So.", ["x^2"]),
        (r"1. Say:\n   $$\n   a \neq b\n   $$\n   where $b$ is.", ["a ≠ b", "b"]),
        (r"Flour costs $2 here and $3 there.", []),
    ],
)
def test_a_fixed_answer_shows_its_formulas(
    answer: str, shows: list[str], tmp_path: Path, page_reader: PageReader, site_reader: SiteReader
) -> None:
    site = make_site(tmp_path, article(f"answer: >-\n    {answer}\n"))
    [change] = fixed(site, *OURS, unsafe=False).changes.changes
    assert isinstance(change, Modify)
    text = apply(site.source.read(PATH), change.edits).decode()
    page = page_reader.page(site_reader.read(text).data["answer"])
    assert [formula.text.strip() for formula in page.formulas] == shows
    assert not page.refused + page.commands + page.prose


@pytest.fixture(scope="module")
def site(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = tmp_path_factory.mktemp("corpus")
    shutil.copytree(corpus, root / "content" / "learn")
    return Site.at(root)


@pytest.fixture(scope="module")
def result(site: Site) -> Fixed:
    return fix_all(site, site.paths(), checker(site, RULES, many=True))


def refused(page: Page) -> list[str]:
    """The formulas that KaTeX does not take, but for LaTeX that was never right."""
    return [text for text in page.refused if not re.search(r"\\struct|\^\*\^", text)]


def test_the_rules_tell_of_every_answer_that_the_page_shows_torn(
    site: Site, result: Fixed, page_reader: PageReader, site_reader: SiteReader
) -> None:
    told = {finding.path for finding in (*result.fixed, *result.left)}
    torn = 0
    for path in site.paths():
        text = site.source.read(path).decode()
        page = page_reader.page(site_reader.read(text).data["answer"])
        if page.commands or page.prose or refused(page):
            assert path in told
            torn += 1
    assert torn > 50


def test_fixed_answers_show_no_latex_and_no_prose_as_math(
    site: Site, result: Fixed, page_reader: PageReader, site_reader: SiteReader
) -> None:
    for change in result.changes.changes:
        assert isinstance(change, Modify)
        text = apply(site.source.read(change.path), change.edits).decode()
        page = page_reader.page(site_reader.read(text).data["answer"])
        assert not page.commands + page.prose + refused(page), change.path
