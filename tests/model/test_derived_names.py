"""Names derive as the site's JavaScript derives them, and nothing unsafe becomes a file's name."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qtauthor.errors import ArticleError, Code
from qtauthor.model.derived_names import (
    SITE_NAMING,
    Naming,
    derive,
    file_name,
    parse_url,
    pattern_problem,
    seo_title,
    slugify,
    subject_key,
    url,
)

SITE_PATTERN = "/learn/{subject}/questions/{slug}"
COMPONENTS = st.text(min_size=1).filter(
    lambda text: not re.search(r"[/%?#\\\x00-\x1f]", text) and text == text.strip(" ")
)

# The site's rule, on each code point alone: prints those that leave something, and what.
JAVASCRIPT = r"""
for (let code = 0; code <= 0x10ffff; code++) {
  if (code >= 0xd800 && code <= 0xdfff) continue;
  const slug = String.fromCodePoint(code).toLowerCase()
    .replace(/[^a-z0-9\s]/g, "").replace(/\s/g, "-");
  if (slug) console.log(code + " " + slug);
}
"""


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Child-Pugh", "childpugh"),
        ("p > 0.5", "p--05"),
        ("école", "cole"),
        (" What is  it? ", "-what-is--it-"),
        ("a\u00a0b\ufeffc\u2028d\u3000e", "a-b-c-d-e"),
        ("a\u0085b\x1cc\x1fd\u200be", "abcde"),
        ("\u212a and \u0130", "k-and-i"),
        ("x² + 1️⃣", "x--1"),
        ("数学", ""),
    ],
)
def test_the_site_style_deletes_and_replaces_single_characters(title: str, slug: str) -> None:
    assert slugify(title) == slug


def test_the_site_style_agrees_with_javascript_on_every_code_point() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node to compare with")
    output = subprocess.run([node, "-e", JAVASCRIPT], capture_output=True, text=True, check=True)
    theirs = dict(line.split(" ") for line in output.stdout.splitlines())
    points = (point for point in range(0x110000) if not 0xD800 <= point <= 0xDFFF)
    ours = {str(point): slug for point in points if (slug := slugify(chr(point)))}
    assert ours == theirs


@given(st.text(), st.text())
def test_the_site_style_works_character_by_character(left: str, right: str) -> None:
    assert slugify(left + right) == slugify(left) + slugify(right)


@given(st.text())
def test_a_slug_of_the_site_style_is_its_own_slug_but_for_its_hyphens(title: str) -> None:
    words = slugify(title).replace("-", " ")
    assert slugify(words) == slugify(title)


def test_the_library_styles_trim_and_collapse_and_differ_in_transliteration() -> None:
    assert slugify("École  – p > 0.5!", "ascii") == "ecole-p-0-5"
    assert slugify("École  – p > 0.5!", "unicode") == "école-p-0-5"


def test_every_name_of_an_article_derives_from_question_and_subject() -> None:
    names = derive("What is NaCl?", "Health Studies")
    assert names.slug == "what-is-nacl"
    assert names.file_name == "what-is-nacl.md"
    assert names.subject_key == "health-studies"
    assert names.url == "/learn/health-studies/questions/what-is-nacl"
    assert names.seo_title == "QuickTakes | Health Studies"
    assert names.path == "health-studies/what-is-nacl.md"


def test_a_site_may_name_its_articles_in_its_own_way() -> None:
    naming = Naming("unicode", "/q/{slug}/in/{subject}", "{subject} – answers")
    names = derive("Où est l'été ?", "Météo", naming=naming)
    assert names.url == "/q/où-est-l-été/in/météo"
    assert names.seo_title == "Météo – answers"
    assert names.path == "météo/où-est-l-été.md"


def test_a_given_slug_replaces_the_derived_one() -> None:
    assert derive("???", "Physics", slug="three-marks").path == "physics/three-marks.md"


@pytest.mark.parametrize(("question", "subject"), [("数学?", "Physics"), ("What?", "物理")])
def test_an_empty_slug_is_refused_with_its_source_and_a_remedy(question: str, subject: str) -> None:
    with pytest.raises(ArticleError) as caught:
        derive(question, subject)
    assert caught.value.code == Code.EMPTY_SLUG
    assert caught.value.excerpt in (question, subject)
    assert caught.value.remedy


def test_a_given_empty_slug_is_refused() -> None:
    with pytest.raises(ArticleError) as caught:
        derive("What?", "Physics", slug="")
    assert caught.value.code == Code.EMPTY_SLUG


@pytest.mark.parametrize(
    "slug",
    [
        "a/b",
        "a\\b",
        "..",
        "../x",
        "a..b",
        ".hidden",
        "a.",
        "a\0b",
        "a\nb",
        "a\x7fb",
        "a\u202eb",
        "a\ud800b",
        " a",
        "C:x",
        "a?b",
        "a#b",
        "a%2fb",
        "con",
        "Aux",
        "nul.txt",
        "COM1",
        "lpt¹",
        "x" * 253,
        "é" * 127,
    ],
)
def test_a_slug_that_is_not_one_safe_path_component_is_refused(slug: str) -> None:
    with pytest.raises(ArticleError) as caught:
        derive("What?", "Physics", slug=slug)
    assert caught.value.code == Code.UNSAFE_PATH
    assert caught.value.excerpt == slug


@pytest.mark.parametrize("slug", ["x" * 252, "console", "com", "p--05", "---"])
def test_a_given_slug_that_the_rule_could_give_is_accepted(slug: str) -> None:
    assert derive("What?", "Physics", slug=slug).file_name == f"{slug}.md"


@pytest.mark.parametrize("slug", ["é" * 126, "a.b", "été-1", "A b", "How-often"])
def test_a_given_slug_that_the_rule_could_not_give_is_refused(slug: str) -> None:
    with pytest.raises(ArticleError) as caught:
        derive("What?", "Physics", slug=slug)
    assert caught.value.code == Code.UNSAFE_PATH
    assert caught.value.remedy


def test_the_configured_rule_holds_for_a_given_slug() -> None:
    unicode = SITE_NAMING._replace(slug_style="unicode")
    assert derive("What?", "Physics", slug="été-1", naming=unicode).slug == "été-1"


def test_derived_names_are_held_to_the_same_rules() -> None:
    for question, subject in (("x" * 253, "Physics"), ("Con?", "Physics"), ("What?", "Aux")):
        with pytest.raises(ArticleError) as caught:
            derive(question, subject)
        assert caught.value.code == Code.UNSAFE_PATH


@given(st.text())
def test_a_derived_path_stays_in_the_content_folder_whatever_is_given(slug: str) -> None:
    try:
        path = Path(derive("What?", "Physics", slug=slug).path)
    except ArticleError:
        return
    assert path.parts == ("physics", f"{slug}.md")


@given(
    st.sampled_from([SITE_PATTERN, "/{slug}.html/{subject}", "/{subject}/{subject}-x/{slug}"]),
    COMPONENTS,
    COMPONENTS,
)
def test_taking_a_url_apart_is_the_inverse_of_making_it(pattern: str, key: str, slug: str) -> None:
    assert pattern_problem(pattern) is None
    assert parse_url(pattern, url(pattern, key, slug)) == (key, slug)


@pytest.mark.parametrize(
    "address",
    [
        "/learn/physics/questions/",
        "/learn/physics/questions/a/b",
        "/learn/physics/questions/a\n/",
        "learn/physics/questions/a",
        "https://x.org/learn/physics/questions/a",
        "/learn//questions/a",
        "",
    ],
)
def test_an_address_of_another_form_is_no_article(address: str) -> None:
    assert parse_url(SITE_PATTERN, address) is None


def test_a_placeholder_that_stands_twice_must_have_one_value() -> None:
    assert parse_url("/{subject}/{subject}-x/{slug}", "/a/a-x/s") == ("a", "s")
    assert parse_url("/{subject}/{subject}-x/{slug}", "/a/b-x/s") is None


def test_a_character_that_means_something_in_a_regular_expression_stands_for_itself() -> None:
    assert parse_url("/a.b/{subject}/{slug}", "/a.b/x/y") == ("x", "y")
    assert parse_url("/a.b/{subject}/{slug}", "/aXb/x/y") is None


@pytest.mark.parametrize(
    "pattern",
    [
        "/learn/{slug}",
        "/learn/{subject}",
        "/{subject}-{slug}",
        "/{subject}/{slug}/{id}",
        "/{subject}/{slug}}",
        "/{subject}/{/{slug}",
        "",
    ],
)
def test_a_pattern_that_cannot_be_taken_apart_has_a_problem(pattern: str) -> None:
    assert pattern_problem(pattern)


def test_braces_in_a_name_are_not_filled_in() -> None:
    assert url(SITE_PATTERN, "{slug}", "{subject}") == "/learn/{slug}/questions/{subject}"
    assert seo_title("{subject} {x}") == "QuickTakes | {subject} {x}"


def test_the_small_rules_stand_alone() -> None:
    assert subject_key("Bachelor of Laws") == "bachelor-of-laws"
    assert file_name("a-b") == "a-b.md"


def test_python_slugify_is_loaded_only_when_a_style_needs_it() -> None:
    code = (
        "import sys\n"
        "from qtauthor.content import answer\n"
        "from qtauthor.model import derived_names\n"
        "from qtauthor.model.config import site_config\n"
        "derived_names.derive('a', 'b')\n"
        "heavy = {'slugify', 'tomllib', 'difflib', 'rich', 'ruamel.yaml', 'questionary'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_slug_of_every_question_in_the_sample_is_its_file_name(corpus: Path) -> None:
    wrong = []
    files = sorted(corpus.glob("*/*.md"))
    for file in files:
        lines = file.read_text(encoding="utf-8").split("\n")
        question = lines[lines.index("question: >-") + 1].strip()
        names = derive(question, field(lines, "subject"))
        stored = (f"{file.parent.name}/{file.name}", field(lines, "url"))
        if (names.path, names.url) != stored:
            wrong.append(file.name)
        assert parse_url(SITE_PATTERN, names.url) == (file.parent.name, file.stem)
    assert files
    assert not wrong


def field(lines: list[str], key: str) -> str:
    return next(line for line in lines if line.startswith(f"{key}: ")).removeprefix(f"{key}: ")
