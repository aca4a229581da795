"""docs/errors/ explains every code, and each of its examples gives the code that it is for."""

from __future__ import annotations

import pytest

from qtauthor import Document, QtauthorError
from qtauthor.errors import Code
from tests.docs.errors import FAMILIES
from tests.docs.pages import Block, blocks, headings, prose

TOLD_IN_WORDS = {
    Code.NOT_UTF8,  # a page is UTF-8
    Code.TOO_LARGE,
    Code.CONTROL_CHARACTER,
    Code.TOO_DEEP,
    Code.ALIAS_BOMB,
    Code.UNPROVEN_EDIT,  # nothing is known that gives it
    Code.CANNOT_READ,  # needs a file system or a second process that refuses
    Code.CANNOT_WRITE,
    Code.CHANGED_SINCE,
    Code.LOCKED,
    Code.EDITOR_FAILED,  # names a file that is another one each time
    Code.BAD_FORM,
    Code.DAMAGED_JOURNAL,  # nobody should bend one to see it
    Code.STOPPED_PROCESS,  # nor take memory away from a process
}


def examples(code: Code, language: str) -> list[Block]:
    return [block for page in FAMILIES for block in blocks(page, language) if block.section == code]


def test_every_code_has_its_heading_in_the_order_of_the_program() -> None:
    assert [code for page in FAMILIES for code in headings(page, 2)] == list(Code)


@pytest.mark.parametrize("code", Code)
def test_a_code_is_explained(code: Code) -> None:
    lines = [line.text for page in FAMILIES for line in prose(page) if line.section == code]
    text = " ".join(lines[1:])
    assert len(text) > 80
    assert "fix it" in " ".join(text.lower().split())


@pytest.mark.parametrize("code", Code)
def test_a_code_has_an_example_unless_none_can_be_shown(code: Code) -> None:
    shown = [block for kind in ("yaml", "console", "python") for block in examples(code, kind)]
    assert bool(shown) is (code not in TOLD_IN_WORDS)


@pytest.mark.parametrize("code", Code)
def test_the_example_is_of_that_code(code: Code) -> None:
    for block in examples(code, "yaml"):
        with pytest.raises(QtauthorError) as caught:
            Document.parse(block.text.encode()).get()
        assert caught.value.code is code
    for block in (*examples(code, "console"), *examples(code, "python")):
        assert f"[{code}]" in block.text
