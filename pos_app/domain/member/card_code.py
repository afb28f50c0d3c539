"""Static member codes: "M", thirteen characters and one that checks them.

They begin with a letter, so that no scanner takes one for the digits of a payment
code, and no payment code for a member. Anybody can copy one: it recognises weakly.
"""

from __future__ import annotations

import unicodedata

from pos_app.errors import UserError

#: Crockford's base 32: no I, L, O, U to mistake by hand.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CARD_LETTER = "M"
#: Before the code on a pass in a phone's wallet, so that it is known for one.
WALLET_LETTER = "W"
#: 65 bits, of which a member's number takes 64.
DATA_CHARACTERS = 13
CODE_CHARACTERS = len(CARD_LETTER) + DATA_CHARACTERS + 1
NUMBER_BITS = 64
_MISREAD = str.maketrans("OIL", "011")
#: GF(32) by x^5 + x^2 + 1, in which x is a generator of the 31 non-zero elements.
_FIELD_POLYNOMIAL = 0b100101


def member_number(entropy: bytes) -> int:
    """Return the number of a new member or card: 64 random bits, never zero.

    Args:
        entropy: eight random bytes; a number that can be guessed could be scanned.
    """
    assert len(entropy) == NUMBER_BITS // 8
    return int.from_bytes(entropy, "big") or 1


def write_card(number: int) -> str:
    """Return the code of a number: "M0123456789ABCX", fifteen characters."""
    assert 0 < number < 1 << NUMBER_BITS
    places = reversed(range(DATA_CHARACTERS))
    digits = [number >> 5 * place & 31 for place in places]
    return CARD_LETTER + "".join(ALPHABET[d] for d in (*digits, _check(digits)))


def is_card(code: str) -> bool:
    """Tell whether a code has the shape of a member's static code."""
    plain = _plain(code)
    return (
        len(plain) == CODE_CHARACTERS
        and plain[0] == CARD_LETTER
        and all(sign in ALPHABET for sign in plain[1:])
    )


def read_card(code: str) -> int:
    """Return the number of a static code, scanned or typed with blanks and hyphens.

    Raises:
        UserError: "member_card_shape", or "member_card_mistyped" when the check
            character disagrees: one sign is wrong or two changed places.
    """
    if not is_card(code):
        raise UserError("member_card_shape")
    *digits, check = (ALPHABET.index(sign) for sign in _plain(code)[1:])
    number = 0
    for digit in digits:
        number = number << 5 | digit
    if _check(digits) != check or not 0 < number < 1 << NUMBER_BITS:
        raise UserError("member_card_mistyped")
    return number


def card_of_pass(code: str) -> str:
    """Return the static code in a wallet pass; "" for what is none."""
    plain = code.strip().upper()
    card = plain[len(WALLET_LETTER) :]
    return card if plain.startswith(WALLET_LETTER) and is_card(card) else ""


def _plain(code: str) -> str:
    text = unicodedata.normalize("NFKC", code).upper()
    kept = "".join(sign for sign in text if not sign.isspace() and sign != "-")
    return kept[:1] + kept[1:].translate(_MISREAD)


def _check(digits: list[int]) -> int:
    """Sum the digits, each times its own power of x.

    Different powers catch every wrong character and every swap of two.
    """
    result = 0
    for digit in digits:
        doubled = (result ^ digit) << 1
        result = doubled ^ _FIELD_POLYNOMIAL if doubled & 32 else doubled
    return result
