"""The checker: quick values, silenced rules, files that cannot be read."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qtauthor.content.site import Site
from qtauthor.rules import registry
from qtauthor.rules.checked_article import MOST_BYTES
from qtauthor.rules.checker import Checker, check_all, context
from qtauthor.rules.quick_values import quickly
from qtauthor.rules.registry import BY_NAME
from qtauthor.text.document import Document
from qtauthor.text.document_view import MOST_PARTS
from qtauthor.text.yaml.values import same
from tests.rules import support
from tests.rules.support import ARTICLE, PATH, article, make_site

PIECES = (
    *("\\(", "\\)", "\\[", "\\]", "$", "$$", "\\n", "\\n\\n", "\\neq", "\\nu", "`", "```", "\\$"),
    *("a", "2", " ", "| a |", "|---|", "• b", "- ", "2. c", "3. d", "1.Ef", "<b>", "\\u2019"),
    *("$5 and $6", "x^2", "â€™", "#", "\\\\", "\\not", "\\in"),
)


@pytest.mark.parametrize("name", ["QT502", "QT5", "stale-id", "QT101, QT502"])
def test_a_comment_silences_a_rule(tmp_path: Path, name: str) -> None:
    bad = article(BY_NAME["QT502"].example).replace(b"id: 999", b"id: 999 # qtauthor: ignore[%s]")
    site = make_site(tmp_path, bad.replace(b"%s", name.encode()))
    assert support.found(site, BY_NAME["QT502"]) == []


def test_a_comment_silences_no_other_rule(tmp_path: Path) -> None:
    bad = article(BY_NAME["QT502"].example).replace(b"id: 999", b"id: 999 # qtauthor: ignore[QT1]")
    site = make_site(tmp_path, bad)
    assert [finding.rule for finding in support.found(site, BY_NAME["QT502"])] == ["QT502"]


def test_the_answer_silences_nothing(tmp_path: Path) -> None:
    bad = article("answer: \\(x\\) \\n\\n---\\n# qtauthor:ignore[QT6]\n")
    body = bad.replace(b"&nbsp;", b"# qtauthor: ignore[QT1]")
    assert support.found(make_site(tmp_path, body), BY_NAME["QT109"])


def test_quick_values_are_those_of_yaml_in_their_order() -> None:
    data = ARTICLE.replace("score:", "score:").encode()
    usual = quickly(data)
    read = Document.parse(data).get()
    assert usual is not None
    assert same(usual.values, read)
    assert list(usual.values) == list(read)


@pytest.mark.parametrize("fields", ["author: '12:30'\n", "id: 010\n", "colour: brown\n"])
def test_what_is_not_in_the_usual_form_is_read_as_yaml(fields: str) -> None:
    assert quickly(article(fields)) is None


def test_given_values_are_believed(tmp_path: Path) -> None:
    site = make_site(tmp_path, article(""))
    checker = support.checker(site, registry.DEFAULT)
    values = Document.parse(article("")).get() | {"id": -1}
    assert [f.rule for f in checker.check(PATH, article(""), values)] == ["QT401"]


def test_one_bad_value_does_not_hide_the_others(tmp_path: Path) -> None:
    site = make_site(tmp_path, article("date: 2024-02-30\nid: -1\nauthor:\nauthor: x\n"))
    rules = {finding.rule for finding in support.found(site, *registry.DEFAULT)}
    assert rules == {"QT106", "QT208", "QT401"}


def test_a_bad_value_inside_a_mapping_hides_only_itself(tmp_path: Path) -> None:
    bad = "seo:\n  title: QuickTakes | Chemistry\n  page_description: !x y\n  page_keywords: a, a\n"
    site = make_site(tmp_path, article(bad))
    rules = {finding.rule for finding in support.found(site, *registry.DEFAULT)}
    assert rules == {"QT110", "QT305", "QT705"}


def test_a_file_that_cannot_be_opened_is_a_finding(tmp_path: Path) -> None:
    site = make_site(tmp_path, article(""))
    folder = f"{support.FOLDER}/bread-baking/folder.md"
    (tmp_path / folder).mkdir()
    checker = support.checker(site, registry.DEFAULT)
    [finding] = check_all(checker, [folder])
    assert (finding.rule, finding.path, finding.line) == ("QT110", folder, 0)


def test_all_articles_are_checked(tmp_path: Path) -> None:
    site = make_site(tmp_path, article("id: -1\n"))
    checker = support.checker(site, registry.DEFAULT)
    assert [f.rule for f in check_all(checker, site.paths())] == ["QT401"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"---\n---\n",
        b"---\n[]\n---\n",
        b"---\n? [a]\n: b\n---\n",
        b"---\n1: 2\nseo: []\nrelated_article1: 5\n---\n",
        b"---\nseo: &a {title: x}\nrelated_article1: *a\nid: 1\n---\n",
        b"---\n<<: {id: 1}\n---\n",
        b'---\ntitle: "\\ud800"\nid: 123456789012345678901234567890\n---\n',
        b"---\r\nid: 5\r\ntitle: |\r\n  a\r\n---\r\n",
        b"---\n" + b"".join(b"a%d: &x%d [*x%d]\n" % (n, n, n - 1) for n in range(1, 5)) + b"---\n",
    ],
)
@pytest.mark.parametrize("name", ["a.md", "b/a.md", "x/y/z.md", "x/.md"])
def test_strange_files_break_no_rule(tmp_path: Path, data: bytes, name: str) -> None:
    site = make_site(tmp_path, article(""))
    checker = support.checker(site, registry.ALL, many=True)
    for finding in checker.check(f"{support.FOLDER}/{name}", data):
        assert finding.message


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 10**20)
    | st.floats(allow_nan=False)
    | st.dates(datetime.date(1, 1, 1))
    | st.text(st.sampled_from("ab ,:$\\n|<>`-1•&;Ã©\n\t'\""), max_size=40),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "title", "url", "x", "1"]), inner, max_size=4)
    ),
    max_leaves=6,
)
KEYS = """
    _schema id date title article_title seo author question no_index answer subject file_name url
    score related_article1 related_article2 related_article9 related_article0 x
"""
keys = st.sampled_from(KEYS.split())


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(keys, values, max_size=8))
def test_no_value_breaks_a_rule(site: Site, data: dict[str, Any]) -> None:
    front = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    checker = support.checker(site, registry.ALL, many=True)
    for finding in checker.check(PATH, f"---\n{front}---\n\n&nbsp;".encode()):
        assert finding.rule in BY_NAME
        assert finding.message


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make_site(tmp_path, article(""))


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_fixes_of_answers_come_to_rest_and_find_nothing_more(site: Site, answer: str) -> None:
    line = "answer: '" + answer.replace("'", "''") + "'\n"
    (site.root / PATH).write_bytes(article(line))
    rules = registry.named("QT6")
    result = support.fixed(site, *rules)
    assert not [finding for finding in result.left if finding.fix]
    for finding in support.found(site, *rules):
        shown = article(line).decode().split("\n")[finding.line - 1]
        assert finding.end_column <= len(shown) + 1


def many(count: int) -> bytes:
    """An article with an unknown field that is a list of so many items."""
    return article(f"keys: [{'x, ' * (count - 1)}x]\n")


LONG = article("answer: >-\n    " + "bread " * (MOST_BYTES // 6) + "\n")


@pytest.mark.parametrize("code", ["QT202", "QT401", "QT112"])
@pytest.mark.parametrize("data", [many(MOST_PARTS), LONG], ids=["many values", "many bytes"])
def test_that_an_article_is_too_large_is_told_whatever_is_selected(
    site: Site, data: bytes, code: str
) -> None:
    today = datetime.date(2025, 1, 1)
    checker = Checker(context(site, 1, today), (BY_NAME[code],))
    assert [one.rule for one in checker.check(PATH, data)] == ["QT112"]


def test_an_article_that_is_just_small_enough_is_checked_whole(site: Site) -> None:
    shape = Document.parse(many(1)).parts
    checker = Checker(context(site, 1, datetime.date(2025, 1, 1)), (BY_NAME["QT202"],))
    found = [
        [one.rule for one in checker.check(PATH, many(MOST_PARTS - shape + more))]
        for more in (1, 2)
    ]
    assert found == [["QT202"], ["QT112"]]
