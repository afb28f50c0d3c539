"""Identities: UUIDv7 (RFC 9562), made on the till."""

from __future__ import annotations

from uuid import UUID

ENTROPY_BYTES = 10


def uuid7(unix_ms: int, entropy: bytes) -> str:
    """Make a UUIDv7 from a time and random bytes.

    Args:
        unix_ms: milliseconds since 1970-01-01 UTC.
        entropy: ten random bytes from the caller's source.

    Returns:
        The canonical text form, 36 characters, sortable by time.

    Source: RFC 9562 section 5.7.
    """
    assert len(entropy) == ENTROPY_BYTES
    assert 0 <= unix_ms < 1 << 48
    value = unix_ms << 80 | int.from_bytes(entropy, "big")
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=value))
