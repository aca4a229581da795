"""Operations on the article of an editor, by the names of commands.

The first argument of each command is the URI of the article.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from qtauthor import clock
from qtauthor.changes.changeset import ChangeSet
from qtauthor.content import links
from qtauthor.content.site import Site
from qtauthor.errors import Code, QtauthorError, RequestError
from qtauthor.lsp import delivery, mending
from qtauthor.lsp.feature import Apply, Command
from qtauthor.lsp.session import Target, Work
from qtauthor.operations import derive, move, relate, rewiring, suggest, sync
from qtauthor.operations.draft import Draft
from qtauthor.operations.edit import Set, edit
from qtauthor.operations.outcome import Outcome

FIX = "qtauthor.fix"
FIX_ALL = "qtauthor.fixAll"
FIX_RULE = "qtauthor.fixRule"
MOVE = "qtauthor.move"
RELATE = "qtauthor.relate"
UNRELATE = "qtauthor.unrelate"
SYNC = "qtauthor.syncRelated"
DERIVE = "qtauthor.deriveFields"
INSERT = "qtauthor.insertField"


def derived(site: Site, path: str) -> Outcome:
    """Fill in what derives."""
    today = clock.today()
    return derive.fill(site, path, today=today, taken=delivery.taken_ids(site))


def synced(site: Site, path: str) -> Outcome:
    """Renew the related blocks of one article."""
    return sync.sync(site, [path]).outcome


def inserted(site: Site, path: str, at: str) -> ChangeSet:
    """Add a field with the value that derives, else with the template's."""
    article = site.article(path)
    today = clock.today()
    known = derive.derived(site, path, article.document.get(), today=today)
    value = known.get(at, site.template.get(at) if site.template.has(at) else None)
    if value is None or article.has(at):
        return ChangeSet()
    change = edit(path, article, [Set(at, value)])
    return ChangeSet((change,) if change else ())


def without(site: Site, path: str, number: int) -> ChangeSet:
    """Take the related block ``number`` out; those behind it move up."""
    numbers = links.numbers(site.article(path).document)
    return arranged(site, path, [one for one in numbers if one != number])


def arranged(site: Site, path: str, order: Sequence[int]) -> ChangeSet:
    """The related blocks with these numbers, in this order from 1, and no other."""
    draft = Draft(site)
    document = links.arranged(draft.article(path).document, list(order))
    rewiring.put_document(draft, path, document, *links.pointers())
    return draft.changes()


def related(site: Site, path: str, other: str | int | None = None) -> Outcome:
    """Add the article that ``other`` names, or as many that fit as there is room for."""
    if other:
        return Outcome(relate.add(site, path, [site.find_article(str(other))]))
    return suggest.apply(site, [suggest.missing(site, path)])


def unrelated(site: Site, path: str, other: str | int) -> Outcome:
    """Take out the block with a number, or the links to an article."""
    if isinstance(other, int):
        return Outcome(without(site, path, other))
    return Outcome(relate.remove(site, path, [site.find_article(other)]))


class Plan(NamedTuple):
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
    FIX: Plan("Fix a problem", lambda site, path, *wanted: mending.one(site, path, wanted), 3, 3),
    FIX_ALL: Plan("Fix problems", mending.safe),
    FIX_RULE: Plan("Fix problems", mending.of_rule, 1, 1),
    MOVE: Plan("Move", _move, 1, 2),
    RELATE: Plan("Add related articles", related, 0, 1, numbers=True),
    UNRELATE: Plan("Remove a related article", unrelated, 1, 1, numbers=True),
    SYNC: Plan("Renew the related articles", synced),
    DERIVE: Plan("Fill in the derived fields", derived),
    INSERT: Plan("Insert a field", lambda site, path, at: Outcome(inserted(site, path, at)), 1, 1),
}


def command(name: str, plan: Plan) -> Command:
    """A command that carries out a plan for the article of its first argument."""

    def run(work: Work, uri: Any = None, *arguments: Any) -> Apply | None:
        usual = isinstance(uri, str) and all(map(plan.takes, arguments))
        if not usual or not plan.least <= len(arguments) <= plan.most:
            raise _misused(name)
        target: Target = work.wanted(uri)
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
