"""Large front matter: one edit with its proof and the parsing before it, for sizes and shapes.

    python -m benchmarks.size [MEGABYTES …]

Prints milliseconds, and in brackets the time for a megabyte relative to that at the size nearest
to one: 1.0 everywhere means that the time grows as the text does.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import partial

from benchmarks.table import best, show
from qtauthor.operations.house_style.indentation import indentation
from qtauthor.text.document import Document

MEGABYTE = 10**6
SIZES = (0.1, 1.0, 5.0)
WORDS = "how often should a bicycle chain be replaced, and why"


def many_keys(size: int) -> str:
    return "".join(f"key{number}: {WORDS}\n" for number in range(size // 66))


def long_value(size: int) -> str:
    return f"first: 1\nkey: >-\n    {WORDS * (size // len(WORDS))}\nlast: 2\n"


def text_of_many_lines(size: int) -> str:
    return "first: 1\nkey: |-\n" + f"    {WORDS}\n" * (size // 58) + "last: 2\n"


def long_list(size: int) -> str:
    return "first: 1\nkey:\n" + "".join(f"- {WORDS} {n}\n" for n in range(size // 62))


def list_of_maps(size: int) -> str:
    item = f"- id: %d\n  title: >-\n    {WORDS}\n  url: /learn/bicycles\n"
    return "first: 1\nkey:\n" + "".join(item % number for number in range(size // 110))


def flow_list(size: int) -> str:
    return f"first: 1\nkey: [{', '.join(f'word {n}' for n in range(size // 13))}]\nlast: 2\n"


def comments(size: int) -> str:
    entry = f"# {WORDS}\n\nkey%d: 1  # {WORDS}\n"
    return "".join(entry % number for number in range(size // 128))


Edit = Callable[[Document], Document]


def _set(at: str) -> Edit:
    return lambda document: document.set(at, "What is new: a title")


def _insert(at: str) -> Edit:
    return lambda document: document.insert(at, "What is new: a title")


def _remove(at: str) -> Edit:
    return lambda document: document.remove(at)


def _move(source: str, target: str, before: str | None = None) -> Edit:
    return lambda document: document.move(source, target, before=before)


def _change_whole(at: str) -> Edit:
    """The whole collection set to what it is but for its last member."""
    return lambda document: document.set(at, [*document.get(at)[:-1], "What is new: a title"])


def _indent(document: Document) -> Document:
    template = Document.parse(b"---\nkey: >-\n   text\n---\n")
    return indentation(document, template)


SHAPES: dict[str, tuple[Callable[[int], str], dict[str, Edit]]] = {
    "many keys": (
        many_keys,
        {
            "set": _set("/key700"),
            "add": _insert("/new"),
            "remove": _remove("/key700"),
            "move": _move("/key700", "/key700", "key3"),
            "indent": _indent,
        },
    ),
    "one long value": (long_value, {"set": _set("/last"), "replace it": _set("/key")}),
    "text of many lines": (text_of_many_lines, {"set": _set("/last"), "replace it": _set("/key")}),
    "long list": (
        long_list,
        {
            "set": _set("/key/700"),
            "append": _insert("/key/-"),
            "remove": _remove("/key/700"),
            "move": _move("/key/700", "/key/3"),
            "set the whole": _change_whole("/key"),
        },
    ),
    "list of maps": (
        list_of_maps,
        {
            "set": _set("/key/700/title"),
            "append": _insert("/key/-"),
            "remove": _remove("/key/700"),
            "set the whole": _change_whole("/key"),
            "indent": _indent,
        },
    ),
    "list in brackets": (
        flow_list,
        {"set": _set("/key/700"), "append": _insert("/key/-"), "remove": _remove("/key/700")},
    ),
    "comments": (
        comments,
        {"set": _set("/key700"), "add": _insert("/new"), "remove": _remove("/key700")},
    ),
}
"""For each shape how to make one of so many bytes, and the edits to time."""


def timed(action: Callable[[], object]) -> float:
    """Milliseconds; the best of some rounds, fewer for what is slow."""
    gc.collect()
    first = best(action, rounds=1)
    return 1000 * (first if first > 2 else min(first, best(action, rounds=3)))


def measure(make: Callable[[int], str], edits: dict[str, Edit], size: float) -> dict[str, float]:
    """Milliseconds for the parsing, and for that and each edit with its proof."""
    data = f"---\n{make(int(size * MEGABYTE))}---\n".encode()
    times = {"parse": timed(partial(Document.parse, data))}
    for name, edit in edits.items():
        times[name] = timed(lambda: edit(Document.parse(data)).to_bytes())  # noqa: B023  # called at once
    return times


def main() -> None:
    sizes = [float(size) for size in sys.argv[1:]] or list(SIZES)
    reference = min(sizes, key=lambda size: abs(size - 1))
    print(f"Python {sys.version.split()[0]}; milliseconds, and their growth beside the size's")
    rows: list[list[str]] = []
    for shape, (make, edits) in SHAPES.items():
        times = {size: measure(make, edits, size) for size in sizes}
        for name in times[reference]:
            per_megabyte = times[reference][name] / reference
            cells = [
                f"{times[size][name]:.1f} ({times[size][name] / size / per_megabyte:.1f})"
                for size in sizes
            ]
            rows.append([f"{shape}: {name}", *cells])
    show("Front matter of so many megabytes", ["what", *map(str, sizes)], rows)


if __name__ == "__main__":
    main()
