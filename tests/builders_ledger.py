"""A real ledger with real sales in it, for the tests of storage."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy import text

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import PriceSource, SellBy, SellingUnit
from pos_app.domain.open_sale import AddLine, OpenSale, TakeTender, apply
from pos_app.domain.payment import Payment
from pos_app.domain.permission import Permission, Role, Staff
from pos_app.domain.price import UnitPrice
from pos_app.domain.pricing import price_basket
from pos_app.domain.sale import DocumentKind, Sale
from pos_app.domain.sale_ending import Ending, build_sale
from pos_app.domain.tax import (
    CashRounding,
    PricingRules,
    TaxCategory,
    TaxRate,
    TaxRounding,
)
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.persistence.catalog.opening import open_catalog
from pos_app.persistence.key_ring import KeyRing, create_key_ring
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.ledger.ledger import SqlLedger
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.values.ids import uuid7
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp

DAY = date(2026, 11, 21)
OPENED = Timestamp.parse("2026-11-21T09:00:00+08:00")
TILL = "02"
PRICES_MINOR = (350, 1280, 999, 45, 2590)
_VAT = TaxRate("A", "增值税 13%", Percentage.parse("13"))
RULES = PricingRules(
    "CNY",
    True,
    TaxRounding.DOCUMENT,
    CashRounding(),
    (TaxCategory("standard", "标准", (_VAT,)),),
)
_ROLE = Role("cashier", "收银员", (), frozenset(Permission), 100, is_supervisor=False)
CASHIER = Staff("s1", "1001", "收银一", (), _ROLE)


class CountingIds:
    """UUIDv7 in the order in which they were asked for."""

    def __init__(self) -> None:
        self._next = OPENED.unix_ms

    def new(self) -> str:
        """Return a fresh id."""
        self._next += 1
        return uuid7(self._next, os.urandom(10))


class StillClock:
    """A clock that stands where the test puts it."""

    def __init__(self, moment: Timestamp) -> None:
        self.moment = moment

    def now(self) -> Timestamp:
        """Return the moment."""
        return self.moment

    def monotonic_ms(self) -> int:
        """Return the same number, always."""
        return 0


def unit(number: int) -> SellingUnit:
    """Return one of the goods."""
    price = UnitPrice(f"price-{number}", PRICES_MINOR[number % 5], Period())
    return SellingUnit(
        item_id=f"item-{number}",
        unit_id=f"unit-{number}",
        sku=f"S{number:04d}",
        name=f"饼干 {number}",
        variant="",
        names=(),
        category_id=None,
        unit_code="H87",
        unit_name="件",
        pieces=Decimal(1),
        sell_by=SellBy.COUNT,
        tax_category="standard",
        price=price,
        source=PriceSource.SHELF,
    )


class Shopkeeper:
    """Sells on a ledger, intent by intent, as the counter does."""

    def __init__(self, ledger: SqlLedger) -> None:
        self.ledger = ledger
        self.ids = CountingIds()
        self.sold = 0

    def scan(self, lines: int = 3) -> OpenSale:
        """Begin a sale and scan goods; every intent is durable when it returns."""
        sale = OpenSale(Basket(self.ids.new()), (), "s1", DAY, self._now())
        for number in range(self.sold, self.sold + lines):
            goods = unit(number % 20)
            line = BasketLine(self.ids.new(), goods, "", Decimal(1 + number % 3))
            sale = self._accept(sale, AddLine(line, merge=False))
        self.ledger.flush()
        return sale

    def pay(self, sale: OpenSale) -> Sale:
        """Take cash, with change, and end the sale; durable when it returns."""
        priced = price_basket(sale.basket, RULES, self._now())
        handed = priced.total_minor + 500
        cash = TenderLine(self.ids.new(), "cash", TenderKind.CASH, handed)
        sale = self._accept(sale, TakeTender(cash))
        payment = Payment(priced.total_minor, RULES.cash_rounding, sale.tenders)
        moment = self._now()

        def work(transaction) -> Sale:
            number = transaction.next_number(TILL, DocumentKind.SALE)
            ending = Ending(number, TILL, CASHIER, moment, False, "zh-CN")
            ended = build_sale(sale, priced, payment, ending)
            transaction.add_sale(ended)
            return ended

        ended = self.ledger.submit(work).result()
        self.sold += 1
        return ended

    def sell(self, count: int = 1) -> list[Sale]:
        """Sell several times."""
        return [self.pay(self.scan()) for _ in range(count)]

    def _accept(self, sale: OpenSale, intent) -> OpenSale:
        at = self._now()
        self.ledger.submit(lambda transaction: transaction.add_intent(sale, intent, at))
        return apply(sale, intent)

    def _now(self) -> Timestamp:
        return replace(OPENED, unix_ms=OPENED.unix_ms + 60_000 * self.sold)


def open_shop(root: Path) -> tuple[ShopFolder, KeyRing, str]:
    """Set an empty shop up with both databases; return it and its recovery code."""
    folder = ShopFolder(root).make()
    ring, code = create_key_ring(folder.root, FileKeyStore(folder.root))
    catalog = open_catalog(folder.catalog, ring.catalog_key)
    with catalog.begin() as connection:
        connection.execute(text("INSERT INTO setting VALUES ('greeting', '晴川')"))
    catalog.dispose()
    open_ledger(folder, ring).close()
    return folder, ring, code


def open_ledger(folder: ShopFolder, ring: KeyRing) -> SqlLedger:
    """Open the shop's ledger for its one writer."""
    return SqlLedger(folder.ledger, ring.ledger_key, CountingIds())
