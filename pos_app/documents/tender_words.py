"""What a tender is called on a slip."""

from __future__ import annotations

from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.i18n import Words


def tender_title(tender: TenderLine, name: str, words: Words) -> str:
    """Name a tender on a slip: its tail, and whether a provider confirmed it.

    Only the last four characters of a reference are printed; a customer's slip
    ends in the street (PCI DSS 3.4 allows the last four).
    """
    title = name
    if tender.reference:
        title += f" *{tender.reference[-4:]}"
    has_provider = tender.kind in (TenderKind.CARD, TenderKind.CODE)
    if has_provider and not tender.is_verified:
        title += " " + words("(not verified)")
    return title
