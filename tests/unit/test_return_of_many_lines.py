"""A ticket of many lines comes back: what it costs grows with the lines, not faster."""

from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.basket import BasketLine
from pos_app.domain.open_sale import AddLine
from pos_app.domain.promotion.promotion import ReturnBasis
from pos_app.domain.sale import Sale
from tests.builders_promotions import (
    cut,
    everything,
    nth,
    percent,
    promotion,
    spend,
)
from tests.builders_returns import REASON, return_shop
from tests.counter_shop import COLA, MANAGER, SALT, TEA, finish, opened, pay_cash
from tests.promotion_in_shop import hold
from tests.work_count import calls_of

DEALS = (nth(everything(), 2, percent("50")), spend((5000, cut(701))))


def sold(till: Till, lines: int) -> Sale:
    """Sell so many lines of one piece each, under two promotions."""
    counter = till.counter
    counter.sale.scan(TEA)
    moment = counter.desk.clock.now()
    units = [counter.desk.catalog.scan(x, moment).unit for x in (TEA, COLA, SALT)]
    more = [
        BasketLine(counter.desk.ids.new(), units[at % 3], "", Decimal(1))
        for at in range(lines - 1)
    ]
    counter.sale.accept(*(AddLine(line, merge=False) for line in more))
    return pay_cash(counter)


@pytest.mark.parametrize("basis", ReturnBasis)
def test_twice_the_lines_more_come_back_with_twice_the_work_more(
    tmp_path: Path, basis: ReturnBasis
) -> None:
    with opened(return_shop(tmp_path, "1 half_up"), number=MANAGER) as till:
        hold(
            till,
            *(promotion(x, f"p{i}", return_basis=basis) for i, x in enumerate(DEALS)),
        )
        returns, asked = till.counter.returns, {}
        for lines in (12, 24, 48, 96):  # the first fills what is kept for the others
            sale = sold(till, lines)
            begun = calls_of(returns.begin, sale.sale_id)
            one = calls_of(returns.set_quantity, sale.sale_id, 3, Decimal(1))
            every = calls_of(returns.set_all, sale.sale_id)
            ids = [line.line_id for line in till.counter.sale.basket.returns]
            asked[lines] = begun, one, every, calls_of(returns.set_reasons, ids, REASON)
            till.counter.refund.give("cash", None)
            back = finish(till.counter)
            assert len(back.returns) == lines
            assert sum(x.amount_minor for x in back.refunds) == sale.priced.total_minor
        for few, more, many in zip(asked[24], asked[48], asked[96], strict=True):
            assert 0 < many - more < 2.3 * (more - few)


def test_what_is_known_of_a_receipt_is_not_worked_out_again_for_each_touch(
    tmp_path: Path,
) -> None:
    with opened(return_shop(tmp_path, "1 half_up"), number=MANAGER) as till:
        hold(
            till,
            *(
                promotion(x, f"p{i}", return_basis=ReturnBasis.RECOMPUTE)
                for i, x in enumerate(DEALS)
            ),
        )
        returns, asked = till.counter.returns, {}
        for lines in (12, 40, 120):  # the first fills what is kept for the others
            sale_id = sold(till, lines).sale_id
            returns.set_quantity(sale_id, 3, Decimal(1))
            asked[lines] = (
                calls_of(returns.set_quantity, sale_id, 4, Decimal(1)),
                calls_of(returns.set_all, sale_id),
                calls_of(returns.set_quantity, sale_id, 5, Decimal(0)),
            )
            returns.set_all(sale_id)
            ids = [line.line_id for line in till.counter.sale.basket.returns]
            returns.set_reasons(ids, REASON)
            till.counter.refund.give("cash", None)
            finish(till.counter)
        each = [(y - x) / 80 for x, y in zip(asked[40], asked[120], strict=True)]
        one_more, all_of_it, one_less = each
        assert one_more < 420
        assert all_of_it < 320
        assert one_less < 320
