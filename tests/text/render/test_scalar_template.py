"""A mould gives what an update of its document gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qtauthor.errors import QtauthorError
from qtauthor.model import templates
from qtauthor.text.document import Document
from qtauthor.text.render.scalar_template import Mould, mould

TEMPLATES = [templates.load(name, Path()) for name in templates.SHIPPED]
TEXTS = st.one_of(
    st.sampled_from(
        ("", "a: b", "no", "2024-12-18", "1", "# a", "'", "a\nb", " a", "a ", "\\n", "é", "- a")
    ),
    st.sampled_from(
        ("The first related question?", "a\n\n", '"', "a #b", "~", "\t", "*a", "a" * 300)
    ),
    st.text(max_size=30),
)
VALUES = st.one_of(TEXTS, st.integers(), st.booleans(), st.none(), st.floats(allow_nan=False))


def of(document: Document) -> Mould:
    found = mould(document)
    assert found is not None
    return found


@pytest.mark.parametrize("template", TEMPLATES, ids=templates.SHIPPED)
@given(data=st.data())
def test_it_gives_what_an_update_gives(template: Document, data: st.DataObject) -> None:
    made = of(template)
    scalars = [slot.at for slot in made.slots if slot.manner]
    values = data.draw(st.dictionaries(st.sampled_from(scalars), VALUES, max_size=8))
    free = ["/no_index", "/score", "/related_article4", "/related_article5"]
    gone = data.draw(st.sets(st.sampled_from(free)))
    values = {at: value for at, value in values.items() if not any(at.startswith(g) for g in gone)}
    try:
        wanted = template.update(values, gone).text
    except QtauthorError as error:
        with pytest.raises(type(error)):
            made.filled(values, gone)
    else:
        assert made.filled(values, gone) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "---\na: 1 # b\n---\n",
        "---\na:\n  b:\n    c: 1\n---\n",
        "---\na: [1]\n---\n",
        "---\n---\n",
        "---\na: 1\n\nb: 2\n---\n",
        "---\na: &x 1\n---\n",
        '---\na: "\\x41"\n---\n',
    ],
)
def test_what_is_not_plain_has_none(text: str) -> None:
    assert mould(Document.parse(text.encode())) is None


def test_what_has_no_slot_is_left_to_others() -> None:
    assert of(TEMPLATES[0]).filled({"/tags": "a"}, ()) is None
    assert of(TEMPLATES[0]).filled({"/seo": {"title": "a"}}, ()) is None
