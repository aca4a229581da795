"""Operations on the article of an editor, by the names of commands.

The first argument of each command is the URI of the article.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from qtauthor import clock
from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError, RequestError
from qtauthor.lsp import delivery
from qtauthor.lsp.diagnostics import findings
from qtauthor.lsp.feature import Apply, Command
from qtauthor.lsp.session import RequestContext, RequestFile
from qtauthor.operations.fields import derive, insert_field
from qtauthor.operations.fixing import fix_article
from qtauthor.operations.links import relate, suggest, sync
from qtauthor.operations.outcome import Outcome
from qtauthor.operations.site import move

FIX = "qtauthor.fix"
FIX_ALL = "qtauthor.fixAll"
FIX_RULE = "qtauthor.fixRule"
MOVE = "qtauthor.move"
RELATE = "qtauthor.relate"
UNRELATE = "qtauthor.unrelate"
SYNC = "qtauthor.syncRelated"
DERIVE = "qtauthor.deriveFields"
INSERT = "qtauthor.insertField"


def fixed(site: Site, path: str, *wanted: str) -> Outcome:
    """The fix of the finding with this rule, pointer and message."""
    taken = delivery.taken_ids(site)
    return fix_article.one(site, path, wanted, findings.checker(site), taken=taken)


def fixed_all(site: Site, path: str) -> Outcome:
    """All safe fixes."""
    taken = delivery.taken_ids(site)
    return fix_article.safe(site, path, findings.checker(site), taken=taken)


def fixed_rule(site: Site, path: str, code: str) -> Outcome:
    """All fixes of one rule."""
    taken = delivery.taken_ids(site)
    return fix_article.of_rule(site, path, code, findings.checker(site), taken=taken)


def inserted(site: Site, path: str, at: str) -> Outcome:
    """Add a field."""
    return Outcome(insert_field.inserted(site, path, at, today=clock.today()))


def derived(site: Site, path: str) -> Outcome:
    """Fill in what derives."""
    today = clock.today()
    return derive.fill(site, path, today=today, taken=delivery.taken_ids(site))


def synced(site: Site, path: str) -> Outcome:
    """Renew the related blocks of one article."""
    return sync.sync(site, [path]).outcome


def related(site: Site, path: str, other: str | int | None = None) -> Outcome:
    """Add the article that ``other`` names, or as many that fit as there is room for."""
    if other:
        return Outcome(relate.add(site, path, [site.find_article(str(other))]))
    return suggest.apply(site, [suggest.missing(site, path)])


def unrelated(site: Site, path: str, other: str | int) -> Outcome:
    """Take out the block with a number, or the links to an article."""
    if isinstance(other, int):
        return Outcome(relate.without(site, path, other))
    return Outcome(relate.remove(site, path, [site.find_article(other)]))


class EditorOperation(NamedTuple):
    """``operation`` gets the site, the path, and the arguments behind the URI.

    There are ``least`` to ``most`` of these, texts all of them if there are no ``numbers``.
    """

    label: str
    operation: Callable[..., Outcome]
    least: int = 0
    most: int = 0
    numbers: bool = False

    def takes(self, argument: object) -> bool:
        """Whether this may stand behind the URI."""
        return isinstance(argument, str) or (self.numbers and type(argument) is int)


def _move(site: Site, path: str, subject: str, said: str = "") -> Outcome:
    """File an article under another subject; a new one has to be said to be ``new-subject``."""
    new = said == "new-subject"
    return move.move(site, [move.Refile(path, subject)], new_subjects=new)


_PLANS = {
    FIX: EditorOperation("Fix a problem", fixed, 3, 3),
    FIX_ALL: EditorOperation("Fix problems", fixed_all),
    FIX_RULE: EditorOperation("Fix problems", fixed_rule, 1, 1),
    MOVE: EditorOperation("Move", _move, 1, 2),
    RELATE: EditorOperation("Add related articles", related, 0, 1, numbers=True),
    UNRELATE: EditorOperation("Remove a related article", unrelated, 1, 1, numbers=True),
    SYNC: EditorOperation("Renew the related articles", synced),
    DERIVE: EditorOperation("Fill in the derived fields", derived),
    INSERT: EditorOperation("Insert a field", inserted, 1, 1),
}


def command(name: str, plan: EditorOperation) -> Command:
    """A command that carries out a plan for the article of its first argument."""

    def run(work: RequestContext, uri: Any = None, *arguments: Any) -> Apply | None:
        usual = isinstance(uri, str) and all(map(plan.takes, arguments))
        if not usual or not plan.least <= len(arguments) <= plan.most:
            raise _misused(name)
        target: RequestFile = work.wanted(uri)
        edited = delivery.deliver(
            work,
            target.site,
            lambda site: plan.operation(site, target.path, *arguments),
            plan.label,
            disk=not work.client.applies_edits,
        )
        return Apply(plan.label, edited) if edited is not None else None

    return run


def _misused(name: str) -> QtauthorError:
    return RequestError(
        Code.USAGE,
        f"{name} has other arguments",
        excerpt=name,
        remedy="the first is the URI of an article; see the page on the language server",
    )


COMMANDS: dict[str, Command] = {name: command(name, plan) for name, plan in _PLANS.items()}
