"""Trade item numbers: one key for GTIN-8, -12, -13 and -14, and UPC-E expansion.

A code is compared as a number: 036000291452 (UPC-A), 0036000291452 (as EAN-13)
and 00036000291452 (as GTIN-14) are one item.
"""

from __future__ import annotations

import unicodedata

from pos_app.values.gs1.check_digit import (
    check_digit,
    has_valid_check_digit,
    is_digits,
)

GTIN_LENGTHS = frozenset({8, 12, 13, 14})
KEY_DIGITS = 14
#: A code longer than this is no barcode of a shop; bounds all matching.
CODE_LIMIT = 128


def clean_code(text: str) -> str:
    """Fold what a scanner, a file or an input method wrote to a plain code.

    Full-width digits become ASCII (NFKC); blanks around and control characters
    inside are dropped; GS (0x1D) stays, it separates GS1 element strings.
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if not plain.isprintable():
        plain = "".join(c for c in plain if c.isprintable() or c == "\x1d")
    return plain.strip()[:CODE_LIMIT]


def barcode_key(code: str) -> str:
    """Return the form in which barcodes are stored and compared.

    Args:
        code: as scanned or typed, already cleaned.

    Returns:
        Fourteen digits for anything that may be a GTIN (8, 12, 13 or 14 digits;
        the check digit does not matter, shops carry wrong ones), else the code.
    """
    if len(code) in GTIN_LENGTHS and is_digits(code):
        return code.rjust(KEY_DIGITS, "0")
    return code


def display_code(key: str) -> str:
    """Return a key as people know it: EAN-8, EAN-13, or GTIN-14 for a box."""
    if len(key) != KEY_DIGITS or not is_digits(key):
        return key
    if key.startswith("000000") and key.strip("0"):
        return key[6:]
    return key.removeprefix("0")


def is_gtin(code: str) -> bool:
    """Tell whether `code` is a GTIN: right length, digits, right check digit."""
    return len(code) in GTIN_LENGTHS and has_valid_check_digit(code)


def expand_upc_e(code: str) -> str | None:
    """Return the UPC-A that a UPC-E stands for; None when it is no UPC-E.

    Args:
        code: six digits (number system 0, no check digit), seven (number
            system and six), or eight (with check digit).

    Source: GS1 General Specifications 5.2.2.4.2 (zero suppression).
    """
    if not is_digits(code) or len(code) not in (6, 7, 8):
        return None
    system, body = ("0", code) if len(code) == 6 else (code[0], code[1:7])
    if system not in "01":
        return None
    last = body[5]
    if last in "012":
        payload = f"{system}{body[:2]}{last}0000{body[2:5]}"
    elif last == "3":
        payload = f"{system}{body[:3]}00000{body[3:5]}"
    elif last == "4":
        payload = f"{system}{body[:4]}00000{body[4]}"
    else:
        payload = f"{system}{body[:5]}0000{last}"
    check = check_digit(payload)
    return None if len(code) == 8 and code[7] != check else payload + check


def look_up_keys(code: str) -> tuple[str, ...]:
    """Return the keys under which a scanned code may stand, best first.

    Eight digits are a GTIN-8 first; where a shop filed the UPC-A instead, the
    expanded UPC-E is tried next (its eight printed digits look the same). Price
    files that went through a spreadsheet have lost leading zeros (11210000155 for
    011210000155), so a number is looked up without them, and with them, last.
    """
    keys = [barcode_key(code)]
    upc_a = expand_upc_e(code) if len(code) == 8 else None
    if upc_a is not None:
        keys.append(barcode_key(upc_a))
    if not is_digits(code):
        return tuple(keys)
    bare = code.lstrip("0")
    if len(code) in GTIN_LENGTHS and has_lost_zeros(bare):
        keys.append(bare)
    elif has_lost_zeros(code):
        keys.append(code.rjust(KEY_DIGITS, "0"))
    return tuple(keys)


def has_lost_zeros(code: str) -> bool:
    """Tell whether a number looks like a GTIN-12 or -13 without its zeros.

    Nine to eleven digits whose check digit is right, which zeros before it do not
    change; one number in ten is right by chance, so this is a hint only.
    """
    return len(code) in (9, 10, 11) and has_valid_check_digit(code)
