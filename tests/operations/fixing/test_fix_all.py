"""Fixes are applied together, checked again and repeated, and what is left is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qtauthor.changes.change import Modify, Move, apply
from qtauthor.changes.proof import prove
from qtauthor.content.site import Site
from qtauthor.operations.fixing.fix_all import Fixed, fix_all
from qtauthor.rules import registry
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.fix import Fix, FixStep, SetValue
from qtauthor.rules.rule import Hit, Rule
from qtauthor.text.document import Document
from tests.rules.support import ARTICLE, FOLDER, PATH, article, checker, make_site

CHEMISTRY = f"{FOLDER}/chemistry/why-does-bread-go-stale.md"
LINK = "related_article{}:\n    id: {}\n    title: {}\n    subject: {}\n    url: /learn/{}\n"


def fix(site: Site, *paths: str, unsafe: bool = True, rules: Any = registry.DEFAULT) -> Fixed:
    """Fix these articles, or the one of `PATH`; the changes are proven."""
    result = fix_all(site, paths or [PATH], checker(site, rules), unsafe=unsafe)
    prove(result.changes, site.source.read)
    return result


def made(site: Site, result: Fixed) -> dict[str, bytes]:
    """The changed files by the names that they then have."""
    files: dict[str, bytes] = {}
    for change in result.changes.changes:
        assert isinstance(change, Modify | Move)
        name = change.to if isinstance(change, Move) else change.path
        files[name] = apply(site.source.read(change.path), change.edits)
    return files


def codes(result: Fixed) -> tuple[list[str], list[str]]:
    return sorted(f.rule for f in result.fixed), sorted(f.rule for f in result.left)


def test_a_clean_article_is_left_alone(tmp_path: Path) -> None:
    result = fix(make_site(tmp_path, article("")))
    assert (result.changes.changes, codes(result)) == ((), ([], []))


def test_only_safe_fixes_are_applied_unless_others_are_wanted(tmp_path: Path) -> None:
    site = make_site(tmp_path, article("file_name: x.md\nsubject: Bread baking\n"))
    safe = fix(site, unsafe=False)
    assert codes(safe) == (["QT302", "QT305"], ["QT306"])
    assert b"subject: Bread baking" in made(site, safe)[PATH]
    both = fix(site)
    assert codes(both) == (["QT302", "QT305", "QT305", "QT306"], [])
    assert b"title: QuickTakes | Bread Baking" in made(site, both)[PATH]
    assert b"subject: Bread Baking\nfile_name" in made(site, both)[PATH]


def test_fixes_in_one_text_are_applied_at_once(tmp_path: Path) -> None:
    answer = "answer: \\(a \\neq b\\) for $2 or $3.\\n\\nThen \\(c\\).\n"
    site = make_site(tmp_path, article(answer))
    result = fix(site, unsafe=False)
    assert codes(result) == (["QT601", "QT602", "QT602", "QT609"], [])
    assert "answer: $a ≠ b$ for \\$2 or \\$3.\\n\\nThen $c$.\n".encode() in made(site, result)[PATH]


def test_a_mended_file_is_fixed_further(tmp_path: Path) -> None:
    broken = article("title: Bread: why?\nfile_name: x.md\n")
    site = make_site(tmp_path, b"\n" + broken)
    result = fix(site)
    assert codes(result)[0] == ["QT101", "QT205", "QT302"]
    fields = Document.parse(made(site, result)[PATH]).get()
    assert (fields["id"], fields["file_name"]) == (1, "why-does-bread-go-stale.md")
    assert fix(site, unsafe=False).changes.changes == ()


def test_links_that_go_leave_no_gap(tmp_path: Path) -> None:
    links = (
        LINK.format(1, 1, "Why does bread go stale?", "Bread Baking", PATH_URL)
        + LINK.format(2, 3, "What is starch?", "Chemistry", "chemistry/questions/what-is-starch")
        + LINK.format(3, 3, "What is starch?", "Chemistry", "chemistry/questions/what-is-starch")
        + LINK.format(4, 9, "Who?", "Chemistry", "chemistry/questions/who")
        + LINK.format(5, 7, "What is it?", "Physics", f"{DOUGH}")
    )
    site = make_site(tmp_path, article(links))
    result = fix(site)
    assert codes(result) == (["QT501", "QT502", "QT503", "QT504", "QT505", "QT506"], [])
    fields = Document.parse(made(site, result)[PATH]).get()
    assert [key for key in fields if key.startswith("related")] == [
        "related_article1",
        "related_article2",
    ]
    assert fields["related_article2"]["title"] == "How long should dough rise?"


PATH_URL = "bread-baking/questions/why-does-bread-go-stale"
DOUGH = "bread-baking/questions/how-long-should-dough-rise"


def test_what_a_fix_changes_is_news_for_other_articles(tmp_path: Path) -> None:
    site = make_site(tmp_path, article("subject: Bread baking\n"))
    link = LINK.format(1, 1, "Why does bread go stale?", "Bread baking", PATH_URL)
    starch = f"{FOLDER}/chemistry/what-is-starch.md"
    data = site.source.read(starch).replace(b"score: -1.0\n", b"score: -1.0\n" + link.encode())
    (site.root / starch).write_bytes(data)
    result = fix(site, PATH, starch)
    assert codes(result) == (["QT305", "QT305", "QT306", "QT504"], [])
    assert b"    subject: Bread Baking\n    url" in made(site, result)[starch]


def test_rewiring_changes_other_articles(tmp_path: Path) -> None:
    site = make_site(tmp_path, article("subject: Physics\n"))
    link = LINK.format(1, 1, "Why does bread go stale?", "Physics", PATH_URL)
    starch = f"{FOLDER}/chemistry/what-is-starch.md"
    data = site.source.read(starch).replace(b"score: -1.0\n", b"score: -1.0\n" + link.encode())
    (site.root / starch).write_bytes(data)
    result = fix(site, rules=registry.named("folder-differs"))
    files = made(site, result)
    assert b"url: /learn/physics/questions/why-does" in files[starch]
    assert f"{FOLDER}/physics/why-does-bread-go-stale.md" in files


def test_rewiring_of_a_file_that_another_fix_changes_is_part_of_the_same_change(
    tmp_path: Path,
) -> None:
    site = make_site(tmp_path, article("id: -3\nfile_name: x.md\n"))
    result = fix(site)
    assert codes(result) == (["QT302", "QT401"], [])
    fields = Document.parse(made(site, result)[PATH]).get()
    assert (fields["id"], fields["file_name"]) == (1, "why-does-bread-go-stale.md")
    assert result.texts == made(site, result)


def test_operations_on_the_same_files_follow_each_other(tmp_path: Path) -> None:
    """Both articles get new ids, and the one that links to both is changed twice."""
    site = make_site(tmp_path, article("id: -3\n"), more=[(-3, "Is rye sour?", "Physics")])
    chemistry = tmp_path / f"{FOLDER}/chemistry/why-does-bread-go-stale.md"
    chemistry.unlink()
    starch = f"{FOLDER}/chemistry/what-is-starch.md"
    links = LINK.format(1, -3, "Why does bread go stale?", "Bread Baking", PATH_URL)
    links += LINK.format(2, -3, "Is rye sour?", "Physics", "physics/questions/is-rye-sour")
    data = site.source.read(starch).replace(b"score: -1.0\n", b"score: -1.0\n" + links.encode())
    (site.root / starch).write_bytes(data)
    rye = f"{FOLDER}/physics/is-rye-sour.md"
    result = fix(site, PATH, rye, rules=registry.named("QT4"))
    assert codes(result) == (["QT401", "QT401"], [])
    files = {path: Document.parse(text).get() for path, text in made(site, result).items()}
    numbers = [files[PATH]["id"], files[rye]["id"]]
    assert sorted(numbers) == [5, 6]
    assert [files[starch][f"related_article{n}"]["id"] for n in (1, 2)] == numbers
    assert [one.others for one in result.rewired] == [(starch,), (starch,)]


def test_new_ids_are_none_that_were_given_out(tmp_path: Path) -> None:
    site = make_site(tmp_path, article("id: -3\n"))
    (tmp_path / f"{FOLDER}/chemistry/why-does-bread-go-stale.md").unlink()
    found = checker(site, registry.named("QT401"))
    result = fix_all(site, [PATH], found, unsafe=True, taken=[41])
    assert Document.parse(result.texts[PATH] or b"").get("/id") == 42


def test_what_follows_from_a_move_is_fixed_in_the_same_change(tmp_path: Path) -> None:
    site = make_site(tmp_path, article("subject: Physics\nid: -3\n"))
    (tmp_path / f"{FOLDER}/chemistry/why-does-bread-go-stale.md").unlink()
    result = fix(site)
    [moved] = [change for change in result.changes.changes if isinstance(change, Move)]
    assert moved.to == f"{FOLDER}/physics/why-does-bread-go-stale.md"
    fields = Document.parse(result.texts[moved.to] or b"").get()
    assert (fields["id"], fields["url"]) == (5, "/learn/physics/questions/why-does-bread-go-stale")
    assert fields["seo"]["title"] == "QuickTakes | Physics"
    assert result.left == ()


def test_what_the_engine_refuses_is_left(tmp_path: Path) -> None:
    shared = "related_article1:\n    title: *name\n"
    site = make_site(tmp_path, article(f"file_name: &name x.md\n{shared}"))
    result = fix(site, rules=registry.named("file-name-differs"))
    assert codes(result) == ([], ["QT302"])
    assert not result.changes


ABOUT_ARTICLES = [rule for rule in registry.ALL if rule.listed is None]


def _rule(number: int, steps: dict[object, tuple[FixStep, ...]]) -> Rule:
    """A rule that sets the score to something else for some scores."""

    def check(subject: CheckedArticle) -> Iterator[Hit]:
        score = subject.values.get("score")
        if score in steps:
            yield Hit("/score", f"not {score}", Fix("other", "safe", steps[score]))

    return Rule(f"QT90{number}", f"r{number}", check, "", "", "", "")


def test_fixes_that_undo_each_other_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = _rule(1, {-1.0: (SetValue("/score", 2.0),)})
    two = _rule(2, {2.0: (SetValue("/score", -1.0),)})
    site = make_site(tmp_path, article(""))
    result = fix(site, rules=[one, two])
    assert len(result.fixed) == 1
    assert len(result.left) == 1


def test_a_fix_that_changes_nothing_is_left(tmp_path: Path) -> None:
    idle = _rule(1, {-1.0: (SetValue("/score", -1.0),)})
    result = fix(make_site(tmp_path, article("")), rules=[idle])
    assert (len(result.fixed), len(result.left), bool(result.changes)) == (0, 1, False)


def test_fixes_that_feed_themselves_end(tmp_path: Path) -> None:
    def check(subject: CheckedArticle) -> Iterator[Hit]:
        more = (SetValue("/score", subject.values["score"] + 1.0),)
        yield Hit("/score", "too small", Fix("more", "safe", more))

    site = make_site(tmp_path, article(""))
    result = fix(site, rules=[Rule("QT901", "endless", check, "", "", "", "")])
    assert len(result.left) == 1
    assert len(result.fixed) < 100


def test_a_fix_is_all_or_nothing(tmp_path: Path) -> None:
    half = _rule(1, {-1.0: (SetValue("/score", 2.0), SetValue("/nowhere/at/all", 1))})
    result = fix(make_site(tmp_path, article("")), rules=[half])
    assert (len(result.fixed), len(result.left), bool(result.changes)) == (0, 1, False)


def test_many_things_wrong_at_once_come_to_rest(tmp_path: Path) -> None:
    outside = ("QT104", "QT106", "QT110", "QT112", "QT208")  # a part of the article is not read
    examples = (rule.example for rule in ABOUT_ARTICLES if rule.code not in outside)
    fields = "".join(example for example in examples if "---" not in example)
    once = dict.fromkeys(re.split(r"^(?=\w)", fields, flags=re.MULTILINE))
    last = {field.partition(":")[0]: field for field in once if field}
    site = make_site(tmp_path, article("".join(last.values())))
    result = fix(site)
    assert len(result.fixed) > 5
    (tmp_path / PATH).write_bytes(made(site, result)[PATH])
    again = fix(Site.at(tmp_path), unsafe=False)
    assert not again.changes


def test_a_site_where_everything_is_wrong_comes_to_rest(tmp_path: Path) -> None:
    for rule in ABOUT_ARTICLES:
        root = tmp_path / rule.code
        site = make_site(root, article(rule.example))
        result = fix(site)
        for name, data in made(site, result).items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
            if name != PATH and name.endswith("go-stale.md"):
                (root / PATH).unlink()
        again = Site.at(root)
        paths = list(again.paths())
        second = fix(again, *paths)
        taken = ("QT304", "QT301") if rule.code == "QT307" else ("QT304",)  # the name that it wants
        assert not [f for f in second.left if f.fix and f.rule not in taken], rule.code


def test_the_article_of_the_cases_is_clean() -> None:
    assert article("") == ARTICLE.encode()
