"""Sites to write in, and editors that do as they are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Editor = Callable[[str], dict[str, str]]


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    """An environment whose editor runs a line of shell on the file ``$1``."""

    def make(script: str) -> dict[str, str]:
        program = tmp_path / "pen"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        return {"VISUAL": str(program)}

    return make
