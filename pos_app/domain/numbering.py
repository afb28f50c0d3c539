"""Human numbers: till, series, serial; gapless, never reset (law 4)."""

from __future__ import annotations

import re

from pos_app.domain.sale import DocumentKind

#: An epoch's letters and a document's never mix, or epoch 48 would number its sales
#: as epoch 1 its voids. C, R, V, X and Z are kept for kinds of documents.
_EPOCH_LETTERS = "ABDEFGHIJKLMNOPQSTUWY"
#: As many series may follow a restore: four letters, a few more after several.
EPOCH_CHANCES = 100_000
_SUFFIX = {
    DocumentKind.SALE: "",
    DocumentKind.VOID: "V",
    DocumentKind.TENDER_CORRECTION: "C",
    DocumentKind.CASH_MOVE: "CM",
    DocumentKind.PARKED: "R",
    DocumentKind.SHIFT: "X",
    DocumentKind.Z_REPORT: "Z",
    # Two letters, of which the first is kept for kinds of documents.
    DocumentKind.GOODS_RECEIVED: "RG",
    DocumentKind.GOODS_WASTED: "RW",
    DocumentKind.STOCK_ADJUSTED: "RA",
    DocumentKind.VALUE_SOLD: "VS",
    DocumentKind.VALUE_REFUNDED: "VR",
}

_PARKED_NUMBER = re.compile(rf"[^-]{{1,12}}-[{_EPOCH_LETTERS}]+R-[0-9]{{6,12}}")


def series_of(epoch: int, kind: DocumentKind) -> str:
    """Return the series of a kind of document in an epoch: A, AV, AC, B.

    A restored till starts a new epoch and so a new series: no number can be
    given out twice, whatever the backup remembered.
    """
    assert epoch >= 1
    letters = ""
    rest = epoch
    while rest:
        rest, digit = divmod(rest - 1, len(_EPOCH_LETTERS))
        letters = _EPOCH_LETTERS[digit] + letters
    return letters + _SUFFIX[kind]


def restored_epoch(newest: int, chance: int) -> int:
    """Return the epoch that a restored till begins.

    A copy of a shop may be restored twice without the two tills ever seeing each
    other: two copies of one stick, one backup on two machines. Chance alone can then
    keep their series apart; one pair in a hundred thousand draws the same.

    Args:
        newest: the newest epoch that anybody is known to have begun.
        chance: drawn evenly from range(EPOCH_CHANCES).
    """
    assert newest >= 1
    assert 0 <= chance < EPOCH_CHANCES
    return newest + 1 + chance


def document_number(till: str, series: str, serial: int) -> str:
    """Return the number printed on the slip: "02-A-000162"."""
    assert serial >= 1
    return f"{till}-{series}-{serial:06d}"


def is_parked_number(text: str) -> bool:
    """Tell whether a text is the number of a parked slip, of whatever till."""
    return _PARKED_NUMBER.fullmatch(text) is not None
