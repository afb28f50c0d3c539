"""Why goods are wasted or their stock is put right: the shop's reasons, or these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos_app.domain.stock_document import REASON_USE, StockKind
from pos_app.i18n import LANGUAGES, N_, Words
from pos_app.ports.catalog import Reason
from pos_app.services.desk import Desk

#: What a shop that set up no reasons of its own chooses from: key and words.
_USUAL: Mapping[StockKind, tuple[tuple[str, str], ...]] = {
    StockKind.WASTED: (
        ("expired", N_("Out of date")),
        ("broken", N_("Broken or spoilt")),
        ("own_use", N_("Used in the shop")),
        ("sample", N_("Sample or tasting")),
        ("stolen", N_("Stolen")),
        ("waste_other", N_("Another reason")),
    ),
    StockKind.ADJUSTED: (
        ("miscounted", N_("Counted wrong")),
        ("found", N_("Found again")),
        ("missing", N_("Missing")),
        ("wrong_item", N_("Booked to the wrong item")),
        ("opening", N_("Opening stock")),
        ("adjust_other", N_("Another reason")),
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


def with_usual(known: Sequence[Reason], language: str) -> tuple[Reason, ...]:
    """Return a shop's reasons, and the usual ones for a use that it has none of.

    They are where the shop begins: its first change of them stores them all.
    """
    uses, taken = {x.use for x in known}, {x.key for x in known}
    usual = (
        Reason(key, use, Words(language)(text), _in_others(text, language))
        for kind, use in REASON_USE.items()
        for key, text in _USUAL[kind]
        if use not in uses and key not in taken
    )
    return (*known, *usual)


def _in_others(text: str, language: str) -> tuple[tuple[str, str], ...]:
    return tuple((tag, Words(tag)(text)) for tag in LANGUAGES if tag != language)


def reason_words(desk: Desk, kind: StockKind, key: str, language: str) -> str:
    """Return what a stored reason is called, one no longer offered too."""
    return reason_names(desk, kind, language).get(key, key)


def reason_names(desk: Desk, kind: StockKind, language: str) -> dict[str, str]:
    """Return what every reason is called that a document of a kind may hold.

    Those switched off, too; and the usual ones, for a shop that made its own later.
    """
    use = REASON_USE.get(kind)
    known = desk.catalog.known_reasons()
    own = {x.key: x.name_in(language) for x in known if x.use == use}
    return dict(usual_reasons(kind, language)) | own
