"""A site's files with the open ones over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from qtauthor.content.source import DiskSource, Stamp
from qtauthor.lsp.buffers import Buffer


class BufferedSource:
    """Remembers how the disk was when it was last listed, to tell whether it changed: `renew`."""

    def __init__(self, root: Path, disk: DiskSource | None = None) -> None:
        self.disk = disk or DiskSource(root)
        self.open: Mapping[str, Buffer] = {}
        self._stamps: dict[str, dict[str, Stamp]] = {}

    def renew(self) -> bool:
        """Look at the disk now; gives whether it changed since the last look."""
        before = self._stamps
        self._stamps = {folder: self.disk.stamps(folder) for folder in before}
        return self._stamps != before

    def read(self, path: str) -> bytes:
        buffer = self.open.get(path)
        return self.disk.read(path) if buffer is None else buffer.data

    def exists(self, path: str) -> bool:
        return path in self.open or self.disk.exists(path)

    def articles(self, folder: str) -> Iterator[str]:
        new = {path for path in self.open if path.startswith(f"{folder}/")}
        yield from sorted({*self.disk.articles(folder), *new}, key=lambda path: path.split("/"))

    def stamps(self, folder: str) -> dict[str, Stamp]:
        found = self._stamps[folder] = self.disk.stamps(folder)
        return found

    def read_stamped(self, path: str) -> tuple[Stamp, bytes]:
        return self.disk.read_stamped(path)

    def device(self, folder: str) -> int | None:
        return self.disk.device(folder)

    def buffers(self) -> Mapping[str, int]:
        return {path: buffer.serial for path, buffer in self.open.items()}

    def is_unsaved(self, path: str) -> bool:
        """Whether the editor holds something else than the disk."""
        buffer = self.open.get(path)
        if buffer is None:
            return False
        return not self.disk.exists(path) or self.disk.read(path) != buffer.data
