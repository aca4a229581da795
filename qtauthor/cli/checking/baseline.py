"""Findings that are known and put up with: how many of each rule an article has.

They are counted by the article's id, so that a move does not bring them back; an article without an
id of its own is known by its path.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TypeAlias

import msgspec

from qtauthor.content.site import Site
from qtauthor.errors import Code, Place, RequestError, SiteError
from qtauthor.rules.finding import Finding

VERSION = 1
"""Of the file. It grows on its own: baselines outlive the form in which findings are printed."""

FindingKey: TypeAlias = tuple[int | str, str]
"""The article, by its id or else its path, and the code of the rule."""


class KnownFindings(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """So many findings of a rule in an article."""

    rule: str
    count: int
    article: int | None = None
    path: str | None = None

    @property
    def key(self) -> FindingKey:
        return (self.article if self.path is None else self.path) or 0, self.rule

    @property
    def name(self) -> str:
        """The article in words."""
        return f"article {self.article}" if self.path is None else self.path


class Baseline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file, which is JSON."""

    version: int
    findings: tuple[KnownFindings, ...]


def key(finding: Finding) -> FindingKey:
    number = finding.article
    return finding.path if number is None or number < 1 else number, finding.rule


def made(findings: Iterable[Finding]) -> bytes:
    """The file that knows all these, one line for each article and rule."""
    rows = []
    counted = Counter(map(key, findings))
    for (article, rule), count in sorted(counted.items(), key=lambda one: _order(one[0])):
        at = {"path": article} if isinstance(article, str) else {"article": article}
        rows.append(msgspec.json.encode({**at, "rule": rule, "count": count}).decode())
    inside = "".join(f"\n    {row}," for row in rows).removesuffix(",")
    return f'{{\n  "version": {VERSION},\n  "findings": [{inside}\n  ]\n}}\n'.encode()


def _order(one: FindingKey) -> tuple[bool, int | str, str]:
    return isinstance(one[0], str), one[0], one[1]


def parsed(text: str, name: str) -> dict[FindingKey, KnownFindings]:
    """What a file knows. Raises ``RequestError`` with ``bad-baseline``."""
    try:
        found = msgspec.json.decode(text.encode(), type=Baseline)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise _refusal(str(error), name) from None
    if found.version != VERSION:
        raise _refusal(f"its version is {found.version}, not {VERSION}", name)
    wrong = next((k for k in found.findings if (k.article is None) == (k.path is None)), None)
    if wrong is not None:
        raise _refusal(f"an entry of {wrong.rule} names no article, or names it twice", name)
    return {one.key: one for one in found.findings}


def _refusal(why: str, name: str) -> RequestError:
    return RequestError(
        Code.BAD_BASELINE,
        f"this is no baseline: {why[:1].lower() + why[1:]}",
        where=Place(name),
        remedy="make it anew with --write-baseline",
    )


def new(findings: Iterable[Finding], known: dict[FindingKey, KnownFindings]) -> tuple[Finding, ...]:
    """The findings that are not known. If there are more of a kind than known, all are told."""
    found = tuple(findings)
    counted = Counter(map(key, found))
    passed = {one for one, count in counted.items() if one in known and count <= known[one].count}
    return tuple(finding for finding in found if key(finding) not in passed)


def stale(
    findings: Iterable[Finding],
    known: dict[FindingKey, KnownFindings],
    *,
    site: Site,
    checked: Collection[str] | None,
    rules: Collection[str],
) -> tuple[KnownFindings, ...]:
    """The entries that are no longer true, with the number that is too many.

    Only what was looked at counts: rules that ran, and articles all of whose files were
    ``checked``; ``None`` is the whole site.
    """
    counted = Counter(map(key, findings))
    found = []
    for one, entry in known.items():
        over = entry.count - counted[one]
        if over > 0 and entry.rule in rules and _is_checked(site, one[0], checked):
            found.append(msgspec.structs.replace(entry, count=over))
    return tuple(found)


def _is_checked(site: Site, article: int | str, checked: Collection[str] | None) -> bool:
    if checked is None:
        return True
    if isinstance(article, str):
        return article in checked
    paths = [entry.path for entry in site.index.with_id(article)]
    return bool(paths) and all(path in checked for path in paths)


def write(path: Path, findings: Iterable[Finding]) -> None:
    """Make the file, or make it anew: all of it or nothing. Raises ``SiteError``."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        try:
            beside.write_bytes(made(findings))
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise SiteError(
            Code.CANNOT_WRITE,
            f"the baseline cannot be written: {error.strerror or error}",
            where=Place(str(path)),
            remedy="check the folder and its permissions",
        ) from None
