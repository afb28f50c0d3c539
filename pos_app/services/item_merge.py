"""What a line of a file makes of an item: new, or the stored one changed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pos_app.domain.item import MEMBER_LEVEL, SellBy
from pos_app.domain.price import UnitPrice
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft
from pos_app.ports.clock import Ids
from pos_app.services.item_emptied import without
from pos_app.services.item_prices import Pricing
from pos_app.services.item_texts import shown_text
from pos_app.services.item_values import RowValues
from pos_app.values.gs1.gtin import barcode_key
from pos_app.values.quantity import BOX, PIECE
from pos_app.values.times import Timestamp

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
        parent_id: the item that the line calls its parent; None when it calls none.
        odd: keys of warnings; grows while lines are merged.
    """

    now: Timestamp
    ids: Ids
    category_id: str | None
    default_tax: str
    parent_id: str | None = None
    odd: list[str] = field(default_factory=list)


def new_item(values: RowValues, context: MergeContext) -> ItemDraft:
    """Return the item that a line describes."""
    base = UnitDraft(
        unit_id=context.ids.new(),
        unit_code=values.unit_code or PIECE,
        unit_name=values.unit_name or PIECE_NAME,
        sell_by=values.sell_by or SellBy.COUNT,
        barcodes=values.barcodes,
        plu=values.plu,
        prices=_with_price((), values.price_minor, values, context),
        cost_minor=values.cost_minor,
        floor_minor=values.floor_minor or 0,
        level_prices=_with_member((), values.member_minor),
    )
    return ItemDraft(
        item_id=context.ids.new(),
        sku=values.sku,
        name=values.name,
        tax_category=values.tax_category or context.default_tax,
        units=_with_box((base,), values, context),
        variant=values.variant or "",
        names=tuple(values.names.items()),
        category_id=context.category_id,
        spec=values.spec or "",
        parent_id=context.parent_id,
        discount_cap=values.discount_cap,
        is_returnable=values.is_returnable is not False,
        brand=values.brand,
        tags=values.tags,
    )


def merged(before: ItemDraft, values: RowValues, context: MergeContext) -> ItemDraft:
    """Return the stored item with what the line says; equal when it says nothing new.

    Barcodes are added; an exported row whose cell was emptied takes its value away.
    Prices as in `item_prices`.
    """
    before = without(before, values.emptied, _box_position(before.units, values))
    if values.joins_line:
        return _with_more(before, values, context)
    base = _with_unit(before.units[0], values)
    base = replace(
        base,
        barcodes=_with_codes(base.barcodes, values.barcodes, before),
        plu=_same_plu(values.plu, base.plu),
        prices=_with_price(base.prices, values.price_minor, values, context),
        cost_minor=base.cost_minor if values.cost_minor is None else values.cost_minor,
        floor_minor=base.floor_minor
        if values.floor_minor is None
        else values.floor_minor,
        level_prices=_with_member(base.level_prices, values.member_minor),
    )
    return replace(
        before,
        sku=values.sku or before.sku,
        name=_said(before.name, values.name),
        tax_category=values.tax_category or before.tax_category,
        units=_with_box((base, *before.units[1:]), values, context),
        variant=_said(before.variant, values.variant or ""),
        names=_with_names(before.names, values.names),
        category_id=context.category_id or before.category_id,
        spec=_said(before.spec, values.spec or ""),
        parent_id=context.parent_id or before.parent_id,
        discount_cap=values.discount_cap if values.cap_text else before.discount_cap,
        is_returnable=before.is_returnable
        if values.is_returnable is None
        else values.is_returnable,
        brand=_said(before.brand, values.brand),
        tags=values.tags or before.tags,
    )


def _with_more(
    before: ItemDraft, values: RowValues, context: MergeContext
) -> ItemDraft:
    """Return the item with the prices and the box of a further line."""
    base = before.units[0]
    base = replace(
        base,
        barcodes=_with_codes(base.barcodes, values.barcodes, before),
        prices=_with_price(base.prices, values.price_minor, values, context),
    )
    return replace(before, units=_with_box((base, *before.units[1:]), values, context))


def _with_member(
    levels: tuple[tuple[str, int], ...], minor: int | None
) -> tuple[tuple[str, int], ...]:
    """Return level prices with what members pay, where a line says it."""
    if minor is None:
        return levels
    return tuple(sorted({**dict(levels), MEMBER_LEVEL: minor}.items()))


def _said(before: str, said: str) -> str:
    """Return the text said; the stored one where only invisible blanks differ."""
    return said if said and said != shown_text(before) else before


def _with_names(
    before: tuple[tuple[str, str], ...], said: dict[str, str]
) -> tuple[tuple[str, str], ...]:
    names = dict(before)
    for language, name in said.items():
        names[language] = _said(names.get(language, ""), name)
    return tuple(names.items())


def _with_unit(base: UnitDraft, values: RowValues) -> UnitDraft:
    """Return the unit as the line calls it; a name as before keeps its code."""
    name = _said(base.unit_name, values.unit_name or "")
    if name == base.unit_name and values.unit_name and not values.is_unit_code_said:
        return base
    return replace(
        base,
        unit_code=values.unit_code or base.unit_code,
        unit_name=name,
        sell_by=values.sell_by or base.sell_by,
    )


def _with_price(
    prices: tuple[UnitPrice, ...],
    minor: int | None,
    values: RowValues,
    context: MergeContext,
) -> tuple[UnitPrice, ...]:
    pricing = Pricing(context.now, context.ids, values.period)
    change = pricing.applied(prices, minor)
    if change.odd:
        context.odd.append(change.odd)
    return change.prices


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
    if values.box_pieces is None or not values.has_box:
        return units
    position = _box_position(units, values)
    if position is None:
        box = UnitDraft(
            unit_id=context.ids.new(),
            unit_code=BOX,
            unit_name=values.box_unit_name or BOX_NAME,
            pieces=values.box_pieces,
            barcodes=values.box_barcodes,
            prices=_with_price((), values.box_price_minor, values, context),
        )
        return (*units, box)
    unit = units[position]
    owned = {barcode_key(code) for code in unit.barcodes}
    fresh = [code for code in values.box_barcodes if barcode_key(code) not in owned]
    box = replace(
        unit,
        unit_name=_said(unit.unit_name, values.box_unit_name),
        pieces=values.box_pieces,
        barcodes=unit.barcodes + tuple(fresh),
        prices=_with_price(unit.prices, values.box_price_minor, values, context),
    )
    return (*units[:position], box, *units[position + 1 :])


def _box_position(units: tuple[UnitDraft, ...], values: RowValues) -> int | None:
    """Return which unit a line's box is: by barcode, by name, by what is in it."""
    keys = {barcode_key(code) for code in values.box_barcodes}
    alike = [
        position
        for position, unit in enumerate(units)
        if position and unit.pieces == values.box_pieces
    ]
    by_code = [
        position
        for position, unit in enumerate(units)
        if position and keys & {barcode_key(code) for code in unit.barcodes}
    ]
    by_name = [
        position
        for position in alike
        if shown_text(units[position].unit_name) == values.box_unit_name
    ]
    if values.box_unit_name and not by_code and not by_name:
        return None
    return next(iter((*by_code, *by_name, *alike)), None)
