"""Many edits in a row, taken back one by one: the original bytes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qtauthor.errors import QtauthorError
from qtauthor.text.document import Document
from tests.text.edits import ask, requests
from tests.text.strategies import Sample, samples
from tests.text.test_laws import inverse, spliced

EDITS = 200
_settings = settings(
    derandomize=True,
    max_examples=3,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)


def rewound(sample: Sample, data: st.DataObject) -> int:
    """How many of the edits were made; each is taken back on the bytes alone."""
    random = data.draw(st.randoms(use_true_random=False))
    pool = [data.draw(requests(sample)) for _ in range(20)]
    document, taken = Document.parse(sample.raw), []
    for _ in range(EDITS):
        before = Document.parse(document.to_bytes())
        try:
            after = ask(before, random.choice(pool))
        except (QtauthorError, LookupError):
            continue
        taken.append(inverse(before.to_bytes(), after.edits))
        document = ask_again(document, after)
    raw = document.to_bytes()
    for back in reversed(taken):
        raw = spliced(raw, back)
    assert raw == sample.raw
    return len(taken)


def ask_again(document: Document, after: Document) -> Document:
    """The next document of the history."""
    assert spliced(document.to_bytes(), after.edits) == after.to_bytes()
    return after


@_settings
@given(samples(), st.data())
def test_two_hundred_edits_taken_back_give_the_original_bytes(
    sample: Sample, data: st.DataObject
) -> None:
    rewound(sample, data)


@pytest.mark.slow
@settings(_settings, max_examples=200, derandomize=False)
@given(samples(), st.data())
def test_many_histories_taken_back_give_the_original_bytes(
    sample: Sample, data: st.DataObject
) -> None:
    rewound(sample, data)


@_settings
@given(samples(), st.data())
def test_the_splices_of_a_whole_history_are_one_edit_of_the_original(
    sample: Sample, data: st.DataObject
) -> None:
    document = Document.parse(sample.raw)
    for _ in range(30):
        try:
            document = ask(document, data.draw(requests(sample)))
        except (QtauthorError, LookupError):
            continue
    raw, edits = document.to_bytes(), document.edits
    assert spliced(sample.raw, edits) == raw
    assert spliced(raw, inverse(sample.raw, edits)) == sample.raw
