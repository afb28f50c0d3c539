"""Read access to the catalogue for one thread (implements ports.catalog.Catalog).

The scan path runs prepared statements on the driver's own cursor: 9 against 45
microseconds through Core and 493 through the ORM (measured, notes of the design).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine
from typing_extensions import override

from pos_app.domain.barcode_rule import BarcodeRule, first_match
from pos_app.domain.item import (
    LevelPrice,
    PriceSource,
    QuickKey,
    Scanned,
    SellBy,
    SellingUnit,
)
from pos_app.domain.price import UnitPrice
from pos_app.domain.shop import Shop
from pos_app.errors import StorageError
from pos_app.persistence.catalog import shop_rows, statements
from pos_app.persistence.catalog.bulk_rows import BulkRows
from pos_app.persistence.catalog.codec import (
    names_from_text,
    period_from_numbers,
    tags_from_text,
)
from pos_app.persistence.catalog.goods_of import GoodsReading
from pos_app.persistence.catalog.item_pages import ItemPages
from pos_app.persistence.catalog.label import carrying, said_by
from pos_app.persistence.catalog.list_reading import ListReading
from pos_app.persistence.catalog.owned_cursor import OwnedCursor
from pos_app.persistence.catalog.price_rows import PriceReading
from pos_app.persistence.catalog.promotion_rows import PromotionReading
from pos_app.persistence.catalog.search import Search
from pos_app.persistence.catalog.slip_rows import SlipFormReading
from pos_app.values.gs1.gtin import barcode_key, clean_code, look_up_keys
from pos_app.values.gs1.message import TradeItemMessage, may_be_message, read_message
from pos_app.values.gs1.symbology import DataKind, read_identifier
from pos_app.values.percentage import Percentage
from pos_app.values.rounding import divide
from pos_app.values.times import Timestamp

#: Most units are one piece, counted: no parsing for those on each scan.
_ONE = Decimal(1)
_SELL_BY = {each.value: each for each in SellBy}


class CatalogReader(
    ListReading, PriceReading, PromotionReading, GoodsReading, SlipFormReading
):
    """Reads catalog.db on one thread: that of its first question."""

    def __init__(self, engine: Engine) -> None:
        """Take a connection of a reader engine and keep it."""
        super().__init__()
        self._engine = engine
        self._connection = engine.raw_connection()
        self._cursor = OwnedCursor(self._connection.cursor())
        self._version = -1
        self._shop: Shop | None = None
        self._rules: tuple[BarcodeRule, ...] = ()
        self._search = Search(self._query)
        self.bulks = BulkRows(self._query)
        self.listing = ItemPages(self._query, self._price_minor, self.barcode_rules)

    def close(self) -> None:
        """Give the connection back."""
        self._cursor.close()
        self._connection.close()

    def beside(self) -> AbstractContextManager[CatalogReader]:
        """Open another one for the thread that asks first; closed at the end."""
        return closing(CatalogReader(self._engine))

    def shop(self) -> Shop:
        """Return the shop, its rules included."""
        self._refresh()
        if self._shop is None:
            raise StorageError("shop_not_set_up")
        return self._shop

    def scan(self, code: str, moment: Timestamp) -> Scanned | None:
        """Find what a barcode, PLU or SKU names; see ports.catalog.Catalog.scan."""
        scan = read_identifier(clean_code(code))
        if scan.kind is DataKind.GS1_MESSAGE or may_be_message(scan.data):
            message = read_message(scan.data)
            if message is not None:
                return self._scan_message(message, moment)
        if not scan.data:
            return None
        unit_key = self._unit_key(statements.BY_BARCODE, look_up_keys(scan.data))
        unit = self._unit(unit_key, moment)
        if unit is not None:
            return Scanned(unit)
        return self._scan_measured(scan.data, moment) or self._scan_number(
            scan.data, moment
        )

    def unit(self, unit_id: str, moment: Timestamp) -> SellingUnit | None:
        """Return one selling unit at the prices of `moment`."""
        return self._unit(self._unit_key(statements.BY_ID, (unit_id,)), moment)

    def search(self, text: str, moment: Timestamp, limit: int) -> Sequence[SellingUnit]:
        """Find units by name part, pinyin, SKU, barcode tail; best sellers first."""
        keys = self._search.unit_keys(text, limit)
        found = (self._unit(unit_key, moment) for unit_key in keys)
        return tuple(unit for unit in found if unit is not None)

    def warm(self, best_sellers: int, moment: Timestamp) -> None:
        """Touch the directory of the search words and what sells best."""
        for unit_key in self._search.best_sellers(best_sellers):
            self._unit(unit_key, moment)

    def quick_keys(self, page: str, moment: Timestamp) -> Sequence[QuickKey]:
        """Return the tiles of a page, by position; former items leave theirs."""
        rows = self._query(
            "SELECT position, unit_key, label, labels FROM quick_key WHERE page = ? "
            "ORDER BY position",
            (page,),
        )
        units = [(row, self._unit(row[1], moment)) for row in rows]
        return tuple(
            QuickKey(page, row[0], unit, row[2], names_from_text(row[3]))
            for row, unit in units
            if unit
        )

    def barcode_rules(self) -> tuple[BarcodeRule, ...]:
        """Return the table of measure-carrying barcodes, in order."""
        self._refresh()
        return self._rules

    @override
    def version(self) -> int:
        """Return a number that differs once another connection changed the file."""
        self._refresh()
        return self._version

    def item_count(self) -> int:
        """Return how many items there are."""
        count: int = self._query("SELECT count(*) FROM item WHERE is_active")[0][0]
        return count

    def setting(self, key: str) -> str | None:
        """Return a setting of the shop, or None."""
        rows = self._query("SELECT value FROM setting WHERE key = ?", (key,))
        return rows[0][0] if rows else None

    # ---------------------------------------------------------------- inside

    @override
    def _query(self, statement: str, parameters: Sequence[object] = (), /) -> list[Any]:
        rows: list[Any] = self._cursor.execute(statement, parameters).fetchall()
        return rows

    def _refresh(self) -> None:
        """Read shop and rules again if another connection changed the file."""
        version = self._query("PRAGMA data_version")[0][0]
        if version != self._version:
            self._shop = shop_rows.read_shop(self._query)
            self._rules = shop_rows.read_barcode_rules(self._query)
            self._version = version

    def _unit_key(self, statement: str, keys: Sequence[str]) -> int | None:
        for key in keys:
            row = self._cursor.execute(statement, (key,)).fetchone()
            if row is not None:
                found: int = row[0]
                return found
        return None

    @override
    def _unit(self, unit_key: int | None, moment: Timestamp) -> SellingUnit | None:
        if unit_key is None:
            return None
        row = self._cursor.execute(statements.UNIT, (unit_key,)).fetchone()
        if row is None:
            return None
        pieces = _ONE if row[9] == "1" else Decimal(row[9])
        price, source = self._price(unit_key, moment), PriceSource.SHELF
        if price is None and row[14] > 0:
            price = self._factor_price(row[15], pieces, moment)
            source = PriceSource.UNIT_FACTOR if price else source
        return SellingUnit(
            item_id=row[0],
            unit_id=row[1],
            sku=row[2],
            name=row[3],
            variant=row[4],
            names=names_from_text(row[5]),
            category_id=row[6],
            unit_code=row[7],
            unit_name=row[8],
            pieces=pieces,
            sell_by=_SELL_BY[row[10]],
            tax_category=row[11],
            price=price,
            source=source,
            barcode=row[12],
            icon=row[13],
            discount_cap=None if row[16] is None else Percentage(row[16]),
            is_returnable=bool(row[17]),
            parent_id=row[18],
            brand=row[19],
            tags=tags_from_text(row[20]),
            floor_minor=row[21],
            level_prices=self._levels(unit_key, moment) if row[22] else (),
        )

    def _levels(self, unit_key: int, moment: Timestamp) -> tuple[LevelPrice, ...]:
        """Return the level prices in force; of one level the row that began last."""
        now = moment.unix_ms
        rows = self._query(statements.LEVELS, (unit_key, now, now))
        return tuple({row[0]: LevelPrice(*row) for row in rows}.values())

    def _price_minor(self, unit_key: int, moment: Timestamp) -> int | None:
        price = self._price(unit_key, moment)
        return price.minor if price else None

    def _price(self, unit_key: int, moment: Timestamp) -> UnitPrice | None:
        now = moment.unix_ms
        row = self._cursor.execute(statements.PRICE, (unit_key, now, now)).fetchone()
        if row is None:
            return None
        period = period_from_numbers(row[2], row[3])
        return UnitPrice(row[0], row[1], period, row[4])

    def _factor_price(
        self, item_key: int, pieces: Decimal, moment: Timestamp
    ) -> UnitPrice | None:
        """Return the base unit's price times the pieces."""
        row = self._cursor.execute(statements.BASE_UNIT, (item_key,)).fetchone()
        base = self._price(row[0], moment) if row else None
        if base is None:
            return None
        numerator, denominator = pieces.as_integer_ratio()
        return replace(base, minor=divide(base.minor * numerator, denominator))

    def _scan_measured(self, code: str, moment: Timestamp) -> Scanned | None:
        """Read a code that carries a weight, price or count."""
        measured = first_match(self.barcode_rules(), code)
        if measured is None:
            return None
        unit_key = self._unit_key(statements.BY_PLU, (measured.plu(),))
        if unit_key is None:
            unit_key = self._unit_key(statements.BY_BARCODE, measured.keys())
        unit = self._unit(unit_key, moment)
        if unit is None:
            return None
        total = measured.total_minor(self.shop().rules.currency)
        return carrying(unit, measured.quantity, total)

    def _scan_number(self, code: str, moment: Timestamp) -> Scanned | None:
        plu = code.lstrip("0") or "0"
        unit_key = self._unit_key(statements.BY_PLU, (plu,)) or self._unit_key(
            statements.BY_SKU, (code,)
        )
        unit = self._unit(unit_key, moment)
        return None if unit is None else Scanned(unit)

    def _scan_message(
        self, message: TradeItemMessage, moment: Timestamp
    ) -> Scanned | None:
        unit_key = self._unit_key(statements.BY_BARCODE, (barcode_key(message.gtin),))
        unit = self._unit(unit_key, moment)
        if unit is None:
            return None
        said = said_by(message, self.shop().rules.currency)
        return carrying(unit, *said)
