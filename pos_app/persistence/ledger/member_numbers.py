"""How members are written in rows: numbers, digests and kinds of what finds them."""

from __future__ import annotations

from enum import IntEnum

_SIGN = 1 << 63
_WHOLE = 1 << 64
#: Bytes of a digest in `member_index`. Eight million rows stay small; what is found
#: is looked at again in the profile.
SHORT_BYTES = 8


class IndexKind(IntEnum):
    """What a row of `member_index` is found by."""

    LAST_FOUR = 1
    NAME = 2
    BIRTHDAY = 3


def stored(number: int) -> int:
    """Return 64 bits as the signed integer that SQLite keeps."""
    return number - _WHOLE if number >= _SIGN else number


def number_of(stored_number: int) -> int:
    """Return the 64 bits of a stored number."""
    return stored_number % _WHOLE


def short(digest: bytes) -> bytes:
    """Return as much of a digest as `member_index` keeps."""
    return digest[:SHORT_BYTES]
