"""Bringing the tables up to date: only files that changed, came or went cost work.

A file is taken for unchanged if its size, its times and its inode are what they were when it was
read; the time of its last change of any kind is one of them, for that cannot be set back. That can
deceive where a file is changed twice within one tick of the file system's clock, and read between.
So, as git does it, a file that is not older than the moment at which we began to read is remembered
without a stamp, and read again the next time.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from itertools import count, islice
from typing import TypeAlias

from qtauthor.content.index.entry import Refreshed
from qtauthor.content.index.reading import facts
from qtauthor.content.index.reading.facts import Facts, LinkRow
from qtauthor.content.index.storage import stored_paths, tables
from qtauthor.content.index.storage.store import Store
from qtauthor.content.source import UNKNOWN, Source, Stamp
from qtauthor.errors import Code, ParseError, SiteError
from qtauthor.files.name_forms import folded

ProgressCallback: TypeAlias = Callable[[int, int], None]
"""Told now and then how many files of how many are read."""

Read: TypeAlias = tuple[str, Stamp, Facts]

_BATCH = 250
_SECOND = 1_000_000_000


def refresh(
    store: Store,
    source: Source,
    content: str,
    pattern: str,
    progress: ProgressCallback | None = None,
    *,
    rebuild: bool = False,
) -> Refreshed:
    """Make the shared tables what the disk is; from nothing to ``rebuild``.

    Whoever asks them meanwhile sees all old or all new, and they never go back: what is written is
    listed after all that others have written. Raises ``sqlite3.DatabaseError``, ``SiteError``.
    """
    version = store.version()
    there = _listed(source, content)
    read = gone = 0
    digest = _digest(there, store.identity)
    if rebuild or digest != store.meta("listing"):
        with store.writing():
            if rebuild or not store.is_ours():
                store.empty()
            if store.version() != version:  # what another process wrote may be of a later listing
                there = _listed(source, content)
                digest = _digest(there, store.identity)
            read, gone = _update(store, source, content, there, pattern, progress)
            store.set_meta("listing", digest if there == _known(store) else "")
        store.share()
    store.settle()
    return Refreshed(len(there), read, gone, None if store.path is None else str(store.path))


def _listed(source: Source, content: str) -> dict[str, Stamp]:
    there = source.stamps(content)
    if all(map(str.isascii, there)):
        return there
    return {stored_paths.stored(path): stamp for path, stamp in there.items()}


def _digest(there: dict[str, Stamp], identity: str) -> str:
    """What says in one word that nothing changed, if the folders are listed in the same order.

    It says so of an index of the same ``identity`` only.

    Version 2 of marshal writes equal values alike; later ones look at how they are shared.
    """
    return blake2b(marshal.dumps((identity, there), 2), digest_size=16).hexdigest()


def _known(store: Store) -> dict[str, Stamp]:
    return {row[0]: row[1:] for row in store.connection.execute(tables.STAMPS)}


def _update(
    store: Store,
    source: Source,
    content: str,
    there: dict[str, Stamp],
    pattern: str,
    progress: ProgressCallback | None,
) -> tuple[int, int]:
    """How many files were read, and how many are gone. Another process may just have done it."""
    known = _known(store)
    changed = sorted(path for path, stamp in there.items() if known.get(path) != stamp)
    gone = known.keys() - there.keys()
    _forget(store, [path for path in (*changed, *gone) if path in known])
    started = store.clock(source.device(content))
    if started is None:
        # No file is given an older time than one that is there, unless someone set it so.
        started = max((max(mtime, ctime) for _, mtime, ctime, _ in there.values()), default=0)
    first = int(str(store.meta("next")))
    found = _read_all(source, changed, started)
    rows = Rows(store, "main", pattern)
    total = rows.add(_reported(found, len(changed), progress), count(first))
    store.set_meta("next", first + total)
    store.filled()
    return len(changed), len(gone)


def _forget(store: Store, paths: list[str]) -> None:
    find = "SELECT number FROM main.article WHERE path = ?"
    run = store.connection.execute
    numbers = [row for path in paths for row in run(find, (path,))]
    for statement in tables.delete("main"):
        store.connection.executemany(statement, numbers)


def _read_all(source: Source, paths: Iterable[str], started: int) -> Iterator[Read]:
    for path in paths:
        try:
            stamp, data = source.read_stamped(stored_paths.real(path))
        except ParseError as error:  # too large
            yield path, UNKNOWN, facts.unreadable(error.code)
        except SiteError as error:
            if error.code is not Code.NOT_FOUND:
                yield path, UNKNOWN, facts.unreadable(error.code)
        else:
            yield path, UNKNOWN if _is_racy(stamp, started) else stamp, facts.facts(data)


def _is_racy(stamp: Stamp, started: int) -> bool:
    """Whether the file may still change without getting another time.

    Times of whole seconds may come from a file system whose clock has no others, or even ones.
    """
    _, mtime, ctime, _ = stamp
    coarse = 2 * _SECOND if mtime % _SECOND == ctime % _SECOND == 0 else 0
    return max(mtime, ctime) + coarse >= started


def _reported(
    found: Iterable[Read], total: int, progress: ProgressCallback | None
) -> Iterator[Read]:
    for done, read in enumerate(found, 1):
        yield read
        if progress is not None and (done % _BATCH == 0 or done == total):
            progress(done, total)


class Rows:
    """Adds articles to the tables of one schema."""

    def __init__(self, store: Store, schema: str, pattern: str) -> None:
        self.connection = store.connection
        self.statements = tables.insert(schema)
        self.pattern = pattern

    def add(self, found: Iterable[Read], numbers: Iterator[int]) -> int:
        """Add what was read under these numbers; gives how many."""
        total = 0
        pairs = zip(found, numbers, strict=False)
        while batch := list(islice(pairs, _BATCH)):
            self._add([(number, *read) for read, number in batch])
            total += len(batch)
        return total

    def _add(self, batch: list[tuple[int, str, Stamp, Facts]]) -> None:
        article, link, mention = self.statements
        run = self.connection.executemany
        run(article, (self._row(*one) for one in batch))
        run(link, ((n, *self._led(one)) for n, _, _, kept in batch for one in kept.links))
        run(mention, ((n, one) for n, _, _, kept in batch for one in kept.mentioned))

    def _led(self, link: LinkRow) -> tuple[object, ...]:
        """A link, the page that its url opens if that is not itself, and the page's hash."""
        url = link[-1]
        page = stored_paths.page_of(url, self.pattern)
        return (*link, None if page == url else page, stored_paths.hash_of(page))

    def _row(self, number: int, path: str, stamp: Stamp, kept: Facts) -> tuple[object, ...]:
        address: str | None = stored_paths.address_of(path, self.pattern)
        if address == kept.fields[_URL]:
            address = None  # the view takes the url, and the table has half the size
        slug = stored_paths.slug_of(path)
        plain = folded(slug)
        return (
            *(number, path, slug, None if plain == slug else plain),
            *(*stamp, address, *kept.fields),
        )


_URL = facts.FIELDS.index("url")
