"""A disk that forgets: an SQLite VFS that drops what was not synced before a cut.

For each file it keeps the bytes as of the last sync and the writes since. `cut`
leaves a folder as it would be found after the power came back: without the unsynced
writes, or with a random half of their sectors ("torn", which is also reordered).
Directory entries follow ext4: an unlink is durable with the next sync of any file.

apsw carries its own SQLite, so this proves the pragmas and the till's own SQL, not
the SQLCipher build.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import apsw
from typing_extensions import override

SECTOR_BYTES = 512
NAME = "power-cut"


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes written at an offset; without bytes, the file cut to that length."""

    offset: int
    content: bytes | None


@dataclass(slots=True)
class OnDisk:
    """One file: what is surely on the disk, and what is on its way."""

    synced: bytes
    unsynced: list[Piece] = field(default_factory=list)
    is_unlinked: bool = False

    def content(self, kept: list[Piece]) -> bytes:
        """Return the synced bytes with some pieces written over them."""
        image = bytearray(self.synced)
        for piece in kept:
            if piece.content is None:
                del image[piece.offset :]
                image.extend(bytes(piece.offset - len(image)))
                continue
            end = piece.offset + len(piece.content)
            image.extend(bytes(max(0, end - len(image))))
            image[piece.offset : end] = piece.content
        return bytes(image)

    def sync(self) -> None:
        """Make everything durable."""
        self.synced, self.unsynced = self.content(self.unsynced), []


class ForgetfulDisk(apsw.VFS):
    """The VFS; open databases with `vfs=NAME` while it lives."""

    def __init__(self) -> None:
        self.files: dict[str, OnDisk] = {}
        #: Called before each sync: the moment at which a cut hurts most.
        self.before_sync: Callable[[], None] | None = None
        #: Called after each write, before anything is synced.
        self.after_write: Callable[[], None] | None = None
        super().__init__(NAME, "")

    @override
    def xOpen(self, name, flags):
        """Open a file through the system's own VFS and watch it."""
        return _WatchedFile(self, name, flags)

    @override
    def xDelete(self, filename: str, syncdir: bool) -> None:
        """Unlink a file; it may come back after a cut unless the folder is synced."""
        super().xDelete(filename, syncdir)
        if filename in self.files:
            if syncdir:
                del self.files[filename]
            else:
                self.files[filename].is_unlinked = True

    def synced(self, name: str) -> None:
        """Make one file durable, and with it the journalled unlinks."""
        self.files[name].sync()
        for gone in [n for n, file in self.files.items() if file.is_unlinked]:
            del self.files[gone]

    def cut(self, folder: Path, draw: random.Random | None) -> None:
        """Write the files as a power cut now would leave them.

        Args:
            folder: where to; emptied first.
            draw: which half of the unsynced sectors survives; None keeps none.
        """
        folder.mkdir(exist_ok=True)
        for left in folder.iterdir():
            left.unlink()
        for name, file in self.files.items():
            if name.endswith("-shm") or (
                file.is_unlinked and draw and draw.getrandbits(1)
            ):
                continue
            kept = [p for p in _sectors(file.unsynced) if draw and draw.getrandbits(1)]
            (folder / Path(name).name).write_bytes(file.content(kept))


class _WatchedFile(apsw.VFSFile):
    def __init__(self, disk: ForgetfulDisk, name, flags) -> None:
        super().__init__("", name, flags)
        plain = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._disk, self._name = disk, plain or ""
        if plain and plain not in disk.files:
            path = Path(plain)
            disk.files[plain] = OnDisk(path.read_bytes() if path.exists() else b"")

    @override
    def xWrite(self, data: bytes, offset: int) -> None:
        super().xWrite(data, offset)
        self._add(Piece(offset, bytes(data)))

    @override
    def xTruncate(self, newsize: int) -> None:
        super().xTruncate(newsize)
        self._add(Piece(newsize, None))

    @override
    def xSync(self, flags: int) -> None:
        if self._disk.before_sync is not None:
            self._disk.before_sync()
        super().xSync(flags)
        if self._name:
            self._disk.synced(self._name)

    def _add(self, piece: Piece) -> None:
        if self._name:
            self._disk.files[self._name].unsynced.append(piece)
            if self._disk.after_write is not None:
                self._disk.after_write()


def _sectors(pieces: list[Piece]) -> list[Piece]:
    """Split writes into the sectors that a disk writes whole."""
    found: list[Piece] = []
    for piece in pieces:
        if piece.content is None:
            found.append(piece)
            continue
        for start in range(0, len(piece.content), SECTOR_BYTES):
            content = piece.content[start : start + SECTOR_BYTES]
            found.append(Piece(piece.offset + start, content))
    return found
