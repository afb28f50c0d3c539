"""Baskets of real households: dunnhumby's "The Complete Journey", read from ../shared.

A line's regular price is what was paid with the loyalty discount and the shop's part of
a coupon put back; coupons are what the household handed in. Lines without a quantity
(coupons and voids of the old till) are counted and left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from pos_app.values.times import Timestamp

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "completejourney"
FILE = FOLDER / "transactions_w01_44_hh80.parquet"
#: The year is 2017; whole weeks later, so that weekdays stay what they were.
_LATER = timedelta(weeks=470)
#: What fuel and the like are sold in is no piece: such a line is one of its amount.
_MOST_PIECES = 99


@dataclass(frozen=True, slots=True)
class JourneyLine:
    """A line: product, pieces, and minor units of one piece.

    Attributes:
        product: its id. pieces: how many. regular_minor, member_minor: prices.
        coupon_minor: what the household handed in coupons for.
    """

    product: str
    pieces: int
    regular_minor: int
    member_minor: int
    coupon_minor: int


@dataclass(frozen=True, slots=True)
class JourneyBasket:
    """One basket of one household."""

    household: int
    at: Timestamp
    lines: tuple[JourneyLine, ...]


def baskets(count: int) -> tuple[tuple[JourneyBasket, ...], int]:
    """Return the first so many baskets in the order of time, and the lines left out."""
    from pyarrow import parquet

    table = parquet.read_table(FILE).sort_by(
        [("transaction_timestamp", "ascending"), ("basket_id", "ascending")]
    )
    found: list[JourneyBasket] = []
    left_out = 0
    for _basket, rows in groupby(_rows(table), key=lambda row: row["basket_id"]):
        own = list(rows)
        lines = tuple(_line(row) for row in own if _is_sold(row))
        left_out += len(own) - len(lines)
        if lines:
            moment = own[0]["transaction_timestamp"].replace(tzinfo=UTC)
            at = Timestamp.of(moment + _LATER)
            found.append(JourneyBasket(own[0]["household_id"], at, lines))
        if len(found) == count:
            break
    return tuple(found), left_out


def _rows(table: Any) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches(max_chunksize=20_000):
        yield from batch.to_pylist()


def _is_sold(row: dict[str, Any]) -> bool:
    return row["quantity"] > 0


def _line(row: dict[str, Any]) -> JourneyLine:
    sales, retail, match, coupon = (
        round(row[name] * 100)
        for name in ("sales_value", "retail_disc", "coupon_match_disc", "coupon_disc")
    )
    member, regular, pieces = sales + match, sales + match + retail, row["quantity"]
    if pieces > _MOST_PIECES or member % pieces or regular % pieces:
        pieces = 1
    each = (regular // pieces, member // pieces)
    return JourneyLine(str(row["product_id"]), pieces, *each, min(coupon, member))


def products_of(found: Sequence[JourneyBasket]) -> tuple[str, ...]:
    """Return every product, in the order in which it is first bought."""
    return tuple(dict.fromkeys(x.product for basket in found for x in basket.lines))


def households_of(found: Sequence[JourneyBasket]) -> tuple[int, ...]:
    """Return every household, in the order of its first basket."""
    return tuple(dict.fromkeys(basket.household for basket in found))
