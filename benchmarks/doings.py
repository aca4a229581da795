"""What is done with an article that is hostile or large, by its name, each as it is measured.

A doing takes what is given and prepares itself; what it gives back is measured.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from lsprotocol import types

from qtauthor.changes.change import Delete, apply, rewrite
from qtauthor.changes.changeset import ChangeSet
from qtauthor.changes.proof import prove
from qtauthor.cli.output import article_page
from qtauthor.cli.output.console import Console
from qtauthor.content.article import Article
from qtauthor.content.site import Site
from qtauthor.errors import QtauthorError
from qtauthor.lsp.diagnostics import findings
from qtauthor.lsp.features import code_action, completion, hover, symbols
from qtauthor.lsp.session import RequestContext, ServerSession
from qtauthor.model.config import site_config
from qtauthor.operations.fields import edit
from qtauthor.operations.fixing.fix_all import fix_all
from qtauthor.operations.house_style import fmt
from qtauthor.operations.records.export import Exporter, among
from qtauthor.operations.site import retitle
from qtauthor.rules import registry
from qtauthor.rules.checker import Checker, context
from qtauthor.sinks.diff import unified
from qtauthor.text.document import Document

Action: TypeAlias = Callable[[], object]

PATH = "content/learn/bread-baking/why-does-bread-go-stale.md"
_TODAY = datetime.date(2026, 1, 1)
_WORDS = ("a", "bread")
_ALL = registry.ALL


class Given:
    """An article in a site of its own, below ``root``."""

    def __init__(self, data: bytes, root: Path) -> None:
        self.data = data
        self.root = root
        file = root / PATH
        file.parent.mkdir(parents=True)
        file.write_bytes(data)
        (root / site_config.CONFIG_NAME).write_text("")

    @cached_property
    def site(self) -> Site:
        return Site.at(self.root)

    @cached_property
    def document(self) -> Document:
        return Document.parse(self.data, like=self.site.template)

    @cached_property
    def article(self) -> Article:
        return self.site.parse(self.data)

    @cached_property
    def first(self) -> str:
        return f"/{self.document.keys()[0]}"

    @cached_property
    def last(self) -> str:
        return f"/{self.document.keys()[-1]}"

    def session(self) -> tuple[RequestContext, str]:
        session = ServerSession(self.root, lambda _: None)
        uri = (self.root / PATH).as_uri()
        text = self.data.decode("utf-8", "replace")
        session.buffers.open(types.TextDocumentItem(uri, "markdown", 1, text))
        return RequestContext(session, session.buffers.now), uri


def prepared(doing: str, given: Given) -> Action:
    """What is measured; a refusal is an answer, too."""
    return _mild(DOINGS[doing](given))


def _mild(action: Action) -> Action:
    def run() -> None:
        with suppress(QtauthorError):
            action()

    return run


def _check(given: Given) -> Action:
    checker = Checker(context(given.site, 1, _TODAY), _ALL)
    return lambda: checker.check(PATH, given.data)


def _fix(given: Given) -> Action:
    checker = Checker(context(given.site, 1, _TODAY))
    return lambda: fix_all(given.site, [PATH], checker, unsafe=True)


def _show(given: Given) -> Action:
    def run() -> None:
        facts = given.document.get()
        markdown = given.article.markdown if given.article.has("answer") else ""
        related = [value for key, value in facts.items() if str(key).startswith("related_article")]
        article_page.show(Console("never"), PATH, facts, related, markdown)

    return run


def _view(given: Given) -> Action:
    return lambda: article_page.text(Console("always"), "Why?", given.article.markdown, 100)


def _diff(given: Given) -> Action:
    """The file by one that differs in the first, a middle and the last line."""
    lines = given.data.split(b"\n")
    for at in {1, len(lines) // 2, len(lines) - 2}:
        lines[at] = lines[at][: len(lines[at]) // 2] + b"!" + lines[at][len(lines[at]) // 2 :]
    change = rewrite(PATH, given.data, b"\n".join(lines))
    return lambda: list(unified(ChangeSet((change,)), lambda _: given.data))


def _diff_all(given: Given) -> Action:
    """The file by one in which every second line is another."""
    lines = given.data.split(b"\n")
    lines = [line + b"!" if at % 2 else line for at, line in enumerate(lines)]
    change = rewrite(PATH, given.data, b"\n".join(lines))
    return lambda: list(unified(ChangeSet((change,)), lambda _: given.data))


def _diff_delete(given: Given) -> Action:
    change = Delete(PATH, given.data)
    return lambda: list(unified(ChangeSet((change,)), lambda _: given.data))


def _retitle(given: Given) -> Action:
    other = given.root / "content/learn/bread-baking/how-long-should-dough-rise.md"
    other.write_text(
        "---\nid: 2\nquestion: How long should dough rise?\nsubject: Bread Baking\n---\n"
    )
    path = str(other.relative_to(given.root))
    request = retitle.RetitleRequest(path, "How long must dough rise?")
    return lambda: retitle.retitle(given.site, request)


def _set(given: Given) -> Action:
    return lambda: Document.parse(given.data).set("/author", "Quick Takes")


def _change(given: Given) -> Action:
    """One operation as a command does it, with its proof."""

    def run() -> None:
        change = edit.edit(PATH, given.site.parse(given.data), [edit.Set("/author", "A: b")])
        if change is not None:
            prove(ChangeSet((change,)), lambda _: given.data)
            apply(given.data, change.edits)

    return run


def _merge(given: Given) -> Action:
    return lambda: Document.parse(given.data).merge({"author": "A", "seo": {"title": "B"}, "n": 1})


def _same(given: Given) -> Action:
    return lambda: given.document.set("", given.document.get())


def _difference(given: Given) -> Action:
    other = Document.parse(b"---\nid: 5\n---\n")

    def run() -> None:
        operations = given.document.difference(other)
        given.document.patch(operations[:3])

    return run


def _lsp(
    make: Callable[[RequestContext, str, types.Position], object], line: int = 4
) -> Callable[[Given], Action]:
    def doing(given: Given) -> Action:
        work, uri = given.session()
        return lambda: make(work, uri, types.Position(line, 3))

    return doing


def _diagnostics(work: RequestContext, uri: str, _: types.Position) -> object:
    target = work.target(uri)
    found = findings.findings(target) if target else []
    return [findings.diagnostic(work, target, one) for one in found if target]


def _hover(work: RequestContext, uri: str, at: types.Position) -> object:
    return hover.hover(work, types.HoverParams(types.TextDocumentIdentifier(uri), at))


def _complete(work: RequestContext, uri: str, at: types.Position) -> object:
    return completion.complete(work, types.CompletionParams(types.TextDocumentIdentifier(uri), at))


def _symbols(work: RequestContext, uri: str, _: types.Position) -> object:
    return symbols.of_document(work, types.DocumentSymbolParams(types.TextDocumentIdentifier(uri)))


def _actions(lines: int) -> Callable[[RequestContext, str, types.Position], object]:
    def run(work: RequestContext, uri: str, at: types.Position) -> object:
        params = types.CodeActionParams(
            types.TextDocumentIdentifier(uri),
            types.Range(at, types.Position(at.line + lines, 0)),
            types.CodeActionContext([]),
        )
        return code_action.actions(work, params)

    return run


def _pointer(make: Callable[[Document, str], object], *, last: bool) -> Callable[[Given], Action]:
    def doing(given: Given) -> Action:
        with suppress(QtauthorError):
            document, at = given.document, given.last if last else given.first
            return lambda: make(document, at)
        return lambda: None

    return doing


_PARTS = tuple(fmt.PARTS)

DOINGS: dict[str, Callable[[Given], Action]] = {
    "parse": lambda given: lambda: Document.parse(given.data),
    "read": lambda given: lambda: Document.parse(given.data).get(),
    "get": lambda given: lambda: Document.parse(given.data).get("/author"),
    "get nothing": lambda given: lambda: Document.parse(given.data).get("/nothing"),
    "keys": lambda given: (
        lambda: [given.document.style(f"/{key}") for key in given.document.keys()[:500]]
    ),
    "set": _set,
    "change": _change,
    "set a list": lambda given: lambda: given.document.set("/new", ["a", {"b": "c"}]),
    "set all as it is": _same,
    "insert": lambda given: lambda: given.document.insert("/new", "a: b", after="author"),
    "remove": _pointer(lambda document, at: document.remove(at), last=True),
    "rename": _pointer(lambda document, at: document.rename(at, "other"), last=True),
    "move": _pointer(lambda document, at: document.move(at, at, after="id"), last=True),
    "literal": _pointer(lambda document, at: document.restyle(at, "double-quoted"), last=True),
    "replace": _pointer(lambda document, at: document.set(at, "other"), last=True),
    "merge": _merge,
    "difference": _difference,
    "gaps": lambda given: lambda: given.document.gaps,
    "diff": _diff,
    "diff of all": _diff_all,
    "diff of a delete": _diff_delete,
    "fmt": lambda given: lambda: fmt.fmt(PATH, given.article, given.site.template, _PARTS),
    "check": _check,
    "fix": _fix,
    "show": _show,
    "view": _view,
    "index": lambda given: given.site.index.refresh,
    "search": lambda given: lambda: list(given.site.index.search("bread")),
    "export": lambda given: lambda: Exporter(given.site, among(given.site, [PATH])).record(PATH),
    "retitle": _retitle,
    "diagnostics": _lsp(_diagnostics),
    "hover": _lsp(_hover),
    "completion": _lsp(_complete),
    "symbols": _lsp(_symbols),
    "actions": _lsp(_actions(0)),
    "actions everywhere": _lsp(_actions(1 << 20)),
}
