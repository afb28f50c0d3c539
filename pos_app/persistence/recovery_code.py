"""The recovery code: printed once at set-up, typed when the key store is lost.

Thirty-two characters in eight groups of four, Crockford's base 32 (no I, L, O, U:
nothing to mistake by hand). Two groups make a part: seven random characters and
a check character, so a slip of the pen is named by its part. 140 bits are random.

Source: https://www.crockford.com/base32.html
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from pos_app.errors import StorageError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PARTS = 4
PART_CHARACTERS = 8
GROUP_CHARACTERS = 4
RANDOM_BYTES = 18  # 144 bits, of which 140 are written
_DATA_CHARACTERS = PART_CHARACTERS - 1
_MISREAD = str.maketrans("OIL", "011")
#: GF(32) by x^5 + x^2 + 1, in which x is a generator of the 31 non-zero elements.
_FIELD_POLYNOMIAL = 0b100101


def write_code(secret: bytes) -> str:
    """Write random bytes as a code: "7K2M-9QXA-…", eight groups.

    Args:
        secret: RANDOM_BYTES from the system's source.
    """
    assert len(secret) == RANDOM_BYTES
    number = int.from_bytes(secret, "big") >> 4
    count = PARTS * _DATA_CHARACTERS
    digits = [number >> 5 * place & 31 for place in reversed(range(count))]
    text = "".join(_with_check(digits, part) for part in range(PARTS))
    groups = range(0, len(text), GROUP_CHARACTERS)
    return "-".join(text[at : at + GROUP_CHARACTERS] for at in groups)


def read_code(typed: str) -> str:
    """Return the code in its one written form, hyphens left out.

    Small letters, full-width characters, spaces, hyphens, O for 0 and I or L for
    1 are understood.

    Raises:
        StorageError: "recovery_code_length" with `found`, or
            "recovery_code_mistyped" with the numbers of the groups to look at.
    """
    plain = unicodedata.normalize("NFKC", typed).upper()
    kept = "".join(sign for sign in plain if sign.isalnum()).translate(_MISREAD)
    if len(kept) != PARTS * PART_CHARACTERS:
        raise StorageError(
            "recovery_code_length",
            found=len(kept),
            wanted=PARTS * PART_CHARACTERS,
        )
    for part in range(PARTS):
        written = kept[part * PART_CHARACTERS : (part + 1) * PART_CHARACTERS]
        if not _is_sound(written, part):
            first = 2 * part + 1
            raise StorageError("recovery_code_mistyped", first=first, second=first + 1)
    return kept


def _with_check(digits: Sequence[int], part: int) -> str:
    data = digits[part * _DATA_CHARACTERS : (part + 1) * _DATA_CHARACTERS]
    return "".join(ALPHABET[digit] for digit in (*data, _check(data, part)))


def _is_sound(written: str, part: int) -> bool:
    if any(sign not in ALPHABET for sign in written):
        return False
    *data, check = (ALPHABET.index(sign) for sign in written)
    return _check(data, part) == check


def _check(data: Sequence[int], part: int) -> int:
    """Sum the digits, each times its own power of x, the part's number included.

    Different powers catch every wrong character, every swap of two characters
    and two parts written in each other's place.
    """
    result = 0
    for digit in (part + 1, *data):
        result = _times_x(result ^ digit)
    return result


def _times_x(element: int) -> int:
    doubled = element << 1
    return doubled ^ _FIELD_POLYNOMIAL if doubled & 32 else doubled
