"""What counts for a tier is gone with the goods, to the fen, whatever coins did."""

from __future__ import annotations

from pathlib import Path

from tests.builders_points import bring, buy
from tests.builders_returns import refund, return_shop, take_back
from tests.counter_shop import SALT, opened, query


def test_cash_rounding_is_not_in_what_a_returned_sale_counted(tmp_path: Path) -> None:
    with opened(return_shop(tmp_path, "10 down")) as till:
        bring(till)
        sale = buy(till, SALT)
        assert (sale.priced.total_minor, sale.rounding_minor) == (235, -5)
        take_back(till.counter, sale)
        refund(till.counter)
        spent = query(till, "SELECT spend_minor FROM tier_metric ORDER BY rowid")
        assert [row[0] for row in spent] == [235, -235]
