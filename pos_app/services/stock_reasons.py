"""Why goods are wasted or their stock is put right: the shop's reasons, or these."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.domain.stock_document import REASON_USE, StockKind
from pos_app.i18n import N_, Words
from pos_app.services.desk import Desk

#: What a shop that set up no reasons of its own chooses from: key and words.
_USUAL: Mapping[StockKind, tuple[tuple[str, str], ...]] = {
    StockKind.WASTED: (
        ("expired", N_("Out of date")),
        ("broken", N_("Broken or spoilt")),
        ("own_use", N_("Used in the shop")),
        ("sample", N_("Sample or tasting")),
        ("stolen", N_("Stolen")),
        ("other", N_("Another reason")),
    ),
    StockKind.ADJUSTED: (
        ("miscounted", N_("Counted wrong")),
        ("found", N_("Found again")),
        ("missing", N_("Missing")),
        ("wrong_item", N_("Booked to the wrong item")),
        ("opening", N_("Opening stock")),
        ("other", N_("Another reason")),
    ),
}


def stock_reasons(
    desk: Desk, kind: StockKind, language: str
) -> tuple[tuple[str, str], ...]:
    """Return (key, words) of the reasons that a kind may have; none for goods received.

    Args:
        desk: of the shop.
        kind: of the document.
        language: of the words.
    """
    use = REASON_USE.get(kind)
    if use is None:
        return ()
    own = [(x.key, x.name_in(language)) for x in desk.catalog.reasons(use)]
    return tuple(own) or usual_reasons(kind, language)


def usual_reasons(kind: StockKind, language: str) -> tuple[tuple[str, str], ...]:
    """Return the reasons of a shop that has none of its own."""
    words = Words(language)
    return tuple((key, words(text)) for key, text in _USUAL.get(kind, ()))


def reason_words(desk: Desk, kind: StockKind, key: str, language: str) -> str:
    """Return what a stored reason is called, one no longer offered too."""
    told = dict(usual_reasons(kind, language)) | dict(
        stock_reasons(desk, kind, language)
    )
    return told.get(key, key)
