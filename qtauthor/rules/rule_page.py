"""The rules in words, for a reader of Markdown."""

from __future__ import annotations

from qtauthor.rules.rule import Rule


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
