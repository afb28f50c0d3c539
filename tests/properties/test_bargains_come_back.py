"""Whatever was cheap, changed or stopped meanwhile: what was paid comes back, no more.

Sales with every kind of promotion beside member prices, coupons, points, wallets, goods
marked down, weighed goods and discounts by hand. Between sale and return promotions
stop or have a new version, goods are renamed, taxed otherwise, dearer or gone. They come
back in any parts and order, some in exchange, some by mirroring the sale.
"""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from pos_app.domain.loyalty.burning import BurnAs
from tests.bargain_hunters import HUNTS, BargainHunters
from tests.counter_shop import prove, query
from tests.effort import examples
from tests.member_customers import customers_of
from tests.member_shop import OPENING
from tests.member_wealth import books_are_proven, everything_goes_back

DEALS = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 600)), max_size=5)
STEPS = st.lists(
    st.tuples(st.sampled_from(HUNTS), st.integers(0, 2), st.integers(1, 600)),
    min_size=8,
    max_size=examples(16, 40),
)


def busy_day(seed: int) -> dict[str, Any]:
    """Return a long day: with so few examples at every run most are nearly empty."""
    chance = Random(seed)

    def much() -> tuple[int, int]:
        return chance.randrange(3), chance.randint(1, 600)

    deals = [much() for _ in range(5)]
    steps = [(chance.choice(HUNTS), *much()) for _ in range(60)]
    return {"burn_as": list(BurnAs)[seed % 2], "deals": deals, "steps": steps}


@settings(
    max_examples=examples(2, 200),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@example(**busy_day(14))  # days on which parts come back and promotions keep some of it
@example(**busy_day(19))
@given(burn_as=st.sampled_from(BurnAs), deals=DEALS, steps=STEPS)
def test_what_was_paid_comes_back_whatever_changed_meanwhile(
    burn_as: BurnAs, deals: list[tuple[int, int]], steps: list[tuple[str, int, int]]
) -> None:
    with customers_of(BargainHunters, burn_as) as hunters:
        for step in (*(("new_deal", *deal) for deal in deals), *steps):
            hunters.do(*step)
        books_are_proven(hunters)
        hunters.check_what_came_back()
        everything_goes_back(hunters)
        if not hunters.check_what_came_back():
            assert hunters.money_still_here() == {}
            points = query(hunters.till, "SELECT sum(points) FROM point_left")
            assert points == [(3 * OPENING,)]
        books_are_proven(hunters)
        prove(hunters.till)
