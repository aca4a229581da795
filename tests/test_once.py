"""What is done once: each of these has one module, which the others ask."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "qtauthor"

ONCE = {
    r"[!=]= 1 else ['\"f](?!it)|else ['\"]s['\"]": {"text/plural.py", "cli/wizard/related.py"},
    r"\d+ (article|file|record|problem|link|change)s? (is|are)\b": set(),
    r"did you mean": {"text/near_match.py"},
    r"\bget_close_matches\(": {"text/near_match.py", "content/search/fuzzy.py"},
    r"ProcessPoolExecutor|import multiprocessing": {"operations/process_pool.py"},
    r"date\.today\(|datetime\.now\(": {"clock.py"},
    r"\bdelivery\.(held|write)\(": {"cli/running/driver.py"},
    r"\bcommit\.held\(": {
        "cli/running/delivery.py",
        "cli/commands/ids.py",
        "lsp/delivery.py",
        "sinks/loose_files.py",
    },
    r"\bunified\(": {"cli/output/change_diff.py", "scripting.py", "sinks/diff.py"},
    r"\b130\b": {"exit_codes.py"},
}
"""Signs of a thing in code, and the modules that do it.

``content/search/fuzzy`` looks for words of a search, not for a name that was meant;
``wizard/related``
numbers a list; ``ids next`` reserves ids, which is no change of a file; ``scripting`` is the door
for programs.
"""


@pytest.mark.parametrize("sign", ONCE)
def test_what_is_done_once_is_done_in_one_place(sign: str) -> None:
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(re.search(sign, line) for line in _code(path))
    }
    assert found <= ONCE[sign]


def _code(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [line for line in lines if not line.lstrip().startswith(("#", '"""'))]
