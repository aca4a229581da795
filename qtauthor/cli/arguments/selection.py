"""Which articles a command works on: names, conditions, and how many they ought to be."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import click

from qtauthor.cli.arguments.articles import article, below
from qtauthor.cli.state import State
from qtauthor.errors import Code, Place, RequestError, SiteError
from qtauthor.files import name_forms, presence
from qtauthor.model.derived_names import composed
from qtauthor.text.plural import counted

if TYPE_CHECKING:
    from qtauthor.content.index.conditions.condition import Parameter
    from qtauthor.content.site import Site

Command = TypeVar("Command", bound=Callable[..., Any])

_PATTERN = frozenset("*?[")


class Selected(NamedTuple):
    """The options of a selection. Names, ids and lists add up; every condition narrows it down."""

    names: tuple[str, ...] = ()
    ids: tuple[int, ...] = ()
    from_file: str | None = None
    subjects: tuple[str, ...] = ()
    where: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    since: str | None = None
    everything: bool = False
    exclude: tuple[str, ...] = ()
    expect: int | None = None
    sample: int | None = None

    @property
    def is_only_names(self) -> bool:
        """Whether files are named and nothing else is asked of them."""
        return self == Selected(self.names) and all(map(_is_file, self.names))

    @property
    def is_narrowed(self) -> bool:
        """Whether articles are chosen by more than their names."""
        return self._replace(names=()) != Selected()

    def require(self) -> None:
        """Raise ``RequestError`` with ``no-selection`` if nothing says which articles are meant."""
        chosen = (self.names, self.ids, self.subjects, self.where, self.everything)
        if not any(chosen) and self.from_file is None and self.since is None:
            raise _nothing_selected()

    def articles(self, state: State) -> tuple[Site, list[str]]:
        """The site and the paths of the chosen articles, sorted.

        Raises ``RequestError`` with ``no-selection``, ``unexpected-count``, ``bad-condition``;
        ``SiteError`` with ``unknown-subject``; what naming articles raises.
        """
        self.require()
        site = state.site()
        named = self.names or self.ids or self.from_file is not None
        paths = self._narrowed(site, sorted(set(self._named(state, site))) if named else None)
        paths = [path for path in paths if not self._is_excluded(site, path)]
        if self.expect is not None and len(paths) != self.expect:
            raise _unexpected(self.expect, paths)
        return site, _spread(paths, self.sample)

    def _named(self, state: State, site: Site) -> Iterator[str]:
        for name in self.names:
            yield from _meant(site, name)
        for number in self.ids:
            there = site.index.paths_with_id(number)
            if not there:
                site.by_id(number)  # raises, and says what to do
            yield from there
        if self.from_file is not None:
            for name in _listed(state, self.from_file):
                yield article(site, name)

    def _narrowed(self, site: Site, named: list[str] | None) -> list[str]:
        found: Iterable[str] = list(site.paths()) if named is None else named
        if self.subjects:
            from qtauthor.content import subject_names

            folders = (site.path_of(subject_names.key(site, name)) for name in self.subjects)
            keys = set(map(composed, folders))
            found = [path for path in found if composed(path.rpartition("/")[0]) in keys]
        if self.where:
            chosen = set(site.select(self.where, bound(self.parameters)))
            found = [path for path in found if path in chosen]
        if self.since is not None:
            from qtauthor.sinks.git import since

            found = list(found)
            changed = since.changed_since(site.root, site.config.content, found, self.since)
            found = [path for path in found if path in changed]
        return list(found)

    def _is_excluded(self, site: Site, path: str) -> bool:
        return any(_matches(site, path, pattern) for pattern in self.exclude)


_FIELDS = frozenset(Selected._fields) - {"names"}

_OPTIONS = (
    click.option("--subject", "subjects", multiple=True, help="Only articles of this subject."),
    click.option("--id", "ids", type=int, multiple=True, help="Articles with this id."),
    click.option(
        "--where", metavar="SQL", default="", help="Only articles that match this condition."
    ),
    click.option(
        "-p",
        "parameters",
        nargs=2,
        multiple=True,
        metavar="NAME VALUE",
        help="The value of :NAME in the condition.",
    ),
    click.option(
        "--from-file",
        metavar="LIST",
        help="The articles listed in LIST, one per line or NUL-terminated; - is standard input.",
    ),
    click.option(
        "--changed-since", "since", metavar="REV", help="Only files that differ from this commit."
    ),
    click.option("--all", "everything", is_flag=True, help="Every article in the site."),
    click.option(
        "--exclude", multiple=True, metavar="PATH", help="Leave out this file, folder or pattern."
    ),
    click.option(
        "--expect",
        type=click.IntRange(min=0),
        metavar="N",
        help="Refuse unless exactly N articles are selected.",
    ),
    click.option(
        "--sample",
        type=click.IntRange(min=1),
        metavar="N",
        help="Try it on N of them only, evenly spread.",
    ),
)


def selecting(command: Command) -> Command:
    """The options of a selection, as ``selected``; ``names`` are an argument of the command."""

    @functools.wraps(command)
    def with_selection(*given: Any, names: tuple[str, ...] = (), **options: Any) -> Any:
        asked = {name: options.pop(name) for name in _FIELDS}
        return command(*given, selected=Selected(names, **asked), **options)

    wrapped: Any = with_selection
    for decorate in reversed(_OPTIONS):
        wrapped = decorate(wrapped)
    return cast("Command", wrapped)


def bound(given: Iterable[tuple[str, str]]) -> dict[str, Parameter]:
    """The values of ``-p``, by their names. Raises ``RequestError`` for what cannot be a name."""
    from qtauthor.content.index.conditions.condition import value

    values: dict[str, Parameter] = {}
    for name, text in given:
        if not (name.isidentifier() and name.isascii()) or name.startswith("_"):
            raise RequestError(
                Code.USAGE,
                f"{name!r} cannot be the name of a value",
                excerpt=name,
                remedy="begin it with a letter, as in -p WORD liver",
            )
        values[name] = value(text)
    return values


def _meant(site: Site, name: str) -> Iterator[str]:
    """The articles that a name on the command line means: a file, a folder, a pattern, or one."""
    file = name_forms.there(name)
    if presence.is_folder(file):
        inside = below(site, file)
        folder = f"{inside}/" if inside else ""
        yield from (path for path in site.paths() if path.startswith(folder))
    elif _is_pattern(name) and not presence.is_there(file):
        from glob import glob

        found = sorted(one for form in name_forms.forms(file) for one in glob(form, recursive=True))  # noqa: PTH207  patterns are text here
        there = [below(site, path) for path in found if path.endswith(".md")]
        if not there:
            raise SiteError(
                Code.NOT_FOUND,
                "no article matches this pattern",
                where=Place(name),
                remedy="check it, or list what is there with qtauthor ls",
            )
        yield from there
    else:
        yield article(site, name)


def _matches(site: Site, path: str, pattern: str) -> bool:
    """Whether a path is excluded: by its place in the site, as seen from here, or by its name."""
    from fnmatch import fnmatchcase

    here = os.path.relpath(site.root / path)
    names = tuple(map(composed, (path, here.replace(os.sep, "/"), path.rpartition("/")[2])))
    plain = composed(pattern.rstrip("/"))
    own = composed(_own_pattern(site, pattern.rstrip("/")))
    return any(fnmatchcase(name, plain) or name.startswith(f"{plain}/") for name in names) or (
        own != "" and (fnmatchcase(names[0], own) or names[0].startswith(f"{own}/"))
    )


@functools.lru_cache
def _own_pattern(site: Site, pattern: str) -> str:
    """A pattern that leads over links, by where below the root these lead; or nothing."""
    folder, slash, name = pattern.rpartition("/")
    try:
        if not _is_pattern(pattern):
            return below(site, pattern)
        if slash and not _is_pattern(folder) and presence.is_folder(folder):
            return f"{below(site, folder)}/{name}"
    except SiteError:  # outside of the site
        pass
    return ""


def _listed(state: State, name: str) -> list[str]:
    text = state.read_text(name)
    parts = text.split("\0") if "\0" in text else text.splitlines()
    return [part for part in parts if part.strip()]


def _spread(paths: list[str], count: int | None) -> list[str]:
    """So many of them, at even distances, the first among them."""
    if count is None or count >= len(paths):
        return paths
    return [paths[number * len(paths) // count] for number in range(count)]


def _is_file(name: str) -> bool:
    return presence.is_file(name_forms.there(name)) or (
        name.endswith(".md") and not _is_pattern(name)
    )


def _is_pattern(name: str) -> bool:
    return not _PATTERN.isdisjoint(name)


def _nothing_selected() -> RequestError:
    return RequestError(
        Code.NO_SELECTION,
        "no article is selected",
        remedy="name files, folders or ids, give --where or --subject, or --all for every article",
    )


def _unexpected(expected: int, paths: list[str]) -> RequestError:
    few = ", ".join(paths[:3]) + (", …" if len(paths) > 3 else "")
    return RequestError(
        Code.UNEXPECTED_COUNT,
        f"{counted(len(paths), 'article is', 'articles are')} selected, not {expected}",
        excerpt=few,
        remedy="nothing was written; look at them with the same selection in qtauthor ls",
    )
