"""Documents beside the sale: a voided basket, a corrected tender."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.basket import BasketLine
from pos_app.domain.tender import TenderKind
from pos_app.values.times import BusinessDay, Timestamp


@dataclass(frozen=True, slots=True)
class VoidedSale:
    """An open basket given up as a whole; nothing was sold.

    Attributes:
        sale_id: the basket's id. number: from the series of voids.
        till, cashier_id, cashier_name, business_day, ended_at: who and when.
        reason: key of the reason. lines: what lay in the basket.
        total_minor: what it would have cost, minor units.
        shift_id: of the shift that it counts in; "" before there were shifts.
    """

    sale_id: str
    number: str
    till: str
    cashier_id: str
    cashier_name: str
    business_day: BusinessDay
    ended_at: Timestamp
    reason: str
    lines: tuple[BasketLine, ...]
    total_minor: int
    shift_id: str = ""


@dataclass(frozen=True, slots=True)
class TenderCorrection:
    """A wrong tender of a finished sale put right by a new document (law 3).

    Attributes:
        correction_id: UUIDv7. number: from the series of corrections.
        sale_id, sale_number: the sale it points to.
        tender_id: the tender line that was wrong.
        from_key, to_key: tender types before and after.
        amount_minor: what moves from one to the other, minor units: what the
            tender contributed to the sale, change deducted.
        reference: of the right tender. till … ended_at: who and when.
        shift_id: of the shift in which it was made; "" before there were shifts.
        from_kind, to_kind: families of the tenders: cash leaves or enters the drawer.
    """

    correction_id: str
    number: str
    sale_id: str
    sale_number: str
    tender_id: str
    from_key: str
    to_key: str
    amount_minor: int
    reference: str
    till: str
    cashier_id: str
    cashier_name: str
    business_day: BusinessDay
    ended_at: Timestamp
    shift_id: str = ""
    from_kind: TenderKind = TenderKind.OTHER
    to_kind: TenderKind = TenderKind.OTHER
