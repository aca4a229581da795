"""What a check sees of the site's list of redirects."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from qtauthor.content import naming, redirects
from qtauthor.content.redirects import Ledger, Redirect
from qtauthor.errors import SiteError
from qtauthor.rules.context import Context


class RedirectList:
    """The list: its bytes and what is around it. ``error`` is why it cannot be read."""

    def __init__(self, raw: bytes, context: Context) -> None:
        self.context = context
        self.error: SiteError | None = None
        self.text = raw.decode("utf-8", "replace")
        self._ledger: Ledger | None = None
        chosen = context.site.config.redirects
        pattern = context.naming.url_pattern
        try:
            self._ledger = redirects.ledger(raw, chosen.path, chosen.format, pattern)
        except SiteError as error:
            self.error = error

    @cached_property
    def entries(self) -> list[tuple[int, Redirect]]:
        """Each entry with the offset in ``text`` at which it begins."""
        if self._ledger is None:
            return []
        return list(zip(self._ledger.offsets(), self._ledger.entries(), strict=True))

    def lives(self, address: str) -> bool:
        """Whether an article has this address, its last slash or not."""
        known = self.context.known
        return any(known.at_address(one) for one in (address, redirects.plain(address)))

    def is_article(self, address: str) -> bool:
        """Whether an address is one that an article could have; a rule's ``:splat`` is none."""
        pattern = self.context.naming.url_pattern
        return (
            ":" not in address and naming.parse_url(pattern, redirects.plain(address)) is not None
        )

    def trail(self, entry: Redirect) -> Iterator[str]:
        """The addresses that a reader is sent to, one after the other; the last may be one that
        was there before."""
        seen = {redirects.plain(entry.source)}
        target = redirects.plain(entry.target)
        yield target
        while target not in seen and target in self._targets and not self.lives(target):
            seen.add(target)
            target = self._targets[target]
            yield target

    @cached_property
    def _targets(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for _, entry in self.entries:
            if entry.source:
                source, target = map(redirects.plain, entry)
                found.setdefault(source, target)
        return found
