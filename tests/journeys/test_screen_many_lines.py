"""Tickets of very many lines: what a touch costs is counted in calls, not in time."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from pos_app.domain.basket import BasketLine
from pos_app.domain.open_sale import AddLine
from pos_app.domain.sale import Sale
from tests.journeys.screen_till import COLA_GTIN, ScreenTill
from tests.work_count import calls_of

#: Goods that may come back; the same three again and again.
GOODS = (COLA_GTIN, "710002", "710003")
FEW, MANY = 40, 140

Counted = dict[int, int]


def fill(till: ScreenTill, lines: int) -> None:
    """Put so many lines of one piece each into the basket."""
    till.scan(COLA_GTIN)
    counter = till.work.counter
    moment = counter.desk.clock.now()
    units = [counter.desk.catalog.scan(code, moment).unit for code in GOODS]
    counter.sale.accept(
        *(
            AddLine(
                BasketLine(counter.desk.ids.new(), units[at % 3], "", Decimal(1)),
                merge=False,
            )
            for at in range(lines - 1)
        )
    )
    till.flow.render()
    till.settle()


def sell(till: ScreenTill, lines: int) -> Sale:
    """Sell so many lines for cash."""
    fill(till, lines)
    sale = till.pay_cash()
    till.press("mainAction")
    return sale


def each_more(counted: Counted) -> float:
    """Return what one more line costs, in calls."""
    return (counted[MANY] - counted[FEW]) / (MANY - FEW)


@pytest.fixture
def returning(open_till: Callable[..., ScreenTill]) -> Callable[[int], ScreenTill]:
    """Return what opens a till at which all of a ticket of many lines comes back."""

    def take_all(lines: int) -> ScreenTill:
        till = open_till().sign_on("1005")
        till.scan(sell(till, lines).number)
        till.press("returnAll")
        till.press("returnReason_changed_mind")
        back = till.work.counter.sale.basket.returns
        assert [line.reason for line in back] == ["changed_mind"] * lines
        return till

    return take_all


def test_many_lines_that_come_back_are_added_up_once_and_not_for_each_touch(
    returning: Callable[[int], ScreenTill],
) -> None:
    shown: Counted = {}
    for lines in (FEW, MANY):
        till = returning(lines)
        till.press("padKey1")
        shown[lines] = calls_of(till.flow.render_now)
        till.stop()
    assert each_more(shown) < 25


def put_away(till: ScreenTill) -> None:
    """Put the chosen goods into the damaged bin, and paint that."""
    till.flow.features.returns.actions.on_place("damaged")
    till.flow.render_now()


def test_a_change_of_one_line_writes_no_other_line_of_the_receipt_anew(
    returning: Callable[[int], ScreenTill],
) -> None:
    changed: Counted = {}
    for lines in (FEW, MANY):
        till = returning(lines)
        presenter = till.flow.features.returns.presenter
        rows = presenter.state.rows
        changed[lines] = calls_of(put_away, till)
        after = presenter.state.rows
        assert [x is y for x, y in zip(rows, after, strict=True)].count(False) == 1
        till.stop()
    assert each_more(changed) < 75


def test_a_parked_sale_of_many_lines_is_written_once_and_rebuilt_once(
    open_till: Callable[..., ScreenTill],
) -> None:
    shown: Counted = {}
    listed: Counted = {}
    for lines in (FEW, MANY):
        till = open_till().sign_on("1005")
        fill(till, lines)
        till.press("function_park")
        till.wait(lambda till=till: not till.lines)
        till.press("function_park")
        till.wait(lambda till=till: till.flow.features.park.is_shown)
        shown[lines] = calls_of(till.flow.render_now)
        listed[lines] = calls_of(till.work.counter.park.all)
        till.press("mainAction")
        till.wait(lambda till=till: bool(till.lines))
        assert len(till.lines) == lines
        till.stop()
    assert each_more(shown) < 12
    assert each_more(listed) < 1
