"""Code actions: fixes of findings, and what else can be done where the cursor is.

What changes this article alone comes as an edit. What may change others is a command: it is worked
out when it is chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from lsprotocol import types

from qtauthor.changes.change import Modify
from qtauthor.changes.changeset import ChangeSet
from qtauthor.content.links import written_blocks
from qtauthor.errors import QtauthorError
from qtauthor.lsp import delivery, editor_operations
from qtauthor.lsp.article import titles
from qtauthor.lsp.diagnostics import findings
from qtauthor.lsp.feature import Feature
from qtauthor.lsp.session import RequestContext, RequestFile
from qtauthor.model.article_fields import ADDRESSES
from qtauthor.operations.fields import insert_field
from qtauthor.operations.fixing import fix_article
from qtauthor.operations.links import relate
from qtauthor.rules import registry
from qtauthor.rules.finding import Finding
from qtauthor.text import cursor

FIX_ALL = "source.fixAll.qtauthor"
MOVE = "refactor.move.qtauthor"
REWRITE = "refactor.rewrite.qtauthor"
QUICK = types.CodeActionKind.QuickFix.value
_SUBJECTS = 8
_AT_ONCE = 20
"""Fixes that are worked out before one is chosen; each takes as long as the article is."""
_CHARACTERS = 400_000
"""Of all articles that these would write; in a huge one they are worked out when one is chosen."""
_HUGE = 200_000
"""Characters of an article above which nothing is worked out before it is chosen."""
_MOST = 100
"""Fixes to choose from; there is one for all of a rule, too."""


def actions(work: RequestContext, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    """What can be done in the range."""
    target = work.target(params.text_document.uri)
    if target is None:
        return None
    asked = _Asked(work, target, params)
    found: list[types.CodeAction] = []
    for make in (_fixes, _fix_all, _missing, _derived, _related, _moves):
        try:
            found += make(asked)
        except QtauthorError:  # while the text is no YAML, there is little to do
            continue
    return [action for action in found if asked.wants(str(action.kind))]


class _Asked:
    """One request: the article, the range in offsets, and the kinds that are wanted."""

    def __init__(
        self, work: RequestContext, target: RequestFile, params: types.CodeActionParams
    ) -> None:
        self.work = work
        self.target = target
        self.start = target.offset(params.range.start)
        self.end = target.offset(params.range.end)
        self.only = [
            kind.value if isinstance(kind, types.CodeActionKind) else kind
            for kind in params.context.only or ()
        ]
        self.findings = findings.findings(target)
        self._here: list[Finding] | None = None

    def wants(self, kind: str) -> bool:
        """Whether actions of a kind are asked for; the kinds inside of one are asked for, too."""
        return not self.only or any(f"{kind}.".startswith(f"{one}.") for one in self.only)

    @property
    def is_huge(self) -> bool:
        """Whether the article is so long that working anything out takes noticeable time."""
        return len(self.target.text) > _HUGE

    @property
    def here(self) -> list[Finding]:
        """The findings that touch the range."""
        if self._here is not None:
            return self._here
        text = self.target.positions
        found = self._here = []
        for finding in self.findings:
            span = findings.range_of(self.target, finding)
            start = text.offset(span.start.line, span.start.character)
            end = text.offset(span.end.line, span.end.character)
            if start <= self.end and self.start <= end:
                found.append(finding)
        return found

    def edit(self, changes: ChangeSet, label: str) -> types.WorkspaceEdit:
        return delivery.edit(self.work, self.target.site, changes, label)

    def command(self, title: str, name: str, *arguments: object) -> types.Command:
        return types.Command(title, name, arguments=[self.target.uri, *arguments])


def _fixes(asked: _Asked) -> Iterator[types.CodeAction]:
    if not asked.wants(QUICK):
        return
    here = [finding for finding in asked.here if finding.fix is not None]
    at_once = min(_AT_ONCE, _CHARACTERS // max(1, len(asked.target.text)))
    for number, finding in enumerate(here[:_MOST]):
        action = _fix(asked, finding, at_once=number < at_once)
        if action is not None:
            yield action
    counts = Counter(finding.rule for finding in asked.findings if finding.fix is not None)
    for code in dict.fromkeys(finding.rule for finding in here):
        if counts[code] > 1:
            title = f"Fix all {counts[code]} of {code} {registry.BY_NAME[code].name}"
            command = asked.command(title, editor_operations.FIX_RULE, code)
            yield types.CodeAction(title, QUICK, command=command)


def _fix(asked: _Asked, finding: Finding, *, at_once: bool) -> types.CodeAction | None:
    """The fix of a finding: worked out ``at_once``, or when it is chosen."""
    assert finding.fix is not None
    title = finding.fix.title[:1].upper() + finding.fix.title[1:]
    title += f" ({finding.rule}{'' if finding.fix.safe else ', unsafe'})"
    told = [findings.diagnostic(asked.work, asked.target, finding)]
    action = types.CodeAction(title, QUICK, told, is_preferred=finding.fix.safe or None)
    if fix_article.rewires(finding) or not at_once:
        arguments = (finding.rule, finding.pointer, finding.message)
        action.command = asked.command(title, editor_operations.FIX, *arguments)
        return action
    target = asked.target
    changes = fix_article.alone(target.site, target.path, target.data, finding)
    if not changes:
        return None
    action.edit = asked.edit(changes, title)
    return action


def _fix_all(asked: _Asked) -> Iterator[types.CodeAction]:
    """Worked out at once only if it is asked for by its name, as when a file is saved."""
    if not asked.wants(FIX_ALL) or not any(f.fix and f.fix.safe for f in asked.findings):
        return
    title = "Fix all problems with safe fixes"
    action = types.CodeAction(title, FIX_ALL)
    target = asked.target
    if asked.only:
        changes = editor_operations.fixed_all(target.site, target.path).changes
        if all(isinstance(c, Modify) and c.path == target.path for c in changes.changes):
            if changes:
                action.edit = asked.edit(changes, title)
                yield action
            return
    action.command = asked.command(title, editor_operations.FIX_ALL)
    yield action


def _missing(asked: _Asked) -> Iterator[types.CodeAction]:
    """Insert a field that is missing; optional ones beside them."""
    if not asked.wants(QUICK) or asked.is_huge:
        return
    for finding in asked.here:
        if insert_field.tells_of_missing(finding):
            name = finding.pointer[1:].replace("/", ".")
            told = [findings.diagnostic(asked.work, asked.target, finding)]
            changes = editor_operations.inserted(
                asked.target.site, asked.target.path, finding.pointer
            ).changes
            if changes:
                title = f"Insert {name}"
                edit = asked.edit(changes, title)
                yield types.CodeAction(title, QUICK, told, edit=edit)


def _derived(asked: _Asked) -> Iterator[types.CodeAction]:
    if not asked.wants(REWRITE) or asked.is_huge:
        return
    site, path = asked.target.site, asked.target.path
    title = "Fill in the derived fields"
    yield from _rewrite(asked, title, lambda: editor_operations.derived(site, path).changes)
    title = "Renew the related articles"
    yield from _rewrite(asked, title, lambda: editor_operations.synced(site, path).changes)
    document = asked.target.site.parse(asked.target.data).document
    if not document.has("/no_index"):
        title = "Keep out of search engines"
        yield from _rewrite(
            asked, title, lambda: editor_operations.inserted(site, path, "/no_index").changes
        )


def _rewrite(
    asked: _Asked, title: str, plan: Callable[[], ChangeSet]
) -> Iterator[types.CodeAction]:
    try:
        changes = plan()
    except QtauthorError:
        return
    if changes:
        yield types.CodeAction(title, REWRITE, edit=asked.edit(changes, title))


def _related(asked: _Asked) -> Iterator[types.CodeAction]:
    """What can be done with the list of related articles, and with the block at the cursor."""
    if not asked.wants(REWRITE) or asked.is_huge:
        return
    site, path, text = asked.target.site, asked.target.path, asked.target.text
    here = written_blocks.extent_at(text, asked.start)
    if here is not None:
        title = "Remove this related article"
        yield from _rewrite(asked, title, lambda: relate.without(site, path, here.number))
        title = "Put this related article first"
        yield from _rewrite(asked, title, lambda: relate.first(site, path, here.number))
    if (here is not None or asked.only) and written_blocks.has_room(text):
        title = "Add the related articles that fit best"
        yield types.CodeAction(
            title, REWRITE, command=asked.command(title, editor_operations.RELATE)
        )


def _moves(asked: _Asked) -> Iterator[types.CodeAction]:
    """Other subjects: all if they are asked for, else the largest, on the line of the subject."""
    if not asked.wants(MOVE):
        return
    target = asked.target
    spot = cursor.at(target.text, asked.start)
    here = spot is not None and spot.pointer in ("/subject", *ADDRESSES)
    if not here and not any(one.startswith("refactor.move") for one in asked.only):
        return
    known = titles.of(asked.work, target.site).subjects
    own = target.path.split("/")[-2]
    others = [subject for subject in known if subject.key != own]
    for subject in others if asked.only else others[:_SUBJECTS]:
        title = f"Move to {subject.name}"
        command = asked.command(title, editor_operations.MOVE, subject.name)
        yield types.CodeAction(title, MOVE, command=command)


OPTIONS = types.CodeActionOptions(code_action_kinds=[QUICK, FIX_ALL, REWRITE, MOVE])
FEATURE = Feature("code_action", {types.TEXT_DOCUMENT_CODE_ACTION: (actions, OPTIONS)})
COMMANDS = Feature("code_action", commands=editor_operations.COMMANDS, loud=True)
