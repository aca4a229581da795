"""What pygls would do otherwise: texts of files, requests that make no sense, refusals."""

from __future__ import annotations

import logging
from collections.abc import Generator
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidRequest
from pygls.protocol import LanguageServerProtocol, lsp_method


class Refused(JsonRpcException):
    """An error of qtauthor, as the answer to a request."""

    CODE = types.LSPErrorCodes.RequestFailed
    MESSAGE = "Refused"


def silence_refusals() -> None:
    """Keep pygls from logging refusals as if something broke: the user is told."""
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_no_refusal)


def _is_no_refusal(record: logging.LogRecord) -> bool:
    return not (record.exc_info and isinstance(record.exc_info[1], Refused))


class Protocol(LanguageServerProtocol):
    """Leaves the texts of open files to `buffers`: pygls breaks lines where LSP has none.

    A request that cannot be understood, or comes after the last one, is answered, too. What else
    comes after that one, such as the editor's answers to what it was asked, means nothing.
    """

    def structure_message(self, data: dict[str, Any]) -> Any:
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self._send_response(data["id"], error=error.to_response_error())
            raise

    def handle_message(self, message: Any) -> None:
        asked = hasattr(message, "id") and hasattr(message, "method")
        if self._shutdown and asked:
            self._send_response(message.id, error=JsonRpcInvalidRequest().to_response_error())
            return
        if self._shutdown and getattr(message, "method", "") != types.EXIT:
            return
        super().handle_message(message)

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: Any) -> Generator[Any, Any, None]:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: Any) -> Generator[Any, Any, None]:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: Any) -> Generator[Any, Any, None]:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None
