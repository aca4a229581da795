"""Code actions: what is offered, and what becomes of the files when it is taken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qtauthor.content.site import Site
from tests.lsp.client import Editor, FailedError, span
from tests.lsp.conftest import CELLS, DIFFUSION, HEAT, OSMOSIS, PUMPS
from tests.lsp.texts import after, where


def source(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


def offered(
    editor: Editor, path: str, text: str, at: str, only: list[str] | None = None
) -> dict[str, dict[str, Any]]:
    """The actions at a part of a buffer, by their titles."""
    if editor.root / path in editor.opened:
        editor.change(path, text)
    else:
        editor.open(path, text)
    place = where(text, at)
    context: dict[str, Any] = {"diagnostics": []}
    if only is not None:
        context["only"] = only
    uri = (editor.root / path).as_uri()
    params = {"textDocument": {"uri": uri}, "range": span(place, place), "context": context}
    return {action["title"]: action for action in editor.ask("textDocument/codeAction", params)}


def taken(editor: Editor, action: dict[str, Any]) -> dict[str, str]:
    """The files of the site, by their paths, after an editor took an action."""
    texts = {
        file.as_uri(): file.read_bytes().decode() for file in editor.root.rglob("content/**/*.md")
    }
    texts |= {file.as_uri(): text for file, (text, _) in editor.opened.items()}
    edits = [action["edit"]] if "edit" in action else []
    if "command" in action:
        command = action["command"]
        params = {"command": command["command"], "arguments": command["arguments"]}
        before = len(editor.applied)
        editor.ask("workspace/executeCommand", params)
        edits += editor.applied[before:]
    for edit in edits:
        for step in edit["documentChanges"]:
            identity = step.get("textDocument")
            if identity is not None and identity["version"] is not None:
                known = {file.as_uri(): version for file, (_, version) in editor.opened.items()}
                assert identity["version"] == known[identity["uri"]]
        texts = after(texts, edit)
    prefix = editor.root.as_uri() + "/"
    return {uri.removeprefix(prefix): text for uri, text in texts.items()}


def test_a_safe_fix_is_preferred_and_mends_the_buffer(editor: Editor, root: Path) -> None:
    """The dead link stands behind an emoji, and the buffer is not saved."""
    whole = source(root, CELLS.path)
    flawed = whole.replace("title: QuickTakes | Biology", "title: QuickTakes | Biolgy 😀")
    [title] = [t for t in offered(editor, CELLS.path, flawed, "Biolgy") if "QT305" in t]
    action = offered(editor, CELLS.path, flawed, "Biolgy")[title]
    assert action["isPreferred"]
    assert action["diagnostics"][0]["code"] == "QT305"
    assert taken(editor, action)[CELLS.path] == whole


def test_all_findings_of_one_rule_are_fixed_together(editor: Editor, root: Path) -> None:
    whole = source(root, CELLS.path)
    flawed = whole.replace(f"id: {OSMOSIS.id}\n", "id: 77\n").replace(
        f"id: {HEAT.id}\n", "id: 78\n"
    )
    titles = offered(editor, CELLS.path, flawed, "77")
    assert {t for t in titles if "QT502" in t} >= {"Fix all 2 of QT502 stale-id"}
    assert taken(editor, titles["Fix all 2 of QT502 stale-id"])[CELLS.path] == whole


@pytest.mark.parametrize("only", [None, ["source.fixAll.qtauthor"], ["source.fixAll"], ["source"]])
def test_fix_all_applies_what_is_safe(editor: Editor, root: Path, only: list[str] | None) -> None:
    whole = source(root, CELLS.path)
    flawed = whole.replace(f"id: {OSMOSIS.id}\n", "id: 77\n").replace("| Biology", "| Biolgy")
    found = offered(editor, CELLS.path, flawed, "_schema", only)
    action = found["Fix all problems with safe fixes"]
    assert action["kind"] == "source.fixAll.qtauthor"
    assert ("edit" in action) == bool(only)
    assert taken(editor, action)[CELLS.path] == whole
    if only:
        assert list(found) == ["Fix all problems with safe fixes"]


def test_a_fix_that_moves_the_article_changes_the_others_too(editor: Editor, root: Path) -> None:
    flawed = source(root, OSMOSIS.path).replace("\nsubject: Biology", "\nsubject: Physics")
    found = offered(editor, OSMOSIS.path, flawed, "Physics\nfile_name")
    [title] = [title for title in found if "QT304" in title]
    files = taken(editor, found[title])
    moved = OSMOSIS.path.replace("biology", "physics")
    assert "url: /learn/physics/questions/what-is-osmosis\n" in files[moved]
    for other in (CELLS, PUMPS):
        assert "url: /learn/physics/questions/what-is-osmosis\n" in files[other.path]
        assert OSMOSIS.url not in files[other.path]
    assert OSMOSIS.path not in files


def test_a_related_article_is_removed_and_the_rest_renumbered(editor: Editor, root: Path) -> None:
    whole = source(root, CELLS.path)
    found = offered(editor, CELLS.path, whole, OSMOSIS.url)
    after_it = taken(editor, found["Remove this related article"])[CELLS.path]
    article = Site.at(root).parse(after_it.encode())
    assert [one.url for one in article.related] == [HEAT.url]
    block = whole[whole.index("related_article2:") : whole.index("\n---\n\n")]
    assert after_it.endswith(
        block.replace("related_article2", "related_article1") + "\n---\n\n&nbsp;"
    )


def test_a_related_article_is_put_first(editor: Editor, root: Path) -> None:
    found = offered(editor, CELLS.path, source(root, CELLS.path), HEAT.url)
    text = taken(editor, found["Put this related article first"])[CELLS.path]
    assert [one.url for one in Site.at(root).parse(text.encode()).related] == [
        HEAT.url,
        OSMOSIS.url,
    ]


def test_related_articles_that_fit_are_added(editor: Editor, root: Path) -> None:
    found = offered(editor, CELLS.path, source(root, CELLS.path), "related_article1")
    text = taken(editor, found["Add the related articles that fit best"])[CELLS.path]
    urls = [one.url for one in Site.at(root).parse(text.encode()).related]
    assert urls[:2] == [OSMOSIS.url, HEAT.url]
    assert set(urls[2:]) <= {DIFFUSION.url, PUMPS.url}
    assert len(urls) > 2


def test_an_article_is_related_and_unrelated_by_name(editor: Editor, root: Path) -> None:
    uri = editor.open(DIFFUSION.path)
    for command, wanted in (("relate", [HEAT.url]), ("unrelate", [])):
        params = {"command": f"qtauthor.{command}", "arguments": [uri, str(HEAT.id)]}
        editor.ask("workspace/executeCommand", params)
        text = after({uri: editor.opened[root / DIFFUSION.path][0]}, editor.applied[-1])[uri]
        editor.change(DIFFUSION.path, text)
        assert [one.url for one in Site.at(root).parse(text.encode()).related] == wanted
    assert text == source(root, DIFFUSION.path)


def test_related_blocks_are_renewed_from_an_unsaved_article(editor: Editor, root: Path) -> None:
    editor.open(OSMOSIS.path, source(root, OSMOSIS.path).replace("is osmosis?", "is Osmosis?"))
    found = offered(editor, CELLS.path, source(root, CELLS.path), "_schema")
    text = taken(editor, found["Renew the related articles"])[CELLS.path]
    assert "    title: What is Osmosis?\n" in text


def test_derived_fields_are_filled_in(editor: Editor, root: Path) -> None:
    whole = source(root, CELLS.path)
    flawed = whole.replace(f"file_name: {CELLS.file}.md\n", "").replace("| Biology", "| Else")
    flawed = flawed.replace("article_title: >-\n    How do cells drink? 😀 A tale\n", "")
    found = offered(editor, CELLS.path, flawed, "_schema")
    assert taken(editor, found["Fill in the derived fields"])[CELLS.path] == whole


def test_a_missing_field_is_inserted_at_its_place(editor: Editor, root: Path) -> None:
    whole = source(root, CELLS.path)
    found = offered(editor, CELLS.path, whole.replace("author: QuickTakes\n", ""), "---")
    assert taken(editor, found["Insert author"])[CELLS.path] == whole


def test_an_article_is_kept_out_of_search_engines(editor: Editor, root: Path) -> None:
    found = offered(editor, CELLS.path, source(root, CELLS.path), "_schema")
    text = taken(editor, found["Keep out of search engines"])[CELLS.path]
    assert "\nno_index: True\nanswer: >-\n" in text


def test_subjects_to_move_to_are_offered_on_the_subject(editor: Editor, root: Path) -> None:
    whole = source(root, DIFFUSION.path)
    assert "Move to Physics" not in offered(editor, DIFFUSION.path, whole, "_schema")
    everywhere = offered(editor, DIFFUSION.path, whole, "_schema", ["refactor.move"])
    assert list(everywhere) == ["Move to Physics"]
    action = offered(editor, DIFFUSION.path, whole, "subject: Biology")["Move to Physics"]
    files = taken(editor, action)
    assert DIFFUSION.path.replace("biology", "physics") in files
    assert "/learn/physics/questions/what-is-diffusion" in files[PUMPS.path]


def test_nothing_is_offered_that_cannot_be_done_while_the_text_is_no_yaml(
    editor: Editor, root: Path
) -> None:
    broken = source(root, CELLS.path).replace("author: QuickTakes", "author: [QuickTakes")
    assert "Fill in the derived fields" not in offered(editor, CELLS.path, broken, "_schema")


@pytest.mark.parametrize("arguments", [[], [1], ["x", 2, 3], [None], ["untitled:1", "Physics"]])
def test_a_command_with_other_arguments_is_refused(editor: Editor, arguments: list[object]) -> None:
    params = {"command": "qtauthor.move", "arguments": arguments}
    with pytest.raises(FailedError):
        editor.ask("workspace/executeCommand", params)
    assert editor.applied == []


@pytest.mark.parametrize(
    ("name", "given"),
    [("move", 5), ("relate", True), ("retitle", 7), ("unrelate", True), ("insertField", None)],
)
def test_an_argument_of_another_type_is_no_bug(
    editor: Editor, root: Path, name: str, given: object
) -> None:
    uri = editor.open(CELLS.path)
    params = {"command": f"qtauthor.{name}", "arguments": [uri, given]}
    with pytest.raises(FailedError, match="has other arguments"):
        editor.ask("workspace/executeCommand", params)


def test_an_article_to_relate_may_be_named_by_its_id(editor: Editor, root: Path) -> None:
    uri = editor.open(CELLS.path)
    params = {"command": "qtauthor.relate", "arguments": [uri, DIFFUSION.id]}
    editor.ask("workspace/executeCommand", params)
    [edit] = editor.applied
    assert DIFFUSION.url in str(edit)


def test_an_edit_names_the_version_that_it_was_made_for(editor: Editor, root: Path) -> None:
    """Whatever was typed since: the editor sees that it is stale."""
    whole = source(root, CELLS.path).replace("| Biology", "| Biolgy")
    uri = editor.open(CELLS.path, whole)
    place = where(whole, "Biolgy")
    params = {"textDocument": {"uri": uri}, "range": span(place, place)}
    number = editor.send("textDocument/codeAction", {**params, "context": {"diagnostics": []}})
    editor.change(CELLS.path, whole.replace("It is so.", "It is longer now."))
    [fix] = [one for one in editor.answer(number) if "QT305" in one["title"]]
    [step] = fix["edit"]["documentChanges"]
    assert step["textDocument"]["version"] == 1
