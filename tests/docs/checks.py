"""docs/checks.md and its pages, one for each family of rules, from the rules' own text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from qtauthor.rules.registry import ALL, FAMILIES
from qtauthor.rules.rule import Rule
from qtauthor.rules.rule_page import explained
from tests.docs.pages import DOCS

OVERVIEW = DOCS / "checks.md"
FOLDER = DOCS / "checks"

_HEAD = """\
# Checks

What qtauthor finds in the articles of a site, by the code and the name of each rule. A rule is
chosen by its code, its name, or the beginning of its code: `QT5` are all rules on related articles.

A *safe* fix may be applied unseen: the page then shows what its author meant. An *unsafe* one is
probably right, and a person should look at it. Fixes are applied until there is nothing more to
fix, and each is proven like any other edit: nothing changes but what it names.

A comment in the front matter silences rules in its article: `# qtauthor: ignore[QT501, QT7]`.

In the examples `␌` is a form feed, `␉` a tab, `⟨E9⟩` the byte E9, and `⟨x×3⟩` three times an x.
The texts are those of the rules themselves; [`qtauthor rule`](commands/rule.md) prints them, too.
"""


def pages() -> Iterator[tuple[Path, str]]:
    """Every page with its text."""
    yield OVERVIEW, f"{_HEAD}{''.join(_overview(family) for family in FAMILIES)}"
    for family, title in FAMILIES.items():
        parts = [f"# {title} ({family})\n", *map(_entry, _rules(family))]
        yield _path(family), "\n".join(parts)


def _rules(family: str) -> list[Rule]:
    return [rule for rule in ALL if rule.code.startswith(family)]


def _path(family: str) -> Path:
    return FOLDER / f"{FAMILIES[family].lower().replace(' ', '-')}.md"


def _entry(rule: Rule) -> str:
    """What is said of a rule, whose links lead to pages beside docs/checks.md."""
    return re.sub(r"\]\((?=[\w-]+\.md)", "](../", explained(rule).removeprefix("#"))


def _overview(family: str) -> str:
    """The rules of a family. Each has an anchor here, to which editors lead (diagnostics.page)."""
    page = _path(family).relative_to(DOCS).as_posix()
    lines = [f"\n## {FAMILIES[family]}\n", "| code | name | fix |", "| --- | --- | --- |"]
    for rule in _rules(family):
        anchor = f"{rule.code.lower()}-{rule.name}"
        code = f'<a id="{anchor}"></a>[{rule.code}]({page}#{anchor})'
        default = "" if rule.default else " (off by default)"
        lines.append(f"| {code} | {rule.name}{default} | {' or '.join(rule.fixes)} |")
    return "\n".join([*lines, ""])
