"""What the editor on the other side can do, as it said when it began."""

from __future__ import annotations

from lsprotocol import types
from pygls.capabilities import get_capability

from qtauthor.sinks.workspace_edit import Abilities


class Client:
    """Questions to the capabilities of a client."""

    def __init__(self, told: types.ClientCapabilities) -> None:
        self.told = told

    def _has(self, name: str) -> bool:
        return bool(get_capability(self.told, name, False))

    @property
    def abilities(self) -> Abilities:
        """What an edit of several files may hold."""
        kinds = get_capability(self.told, "workspace.workspace_edit.resource_operations", []) or []
        return Abilities(
            # Neovim says only what it can do with files, which is told along with versions.
            versions=self._has("workspace.workspace_edit.document_changes") or bool(kinds),
            create=types.ResourceOperationKind.Create in kinds,
            rename=types.ResourceOperationKind.Rename in kinds,
            delete=types.ResourceOperationKind.Delete in kinds,
            annotations=get_capability(
                self.told, "workspace.workspace_edit.change_annotation_support", None
            )
            is not None,
        )

    @property
    def applies_edits(self) -> bool:
        """Whether it takes ``workspace/applyEdit``."""
        return self._has("workspace.apply_edit")

    @property
    def shows_documents(self) -> bool:
        """Whether it takes ``window/showDocument``."""
        return self._has("window.show_document.support")

    @property
    def shows_progress(self) -> bool:
        return self._has("window.work_done_progress")

    @property
    def watches_files(self) -> bool:
        """Whether it can be asked to tell of files that change on the disk."""
        return self._has("workspace.did_change_watched_files.dynamic_registration")

    @property
    def tells_configuration(self) -> bool:
        return self._has("workspace.configuration")

    @property
    def takes_snippets(self) -> bool:
        return self._has("text_document.completion.completion_item.snippet_support")

    @property
    def related_information(self) -> bool:
        return self._has("text_document.publish_diagnostics.related_information")

    @property
    def refreshes_lenses(self) -> bool:
        return self._has("workspace.code_lens.refresh_support")

    @property
    def reads_markdown(self) -> bool:
        """Whether a hover may be Markdown; one that does not say is taken to read it."""
        kinds = get_capability(self.told, "text_document.hover.content_format", None)
        return not kinds or types.MarkupKind.Markdown in kinds

    @property
    def nests_symbols(self) -> bool:
        return self._has("text_document.document_symbol.hierarchical_document_symbol_support")
