"""All features, in the order of their names."""

from __future__ import annotations

from qtauthor.lsp.feature import Feature
from qtauthor.lsp.features import (
    code_action,
    code_lens,
    commands,
    completion,
    definition,
    files,
    formatting,
    hover,
    links,
    references,
    rename,
    symbols,
)

FEATURES: tuple[Feature, ...] = (
    code_action.FEATURE,
    code_action.COMMANDS,
    code_lens.FEATURE,
    commands.FEATURE,
    completion.FEATURE,
    definition.FEATURE,
    files.FEATURE,
    formatting.FEATURE,
    hover.FEATURE,
    links.FEATURE,
    references.FEATURE,
    rename.FEATURE,
    symbols.DOCUMENT,
    symbols.WORKSPACE,
)
