"""No path gives points, value or coupons out of nothing: a search for one.

Customers and a till do anything in any order. What the customers own, counted from
outside, never rises above what the shop declared: opening points and coupons given by
hand, bonuses of top-ups, rewards, and what the goods that they keep may have earned.
Hypothesis climbs towards the most that can be won.
"""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings, target
from hypothesis import strategies as st

from pos_app.domain.loyalty.burning import BurnAs
from tests.counter_shop import prove
from tests.effort import examples
from tests.member_customers import ACTIONS, Customers, customers_of
from tests.member_wealth import (
    books_are_proven,
    everything_goes_back,
    ledgers_are_the_same_in_any_order,
    wealth_of,
)

STEPS = st.lists(
    st.tuples(st.sampled_from(ACTIONS), st.integers(0, 2), st.integers(1, 600)),
    min_size=6,
    max_size=40,
)
SHOPS = st.tuples(st.sampled_from(BurnAs), st.sampled_from([0, 0, 1]))


@settings(
    max_examples=examples(6, 400),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.target, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(shop=SHOPS, steps=STEPS)
def test_no_path_gives_anything_out_of_nothing(
    shop: tuple[BurnAs, int], steps: list[tuple[str, int, int]]
) -> None:
    with customers_of(Customers, *shop) as customers:
        best = 0
        for action, who, much in steps:
            if customers.do(action, who, much):
                wealth = wealth_of(customers)
                best = max(best, wealth.gain - wealth.earned)
                wealth.check()
        books_are_proven(customers)
        ledgers_are_the_same_in_any_order(customers, len(steps))
        left = wealth_of(customers)
        target(float(best), label="gained above what was declared")
        target(float(left.money + left.paid + left.goods), label="hard wealth")
        if everything_goes_back(customers):
            after = wealth_of(customers)
            after.check()
            assert after.money + after.paid <= 0, after
        books_are_proven(customers)
        prove(customers.till)


def test_a_coupon_and_points_are_not_in_an_exchange_price_as_well() -> None:
    with customers_of(Customers, BurnAs.DISCOUNT, 1) as customers:
        for step in (("buy", 0, 280), ("back", 1, 560), ("exchange", 0, 1)):
            assert customers.do(*step)
            wealth_of(customers).check()
