"""The promotions that seven chains published, as ours; and baskets of their goods.

A chain's file says a barcode, a number of the promotion, words, a quantity, a price,
a percentage, whether members only and whether by coupon. What the figures mean differs
from chain to chain, and conditions stand in the words alone: no more than so many, from
so much spent on, by the chain's own card. `real_words` reads them; what we cannot say
is counted with its reason. 126 of the promotions made were read beside their Hebrew by
hand: before the words were read one of 63 said something else (of all of them about
one of fifty: a limit, a least purchase), since then none of 63.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from pos_app.domain.item import PriceSource, SellBy, SellingUnit
from pos_app.domain.price import UnitPrice
from pos_app.domain.promotion.book import PromotionBook, compile_book
from pos_app.domain.promotion.checks import NAME_LIMIT, refuse_unsound, selectors_of
from pos_app.domain.promotion.deal import UnitDeal, kind_of
from pos_app.domain.promotion.promotion import (
    Audience,
    AudienceKind,
    Promotion,
    Schedule,
    Trigger,
    TriggerKind,
)
from pos_app.domain.promotion.selector import GoodsSet, Selector
from pos_app.errors import UserError
from pos_app.values.times import Period, Timestamp
from tests.contract.real_deals import UnmappedError, deal_of, minor_of

FOLDER = "data/il_prices_promos"
KEY_COLUMNS = ("date", "chain", "store_id", "barcode")
PRICE_COLUMNS = (*KEY_COLUMNS, "name", "price", "weighable")
PROMOTION_COLUMNS = (
    *KEY_COLUMNS,
    "promo_id",
    "promo_description",
    "valid_until",
    "min_qty",
    "promo_price",
    "discount_rate",
    "club",
    "coupon",
    "reward_type",
)
#: What a deal is made of; a row for each of the goods says it.
SAYING = (
    "promo_description",
    "min_qty",
    "promo_price",
    "discount_rate",
    "coupon",
    "reward_type",
)
PROMOTIONS, PRICES = "promos_2026-08-09_18.parquet", "prices_2026-08-09_18.parquet"


@dataclass(frozen=True)
class Shop:
    """One store of a chain: its goods, its promotions, their book."""

    key: tuple[str, str]
    units: tuple[SellingUnit, ...]
    promoted: tuple[SellingUnit, ...]
    book: PromotionBook
    coupons: tuple[str, ...]


@dataclass
class Import:
    """What came of it: shops, and how many promotions became what."""

    shops: tuple[Shop, ...]
    mapped: Tally[str]
    unmapped: Tally[str]
    unpriced: int

    @property
    def total(self) -> int:
        """All promotions read."""
        return self.mapped.total() + self.unmapped.total()

    def told(self) -> str:
        """Say the share and the reasons, one a line."""
        head = f"{self.mapped.total()} of {self.total} promotions mapped"
        rows = [
            f"{head}, {self.unpriced} of them for goods without a price in the files"
        ]
        for tally in (self.mapped, self.unmapped):
            rows += [f"  {count:6} {words}" for words, count in tally.most_common()]
        return "\n".join(rows)


def read_all(folder: Path, chain_wanted: str = "") -> Import:
    """Import every promotion of the files, or of one chain, as of its last day.

    A store whose prices are not in the files has those of another one of its chain.
    """
    units = _units(folder / PRICES, chain_wanted)
    by_chain: dict[str, dict[str, SellingUnit]] = defaultdict(dict)
    for (chain, _store), known in units.items():
        by_chain[chain] |= known
    units = {key: by_chain[key[0]] | known for key, known in units.items()}
    unpriced = 0
    mapped: Tally[str] = Tally()
    unmapped: Tally[str] = Tally()
    by_shop: dict[tuple[str, str], list[Promotion]] = defaultdict(list)
    for (chain, store, number), rows in _promotions(
        folder / PROMOTIONS, chain_wanted
    ).items():
        shop = (chain, store)
        goods = units.setdefault(shop, dict(by_chain[chain]))
        try:
            made = _promotion(number, rows, goods)
            refuse_unsound(made)
        except UnmappedError as error:
            unmapped[str(error)] += 1
            continue
        except UserError as error:
            unmapped[f"refused: {error.key}"] += 1
            continue
        mapped[_told(made)] += 1
        unpriced += not any(row["barcode"] in goods for row in rows)
        by_shop[shop].append(made)
    shops = tuple(
        _shop(key, units.get(key, {}), found) for key, found in sorted(by_shop.items())
    )
    return Import(tuple(x for x in shops if x.promoted), mapped, unmapped, unpriced)


def _shop(
    key: tuple[str, str], units: dict[str, SellingUnit], found: list[Promotion]
) -> Shop:
    named: set[str] = set()
    for one in found:
        for _blank, goods in selectors_of(one.deal):
            named.update(goods.include.unit_ids)
    every = tuple(units[code] for code in sorted(units))
    coupons = (x.promotion_id for x in found if x.trigger.kind is TriggerKind.COUPON)
    return Shop(
        key,
        every,
        tuple(x for x in every if x.unit_id in named),
        compile_book(found, {}),
        tuple(sorted(coupons)),
    )


def _last_rows(
    file: Path, keys: Sequence[str], chain: str
) -> dict[tuple[str, ...], dict[str, Any]]:
    """Return the row of the last day for each key."""
    import pyarrow.parquet as parquet

    wanted = [("chain", "==", chain)] if chain else None
    columns_of = PROMOTION_COLUMNS if file.name == PROMOTIONS else PRICE_COLUMNS
    read = parquet.read_table(file, columns=[*columns_of], filters=wanted)
    table = read.sort_by("date").to_pydict()
    columns = [table[key] for key in keys]
    at = {key: index for index, key in enumerate(zip(*columns, strict=True))}
    return {
        key: {name: values[index] for name, values in table.items()}
        for key, index in at.items()
    }


def _units(
    file: Path, chain_wanted: str
) -> dict[tuple[str, str], dict[str, SellingUnit]]:
    found: dict[tuple[str, str], dict[str, SellingUnit]] = defaultdict(dict)
    keys = ("chain", "store_id", "barcode")
    for (chain, store, code), row in _last_rows(file, keys, chain_wanted).items():
        minor = minor_of(row["price"])
        if minor:
            is_weighed = row["weighable"] == "1"
            unit = _unit(f"{chain} {store} {code}", row["name"], minor, is_weighed)
            found[chain, store][code] = unit
    return found


def _unit(unit_id: str, name: str, minor: int, is_weighed: bool) -> SellingUnit:
    return SellingUnit(
        item_id=unit_id,
        unit_id=unit_id,
        sku=unit_id,
        name=name,
        variant="",
        names=(),
        category_id=None,
        unit_code="KGM" if is_weighed else "H87",
        unit_name="",
        pieces=Decimal(1),
        sell_by=SellBy.WEIGHT if is_weighed else SellBy.COUNT,
        tax_category="vat",
        price=UnitPrice(unit_id, minor, Period()),
        source=PriceSource.SHELF,
    )


def _promotions(
    file: Path, chain_wanted: str
) -> dict[tuple[str, str, str], list[dict[str, Any]]]:
    """Return the rows of each promotion, those of its last day only."""
    grouped: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    keys = ("chain", "store_id", "promo_id", "barcode")
    for (chain, store, number, _code), row in _last_rows(
        file, keys, chain_wanted
    ).items():
        grouped[chain, store, number].append(row)
    for key, rows in grouped.items():
        last = max(row["date"] for row in rows)
        grouped[key] = [row for row in rows if row["date"] == last]
    return grouped


def _promotion(
    number: str, rows: Sequence[dict[str, Any]], units: dict[str, SellingUnit]
) -> Promotion:
    first = rows[0]
    codes = sorted({row["barcode"] for row in rows})
    goods = [units[code] for code in codes if code in units]
    ids = (units[code].unit_id if code in units else code for code in codes)
    chosen = Selector(GoodsSet(unit_ids=tuple(ids)))
    said = {tuple(row[name] for name in SAYING): row for row in rows}
    made = {deal_of(row, goods, chosen) for row in said.values()}
    if len(made) > 1:
        raise UnmappedError("one number for goods at several prices")
    ((deal, limits),) = made
    is_coupon = first["coupon"] == "1"
    day = datetime.fromisoformat(first["valid_until"]).replace(tzinfo=UTC)
    end = int((day + timedelta(days=1)).timestamp() * 1000)
    is_club = first["club"] == "1"
    return Promotion(
        promotion_id=f"{first['chain']} {first['store_id']} {number}",
        version=1,
        name=(first["promo_description"].strip() or number)[:NAME_LIMIT],
        deal=deal,
        audience=Audience(AudienceKind.MEMBER if is_club else AudienceKind.EVERYONE),
        schedule=Schedule(Period(end=Timestamp(end))),
        trigger=Trigger(TriggerKind.COUPON if is_coupon else TriggerKind.AUTO),
        limits=limits,
    )


def _told(made: Promotion) -> str:
    kind = str(kind_of(made.deal))
    if isinstance(made.deal, UnitDeal):
        kind += " price" if made.deal.off.price_minor is not None else " percent"
    who = ", members" if made.audience.kind is AudienceKind.MEMBER else ""
    how = ", coupon" if made.trigger.kind is TriggerKind.COUPON else ""
    most = ", limited" if made.limits.per_basket else ""
    return f"{kind}{who}{how}{most}"
