"""The rules in words, for a reader of Markdown."""

from __future__ import annotations

from qtauthor.rules.registry import ALL, FAMILIES
from qtauthor.rules.rule import Rule

_HEAD = """\
# Checks

What qtauthor finds in the articles of a site, by the code and the name of each rule. A rule is
chosen by its code, its name, or the beginning of its code: `QT5` are all rules on related articles.

A *safe* fix may be applied unseen: the page then shows what its author meant. An *unsafe* one is
probably right, and a person should look at it. Fixes are applied until there is nothing more to
fix, and each is proven like any other edit: nothing changes but what it names.

A comment in the front matter silences rules in its article: `# qtauthor: ignore[QT501, QT7]`.

In the examples `␌` is a form feed, `␉` a tab, and `⟨E9⟩` the byte E9. The text of this page is that
of the rules themselves.
"""


def page() -> str:
    """docs/checks.md."""
    parts = [_HEAD, _table()]
    for family, title in FAMILIES.items():
        parts.append(f"## {title} ({family})\n")
        parts += [explained(rule) for rule in ALL if rule.code.startswith(family)]
    return "\n".join(parts)


def explained(rule: Rule) -> str:
    """Everything about one rule."""
    off = "" if rule.default else "\nThis rule is off by default.\n"
    return f"""\
### {rule.code} {rule.name}

{rule.what}
{off}
**Why:** {rule.why}

```yaml
{rule.example.rstrip()}
```

**Fix ({_safeties(rule)}):** {rule.fix}
"""


def _safeties(rule: Rule) -> str:
    return " or ".join(rule.fixes) if rule.fixes else "by hand"


def _table() -> str:
    lines = ["| code | name | fix |", "| --- | --- | --- |"]
    for rule in ALL:
        anchor = f"#{rule.code.lower()}-{rule.name}"
        default = "" if rule.default else " (off by default)"
        fix = " or ".join(rule.fixes)
        lines.append(f"| [{rule.code}]({anchor}) | {rule.name}{default} | {fix} |")
    return "\n".join(lines) + "\n"
