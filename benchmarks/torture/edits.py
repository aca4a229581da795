"""Edit generated documents at random, and read every result with three readers of others.

A document is edited many times, each time anew; then one of the results is taken further, so that
the engine also meets what it wrote itself. Each result has to be bytes that gray-matter, PyYAML and
ruamel read as the old data with exactly that change.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from hypothesis import HealthCheck, Phase, given, seed, settings
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from benchmarks.torture.parts import Part, Result, Tally
from qtauthor.errors import QtauthorError
from qtauthor.text.document import Document
from qtauthor.text.render.scalars import STYLES
from qtauthor.text.yaml import pointer
from qtauthor.text.yaml.values import same
from tests.support.readers import SITE_READER, ReadError, SiteArticle, SiteReader, front_matter
from tests.text.edits import Request, ask, expected, name_of
from tests.text.hostile import HOSTILE, NAMES, WORDS
from tests.text.oracle import places, plain
from tests.text.readings import as_site
from tests.text.strategies import Sample, samples
from tests.text.writer import Tokens

SIZE = 5_000
"""Edits of a part."""

_EACH = 100
"""Edits of one document, before one of their results takes its place."""

_STEPS = 4
"""How often that happens."""

_BATCH = 50
"""Results on their way to the site's reader at a time: less than its pipe holds."""


class Edited(NamedTuple):
    """A result, and what it has to say."""

    document: Document
    wanted: dict[Any, Any]
    request: Request
    before: str


def parts(count: int) -> Iterator[Part]:
    """So many edits. Raises ``SystemExit`` without the site's reader."""
    if not (SITE_READER / "node_modules").is_dir():
        raise SystemExit(f"the site's reader is not installed: run npm ci in {SITE_READER}")
    for number in range(-(-count // SIZE)):
        size = min(SIZE, count - number * SIZE)
        yield Part("edits", f"seed {number}, {size} edits", partial(_run, number, size))


def _run(number: int, size: int, _: Path) -> Result:
    tally = Tally()
    walker = random.Random(number)  # noqa: S311
    documents = _documents(number, -(-size // (_EACH * _STEPS)))
    batch: list[Edited] = []
    with SiteReader() as site:
        for sample in documents:
            for edited in _walk(sample, walker, tally):
                if tally.figures["edits"] >= size:
                    break
                tally.count("edits")
                batch.append(edited)
                if len(batch) == _BATCH:
                    _judge(batch, site, tally)
                    batch = []
        _judge(batch, site, tally)
    return tally.result


def _documents(number: int, count: int) -> list[Sample]:
    found: list[Sample] = []

    @seed(number)
    @settings(
        max_examples=count * 2 + 20,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(samples())
    def draw(sample: Sample) -> None:
        found.append(sample)

    draw()
    return found[10:]  # the first ones are the simplest


def _walk(sample: Sample, walker: random.Random, tally: Tally) -> Iterator[Edited]:
    document, data = Document.parse(sample.raw), sample.data
    for _ in range(_STEPS):
        results = []
        for _ in range(_EACH):
            edited = _edited(document, data, walker, tally)
            if edited is not None:
                results.append(edited)
                yield edited
        if not results:
            return
        chosen = walker.choice(results)
        try:
            document = Document.parse(chosen.document.to_bytes())
        except QtauthorError as error:
            tally.wrong(f"what was written cannot be read: {error} {chosen.document.text!r}")
            return
        data = chosen.wanted


def _edited(
    document: Document, data: dict[Any, Any], walker: random.Random, tally: Tally
) -> Edited | None:
    """One edit; nothing if it is refused, which is counted."""
    request = _request(data, walker)
    if request.verb == "add" and document.has(pointer.join(request.tokens)):
        tally.count("a key that is there, spelled otherwise")  # 0.5 as .5, null as ~
        return None
    try:
        result = ask(document, request)
    except QtauthorError as error:
        tally.count(f"refused: {error.code}")
        return None
    except Exception as error:  # a bug, and the campaign goes on
        tally.wrong(f"{error!r} of {request} in {document.text!r}")
        return None
    return Edited(result, expected(plain(data), request), request, document.text)


def _judge(batch: list[Edited], site: SiteReader, tally: Tally) -> None:
    """Hold what each reader says against what is wanted; node reads while this process does."""
    site.send([one.document.text for one in batch])
    for one in batch:
        for who, read in (("PyYAML", _pyyaml), ("ruamel", _ruamel)):
            try:
                found = read(front_matter(one.document.text))
            except (ReadError, ValueError, yaml.YAMLError, YAMLError) as error:
                found = error
            _compare(one, who, found, one.wanted, tally)
    for one, answer in zip(batch, site.received(), strict=True):
        told = answer.data if isinstance(answer, SiteArticle) else answer
        _compare(one, "gray-matter", told, as_site(one.wanted), tally)


def _compare(one: Edited, who: str, found: object, wanted: object, tally: Tally) -> None:
    if isinstance(found, Exception) or not same(found or {}, wanted):
        tally.wrong(f"{who} reads {found!r} after {one.request} of {one.before!r}")


def _pyyaml(text: str) -> Any:
    return yaml.load(text, Loader=_LOADER)  # noqa: S506  a safe one


def _ruamel(text: str) -> Any:
    """By the parser in C, whose grammar is older: in brackets it refuses a colon within a word.
    What that refuses the pure one is asked about."""
    try:
        return _reader(pure=False).load(text)
    except YAMLError:
        return _reader(pure=True).load(text)


def _reader(*, pure: bool) -> YAML:
    reader = YAML(typ="safe", pure=pure)
    reader.composer.warn_double_anchors = False
    return reader


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


# Requests


_VERBS = ("set", "set", "set", "add", "remove", "rename", "restyle")
_LIST_VERBS = ("set", "remove", "insert item", "move")


def _request(data: dict[Any, Any], walker: random.Random) -> Request:
    """An edit at a place of the data."""
    found = [(at, value) for at, value in places(data) if at[0] not in _LAID]
    if not found:
        return Request("add", (_free(data, walker),), _value(walker, 2))
    tokens, value = walker.choice(found)
    parent = data if len(tokens) == 1 else _at(data, tokens[:-1])
    if isinstance(parent, list):
        return _of_an_item(parent, tokens, walker)
    verb = walker.choice(_VERBS)
    if verb == "add":
        inner = value if isinstance(value, dict) and walker.random() < _INSIDE else parent
        above = tokens if inner is value else tokens[:-1]
        return Request("add", (*above, _free(inner, walker)), _value(walker, 2))
    if verb == "rename":
        return Request(verb, tokens, _free(parent, walker))
    if verb == "restyle":
        return Request(verb, tokens, walker.choice(tuple(STYLES)))
    return Request(verb, tokens, _value(walker, 2) if verb == "set" else None)


_LAID = frozenset({"shared", "again", "merged"})
_INSIDE = 0.7


def _of_an_item(items: list[Any], tokens: Tokens, walker: random.Random) -> Request:
    verb = walker.choice(_LIST_VERBS)
    if verb == "move":
        return Request(verb, tokens, (*tokens[:-1], str(walker.randrange(len(items)))))
    if verb == "insert item":
        at = walker.randint(0, len(items))
        return Request(verb, (*tokens[:-1], str(at)), _value(walker, 2))
    return Request(verb, tokens, _value(walker, 2) if verb == "set" else None)


def _at(data: Any, tokens: Tokens) -> Any:
    for token in tokens:
        if isinstance(data, list):
            data = data[int(token)]
        else:
            data = next(value for key, value in data.items() if name_of(key) == token)
    return data


def _free(parent: dict[Any, Any], walker: random.Random) -> str:
    taken = {name_of(key) for key in parent} | _LAID | {"end"}
    while (name := _name(walker)) in taken:
        pass
    return name


def _name(walker: random.Random) -> str:
    if walker.random() < 0.5:
        return walker.choice((*NAMES, "new", "neu é", "8", "no"))
    return _text(walker)


def _value(walker: random.Random, depth: int) -> Any:
    shape = walker.random()
    if depth and shape < 0.1:
        return [_value(walker, depth - 1) for _ in range(walker.randint(0, 3))]
    if depth and shape < 0.2:
        names = {_name(walker) for _ in range(walker.randint(0, 3))}
        return {name: _value(walker, depth - 1) for name in sorted(names)}
    if shape < 0.75:
        return _text(walker)
    return walker.choice(_MAKERS)(walker)


_ALPHABET = "ab 1-:#'\"\\\n\t,[]{}&*!|>%@~é🥖\r\x85\u2028\ufeff\x00."


def _text(walker: random.Random) -> str:
    shape = walker.random()
    if shape < 0.3:
        return walker.choice(HOSTILE)
    if shape < 0.5:
        return walker.choice(WORDS)
    if shape < 0.6:
        return "".join(walker.choices(HOSTILE, k=2))
    return "".join(walker.choices(_ALPHABET, k=walker.randint(0, 12)))


def _day(walker: random.Random) -> datetime.date:
    return datetime.date(walker.randint(100, 9999), walker.randint(1, 12), walker.randint(1, 28))


def _moment(walker: random.Random) -> datetime.datetime:
    time = datetime.time(walker.randrange(24), walker.randrange(60), walker.randrange(60))
    return datetime.datetime.combine(_day(walker), time)


_MAKERS = (
    lambda walker: walker.randint(-(2**53) + 1, 2**53 - 1),
    lambda walker: walker.choice([0, -1, 1.0, -1.0, -0.0, 0.1, 1e16, 1e-7, 1e300, 5e-324, 2.0**60]),
    lambda walker: walker.uniform(-1e6, 1e6),
    lambda walker: walker.choice([True, False]),
    lambda _: None,
    _day,
    _moment,
)
