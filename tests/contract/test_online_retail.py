"""A real wholesaler's sales and cancellations, replayed: the money must match.

The cancellations (invoices "C…") name no original, so they are returns without a
receipt; the catalogue has the price of each line when it is rung up. Where an invoice
sells one article at two prices, the second is given by hand: a basket has one price
moment, and what the catalogue says meanwhile is for the next customer.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from pos_app.bootstrap import Options, Till, create_shop
from pos_app.domain.price import UnitPrice
from pos_app.persistence.catalog.writer import CatalogWriter
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.replay import ReplayClock
from pos_app.services.setup_file import SetupFile
from pos_app.values.quantity import canonical
from pos_app.values.times import Period, Timestamp
from tests.counter_shop import prove
from tests.effort import examples

FILE = "data/online_retail_ii/online_retail_2009-12_2010-08.parquet"
SALES, CANCELLATIONS = examples(30, 60), examples(70, 140)
REASON, OTHER_PRICE = "changed_mind", "label_differs"


@dataclass(frozen=True)
class Row:
    """A line of an invoice; quantity and amount above zero, whichever way they go."""

    invoice: str
    code: str
    quantity: int
    price_minor: int
    at: datetime

    @property
    def is_return(self) -> bool:
        return self.invoice.startswith("C")

    @property
    def signed_minor(self) -> int:
        amount = self.quantity * self.price_minor
        return -amount if self.is_return else amount


@pytest.fixture(scope="module")
def rows(shared_folder: Path) -> list[Row]:
    if not (shared_folder / FILE).is_file():
        pytest.skip(f"the real invoices are not here: no ../shared/{FILE}")
    parquet = pytest.importorskip("pyarrow.parquet")
    found = [
        row_of(raw) for raw in parquet.read_table(shared_folder / FILE).to_pylist()
    ]
    whole = [row for row in found if row is not None]
    return [
        *some(whole, SALES, is_return=False),
        *some(whole, CANCELLATIONS, is_return=True),
    ]


def row_of(raw: dict[str, Any]) -> Row | None:
    """Return what a till can ring up: no stock corrections, no thousandths of a penny."""
    price = Decimal(str(raw["Price"])) * 100
    sign = -1 if raw["Invoice"].startswith("C") else 1
    quantity = sign * raw["Quantity"]
    if quantity <= 0 or price <= 0 or price != int(price):
        return None
    at = raw["InvoiceDate"].replace(tzinfo=UTC)
    return Row(raw["Invoice"], raw["StockCode"], quantity, int(price), at)


def some(rows: list[Row], count: int, *, is_return: bool) -> Iterator[Row]:
    """Yield the rows of the first invoices of a kind."""
    wanted = [row for row in rows if row.is_return is is_return]
    names = list(dict.fromkeys(row.invoice for row in wanted))[:count]
    return (row for row in wanted if row.invoice in set(names))


class Shop:
    """The wholesaler's till, with everybody's permissions and cash only."""

    def __init__(self, till: Till, clock: ReplayClock, editor: CatalogWriter) -> None:
        self.till, self._clock, self._editor = till, clock, editor
        self.counter = till.counter
        staff = self.counter.sign_on.by_number("1001")
        self.counter.sign_on.with_pin(staff.staff_id, "1234")
        # Each line of an invoice stays one, as its price is its own.
        till.settings.change(self.counter.desk.stamp(), merge_same_items=False)

    def ring_up(self, row: Row) -> None:
        """Sell or take back one line at its price."""
        self._clock.set(max(self._clock.now(), Timestamp.of(row.at)))
        self._clock.tick()
        self._reprice(row)
        found = self.counter.sale.look_up(row.code)
        assert found is not None
        quantity = canonical(Decimal(row.quantity))
        if row.is_return:
            self.counter.returns.add_without_receipt(found.unit, quantity, REASON)
        else:
            self.counter.sale.add_unit(found.unit, quantity)
            self._ask(row.price_minor)

    def _ask(self, price_minor: int) -> None:
        """See to it that the last line costs what the invoice says."""
        basket = self.counter.sale.basket
        assert basket is not None
        line = basket.lines[-1]
        assert line.unit is not None
        assert line.unit.price is not None
        if line.unit.price.minor != price_minor:
            hand = self.counter.price_by_hand
            hand.override_price(line.line_id, price_minor, OTHER_PRICE)

    def _reprice(self, row: Row) -> None:
        (item,) = self._editor.items_by_sku([row.code]).values()
        unit = item.units[0]
        if unit.prices[-1].minor == row.price_minor:
            return
        # As if it had always been so: a wholesaler's price is for one customer.
        price = UnitPrice(unit.prices[-1].price_id, row.price_minor, Period())
        self._editor.put_items([_with_price(item, price)])

    def finish(self, *, is_return: bool) -> int:
        """End the ticket in cash; return what it came to."""
        if is_return:
            self.counter.refund.give("cash")
        else:
            self.counter.checkout.take("cash", None)
        sale = self.counter.checkout.finish(print_slip=False).result()
        self.counter.checkout.finished()
        return sale.due_minor + sale.rounding_minor


def _with_price(item: Any, price: UnitPrice) -> Any:
    return replace(item, units=(replace(item.units[0], prices=(price,)),))


@pytest.fixture
def shop(rows: list[Row], tmp_path: Path) -> Iterator[Shop]:
    codes = dict.fromkeys(row.code for row in rows)
    setup = SetupFile.model_validate(
        {
            "shop": {"currency": "GBP", "time_zone": "Europe/London", "language": "en"},
            "items": [{"sku": code, "name": code, "price": "1.00"} for code in codes],
        }
    )
    folder = ShopFolder(tmp_path / "shop")
    create_shop(folder, setup, FileKeyStore(folder.root))
    clock = ReplayClock(Timestamp.of(rows[0].at))
    with (
        Till(folder, Options(clock=clock, with_printer=False)) as till,
        till.editor() as editor,
    ):
        yield Shop(till, clock, editor)


def test_real_sales_and_cancellations_come_to_the_same_money_and_goods(
    rows: list[Row], shop: Shop
) -> None:
    goods: Tally[str] = Tally()
    for invoice, lines in groupby(
        sorted(rows, key=lambda r: (r.at, r.invoice)), key=lambda r: r.invoice
    ):
        own = list(lines)
        for row in own:
            shop.ring_up(row)
            goods[row.code] += row.quantity if row.is_return else -row.quantity
        came_to = shop.finish(is_return=own[0].is_return)
        assert came_to == sum(row.signed_minor for row in own), invoice
    for code, pieces in goods.items():
        found = shop.counter.sale.look_up(code)
        assert found is not None
        stock = shop.till.ledger.stock_thousandths(found.unit.item_id)
        assert stock == pieces * 1000, code
    prove(shop.till)
