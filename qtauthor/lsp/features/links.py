"""Document links: the urls and ids of related blocks, each leading to its article."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from qtauthor.content.links import written_blocks
from qtauthor.lsp.feature import Feature
from qtauthor.lsp.session import RequestContext, RequestFile


def links(
    work: RequestContext, params: types.DocumentLinkParams
) -> list[types.DocumentLink] | None:
    """The links of an article that lead somewhere."""
    target = work.target(params.text_document.uri)
    return None if target is None else list(_links(work, target))


def _links(work: RequestContext, target: RequestFile) -> Iterator[types.DocumentLink]:
    for block in written_blocks.written(target.text):
        meant = written_blocks.meant(target.site, block)
        same = written_blocks.with_its_id(target.site, block)
        for name, entry in (("id", same[0] if same else None), ("url", meant)):
            part = block.members.get(name)
            if part is not None and entry is not None:
                yield types.DocumentLink(
                    target.range(part.start, part.end),
                    work.file(target.site, entry.path).uri,
                    entry.title,
                )


FEATURE = Feature(
    "document_link",
    {types.TEXT_DOCUMENT_DOCUMENT_LINK: (links, types.DocumentLinkOptions(resolve_provider=False))},
)
