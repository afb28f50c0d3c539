"""A small real catalogue file, for tests that search and import."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from pathlib import Path

from pos_app.domain.price import UnitPrice
from pos_app.domain.shop import Shop
from pos_app.domain.tax import (
    CashRounding,
    PricingRules,
    TaxCategory,
    TaxRate,
    TaxRounding,
)
from pos_app.persistence.catalog.opening import open_catalog, open_catalog_reader
from pos_app.persistence.catalog.reader import CatalogReader
from pos_app.persistence.catalog.writer import CatalogWriter
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp

KEY = bytes(range(32))
NOW = Timestamp(1_800_000_000_000)


@dataclass(slots=True)
class SteppedClock:
    """A clock that tests move."""

    moment: Timestamp = NOW

    def now(self) -> Timestamp:
        return self.moment

    def monotonic_ms(self) -> int:
        return self.moment.unix_ms


class CountedIds:
    """Identities in order, in the form of UUIDs."""

    def __init__(self) -> None:
        self._count = count(1)

    def new(self) -> str:
        return f"00000000-0000-7000-8000-{next(self._count):012d}"


def catalog_shop(currency: str = "CNY") -> Shop:
    """Return a shop with two tax categories."""
    vat = TaxRate("A", "增值税 13%", Percentage.parse("13"))
    lower = TaxRate("B", "增值税 9%", Percentage.parse("9"))
    return Shop(
        shop_id="shop",
        name="晴川生活",
        names=(),
        address="",
        phone="",
        tax_number="",
        language="zh-CN",
        time_zone="Asia/Shanghai",
        day_starts_at_hour=5,
        till="02",
        rules=PricingRules(
            currency=currency,
            prices_include_tax=True,
            tax_rounding=TaxRounding.DOCUMENT,
            cash_rounding=CashRounding(),
            tax_categories=(
                TaxCategory("standard", "标准税率", (vat,)),
                TaxCategory("reduced", "低税率", (lower,)),
            ),
        ),
        cash_notes_minor=(10000,),
    )


def plain_item(number: int, name: str, **extra: str) -> ItemDraft:
    """Return an item of one unit; its unit's id is "u<number>"."""
    barcode = extra.pop("barcode", "")
    unit = UnitDraft(
        f"u{number}",
        "H87",
        extra.pop("unit", "件"),
        pieces=Decimal(1),
        barcodes=(barcode,) if barcode else (),
        prices=(UnitPrice(f"p{number}", 100 * number, Period()),),
    )
    return ItemDraft(
        item_id=f"i{number}",
        sku=extra.pop("sku", f"S{number:04d}"),
        name=name,
        tax_category="standard",
        units=(unit,),
        **extra,  # type: ignore[arg-type]
    )


@contextmanager
def opened_catalog(
    folder: Path, currency: str = "CNY"
) -> Iterator[tuple[CatalogWriter, CatalogReader]]:
    """Open a new catalogue with its one writer and one reader."""
    engine = open_catalog(folder / "catalog.db", KEY)
    writer = CatalogWriter(engine, lambda: NOW.unix_ms)
    writer.put_shop(catalog_shop(currency))
    readers = open_catalog_reader(folder / "catalog.db", KEY)
    reader = CatalogReader(readers)
    try:
        yield writer, reader
    finally:
        reader.close()
        readers.dispose()
        engine.dispose()
