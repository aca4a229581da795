"""Write down anew what the tests of this folder compare with: ``python -m tests.contract.record``.

Stored files of a version that was given out are never written again: `stored/` keeps them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qtauthor.model.json_schema import front_matter_schema
from tests.contract import interface

FOLDER = Path(__file__).parent


def text(value: Any) -> str:
    """JSON in one form, so that a change shows as the lines that it concerns."""
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def main() -> None:
    """Rewrite the files."""
    for name, value in (
        ("interface", interface.commands()),
        ("front_matter_schema", front_matter_schema()),
    ):
        (FOLDER / f"{name}.json").write_text(text(value), encoding="utf-8")


if __name__ == "__main__":
    main()
