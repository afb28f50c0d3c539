"""Documents are stored compressed: four fifths of a ledger are JSON that says the same.

A packed value begins with the number of the words that it was packed with; whatever
is older, or too short to gain by it, is stored plain and begins with "{". Hashes stay
over the plain bytes. The words of a number never change: databases are read by them.
"""

from __future__ import annotations

import zlib
from functools import cache
from typing import Any

from sqlalchemy import LargeBinary, Text
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from pos_app.resources import resource_path

#: The words that are packed with; their number is the first byte.
NEWEST_WORDS = 1
_KNOWN = frozenset({1})
#: What is shorter stays as it is.
_LEAST_BYTES = 64
_RAW_WINDOW, _LEVEL, _MEMORY = -15, 6, 9


@cache
def words(number: int) -> bytes:
    """Return the words of a number: what most documents have in common."""
    text = resource_path("packing", f"{number}.txt").read_text(encoding="utf-8")
    return "".join(text.splitlines()).encode()


@cache
def _packer() -> Any:
    """Return a compressor that knows the words; copying it is quicker than making it."""
    known = words(NEWEST_WORDS)
    default = zlib.Z_DEFAULT_STRATEGY
    return zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW_WINDOW, _MEMORY, default, known)


def pack(plain: bytes) -> bytes:
    """Return bytes packed, or as they are where that is shorter."""
    if len(plain) < _LEAST_BYTES:
        return plain
    packer = _packer().copy()
    packed = bytes((NEWEST_WORDS,)) + packer.compress(plain) + packer.flush()
    return packed if len(packed) < len(plain) else plain


def unpack(stored: bytes) -> bytes:
    """Return what was packed, or bytes as they are where they are not.

    What is damaged comes back as it is stored: its hash tells, or its reader.
    """
    if not stored or stored[0] not in _KNOWN:
        return stored
    unpacker = zlib.decompressobj(_RAW_WINDOW, words(stored[0]))
    try:
        plain = unpacker.decompress(stored[1:])
    except zlib.error:
        return stored
    return plain if unpacker.eof and not unpacker.unused_data else stored


def plain_text(stored: object) -> object:
    """Return the text of a stored document; SQL calls it as plain(column)."""
    if isinstance(stored, bytes):
        return unpack(stored).decode("utf-8", "replace")
    return stored


class PackedBytes(TypeDecorator[bytes]):
    """A column of documents as bytes."""

    impl = LargeBinary
    cache_ok = True

    @override
    def process_bind_param(self, value: bytes | None, dialect: Any) -> bytes | None:
        """Pack what is written."""
        del dialect
        return None if value is None else pack(value)

    @override
    def process_result_value(self, value: Any, dialect: Any) -> Any:
        """Unpack what is read."""
        del dialect
        return unpack(value) if isinstance(value, bytes) else value


class PackedText(TypeDecorator[str]):
    """A column of documents as text; what gained nothing stays text."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: str | None, dialect: Any) -> Any:
        """Pack what is written."""
        del dialect
        if value is None:
            return None
        plain = value.encode()
        packed = pack(plain)
        return value if packed is plain else packed

    @override
    def process_result_value(self, value: Any, dialect: Any) -> Any:
        """Unpack what is read."""
        del dialect
        return plain_text(value)
