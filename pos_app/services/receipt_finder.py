"""Finds the receipt that goods come back with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pos_app.domain.sale import Sale
from pos_app.errors import UserError
from pos_app.ports.returns import ReceiptFound
from pos_app.services.credentials import is_badge
from pos_app.services.desk import Desk
from pos_app.services.payment_secrets import holds_payment_code
from pos_app.services.typed_text import typed_text
from pos_app.values.times import BusinessDay

FOUND_LIMIT = 50
TEXT_LIMIT = 60
#: As the slip's QR code names a sale: a UUID as a URN (RFC 9562).
_URN = "urn:uuid:"
_NUMBER = re.compile(r"[0-9A-Z]+-[A-Z]+-[0-9]+")
_SERIAL_DIGITS = 9
_REFERENCE_END = 4


class ReceiptFinder:
    """Looks receipts up; everything local and indexed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def by_code(self, code: str) -> tuple[ReceiptFound, ...]:
        """Find what was scanned or typed: QR code, number, serial, end of a card.

        Args:
            code: "02-A-000162", "162", "urn:uuid:…", or the last four characters
                of a tender's reference; in that order, newest first.

        Raises:
            UserError: "receipt_unknown" with what was read and this till's number;
                a slip of another shop or till ends here.
        """
        text = typed_text(code, TEXT_LIMIT)
        sale = self._named(text)
        if sale is not None:
            return (found_of(sale),)
        found: list[ReceiptFound] = []
        if text.isascii() and text.isdigit() and len(text) <= _SERIAL_DIGITS:
            found += self._desk.ledger.returns.receipts_by_serial(int(text))
        if len(text) >= _REFERENCE_END and not _NUMBER.fullmatch(text.upper()):
            found += self.by_reference(text)
        if not found:
            till = self._desk.shop.till
            raise UserError("receipt_unknown", number=_said(text), till=till)
        return tuple({each.sale_id: each for each in found}.values())

    def on_day(self, day: BusinessDay) -> Sequence[ReceiptFound]:
        """Return the sales of a business day, newest first."""
        return self._desk.ledger.returns.receipts_of_day(day, FOUND_LIMIT)

    def by_reference(self, reference: str) -> Sequence[ReceiptFound]:
        """Return sales by the end of a card or a voucher's number, newest first."""
        end = typed_text(reference, TEXT_LIMIT)[-_REFERENCE_END:]
        if not end:
            return ()
        return self._desk.ledger.returns.receipts_by_reference(end, FOUND_LIMIT)

    def with_item(self, item_id: str) -> Sequence[ReceiptFound]:
        """Return the sales in which an item was sold, newest first."""
        return self._desk.ledger.returns.receipts_of_item(item_id, FOUND_LIMIT)

    def _named(self, text: str) -> Sale | None:
        ledger = self._desk.ledger
        if text.lower().startswith(_URN):
            return ledger.sale(text[len(_URN) :].strip().lower())
        if _NUMBER.fullmatch(text.upper()):
            return ledger.sale_by_number(text.upper())
        return None


def _said(text: str) -> str:
    """Return what was read as it may be said: no badge, no card or payment code."""
    if is_badge(text) or holds_payment_code(text):
        return "…" + text[-_REFERENCE_END:]
    return text[:40]


def found_of(sale: Sale) -> ReceiptFound:
    """Return a sale as a line of a list of receipts."""
    return ReceiptFound(
        sale_id=sale.sale_id,
        number=sale.number,
        business_day=sale.business_day,
        ended_at=sale.ended_at,
        cashier_name=sale.cashier_name,
        total_minor=sale.priced.total_minor,
        item_count=sale.priced.item_count,
        returned_minor=sale.returned_minor,
        reverses=sale.reverses,
        tender_keys=tuple(dict.fromkeys(tender.key for tender in sale.tenders)),
    )
