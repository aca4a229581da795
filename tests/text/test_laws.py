"""The laws of the document, over generated files and edits.

The data that a file has to hold after an edit is worked out here on plain Python values, and read
back by three readers that share nothing with the engine.
"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from qtauthor.errors import Code, EditError, QtauthorError
from qtauthor.text.document import Document
from qtauthor.text.edit.splice import Splice
from qtauthor.text.yaml.pointer import join
from qtauthor.text.yaml.values import Value, same
from tests.support.amounts import in_parts, many
from tests.support.readers import SiteReader
from tests.text.edits import Request, ask, expected, has_text_keys, requests
from tests.text.hostile import texts, values
from tests.text.readings import differing
from tests.text.strategies import Sample, samples
from tests.text.writer import Tokens

EXAMPLES = 120

usual = settings(
    derandomize=True,
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)


_LONE_DASH = re.compile(r"- *(#.*)?\r?$", re.MULTILINE)


class Case(NamedTuple):
    """A file, an edit of it, and perhaps another file to take the manner of new keys from."""

    sample: Sample
    request: Request
    like: Sample | None

    @property
    def document(self) -> Document:
        like = Document.parse(self.like.raw) if self.like else None
        return Document.parse(self.sample.raw, like=like)


@st.composite
def cases(draw: DrawFn) -> Case:
    sample = draw(samples())
    like = draw(samples(depth=2)) if draw(st.integers(0, 3)) == 3 else None
    return Case(sample, draw(requests(sample)), like)


def edited(case: Case) -> Document:
    """The document after the case's request; passes over the refusals that are by design."""
    try:
        return ask(case.document, case.request)
    except EditError as error:
        by_design = {
            Code.CANNOT_HOLD_VALUE: case.request.verb == "restyle",
            Code.UNSUPPORTED_VALUE: "is no text" in error.message
            and not has_text_keys(case.request.value),
            Code.CANNOT_EDIT_KEY: case.request.verb == "rename"
            and case.request.tokens in case.sample.anchored_keys,
            Code.UNPROVEN_EDIT: (
                "an anchor or a tag before the first key" in error.message
                and any(
                    tokens[: len(case.request.tokens) - 1] == case.request.tokens[:-1]
                    for tokens in case.sample.anchored_keys
                )
            )
            or (
                case.request.verb in ("remove", "update", "move")
                and "number of line breaks at the end" in error.message
            )
            or (
                _LONE_DASH.search(case.sample.text) is not None
                and "take what follows an empty item into its list" in error.message
            ),
        }
        assume(not by_design.get(error.code, False))
        raise


def check_truth(case: Case, site: SiteReader | None) -> None:
    document = edited(case)
    wanted = expected(case.sample.data, case.request)
    assert same(document.get(), wanted)
    assert differing(document.text, wanted, site) == []


def check_locality(case: Case) -> None:
    document = edited(case)
    before, after = case.sample.text, document.text
    if case.request.verb in ("add", "insert"):
        edits = document.edits
        comma = len(edits) == 2 and edits[0].start == edits[0].end and edits[0].new.strip() == ","
        assert _is_inside(before, after) or (comma and edits[1].start == edits[1].end)
    elif case.request.tokens in case.sample.places:
        start, end = _declared(case)
        tail = len(before) - end
        assert after.startswith(before[:start])
        assert after.endswith(before[end:])
        assert len(after) >= start + tail


def _is_inside(before: str, after: str) -> bool:
    """Whether ``after`` is ``before`` with one run of text put into it."""
    cuts = (index for index in range(len(before), -1, -1) if after.startswith(before[:index]))
    return after.endswith(before[next(cuts) :])


def _declared(case: Case) -> tuple[int, int]:
    """The offsets between which the request may change something."""
    places, tokens, text = case.sample.places, case.request.tokens, case.sample.text
    alone = sum(place[:-1] == tokens[:-1] for place in places) == 1
    if tokens[:-1] and (case.request.verb == "move" or (case.request.verb == "remove" and alone)):
        tokens = tokens[:-1]
    start, end = places[tokens]
    if case.request.verb == "remove" and "+" in text[:start]:  # its blank lines are not its own
        end += _blanks(text, end)
    if case.request.verb in ("remove", "move", "update"):  # comments below may be a key's foot
        below = re.compile(r"(?: *#[^\r\n]*\s+)*").match(text, end)
        assert below is not None
        end = below.end()
    if case.request.verb == "move":  # a line takes its break along, and a text its blank lines
        end += _blanks(text, end)
    dashes = 2 if tokens[:-1] in case.sample.lists else 1
    behind = re.compile(f"( *#.*\\s+)*( *-[ \t]+){{{dashes - 1}}} *-\\s").match(text, start)
    if case.request.verb == "remove" and tokens[:-2] in case.sample.lists and behind:
        end += _blanks(text, end)  # what follows takes the place behind the dash
    return start, end


def _blanks(text: str, offset: int) -> int:
    return len(text[offset:]) - len(text[offset:].lstrip(" \r\n"))


def check_return(case: Case) -> None:
    document = edited(case)
    raw = case.sample.raw
    assert spliced(raw, document.edits) == document.to_bytes()
    assert spliced(document.to_bytes(), inverse(raw, document.edits)) == raw
    in_flow = any(place[:-1] == case.request.tokens[:-1] for place in case.sample.within)
    if case.request.verb in ("add", "insert") and not in_flow:
        assert document.remove(case.request.at).to_bytes() == raw


def spliced(data: bytes, edits: tuple[Splice, ...]) -> bytes:
    for start, end, new in reversed(edits):
        data = data[:start] + new.encode() + data[end:]
    return data


def inverse(data: bytes, edits: tuple[Splice, ...]) -> tuple[Splice, ...]:
    """The splices that take the edits of ``data`` back."""
    result, shift = [], 0
    for start, end, new in edits:
        size = len(new.encode())
        result.append(Splice(start + shift, start + shift + size, data[start:end].decode()))
        shift += size - (end - start)
    return tuple(result)


def check_rest(case: Case) -> None:
    document = edited(case)
    if case.request.verb in ("set", "update", "restyle"):
        assert ask(document, case.request) is document
    before = case.document
    for tokens in case.sample.places:
        at = Request("set", tokens).at
        assert before.set(at, before.get(at)) is before


@usual
@given(samples())
def test_a_generated_document_says_its_data_to_every_reader(
    site_reader: SiteReader, sample: Sample
) -> None:
    assert differing(sample.text, sample.data, site_reader) == []


@usual
@given(samples())
def test_identity_an_unedited_document_gives_its_bytes_and_its_data(sample: Sample) -> None:
    document = Document.parse(sample.raw)
    assert document.to_bytes() == sample.raw
    assert document.edits == ()
    assert same(document.get(), sample.data)


@usual
@given(cases())
def test_truth_every_reader_reads_the_change_and_nothing_else(
    site_reader: SiteReader, case: Case
) -> None:
    check_truth(case, site_reader)


@usual
@given(cases())
def test_locality_only_the_lines_of_the_key_change(case: Case) -> None:
    check_locality(case)


@usual
@given(cases())
def test_return_an_edit_and_its_inverse_give_the_original_bytes(case: Case) -> None:
    check_return(case)


@usual
@given(cases())
def test_rest_asking_for_what_is_there_changes_nothing(case: Case) -> None:
    check_rest(case)


@usual
@given(cases(), st.data())
def test_several_edits_in_a_row_are_one_list_of_splices(case: Case, data: st.DataObject) -> None:
    document, wanted = case.document, case.sample.data
    named = {case.request.tokens[:1]}
    for request in (case.request, *(data.draw(requests(case.sample)) for _ in range(3))):
        if request.verb == "update" or request.tokens[:1] in named - {case.request.tokens[:1]}:
            continue
        named.add(request.tokens[:1])
        try:
            document = ask(document, request)
        except QtauthorError:
            continue
        wanted = expected(wanted, request)
    assert same(document.get(), wanted)
    assert spliced(case.sample.raw, document.edits) == document.to_bytes()


@usual
@given(samples(), st.data())
def test_all_or_nothing_a_refused_edit_leaves_the_document_as_it_was(
    sample: Sample, data: st.DataObject
) -> None:
    document = Document.parse(sample.raw)
    named = [tokens for tokens in sorted(sample.places) if tokens[:-1] not in sample.lists]
    tokens: Tokens = data.draw(st.sampled_from(named))
    refused: list[Request] = [
        Request("set", tokens, {"fine": "yes", "not": {"a", "set"}}),
        Request("set", tokens, "half \ud800"),
        Request("set", tokens, 2**53),
        Request("remove", (*tokens, "missing")),
        Request("rename", tokens, "\ud800"),
        Request("insert", tokens, 1, ("after", tokens[-1])),
    ]
    for request in refused:
        with pytest.raises(QtauthorError):
            ask(document, request)
        assert document.to_bytes() == sample.raw
        assert document.edits == ()
        assert same(document.get(), sample.data)


Empty: TypeAlias = tuple[str, str, list[str], str, str, str]
_EMPTY = st.tuples(
    st.sampled_from(["", "\ufeff"]),
    st.sampled_from(["---", "--- ", "---\t"]),
    st.lists(
        st.sampled_from(["# c", "#", "  # d", "", "  ", "\t# e", "# \x85 \u2028"]), max_size=4
    ),
    st.sampled_from(["---", "---\t"]),
    st.sampled_from(["", "\n", "\n\nbody", "\nbody\n---\n"]),
    st.sampled_from(["\n", "\r\n"]),
)


@usual
@given(_EMPTY, texts(), values())
def test_what_is_set_in_an_empty_front_matter_and_taken_out_leaves_nothing(
    site_reader: SiteReader,
    empty: tuple[str, str, list[str], str, str, str],
    key: str,
    value: Value,
) -> None:
    mark, opening, comments, closing, body, feed = empty
    text = mark + feed.join([opening, *comments, closing]) + body
    document = Document.parse(text.encode())
    assert document.get() == {}
    at = join((key,))
    try:
        changed = document.set(at, value)
    except EditError as error:
        assert error.code is Code.UNSUPPORTED_VALUE
        return
    if not any("\t" in line or "\x85" in line for line in comments):
        assert differing(changed.text, {key: value}, site_reader) == []
    assert changed.remove(at).text == text


@pytest.mark.slow
@in_parts
def test_all_laws_over_many_documents(site_reader: SiteReader, part: int) -> None:
    @many(part)
    @given(cases())
    def check(case: Case) -> None:
        check_truth(case, site_reader)
        check_locality(case)
        check_return(case)
        check_rest(case)

    check()
