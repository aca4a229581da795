"""Whatever stands in a buffer, every question about any place of it is answered."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.lsp.client import Editor, FailedError
from tests.lsp.conftest import CELLS

_PIECES = (
    "😀", "\r\n", "\r", "\n", "\t", "---\n", "...\n", "[", "{", "}", "]", ": ", "'", '"', "- ",
    ">-\n", "|\n", "&a ", "*a", "!x ", "<<: ", "? ", "# ", "\ufeff", "\u2028", "\x0c", "\\n",
    "related_article1:\n    id: 1\n", "related_article1: x\n", "url: /learn/a/questions/b\n",
    "    ", "title:", "related_article9:\n- 1\n", "_x",
)  # fmt: skip
_AT = ("hover", "definition", "prepareRename", "completion", "references")
_WHOLE = ("documentLink", "codeLens", "documentSymbol")


def mangled(text: str, chance: random.Random) -> str:
    """A text in which some pieces are gone, some are new, and some stand elsewhere."""
    for _ in range(chance.randint(1, 6)):
        start = chance.randint(0, len(text))
        end = min(len(text), start + chance.choice((0, 0, 1, 5, 40)))
        text = text[:start] + chance.choice((*_PIECES, "")) + text[end:]
    return text[: chance.randint(0, len(text))] if chance.random() < 0.2 else text


@pytest.mark.parametrize("seed", range(4))
def test_questions_about_mangled_articles_are_answered(
    editor: Editor, root: Path, seed: int
) -> None:
    chance = random.Random(seed)
    whole = (root / CELLS.path).read_bytes().decode()
    uri = editor.open(CELLS.path)
    for _ in range(25):
        text = mangled(whole, chance)
        editor.change(CELLS.path, text)
        rows = text.count("\n") + 3
        for name in _AT:
            place = editor.at(CELLS.path, chance.randint(0, rows), chance.randint(0, 60))
            more = {"context": {"includeDeclaration": True}} if name == "references" else {}
            try:
                editor.ask(f"textDocument/{name}", {**place, **more})
            except FailedError as error:
                assert "bug" not in error.message, (text, place, error.message)
        for name in _WHOLE:
            editor.ask(f"textDocument/{name}", {"textDocument": {"uri": uri}})
    assert "Traceback" not in "".join(editor.log)
