"""What a check sees of the site's list of redirects."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from qtauthor.content.redirects import ledger
from qtauthor.content.redirects.ledger import Ledger, Redirect
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
            self._ledger = ledger.ledger(raw, chosen.path, chosen.format, pattern)
        except SiteError as error:
            self.error = error

    @cached_property
    def entries(self) -> list[tuple[int, Redirect]]:
        """Each entry with the offset in ``text`` at which it begins."""
        if self._ledger is None:
            return []
        return list(zip(self._ledger.offsets(), self._ledger.entries(), strict=True))

    def lives(self, address: str) -> bool:
        """Whether an article is shown to whoever follows this address."""
        return self.context.known.at_address(address) is not None

    def is_article(self, address: str) -> bool:
        """Whether an address is one that an article could have; a rule's ``:splat`` is none."""
        named = self.context.addresses.names(address)
        return named is not None and not any(name.startswith(":") for name in named)

    def trail(self, entry: Redirect) -> Iterator[str]:
        """The addresses that a reader is sent to, one after the other, without what does not
        choose the page; the last may lead to a page that was there before."""
        page, told = self.context.addresses.page, self.context.addresses.without_end
        seen = {page(entry.source)}
        target = entry.target
        yield told(target)
        while page(target) not in seen and page(target) in self._targets:
            if self.lives(target):
                return
            seen.add(page(target))
            target = self._targets[page(target)]
            yield told(target)

    @cached_property
    def _targets(self) -> dict[str, str]:
        """Where readers are sent who ask for a page."""
        found: dict[str, str] = {}
        for _, entry in self.entries:
            if entry.source:
                found.setdefault(self.context.addresses.page(entry.source), entry.target)
        return found
