"""Runs rules over articles."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any, TypeAlias

import msgspec

from qtauthor.content.site import Site
from qtauthor.errors import Code, ParseError, QtauthorError
from qtauthor.rules import hit_places, registry
from qtauthor.rules.checked_article import CheckedArticle
from qtauthor.rules.context import Context, Limits, OtherArticles, Snapshot
from qtauthor.rules.finding import Finding
from qtauthor.rules.fix_steps import can_be_made
from qtauthor.rules.quick_values import quickly
from qtauthor.rules.redirects.redirect_list import RedirectList
from qtauthor.rules.rule import Rule
from qtauthor.text.source.positions import Positions

Ignored: TypeAlias = Callable[[str], Collection[str]]
"""From the path of an article to the codes of the rules that are silent there."""

_MANY = 100
"""From so many articles on, everything known is held in memory instead of asked for each time."""
MOST = 1000
"""Findings of one rule in one article; nobody reads more of them."""

_IGNORED = re.compile(rb"#[ \t]*qtauthor:[ \t]*ignore\[([^\]\n]*)\]")


def context(site: Site, count: int, today: datetime.date, limits: Limits | None = None) -> Context:
    """What is around ``count`` articles of a site that are to be checked."""
    index = site.index
    known: OtherArticles = index
    if count >= _MANY:
        known = Snapshot(index.entries(), index.links, site.config.content, site.config.addresses)
    return Context(site, known, today, limits)


class Checker:
    """Some rules, and what is around the articles that they run on."""

    def __init__(
        self,
        around: Context,
        rules: Sequence[Rule] = registry.DEFAULT,
        ignored: Ignored | None = None,
        most: int = MOST,
    ) -> None:
        self.context = around
        self.rules = tuple(rules)
        self.ignored = ignored
        self.most = most
        self._raw = tuple(rule for rule in rules if rule.raw)
        self._formal = (*self._raw, registry.TOO_LARGE)  # whatever is chosen: all else is left out
        self._whole = tuple(rule for rule in rules if rule.listed is None)
        self._usual = tuple(rule for rule in self._whole if not rule.formal)

    def around(self, context: Context) -> Checker:
        """The same rules with something else around."""
        return Checker(context, self.rules, self.ignored, self.most)

    def thorough(self) -> Checker:
        """The same, but telling all that is found: to mend it, not to read it."""
        return Checker(self.context, self.rules, self.ignored, sys.maxsize)

    def check(self, path: str, raw: bytes, values: dict[str, Any] | None = None) -> list[Finding]:
        """What is wrong with an article, by place. ``values`` are as `CheckedArticle` has them."""
        usual = quickly(raw) if values is None else None
        subject = CheckedArticle(path, raw, self.context, values, usual)
        rules = self._whole if usual is None else self._usual
        if subject.error is not None:
            rules = self._raw
        elif subject.too_large:
            rules = self._formal
        found = [finding for rule in rules for finding in _found(rule, subject, self.most)]
        if found:
            found = self._spoken(_offered(found, subject), path, raw)
        found.sort(key=attrgetter("line", "column", "rule"))
        return found

    def check_file(self, path: str) -> list[Finding]:
        """What is wrong with an article of the site. That it cannot be read is one finding.

        Raises ``SiteError`` with ``not-found``.
        """
        try:
            raw = self.context.site.source.read(path)
        except QtauthorError as error:
            if error.code is Code.NOT_FOUND and not isinstance(error, ParseError):
                raise error.at(path) from None
            return [Finding(registry.UNREADABLE.code, path, error.message)]
        return self.check(path, raw)

    def check_redirects(self) -> list[Finding]:
        """What is wrong with the site's list of redirects; nothing if it has none."""
        site = self.context.site
        path = site.config.redirects.path
        rules = [rule for rule in self.rules if rule.listed is not None]
        if not path or not rules or not site.source.exists(path):
            return []
        try:
            raw = site.source.read(path)
        except QtauthorError as error:
            return [Finding(registry.UNREADABLE.code, path, error.message)]
        listed = RedirectList(raw, self.context)
        positions = Positions(listed.text, "utf-32")
        found = [
            hit_places.in_list(rule, hit, path, positions)
            for rule in rules
            if rule.listed is not None
            for hit in rule.listed(listed)
        ]
        found.sort(key=attrgetter("line", "column", "rule"))
        return self._spoken(found, path, b"") if found else []

    def _spoken(self, found: list[Finding], path: str, raw: bytes) -> list[Finding]:
        """The findings that neither the configuration nor a comment silences."""
        if b"qtauthor:" in raw:
            silent = _silenced(raw)
            found = [finding for finding in found if not silent & _names(finding.rule)]
        if self.ignored is not None:
            ignored = self.ignored(path)
            found = [finding for finding in found if finding.rule not in ignored]
        return found


def _found(rule: Rule, subject: CheckedArticle, most: int) -> Iterator[Finding]:
    """What a rule finds in an article, or the beginning of it and that there is more."""
    hits = rule.check(subject)
    for hit in islice(hits, most):
        yield hit_places.located(rule, hit, subject)
    more = next(hits, None)
    if more is not None:
        told = f"there is more from here on: only the first {most:,} are told"
        last = more._replace(message=told, fix=None, elsewhere=())
        yield hit_places.located(rule, last, subject)


def _offered(found: list[Finding], subject: CheckedArticle) -> list[Finding]:
    """The findings without the fixes that cannot be made.

    In a regular text all can be, and nearly all texts are.
    """
    if subject.error is not None or subject.usual is not None or subject.document.is_regular:
        return found
    return [
        msgspec.structs.replace(finding, fix=None)
        if finding.fix is not None and not can_be_made(subject.document, finding.fix)
        else finding
        for finding in found
    ]


def check_all(checker: Checker, paths: Iterable[str]) -> Iterator[Finding]:
    """What is wrong with articles of a site."""
    for path in paths:
        yield from checker.check_file(path)


def _silenced(raw: bytes) -> set[str]:
    """The rules that comments in the front matter silence, by code, name or family."""
    end = raw.find(b"\n---", 3)
    found = _IGNORED.findall(raw, 0, end if end > 0 else len(raw))
    return {name.strip().decode("utf-8", "replace") for part in found for name in part.split(b",")}


def _names(code: str) -> set[str]:
    """Everything by which a rule can be named."""
    return {code, code[:3], registry.BY_NAME[code].name}
