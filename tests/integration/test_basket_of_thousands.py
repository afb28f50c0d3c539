"""A basket of ten thousand lines: taken up again, added to, paid, proven."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.basket import LINES_LIMIT, Basket, BasketLine
from pos_app.domain.open_sale import AddLine, OpenSale
from tests.counter_shop import (
    COLA,
    TEA,
    fresh_shop,
    opened,
    pay_cash,
    prove,
    query,
    refusal,
    unit_of,
)


@pytest.fixture(scope="module")
def till() -> Iterator[Till]:
    """Open a till on which somebody has scanned a warehouse, all but one line."""
    parent = Path(tempfile.mkdtemp(prefix="guitai-thousands-"))
    folder = fresh_shop(parent)
    with opened(folder) as before:
        before.counter.sale.scan(COLA)
        before.ledger.flush()
        sale = before.counter.sale.current
        tea = unit_of(before.counter, TEA)
        header = replace(sale, basket=Basket(sale.basket.basket_id))

        def fill(unit) -> None:
            for number in range(LINES_LIMIT - 2):
                line = BasketLine(
                    f"line-{number}",
                    tea,
                    TEA,
                    Decimal(1 + number % 3),
                    note=str(number),
                )
                unit.add_intent(header, AddLine(line, merge=False), sale.started_at)

        before.ledger.submit(fill).result()
    with opened(folder) as till:
        yield till
    shutil.rmtree(parent)


def test_it_lives(till: Till) -> None:
    counter = till.counter
    assert len(counter.sale.basket.lines) == LINES_LIMIT - 1
    counter.sale.scan(TEA)  # no line without a note is equal: the last one that fits
    assert len(counter.sale.basket.lines) == LINES_LIMIT
    error = refusal(counter.sale.scan, "S3")
    assert (error.key, error.params) == ("basket_full", {"limit": LINES_LIMIT})
    counter.sale.scan(COLA)  # merges into the very first line
    assert counter.sale.basket.lines[0].quantity == 2
    till.ledger.flush()
    stored: OpenSale | None = till.ledger.open_sale()
    assert stored == counter.sale.current
    expected = sum(1280 * int(x.quantity) for x in stored.basket.lines[1:]) + 2 * 350
    assert counter.sale.priced.total_minor == expected
    sale = pay_cash(counter)
    assert sale.priced.total_minor == expected
    assert till.ledger.last_sale() == sale
    assert query(till, "SELECT count(*) FROM sale_line")[0][0] == LINES_LIMIT
    prove(till)
