"""``qtauthor rule``."""

from __future__ import annotations

import shutil
import textwrap

import click

from qtauthor import exit_codes
from qtauthor.cli.arguments import options
from qtauthor.cli.output import json_values
from qtauthor.cli.state import State
from qtauthor.errors import Code, RequestError
from qtauthor.rules import registry
from qtauthor.rules.rule import Rule

_WIDEST = 80


@click.command()
@click.argument("rules", nargs=-1, metavar="[RULE]…")
@click.option("--all", "everything", is_flag=True, help="Explain every rule.")
@options.output_format
@options.common
@options.pass_state
def rule(state: State, rules: tuple[str, ...], everything: bool, as_format: str) -> int:
    """Explain what a rule looks for.

    RULE is a code (QT501), the beginning of codes (QT5) or a name (dead-link).

    \b
    qtauthor rule torn-latex
    qtauthor rule --all --format json
    """
    if not rules and not everything:
        raise RequestError(
            Code.USAGE, "no rule is named", remedy="name one such as QT501, or give --all"
        )
    wanted = {one.code for name in rules for one in registry.named(name)}
    found = [one for one in registry.ALL if everything or one.code in wanted]
    if as_format == "json":
        state.console.data(json_values.versioned(rules=[_as_json(one) for one in found]))
    else:
        state.console.data("\n\n".join(map(_in_words, found)))
    return exit_codes.DONE


def _in_words(one: Rule) -> str:
    width = min(_WIDEST, shutil.get_terminal_size().columns)
    fixes = " or ".join(one.fixes) or "by hand"
    parts = [one.what, f"Why: {one.why}", f"Fix ({fixes}): {one.fix}"]
    if not one.default:
        parts.insert(1, "This rule is off by default.")
    wrapped = [textwrap.fill(part, width, break_on_hyphens=False) for part in parts]
    example = textwrap.indent(one.example.rstrip(), "    ")
    return "\n\n".join((f"{one.code} {one.name}", *wrapped, f"Example:\n\n{example}"))


def _as_json(one: Rule) -> dict[str, object]:
    return {
        "code": one.code,
        "name": one.name,
        "family": registry.FAMILIES[one.code[:3]],
        "what": one.what,
        "why": one.why,
        "example": one.example,
        "fix": one.fix,
        "fixes": list(one.fixes),
        "default": one.default,
    }
