"""What each document adds to the totals of its shift; also how a Z is proved.

The running totals are kept in each document's own transaction, so a close reads a
few dozen rows however many sales there were. The very same functions over the
stored documents must give the very same totals: Z = sum of the documents.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pos_app.domain.correction import TenderCorrection, VoidedSale
from pos_app.domain.item import SellBy
from pos_app.domain.sale import Sale
from pos_app.domain.shift import (
    CashMove,
    CashMoveKind,
    Shift,
    ShiftClose,
    ShiftTotal,
)
from pos_app.domain.tender import TenderKind
from pos_app.values.percentage import Percentage


class TotalKind(StrEnum):
    """What is counted; the amounts are above zero unless it says signed.

    The keys: a tender's for TENDER, CHANGE, REFUND and CORRECTION; `tax_key` for
    TAX_BASE and TAX; a step's kind for DISCOUNT; an account's kind for VALUE_...; a
    reason's for PAID_IN, PAID_OUT and NO_SALE; OPENING or CLOSING for OVER_SHORT; ""
    for all others.
    """

    SALES = "sales"  # tickets with goods sold; their price, tax included
    RETURNS = "returns"  # tickets with goods that came back; their worth
    NET = "net"  # all tickets; sales less returns, signed
    REVERSED = "reversed"  # of the returns: finished sales mirrored as a whole
    PIECES = "pieces"
    RETURNED_PIECES = "returned_pieces"
    DISCOUNT = "discount"  # lines lowered
    DISCOUNT_RETURNED = "discount_returned"  # what had been let go of returned goods
    ROUND_OFF = "round_off"  # 抹零; also among the discounts, before tax there
    CASH_ROUNDING = "cash_rounding"  # signed: plus when customers paid more
    TENDER = "tender"  # as handed over, change included
    CHANGE = "change"
    REFUND = "refund"
    CORRECTION = "correction"  # signed
    TAX_BASE = "tax_base"  # signed: sold less returned
    TAX = "tax"  # signed likewise
    VOID = "void"  # baskets given up
    LINE_VOID = "line_void"
    LINE_RESTORED = "line_restored"
    QUANTITY_LOWERED = "quantity_lowered"
    NO_SALE = "no_sale"
    REPRINT = "reprint"
    X_REPORT = "x_report"
    CLOCK_SUSPECT = "clock_suspect"
    VALUE_SOLD = "value_sold"  # paid into wallets and for gift cards; no revenue
    VALUE_BONUS = "value_bonus"  # given on top of it
    VALUE_REFUNDED = "value_refunded"  # taken out of them again; money and claw-back
    VALUE_CLAWED = "value_clawed"  # kept of that for bonus that was spent
    FLOAT = "float"
    PAID_IN = "paid_in"
    PAID_OUT = "paid_out"
    SAFE_DROP = "safe_drop"
    OVER_SHORT = "over_short"  # signed
    TO_SAFE = "to_safe"  # at the close, signed
    CASH_FLOW = "cash_flow"  # signed: all that changed the drawer since the float


OPENING, CLOSING = "opening", "closing"
_MOVES = {
    CashMoveKind.PAID_IN: TotalKind.PAID_IN,
    CashMoveKind.PAID_OUT: TotalKind.PAID_OUT,
    CashMoveKind.SAFE_DROP: TotalKind.SAFE_DROP,
}
#: What tells how much cash there should be.
_CASH_KINDS = frozenset({TotalKind.TENDER, TotalKind.CHANGE, TotalKind.REFUND})


class Tally:
    """Adds totals up by kind and key."""

    def __init__(self, totals: Iterable[ShiftTotal] = ()) -> None:
        self._sums: dict[tuple[str, str], tuple[int, int]] = {}
        for each in totals:
            self.add(each.kind, each.key, each.count, each.amount_minor)

    def add(self, kind: str, key: str, count: int, amount_minor: int = 0) -> None:
        """Add to one total."""
        name = (str(kind), str(key))
        counted, sum_minor = self._sums.get(name, (0, 0))
        self._sums[name] = (counted + count, sum_minor + amount_minor)

    def count(self, kind: TotalKind, key: str | None = None) -> int:
        """Return how many; of all keys together where none is named."""
        return sum(x[0] for name, x in self._sums.items() if _is(name, kind, key))

    def amount_minor(self, kind: TotalKind, key: str | None = None) -> int:
        """Return how much; of all keys together where none is named."""
        return sum(x[1] for name, x in self._sums.items() if _is(name, kind, key))

    def keys(self, *kinds: TotalKind) -> tuple[str, ...]:
        """Return the keys of these kinds, in alphabetical order."""
        return tuple(sorted({key for kind, key in self._sums if kind in kinds}))

    @property
    def kinds(self) -> frozenset[str]:
        """Return the kinds that anything was added to."""
        return frozenset(kind for kind, _key in self._sums)

    @property
    def expected_minor(self) -> int:
        """Cash that the drawer should hold: the float and what changed it since."""
        flow_minor = self.amount_minor(TotalKind.CASH_FLOW)
        return self.amount_minor(TotalKind.FLOAT) + flow_minor

    @property
    def totals(self) -> tuple[ShiftTotal, ...]:
        """Return them in the order of kind and key, without what came to nothing."""
        return tuple(
            ShiftTotal(kind, key, count, amount_minor)
            for (kind, key), (count, amount_minor) in sorted(self._sums.items())
            if count or amount_minor
        )


def _is(name: tuple[str, str], kind: TotalKind, key: str | None) -> bool:
    return name[0] == kind and key in (None, name[1])


def tax_key(code: str, percentage: Percentage) -> str:
    """Return the key of a rate: one code may stand for several percentages."""
    return f"{code}@{percentage}"


def without_cash(
    totals: Iterable[ShiftTotal], cash_keys: Iterable[str]
) -> tuple[ShiftTotal, ...]:
    """Leave out how much cash there should be, for whoever will count it.

    Args:
        totals: of an open shift.
        cash_keys: the tenders that are cash.
    """
    keys = frozenset(cash_keys)
    return tuple(
        each
        for each in totals
        if each.kind != TotalKind.CASH_FLOW
        and not (each.kind in _CASH_KINDS and each.key in keys)
    )


def tender_sums(
    totals: Iterable[ShiftTotal], cash_keys: Iterable[str]
) -> dict[str, int]:
    """Return what each tender came to, refunds and corrections included.

    Args:
        totals: of a shift.
        cash_keys: the tenders that are cash, which is counted blind: left out.

    Returns:
        Tender key -> minor units.
    """
    tally, cash = Tally(totals), frozenset(cash_keys)
    kinds = (TotalKind.TENDER, TotalKind.REFUND, TotalKind.CORRECTION)
    return {
        key: tally.amount_minor(TotalKind.TENDER, key)
        - tally.amount_minor(TotalKind.REFUND, key)
        + tally.amount_minor(TotalKind.CORRECTION, key)
        for key in tally.keys(*kinds)
        if key not in cash
    }


def of_sale(sale: Sale) -> tuple[ShiftTotal, ...]:
    """Return what a ticket adds."""
    tally, priced = Tally(), sale.priced
    tally.add(TotalKind.NET, "", 1, sale.due_minor)
    if sale.lines:
        tally.add(TotalKind.SALES, "", 1, priced.total_minor)
        tally.add(TotalKind.PIECES, "", priced.item_count)
    if sale.round_off_minor:
        tally.add(TotalKind.ROUND_OFF, "", 1, sale.round_off_minor)
    if sale.rounding_minor:
        tally.add(TotalKind.CASH_ROUNDING, "", 1, sale.rounding_minor)
    if sale.clock_suspect:
        tally.add(TotalKind.CLOCK_SUSPECT, "", 1)
    _add_discounts(tally, sale)
    _add_returns(tally, sale)
    _add_money(tally, sale)
    for tax in priced.taxes:
        key = tax_key(tax.code, tax.percentage)
        tally.add(TotalKind.TAX_BASE, key, 1, tax.base_minor)
        tally.add(TotalKind.TAX, key, 1, tax.tax_minor)
    return tally.totals


def _add_discounts(tally: Tally, sale: Sale) -> None:
    for line in sale.priced.lines:
        for step in line.steps:
            tally.add(TotalKind.DISCOUNT, step.kind, 1, step.amount_minor)
        if line.discount_minor and not line.steps:  # older than the steps
            tally.add(TotalKind.DISCOUNT, "", 1, line.discount_minor)


def _add_returns(tally: Tally, sale: Sale) -> None:
    if not sale.returns:
        return
    tally.add(TotalKind.RETURNS, "", 1, sale.returned_minor)
    if sale.reverses:
        tally.add(TotalKind.REVERSED, "", 1, sale.returned_minor)
    for line in sale.returns:
        pieces = 1 if line.sell_by is SellBy.WEIGHT else int(line.quantity)
        tally.add(TotalKind.RETURNED_PIECES, "", pieces)
        if line.discount_minor:
            tally.add(TotalKind.DISCOUNT_RETURNED, "", 1, line.discount_minor)
        for tax in line.taxes:
            key = tax_key(tax.code, tax.percentage)
            tally.add(TotalKind.TAX_BASE, key, 1, -tax.base_minor)
            tally.add(TotalKind.TAX, key, 1, -tax.tax_minor)


def _add_money(tally: Tally, sale: Sale) -> None:
    flows = [-sale.change_minor] if sale.change_minor else []
    for tender in sale.tenders:
        tally.add(TotalKind.TENDER, tender.key, 1, tender.amount_minor)
        if tender.kind is TenderKind.CASH:
            flows.append(tender.amount_minor)
    if sale.change_minor:
        cash = [t.key for t in sale.tenders if t.kind is TenderKind.CASH]
        tally.add(TotalKind.CHANGE, cash[-1], 1, sale.change_minor)
    for refund in sale.refunds:
        tally.add(TotalKind.REFUND, refund.key, 1, refund.amount_minor)
        if refund.kind is TenderKind.CASH:
            flows.append(-refund.amount_minor)
    if flows:
        tally.add(TotalKind.CASH_FLOW, "", 1, sum(flows))


def of_void(void: VoidedSale) -> tuple[ShiftTotal, ...]:
    """Return what a basket given up adds."""
    return (ShiftTotal(TotalKind.VOID.value, "", 1, void.total_minor),)


def of_correction(correction: TenderCorrection) -> tuple[ShiftTotal, ...]:
    """Return what a corrected tender adds: it counts where it is made."""
    tally, amount_minor = Tally(), correction.amount_minor
    tally.add(TotalKind.CORRECTION, correction.from_key, 1, -amount_minor)
    tally.add(TotalKind.CORRECTION, correction.to_key, 1, amount_minor)
    is_from_cash = correction.from_kind is TenderKind.CASH
    is_to_cash = correction.to_kind is TenderKind.CASH
    if is_from_cash is not is_to_cash:
        sign = 1 if is_to_cash else -1
        tally.add(TotalKind.CASH_FLOW, "", 1, sign * amount_minor)
    return tally.totals


def of_move(move: CashMove) -> tuple[ShiftTotal, ...]:
    """Return what cash put in or taken out adds."""
    tally = Tally()
    tally.add(_MOVES[move.kind], move.reason, 1, move.amount_minor)
    tally.add(TotalKind.CASH_FLOW, "", 1, move.signed_minor)
    return tally.totals


def of_opening(shift: Shift) -> tuple[ShiftTotal, ...]:
    """Return what an opening adds: the float, and how it differs from the one left."""
    tally = Tally()
    tally.add(TotalKind.FLOAT, "", 1, shift.float_minor)
    off_minor = shift.float_minor - shift.expected_minor
    if off_minor:
        tally.add(TotalKind.OVER_SHORT, OPENING, 1, off_minor)
    return tally.totals


def of_close(close: ShiftClose) -> tuple[ShiftTotal, ...]:
    """Return what a close adds; the drawer then holds what was left in it."""
    tally, off_minor = Tally(), close.difference_minor
    if off_minor:
        tally.add(TotalKind.OVER_SHORT, CLOSING, 1, off_minor)
    tally.add(TotalKind.TO_SAFE, "", 1, close.removed_minor)
    tally.add(TotalKind.CASH_FLOW, "", 1, off_minor - close.removed_minor)
    return tally.totals
