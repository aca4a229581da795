"""How it looks: on narrow terminals, without colours, line by line, and where nobody looks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.support import here, tree
from tests.cli.wizard.conftest import Editor
from tests.cli.wizard.driver import ENTER, INTERRUPT, UP, matches, person
from tests.cli.wizard.walk import DAY, DESCRIPTION, PATH, QUESTION, TYPED, at, take

COLOUR = re.compile("\x1b\\[[0-9;]*[1-9][0-9;]*m")
"""Any rendition but the default one."""
LONG = "How do you keep the crust of a loaf of sourdough bread crisp for more than one day"


def test_at_60_columns_nothing_is_lost(site: Path, editor: Editor) -> None:
    with at("question", cwd=site, columns=60, rows=32, environ=editor("true")) as me:
        me.sees("? Question")
        me.types(LONG)
        assert matches("narrow-question", me, "no question mark")
        me.types(ENTER)
        me.answers("? How does it end?")
        take(me, "answer")
        me.sees("? Description")
        me.types(DESCRIPTION * 3)
        assert matches("narrow-description", me, "204 characters")
        me.types(ENTER)
        me.answers("? Keywords")
        me.sees("? Related articles")
        me.types(" ")
        assert matches("narrow-related", me, "●")
        me.types(ENTER)
        me.sees("? Let it link back")
        me.types(UP, ENTER)
        me.sees("? What now?")
        assert matches("narrow-review", me, whole=True)


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"CLICOLOR": "0"}])
def test_without_colours_none_is_sent(site: Path, environment: dict[str, str]) -> None:
    with at("review", cwd=site, environ=environment) as me:
        assert not re.search("\x1b\\[[0-9;]*3[0-7][;m]", me.said)
        assert not re.search("\x1b\\[[0-9;]*9[0-7][;m]", me.said)


def test_with_colours_they_are_sent(site: Path) -> None:
    with at("review", cwd=site) as me:
        assert COLOUR.search(me.said)
        file = me.said.partition("── The file")[2]
        assert re.search("\x1b\\[[0-9;]+m_schema\x1b", file)


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        (["--plain"], {}),
        pytest.param([], {"QTAUTHOR_PLAIN": "1"}, marks=pytest.mark.slow),
        pytest.param([], {"TERM": "dumb"}, marks=pytest.mark.slow),
    ],
)
def test_line_by_line_nothing_moves_the_cursor(
    site: Path, editor: Editor, options: list[str], environment: dict[str, str]
) -> None:
    environ = {**editor("true"), **environment}
    with person(*DAY, *options, cwd=site, columns=60, rows=50, environ=environ) as me:
        me.answers("Subject:", "bread baking")
        me.answers("Question:", "Why is crust brown")
        me.answers("How does it end? [1]:")
        me.answers("Answer [1]:", "2")
        me.answers("a line with only a full stop ends it", TYPED)
        me.types(".", ENTER)
        me.answers("Answer [1]:")
        me.answers("Description for search engines:", DESCRIPTION)
        me.answers("Keywords [", "-")
        me.answers("Related articles [0]:", "upright")
        me.sees("1 Why does a moving bicycle stay upright? Everyday Physics · A bicycle")
        me.types("2 1", ENTER)
        me.answers("link back to the new question? [2]:", "1")
        me.answers("What now? [1]:")
        assert me.ends() == 0
        assert "\x1b" not in me.said
        assert matches("plain", me, whole=True)
    assert here("get", PATH, "answer").text.strip() == TYPED
    assert here("get", PATH, "related_article2.id").code == 0


def test_line_by_line_one_can_go_back_and_leave(site: Path) -> None:
    before = tree(site)
    with person(*DAY, "--plain", cwd=site) as me:
        me.answers("Subject:", "Bread Baking")
        me.answers("Question:", "<")
        me.answers("Subject [Bread Baking]:")
        me.answers("Question:", QUESTION)
        me.answers("Answer [1]:", "9")
        me.answers("a number from 1 to 4, please", "4")
        me.sees("Description")
        me.types(INTERRUPT)
        assert me.ends() == 130
        assert "the draft is kept" in me.everything
    with person(*DAY, "--plain", cwd=site) as me:
        me.answers("A draft was left [1]:")
        me.answers("Description")
        me.sees("Keywords")
    assert tree(site) == before


def test_the_dialogue_is_words_so_that_the_data_can_go_to_a_file(site: Path) -> None:
    with at("related", "--no-both", cwd=site, redirect=">made") as me:
        me.answers("? Related")
        me.answers("? What now?")
        assert me.ends() == 0
        assert "created the article" in me.shown
    assert (site / "made").read_text() == f"{PATH}\n"
