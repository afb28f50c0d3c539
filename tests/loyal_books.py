"""What must hold of members' ledgers after each step, sale by sale and purse by purse."""

from __future__ import annotations

from collections import defaultdict

from pos_app.domain.reduction import StepKind
from pos_app.domain.sale import Sale
from pos_app.domain.tender import VALUE_KINDS, TenderKind
from tests.counter_shop import query
from tests.loyal_customers import LoyalCustomers
from tests.member_wealth import MOST_EARNED_PERCENT, wealth_of

#: Points that a sale earned and gave, and what of both was undone since.
_BY_SALE = """
SELECT m.event_id,
  sum(CASE m.kind WHEN 'earn' THEN m.points ELSE 0 END) AS earned,
  sum(CASE m.kind WHEN 'burn' THEN -m.points ELSE 0 END) AS burned,
  sum(coalesce(u.taken, 0)) AS taken, sum(coalesce(u.given, 0)) AS given
FROM point_move m LEFT JOIN (
  SELECT of_move, sum(CASE kind WHEN 'reverse_earn' THEN -points ELSE 0 END) AS taken,
    sum(CASE kind WHEN 'restore' THEN points ELSE 0 END) AS given
  FROM point_move WHERE kind IN ('reverse_earn', 'restore') GROUP BY of_move) u
  ON u.of_move = m.move_id
WHERE m.kind IN ('earn', 'burn') GROUP BY m.event_id
"""
#: What of a lot is over can be over once.
_ENDED = """
SELECT lot_id FROM point_move GROUP BY lot_id
HAVING sum(CASE WHEN kind IN ('expire', 'unexpire') THEN points ELSE 0 END) > 0
OR sum(CASE WHEN points > 0 AND kind <> 'unexpire' THEN points ELSE 0 END)
 < -sum(CASE WHEN kind IN ('expire', 'unexpire') THEN points ELSE 0 END)
"""
#: A debt is owed until it is repaid, or its burn comes back, or its person goes.
_OWED = """
SELECT l.lot_id FROM point_lot l JOIN point_move m ON m.lot_id = l.lot_id
WHERE l.kind = 'debt' AND m.points > 0
AND m.kind NOT IN ('repay', 'restore', 'forfeit')
"""
#: A coupon is redeemed once more than it was restored, at most.
_COUPONS = """
SELECT coupon_id FROM coupon_fact GROUP BY coupon_id
HAVING sum(kind = 'Redeemed') - sum(kind = 'Restored') NOT IN (0, 1)
"""
#: Nobody holds a coupon but a basket that is open or parked.
_HELD = """
SELECT coupon_id FROM coupon WHERE state = 'reserved'
AND basket_id NOT IN (SELECT basket_id FROM open_sale)
AND basket_id NOT IN (SELECT basket_id FROM parked_sale)
"""
_METRIC = "SELECT sale_id, sum(spend_minor) FROM tier_metric GROUP BY sale_id"


class LoyalBooks:
    """Compares the ledgers with what the customers know, after each step."""

    def __init__(self, customers: LoyalCustomers) -> None:
        self._customers = customers
        self._before = 0
        self.check()

    def check(self) -> None:
        """Assert that nothing came of nothing, at all and in each ledger."""
        customers = self._customers
        wealth = wealth_of(customers)
        wealth.check()
        above = wealth.gain - wealth.earned
        if not customers.has_brought_back:
            assert above <= self._before, (above, self._before)
        self._before, customers.has_brought_back = above, False
        self._points()
        self._value()
        for rule in (_ENDED, _OWED, _COUPONS, _HELD):
            assert query(customers.till, rule) == [], rule

    def _points(self) -> None:
        """A sale's points: no more than its goods earn, and gone with the goods."""
        rows = query(self._customers.till, _BY_SALE)
        swapped = self._swapped()
        for sale_id, earned, burned, taken, given in rows:
            sale = self._customers.sales.get(sale_id)
            assert 0 <= taken <= earned, (sale_id, earned, taken)
            assert 0 <= given <= burned, (sale_id, burned, given)
            if sale is None:
                assert not earned, sale_id
                continue
            sold, kept = self._kept(sale)
            most = kept * MOST_EARNED_PERCENT // 100 + len(sale.lines)
            assert earned - taken <= (most if kept else 0), (sale_id, earned, taken)
            off, paid = _points_of(sale)
            assert burned == off + paid, (sale_id, burned)
            # Points that paid are money: goods that come back may be paid with them.
            if sold and not kept and sale_id not in swapped:
                assert given >= off, (sale_id, off, given)
        for sale_id, spent in query(self._customers.till, _METRIC):
            sold, kept = self._kept(self._customers.sales[sale_id])
            assert 0 <= spent <= (sold if kept else 0), (sale_id, spent)

    def _swapped(self) -> set[str]:
        """Return the sales of goods that were swapped: the new ones keep the price."""
        kept = StepKind.EXCHANGE_PRICE
        return {
            back.origin.sale_id
            for sale in self._customers.sales.values()
            if any(x.kind is kept for line in sale.lines for x in line.priced.steps)
            for back in sale.returns
            if back.origin is not None
        }

    def _kept(self, sale: Sale) -> tuple[int, int]:
        """Return what a sale's goods were worth, and those that stayed with them."""
        sold = self._customers.shelf(sale)
        return sold, sold - self._customers.back_minor[sale.sale_id]

    def _value(self) -> None:
        """No account gets more back of tickets than it gave for tickets."""
        left: dict[str, int] = defaultdict(int)
        for sale in self._customers.sales.values():
            for tender in sale.tenders:
                if tender.kind in VALUE_KINDS:
                    left[tender.account_id] += tender.amount_minor
            for refund in sale.refunds:
                if refund.kind in VALUE_KINDS:
                    left[refund.account_id] -= refund.amount_minor
        assert all(minor >= 0 for minor in left.values()), left


def _points_of(sale: Sale) -> tuple[int, int]:
    """Return the points that lowered a ticket, and that paid it; a point is a fen."""
    steps = [step for line in sale.lines for step in line.priced.steps]
    off = [step.amount_minor for step in steps if step.kind is StepKind.POINTS]
    paid = [t.amount_minor for t in sale.tenders if t.kind is TenderKind.POINTS]
    return sum(off), sum(paid)
