"""An item as plain fields that can be compared, changed and set back one by one.

Prices are the standing ones: what a bulk change sets, and what its undo sets again.
Price rows themselves are only ever added, so setting back is a new row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from pos_app.domain.bulk_edit import Fields, Plain
from pos_app.domain.item import SellBy
from pos_app.domain.journal import canonical_json
from pos_app.domain.price import UnitPrice
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft
from pos_app.services.item_prices import Pricing, prices_to_come, standing_price
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp

NAMES, UNIT = "names:", "unit:"
#: What a field is that says nothing.
GONE: tuple[Plain, ...] = (None, "", ())
#: Rows that begin so soon after each other were set one after the other.
_CLOSE_MS = 1000
_TEXTS = ("sku", "name", "variant", "spec", "icon", "tax_category", "brand")
_MAY_LACK = ("category_id", "parent_id")
_FLAGS = ("is_active", "is_returnable")


def fields_of(item: ItemDraft, now: Timestamp) -> dict[str, Plain]:
    """Return an item's fields at a moment."""
    found: dict[str, Plain] = {
        key: getattr(item, key) for key in (*_TEXTS, *_MAY_LACK, *_FLAGS)
    }
    cap = item.discount_cap
    found["discount_cap"] = None if cap is None else cap.millionths
    found["tags"] = item.tags
    found |= {NAMES + language: name for language, name in item.names}
    for unit in item.units:
        standing = standing_price(unit.prices, now)
        found |= {
            unit_field(unit.unit_id, "pieces"): str(unit.pieces),
            unit_field(unit.unit_id, "code"): unit.unit_code,
            unit_field(unit.unit_id, "name"): unit.unit_name,
            unit_field(unit.unit_id, "sell_by"): unit.sell_by.value,
            unit_field(unit.unit_id, "barcodes"): unit.barcodes,
            unit_field(unit.unit_id, "plu"): unit.plu,
            unit_field(unit.unit_id, "cost"): unit.cost_minor,
            unit_field(unit.unit_id, "floor"): unit.floor_minor,
            unit_field(unit.unit_id, "levels"): tuple(
                f"{level}|{minor}" for level, minor in unit.level_prices
            ),
            unit_field(unit.unit_id, "price"): standing.minor if standing else None,
            unit_field(unit.unit_id, "periods"): _periods(unit, now),
        }
    return found


def unit_field(unit_id: str, name: str) -> str:
    """Return the key of a unit's field."""
    return f"{UNIT}{unit_id}:{name}"


def fields_that_differ(before: Fields, after: Fields) -> tuple[Fields, Fields]:
    """Return the fields that differ: what was, and what is; None for not there."""
    keys = [k for k in {**before, **after} if before.get(k) != after.get(k)]
    return {k: before.get(k) for k in keys}, {k: after.get(k) for k in keys}


def holds(item: Fields, expected: Fields) -> bool:
    """Tell whether an item has the fields that a change expects."""
    return all(item.get(key) == value for key, value in expected.items())


def fingerprint(item: Fields) -> str:
    """Return what tells one state of an item from every other: 16 hex digits."""
    told = {k: list(v) if isinstance(v, tuple) else v for k, v in item.items()}
    return hashlib.sha256(canonical_json(told)).hexdigest()[:16]


def names_of(item: ItemDraft) -> tuple[tuple[str, str], ...]:
    """Return an item's names in other languages, with its variant."""
    return tuple((tag, f"{name} {item.variant}".strip()) for tag, name in item.names)


def with_fields(item: ItemDraft, changes: Fields, pricing: Pricing) -> ItemDraft:
    """Return an item with some fields changed.

    Args:
        item: as it is stored.
        changes: the new values; a unit whose pieces are None goes.
        pricing: since when a changed price holds.
    """
    plain = {k: v for k, v in changes.items() if k in {*_TEXTS, *_MAY_LACK, *_FLAGS}}
    changed = replace(item, **plain)  # type: ignore[arg-type]
    if "discount_cap" in changes:
        cap = changes["discount_cap"]
        assert cap is None or isinstance(cap, int)
        told = None if cap is None else Percentage(cap)
        changed = replace(changed, discount_cap=told)
    if "tags" in changes:
        tags = changes["tags"] or ()
        assert isinstance(tags, tuple | list)
        changed = replace(changed, tags=tuple(tags))
    names = _names(item, changes)
    return replace(changed, names=names, units=_units(item, changes, pricing))


def _names(item: ItemDraft, changes: Fields) -> tuple[tuple[str, str], ...]:
    names = dict(item.names)
    for key, value in changes.items():
        if key.startswith(NAMES):
            language = key.removeprefix(NAMES)
            if value is None:
                names.pop(language, None)
            else:
                names[language] = str(value)
    return tuple(names.items())


def _units(item: ItemDraft, changes: Fields, pricing: Pricing) -> tuple[UnitDraft, ...]:
    said: dict[str, dict[str, Plain]] = {}
    for key, value in changes.items():
        if key.startswith(UNIT):
            unit_id, _colon, name = key.removeprefix(UNIT).partition(":")
            said.setdefault(unit_id, {})[name] = value
    known = {unit.unit_id: unit for unit in item.units}
    fresh = [unit_id for unit_id in said if unit_id not in known]
    units = {**known, **{x: UnitDraft(x, "", "") for x in fresh}}
    return tuple(
        _unit(unit, said.get(unit_id, {}), pricing)
        for unit_id, unit in units.items()
        if said.get(unit_id, {}).get("pieces", "1") is not None
    )


def _unit(unit: UnitDraft, said: Mapping[str, Plain], pricing: Pricing) -> UnitDraft:
    if not said:
        return unit
    barcodes = said.get("barcodes", unit.barcodes)
    cost = said.get("cost", unit.cost_minor)
    assert cost is None or isinstance(cost, int)
    assert isinstance(barcodes, tuple | list)
    floor = said.get("floor", unit.floor_minor) or 0
    assert isinstance(floor, int)
    return replace(
        unit,
        floor_minor=floor,
        level_prices=_levels(unit, said),
        pieces=Decimal(str(said.get("pieces", unit.pieces))),
        unit_code=str(said.get("code", unit.unit_code)),
        unit_name=str(said.get("name", unit.unit_name)),
        sell_by=SellBy(str(said.get("sell_by", unit.sell_by.value))),
        barcodes=tuple(barcodes),
        plu=str(said.get("plu", unit.plu)),
        cost_minor=cost,
        prices=_prices(unit, said, pricing),
    )


def _levels(unit: UnitDraft, said: Mapping[str, Plain]) -> tuple[tuple[str, int], ...]:
    if "levels" not in said:
        return unit.level_prices
    told = said["levels"] or ()
    assert isinstance(told, tuple | list)
    pairs = (text.rpartition("|") for text in told)
    return tuple((level, int(minor)) for level, _bar, minor in pairs)


def _prices(
    unit: UnitDraft, said: Mapping[str, Plain], pricing: Pricing
) -> tuple[UnitPrice, ...]:
    price, wanted = said.get("price"), said.get("periods")
    assert price is None or isinstance(price, int)
    pricing = _after_others(unit, pricing)
    rows = pricing.applied(unit.prices, price).prices
    if wanted is None:
        return rows
    assert isinstance(wanted, tuple | list)
    present = _periods(unit, pricing.now)
    kept = tuple(
        _ended(row, pricing.now)
        if _period_text(row) in present and _period_text(row) not in wanted
        else row
        for row in rows
    )
    for text in wanted:
        if text not in present:
            minor, start, end = text.split("|")
            period = Period(_moment(start), _moment(end))
            kept = replace(pricing, period=period).applied(kept, int(minor)).prices
    return kept


def _after_others(unit: UnitDraft, pricing: Pricing) -> Pricing:
    """Begin behind a row of the same moment: of two that begin at once, ids decide.

    A clock that was set back stands still at the last entry's moment.
    """
    now_ms = pricing.now.unix_ms
    starts = [row.period.start.unix_ms for row in unit.prices if row.period.start]
    close = [start for start in starts if now_ms <= start < now_ms + _CLOSE_MS]
    if not close:
        return pricing
    return replace(pricing, now=Timestamp(max(close) + 1))


def _periods(unit: UnitDraft, now: Timestamp) -> tuple[str, ...]:
    """Return the prices beside the standing one that hold now or later."""
    rows = prices_to_come(unit.prices, now)
    return tuple(sorted(_period_text(row) for row in rows if _is_some(row.period)))


def _is_some(period: Period) -> bool:
    start, end = period.start, period.end
    return start is None or end is None or start < end


def _period_text(row: UnitPrice) -> str:
    start, end = row.period.start, row.period.end
    return f"{row.minor}|{start.unix_ms if start else ''}|{end.unix_ms if end else ''}"


def _moment(text: str) -> Timestamp | None:
    return Timestamp(int(text)) if text else None


def _ended(row: UnitPrice, now: Timestamp) -> UnitPrice:
    """End a row now, or before it begins: rows are ended and never taken away."""
    start = row.period.start
    end = now if start is None or start < now else start
    return replace(row, period=Period(start, end))
