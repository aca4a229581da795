"""Cases that a person can read: what is wrong, what is found, and what its fix makes of it.

Each file of ``cases`` is named after its rule. It has a sentence that says what it shows, then
sections that begin with a line of ``=== name``: ``bad`` and ``good`` are fields of the article
(`tests.rules.support` says how they are written) or the list of redirects, ``found`` is what the
rule finds in ``bad``, and ``fixed`` the lines that its fixes change there. ``config`` is a
configuration, ``more`` are other articles of the site.

``python -m tests.rules.test_cases`` writes ``found`` and ``fixed`` anew: read the difference.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest

from qtauthor.changes.change import Modify, Move, apply
from qtauthor.changes.proof import prove
from qtauthor.content.site import Site
from qtauthor.rules import registry
from tests.rules import support
from tests.rules.support import PATH

CASES = sorted(Path(__file__).with_name("cases").glob("*.txt"))


def sections(path: Path) -> dict[str, str]:
    """The parts of a case by name."""
    parts = re.split(r"^=== (\w+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


def site_of(case: dict[str, str], which: str, root: Path, code: str) -> Site:
    more = []
    for line in case.get("more", "").splitlines():
        number, _, rest = line.partition(" ")
        question, _, subject = rest.partition(" | ")
        more.append((int(number), question, subject))
    rule = registry.BY_NAME[code]
    return support.site_for(rule, case[which], root, case.get("config", ""), more)


def outcome(case: dict[str, str], code: str, root: Path) -> tuple[str, str]:
    """What is found in ``bad``, and what is fixed there, as the case has it."""
    site = site_of(case, "bad", root, code)
    rule = registry.BY_NAME[code]
    found = support.found(site, rule)
    assert found == support.found(site, rule, many=True)
    told = "".join(
        f"{f.line}:{f.column}-{f.end_line}:{f.end_column} {f.message}"
        + (f" [{f.fix.safety}: {f.fix.title}]" if f.fix else "")
        + "\n"
        for f in found
    )
    result = support.fixed(site, rule)
    prove(result.changes, site.source.read)
    changed = ""
    for change in result.changes.changes:
        assert isinstance(change, Modify | Move)
        before = site.source.read(change.path)
        if change.path != PATH:
            changed += f"{change.path}\n"
        if isinstance(change, Move):
            changed += f"-> {change.to}\n"
        changed += support.difference(before, apply(before, change.edits))
    return told, changed


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path) -> None:
    case = sections(path)
    code = path.stem[:5]
    found, fixed = outcome(case, code, tmp_path / "bad")
    assert found == case.get("found", "")
    assert fixed == case.get("fixed", "")
    good = site_of(case, "good", tmp_path / "good", code)
    assert support.found(good, registry.BY_NAME[code]) == []


def test_every_rule_has_cases() -> None:
    assert {path.stem[:5] for path in CASES} == set(registry.BY_NAME)


def test_every_kind_of_fix_has_a_case() -> None:
    shown = {
        (path.stem[:5], safety)
        for path in CASES
        for safety in re.findall(r"\[(safe|unsafe): ", sections(path).get("found", ""))
    }
    assert shown == {(rule.code, safety) for rule in registry.ALL for safety in rule.fixes}


def _update() -> None:
    for path in CASES:
        case = sections(path)
        with tempfile.TemporaryDirectory() as name:
            case["found"], case["fixed"] = outcome(case, path.stem[:5], Path(name))
        order = ("config", "more", "bad", "found", "fixed", "good")
        parts = [f"=== {key}\n{case[key]}" for key in order if case.get(key)]
        path.write_text(case[""] + "".join(parts), encoding="utf-8")


if __name__ == "__main__":
    _update()
