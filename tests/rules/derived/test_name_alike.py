"""Names that differ in case, or in the form of their letters, wherever they stand."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from qtauthor.content.site import Site
from qtauthor.rules.registry import BY_NAME
from tests.rules import support

CONTENT = support.FOLDER
RULE = BY_NAME["QT307"]


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def found(root: Path, path: str, code: str = "QT307") -> list[tuple[str, str]]:
    """What is found in one article and told of it in a check of all, which has to be the same."""
    one, many = (
        support.checker(Site.at(root), [BY_NAME[code]], many=many).check_file(f"{CONTENT}/{path}")
        for many in (False, True)
    )
    assert one == many
    return [(finding.pointer, finding.message) for finding in one]


def put(root: Path, *paths: str, text: str = "") -> None:
    for path in paths:
        (root / CONTENT / path).parent.mkdir(parents=True, exist_ok=True)
        (root / CONTENT / path).write_bytes(support.article(text))


@pytest.mark.parametrize(
    ("own", "other", "told"),
    [
        ("a/wow.md", "a/WOW.md", "but for its case"),
        ("a/È-bé.md", "a/è-bé.md", "but for its case"),
        ("a/è-bé.md", nfd("a/È-bé.md"), "but for its case"),
        ("a/èx.md", nfd("a/èx.md"), "decomposed (NFD); here they are composed (NFC)"),
        (nfd("a/èx.md"), "a/èx.md", "composed (NFC); here they are decomposed (NFD)"),
        ("a/straße.md", "a/STRASSE.md", "but for its case"),
    ],
)
def test_two_files_of_a_folder_are_told_at_both(
    tmp_path: Path, own: str, other: str, told: str
) -> None:
    put(tmp_path, own, other, "a/another.md", "b/elsewhere.md")
    for path, there in ((own, other), (other, own)):
        [(at, message)] = found(tmp_path, path)
        assert at == "/file_name"
        assert message.startswith(f"{CONTENT}/{there} has the same name")
    assert found(tmp_path, own)[0][1].endswith(told)
    assert found(tmp_path, "a/another.md") == found(tmp_path, "b/elsewhere.md") == []


@pytest.mark.parametrize(
    ("larger", "smaller", "told"),
    [
        ("art", "Art", "but for its case"),
        ("É-t", "é-t", "but for its case"),
        ("été", nfd("été"), "composed (NFC); here they are decomposed (NFD)"),
        (nfd("été"), "été", "decomposed (NFD); here they are composed (NFC)"),
    ],
)
def test_two_folders_are_told_in_the_one_with_fewer_articles(
    tmp_path: Path, larger: str, smaller: str, told: str
) -> None:
    put(tmp_path, f"{larger}/one.md", f"{larger}/two.md", f"{smaller}/three.md", "arts/one.md")
    [(at, message)] = found(tmp_path, f"{smaller}/three.md")
    assert at == "/subject"
    assert message.startswith(f"the folder {larger} has the same name")
    assert told in message
    assert found(tmp_path, f"{larger}/one.md") == found(tmp_path, "arts/one.md") == []


def test_of_two_folders_of_one_size_the_later_one_is_told(tmp_path: Path) -> None:
    put(tmp_path, "Art/one.md", "art/two.md")
    assert found(tmp_path, "Art/one.md") == []
    assert len(found(tmp_path, "art/two.md")) == 1


def test_both_forms_of_a_slug_under_other_subjects_are_one(tmp_path: Path) -> None:
    put(tmp_path, "a/èx.md", nfd("b/èx.md"), "c/ÈX.md")
    assert len(found(tmp_path, "a/èx.md")) == len(found(tmp_path, nfd("b/èx.md"))) == 1
    [(at, message)] = found(tmp_path, "c/ÈX.md")
    assert (at, message) == ("/file_name", f"the same slug differs in case at {CONTENT}/a/èx.md")


def test_names_are_told_of_files_that_come_and_go(tmp_path: Path) -> None:
    put(tmp_path, "a/one.md")
    assert found(tmp_path, "a/one.md") == []
    put(tmp_path, "a/One.md")
    assert len(found(tmp_path, "a/one.md")) == 1
    (tmp_path / CONTENT / "a/One.md").unlink()
    assert found(tmp_path, "a/one.md") == []


def test_all_folders_are_known_in_one_step_each(tmp_path: Path) -> None:
    names = ["a", "A", "a-b", "a.b", "A0", "ab", "b", "Z", "é", "\U0001f600"]
    put(tmp_path, *(f"{name}/{number}.md" for name in names for number in range(3)))
    index = Site.at(tmp_path).index
    assert index.folders_like("A") == {"a": 3, "A": 3}
    for name in names[2:]:
        assert index.folders_like(name) == {name: 3}
    assert index.folders_like("nothing") == {}


def test_a_link_in_another_case_is_led_whatever_the_case_of_the_folder(tmp_path: Path) -> None:
    link = "related_article1:\n    id: 7\n    title: x\n    subject: Art\n    url: {}\n"
    put(tmp_path, "aRt/Wow.md")
    put(tmp_path, "b/one.md", text=link.format("/learn/ART/questions/wow"))
    [(_, message)] = found(tmp_path, "b/one.md", "QT501")
    assert "/learn/aRt/questions/Wow, whose address differs in case" in message
