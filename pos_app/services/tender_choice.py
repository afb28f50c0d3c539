"""Which tender was chosen, and what may be kept of its reference."""

from __future__ import annotations

from pos_app.domain.ledger_tenders import LEDGER_TENDERS
from pos_app.domain.tender import LEDGER_KINDS, TenderKind, TenderType
from pos_app.errors import UserError
from pos_app.services.desk import Desk
from pos_app.services.payment_secrets import holds_card_number
from pos_app.services.typed_text import typed_text

REFERENCE_LIMIT = 40
#: ISO/IEC 7812: a card number has 12 digits at least, a phone's payment code 16;
#: the till must never hold either, whatever is typed around them (law 14).
SECRET_DIGITS = 12
_SECRET_KINDS = frozenset({TenderKind.CARD, TenderKind.CODE})


def tender_type(desk: Desk, key: str) -> TenderType:
    """Return the tender type of `key`.

    Raises:
        UserError: "tender_unknown".
    """
    for kind in (*desk.catalog.tender_types(), *LEDGER_TENDERS):
        if kind.key == key:
            return kind
    raise UserError("tender_unknown", tender=key[:20])


def known_tenders(desk: Desk) -> tuple[TenderType, ...]:
    """Return all tenders that a document may name, those of own ledgers too."""
    return (*desk.catalog.known_tenders(), *LEDGER_TENDERS)


def refuse_ledger_kind(kind: TenderType) -> None:
    """Refuse a tender that only its own ledger takes: somebody typed its key.

    Raises:
        UserError: "tender_unknown".
    """
    if kind.kind in LEDGER_KINDS:
        raise UserError("tender_unknown", tender=kind.name)


def clean_reference(kind: TenderType, reference: str) -> str:
    """Return a reference as it is kept.

    Refuses a missing one, a card number with whatever tender, and anything that
    could be one or a phone's payment code with a card or a phone.

    Raises:
        UserError: "reference_missing", "reference_is_card_number",
            "reference_too_long".

    Source: PCI DSS 3.5; the till never holds a primary account number.
    """
    text = typed_text(reference, len(reference))
    if kind.asks_reference and not text:
        raise UserError("reference_missing", tender=kind.name)
    digits = sum(c.isdigit() for c in text)
    is_secret = kind.kind in _SECRET_KINDS and digits >= SECRET_DIGITS
    if is_secret or holds_card_number(text):
        raise UserError("reference_is_card_number")
    if len(text) > REFERENCE_LIMIT:
        raise UserError("reference_too_long", limit=REFERENCE_LIMIT)
    return text
