"""What a line of a file makes of an item: new, or the stored one changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos_app.domain.item import SellBy
from pos_app.domain.price import UnitPrice
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft
from pos_app.ports.clock import Ids
from pos_app.services.item_values import RowValues
from pos_app.values.gs1.gtin import barcode_key
from pos_app.values.quantity import BOX, PIECE
from pos_app.values.times import Period, Timestamp

BOX_NAME = "箱"
PIECE_NAME = "件"


@dataclass(frozen=True, slots=True)
class MergeContext:
    """What a line does not say.

    Attributes:
        now: since when a changed price holds.
        ids: identities of what is new.
        category_id: of the category that the line names; None when it names none.
        default_tax: key for items whose line names no tax.
    """

    now: Timestamp
    ids: Ids
    category_id: str | None
    default_tax: str


def new_item(values: RowValues, context: MergeContext) -> ItemDraft:
    """Return the item that a line describes."""
    base = UnitDraft(
        unit_id=context.ids.new(),
        unit_code=values.unit_code or PIECE,
        unit_name=values.unit_name or PIECE_NAME,
        sell_by=values.sell_by or SellBy.COUNT,
        barcodes=values.barcodes,
        plu=values.plu,
        prices=_first_price(values.price_minor, context),
        cost_minor=values.cost_minor,
    )
    return ItemDraft(
        item_id=context.ids.new(),
        sku=values.sku,
        name=values.name,
        tax_category=values.tax_category or context.default_tax,
        units=_with_box((base,), values, context),
        variant=values.variant or "",
        names=(("en", values.name_en),) if values.name_en else (),
        category_id=context.category_id,
        spec=values.spec or "",
    )


def merged(before: ItemDraft, values: RowValues, context: MergeContext) -> ItemDraft:
    """Return the stored item with what the line says; equal when it says nothing new.

    Barcodes are added, never taken away; a price that differs from the one in
    force becomes a new price row from now on.
    """
    base = before.units[0]
    base = replace(
        base,
        unit_code=values.unit_code or base.unit_code,
        unit_name=values.unit_name or base.unit_name,
        sell_by=values.sell_by or base.sell_by,
        barcodes=_with_codes(base.barcodes, values.barcodes, before),
        plu=_same_plu(values.plu, base.plu),
        prices=_with_price(base.prices, values.price_minor, context),
        cost_minor=base.cost_minor if values.cost_minor is None else values.cost_minor,
    )
    names = dict(before.names)
    if values.name_en:
        names["en"] = values.name_en
    return replace(
        before,
        sku=values.sku or before.sku,
        name=values.name or before.name,
        tax_category=values.tax_category or before.tax_category,
        units=_with_box((base, *before.units[1:]), values, context),
        variant=before.variant if values.variant is None else values.variant,
        names=tuple(names.items()),
        category_id=context.category_id or before.category_id,
        spec=before.spec if values.spec is None else values.spec,
    )


def price_in_force(prices: Sequence[UnitPrice], moment: Timestamp) -> UnitPrice | None:
    """Return the row in force: of those that cover the moment, the latest start."""
    covering = [price for price in prices if price.period.covers(moment)]
    return max(covering, key=_start, default=None)


def _start(price: UnitPrice) -> tuple[int, str]:
    start = price.period.start
    return (0 if start is None else start.unix_ms, price.price_id)


def _first_price(minor: int | None, context: MergeContext) -> tuple[UnitPrice, ...]:
    if minor is None:
        return ()
    return (UnitPrice(context.ids.new(), minor, Period()),)


def _with_price(
    prices: tuple[UnitPrice, ...], minor: int | None, context: MergeContext
) -> tuple[UnitPrice, ...]:
    if minor is None:
        return prices
    if not prices:
        return _first_price(minor, context)
    current = price_in_force(prices, context.now)
    if current is not None and current.minor == minor:
        return prices
    changed = UnitPrice(context.ids.new(), minor, Period(start=context.now))
    return tuple(sorted((*prices, changed), key=_start))


def _with_codes(
    codes: tuple[str, ...], said: tuple[str, ...], item: ItemDraft
) -> tuple[str, ...]:
    """Add the codes that no unit of the item has yet."""
    known = {barcode_key(code) for unit in item.units for code in unit.barcodes}
    return codes + tuple(code for code in said if barcode_key(code) not in known)


def _same_plu(said: str, stored: str) -> str:
    """Return the stored PLU where only leading zeros differ."""
    return stored if said.lstrip("0") == stored.lstrip("0") or not said else said


def _with_box(
    units: tuple[UnitDraft, ...], values: RowValues, context: MergeContext
) -> tuple[UnitDraft, ...]:
    """Add or change the box of a line that has one."""
    has_box = bool(values.box_barcodes) or values.box_price_minor is not None
    if values.box_pieces is None or not has_box:
        return units
    keys = {barcode_key(code) for code in values.box_barcodes}
    for position, unit in enumerate(units[1:], start=1):
        owned = {barcode_key(code) for code in unit.barcodes}
        if owned & keys or unit.pieces == values.box_pieces:
            fresh = [c for c in values.box_barcodes if barcode_key(c) not in owned]
            box = replace(
                unit,
                pieces=values.box_pieces,
                barcodes=unit.barcodes + tuple(fresh),
                prices=_with_price(unit.prices, values.box_price_minor, context),
            )
            return (*units[:position], box, *units[position + 1 :])
    box = UnitDraft(
        unit_id=context.ids.new(),
        unit_code=BOX,
        unit_name=BOX_NAME,
        pieces=values.box_pieces,
        barcodes=values.box_barcodes,
        prices=_first_price(values.box_price_minor, context),
    )
    return (*units, box)
