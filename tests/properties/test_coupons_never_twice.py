"""No path gives a coupon or its saving twice, whatever is done at a real counter."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_app.bootstrap import Till
from pos_app.domain.coupon.facts import Redeemed, Restored, ShareGivenBack
from pos_app.domain.coupon.template import ReturnPolicy
from pos_app.domain.sale import Sale
from pos_app.errors import GuitaiError
from pos_app.services.coupon_drafts import CouponDraft, CouponKind
from pos_app.services.replay import ReplayClock
from pos_app.values.percentage import Percentage
from tests.builders_returns import return_shop, take_back
from tests.counter_shop import COLA, MANAGER, NOON, TEA, finish, opened, prove
from tests.coupon_shop import give, make
from tests.effort import examples

_STEPS = (
    "scan",
    "scan",
    "show",
    "show",
    "take_back",
    "pay",
    "pay",
    "void",
    "park",
    "resume",
    "merge",
    "void_parked",
    "return",
    "return",
    "mirror",
    "crash",
    "revoke",
)
_DRAFTS = tuple(
    CouponDraft(
        f"券 {policy.value}",
        CouponKind.PERCENT,
        percentage=Percentage.parse("20"),
        return_policy=policy,
    )
    for policy in ReturnPolicy
)


class Day:
    """A day at a counter: whatever is refused is refused, the rest is proven."""

    def __init__(self, till: Till) -> None:
        self.till = till
        self.given = [give(till, make(till, draft)) for draft in _DRAFTS]
        self.codes = [each.code for each in self.given]
        self.sales: list[Sale] = []

    def do(self, step: str, number: int) -> bool:
        """Do a step; tell whether it was possible."""
        try:
            getattr(self, f"_{step}")(number)
        except GuitaiError:
            self.till.ledger.flush()
            return False
        self.till.ledger.flush()
        return True

    def _scan(self, number: int) -> None:
        self.till.counter.sale.scan((TEA, COLA)[number % 2], Decimal(1 + number % 3))

    def _show(self, number: int) -> None:
        self.till.counter.coupons.show(self.codes[number % len(self.codes)])

    def _take_back(self, number: int) -> None:
        shown = self.till.counter.sale.keeper.going_on().basket.coupons
        if shown:
            self.till.counter.coupons.take_back(shown[number % len(shown)].coupon_id)

    def _pay(self, _number: int) -> None:
        counter = self.till.counter
        if counter.sale.keeper.going_on().basket.returns:
            counter.refund.give("cash", None)
        else:
            counter.checkout.take("cash", None)
        try:
            self.sales.append(finish(counter))
        except GuitaiError:
            counter.checkout.finished()
            for tender in counter.sale.keeper.going_on().tenders:
                counter.checkout.give_back(tender.tender_id)
            raise

    def _void(self, _number: int) -> None:
        self.till.counter.checkout.void_sale("customer_left").result()
        self.till.counter.checkout.finished()

    def _park(self, _number: int) -> None:
        self.till.counter.park.park().result()
        self.till.counter.park.settled()

    def _parked(self, action: Callable[[str], Any]) -> None:
        for parked in self.till.counter.park.all()[:1]:
            action(parked.sale.basket.basket_id).result()
            self.till.counter.park.settled()

    def _resume(self, _number: int) -> None:
        self._parked(self.till.counter.park.resume)

    def _merge(self, _number: int) -> None:
        self._parked(self.till.counter.park.merge)

    def _void_parked(self, _number: int) -> None:
        park = self.till.counter.park
        self._parked(lambda basket_id: park.void(basket_id, "customer_left"))

    def _return(self, number: int) -> None:
        if self.sales and self.till.counter.sale.current is None:
            sale = self.sales[number % len(self.sales)]
            if sale.lines:
                take_back(self.till.counter, sale, 1 + number % len(sale.lines))
                self._pay(number)

    def _mirror(self, number: int) -> None:
        if self.sales:
            sale = self.sales[number % len(self.sales)]
            counter = self.till.counter
            counter.reversal.reverse(sale.sale_id, "rung_up_wrongly").result()

    def _revoke(self, number: int) -> None:
        if number == 7:
            self.till.counter.coupon_office.revoke(
                self.given[0].coupon_id, "stolen"
            ).result()

    def _crash(self, _number: int) -> None:
        """Forget what is in memory: the ledger brings it back."""
        before = self.till.counter.sale.basket
        self.till.ledger.flush()
        stored = self.till.ledger.open_sale()
        assert (stored.basket if stored else None) == before

    def prove(self) -> None:
        """Every saving was given by one sale, and came back at most once."""
        reader = self.till.ledger.coupons
        assert reader.unproven() == []
        with self.till.ledger.read_engine.connect() as connection:
            ids = list(
                connection.exec_driver_sql("SELECT coupon_id FROM coupon").scalars()
            )
        known = {sale.sale_id: sale for sale in self.sales}
        used: dict[str, int] = {}
        for coupon_id in ids:
            facts = reader.facts(coupon_id)
            redeemed = [x for x in facts if isinstance(x, Redeemed)]
            back = [x for x in facts if isinstance(x, Restored)]
            shares = [x for x in facts if isinstance(x, ShareGivenBack)]
            assert len(redeemed) - len(back) in {0, 1}
            for one in redeemed:
                used[one.sale_id] = used.get(one.sale_id, 0) + one.saving_minor
                given = [x.value_minor for x in shares if x.sale_id == one.sale_id]
                assert sum(given) <= one.saving_minor
                came = [x for x in back if x.sale_id == one.sale_id]
                assert len(came) <= 1
                assert not (came and given)
            value = reader.coupon(coupon_id).issued.value_minor
            assert value is None or all(x.saving_minor <= value for x in redeemed)
        for sale_id, sale in known.items():
            told = [
                x.saving_minor for x in sale.priced.promoted.applications if x.coupon_id
            ]
            assert sum(told) == used.get(sale_id, 0)


@settings(
    max_examples=examples(3, 150),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(st.sampled_from(_STEPS), st.integers(0, 11)), min_size=12, max_size=45
    )
)
def test_no_path_gives_a_coupon_or_its_saving_twice(
    steps: list[tuple[str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shop = return_shop(Path(folder), "1 half_up")
        with opened(shop, ReplayClock(NOON), number=MANAGER) as till:
            day = Day(till)
            for step, number in steps:
                day.do(step, number)
            day.prove()
            prove(till)
