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
