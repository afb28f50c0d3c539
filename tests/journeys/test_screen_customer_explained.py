"""The customer reads why a price is so as a whole sum, however many offers it has."""

from __future__ import annotations

import pytest

from pos_app.domain.promotion.promotion import Promotion
from tests.builders_promotions import cut, spend
from tests.journeys.screen_customer import Customer
from tests.journeys.screen_offers import SHIRT
from tests.journeys.screen_till import ScreenTill
from tests.journeys.worked_by_hand import figure, steps_of
from tests.promotion_in_shop import hold
from tests.ui.test_customer_display import SIZES
from tests.ui.test_customer_explained import visible

MANAGER = "1005"


def gift(number: int) -> Promotion:
    """Return an order deal that stands beside every other one."""
    key = f"018f0000-0000-7000-8000-{number:012}"
    deal, group = spend((100 * number, cut(100 + number))), f"group-{number}"
    names = (("en", f"Neighbours' week, gift {number}"),)
    return Promotion(key, 1, f"街坊节第 {number} 礼", deal, names, stack_group=group)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_line_with_many_offers_is_explained_whole_at_every_size(
    open_till, language
) -> None:
    till: ScreenTill = open_till(settings={"customer_language": language})
    till.sign_on(MANAGER)
    hold(till.till, *(gift(n) for n in range(1, 16)))
    till.scan(SHIRT)
    customer = Customer(till)
    till.press("lineWhy")
    steps = steps_of(till)
    assert len(steps) == 17
    till.press("whyCustomer")
    for size in SIZES:
        customer.window.resize(*size)
        customer.look()
        first, *between, paid = visible(customer.window)
        assert first == figure(steps[0].amount)
        assert paid == figure(steps[-1].amount) == first + sum(between)
