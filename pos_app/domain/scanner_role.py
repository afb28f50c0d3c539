"""What a scanner at the counter is for."""

from __future__ import annotations

from enum import StrEnum

#: The option of a scanner's settings that says it.
ROLE_OPTION = "role"


class ScannerRole(StrEnum):
    """What becomes of the codes that one scanner reads."""

    SALE = "sale"
    PRICE_CHECK = "price_check"  # looked up, never sold: a scanner for customers


def role_of(value: object) -> ScannerRole:
    """Return the role that settings say; a scanner sells unless it says otherwise."""
    is_check = value == ScannerRole.PRICE_CHECK.value
    return ScannerRole.PRICE_CHECK if is_check else ScannerRole.SALE
