"""Writes whole items in one transaction: what changed, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from pos_app.errors import UserError
from pos_app.persistence.catalog.codec import (
    names_to_text,
    period_to_numbers,
    tags_to_text,
)
from pos_app.persistence.catalog.item_loader import keys_by_id, load_items, rows_of
from pos_app.persistence.catalog.item_statements import (
    OWNERS,
    PUT_BARCODE,
    PUT_COST,
    PUT_ITEM,
    PUT_PRICE,
    PUT_UNIT,
)
from pos_app.persistence.catalog.level_rows import (
    END_LEVEL,
    PUT_LEVEL,
    gather_levels,
)
from pos_app.persistence.catalog.search_index import (
    LAST_SHELF,
    RETIRED_SHELF,
    drop_words,
    put_words,
    row_of,
    texts_of,
    words_of,
)
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft
from pos_app.values.gs1.gtin import barcode_key, display_code
from pos_app.values.quantity import canonical


@dataclass(slots=True)
class _Rows:
    """The rows that one transaction writes, gathered statement by statement."""

    unit_keys: dict[str, int]
    shelves: dict[int, int]
    now_ms: int
    items: list[tuple[Any, ...]] = field(default_factory=list)
    units: list[tuple[Any, ...]] = field(default_factory=list)
    unlisted: list[tuple[int]] = field(default_factory=list)
    recoded: list[tuple[int]] = field(default_factory=list)
    barcodes: list[tuple[Any, ...]] = field(default_factory=list)
    plus: list[tuple[str, int]] = field(default_factory=list)
    prices: list[tuple[Any, ...]] = field(default_factory=list)
    costs: list[tuple[int, int, int]] = field(default_factory=list)
    ended_levels: list[tuple[Any, ...]] = field(default_factory=list)
    levels: list[tuple[Any, ...]] = field(default_factory=list)
    forgotten: list[int] = field(default_factory=list)
    words: list[tuple[int, str]] = field(default_factory=list)


def save_items(connection: Connection, items: Sequence[ItemDraft], now_ms: int) -> None:
    """Store items; what is as it was is not written again.

    Args:
        connection: inside the writer's transaction.
        items: each item once.
        now_ms: since when a changed cost holds; milliseconds since 1970 UTC.

    Raises:
        UserError: "barcode_taken", "plu_taken" or "sku_taken".
    """
    known = keys_by_id(connection, "item", [item.item_id for item in items])
    stored = load_items(connection, known.values())
    item_keys = _assign(connection, "item", known, [item.item_id for item in items])
    _refuse_taken(connection, items, item_keys)
    unit_keys = _unit_keys(connection, items, stored.values())
    parents = keys_by_id(
        connection, "item", {i.parent_id for i in items if i.parent_id}
    )
    shelves = dict(
        map(
            tuple,
            rows_of(
                connection,
                "SELECT unit_key, shelf FROM velocity "
                "WHERE unit_key IN (SELECT value FROM json_each(?))",
                unit_keys.values(),
            ),
        )
    )
    rows = _Rows(unit_keys, shelves, now_ms)
    for item in items:
        item_key = item_keys[item.item_id]
        before = stored.get(item_key)
        if before == item:
            continue
        parent_key = (parents | item_keys)[item.parent_id] if item.parent_id else None
        rows.items.append(_item_row(item, item_key, parent_key))
        _gather_units(rows, item, before, item_key)
    rows.items.sort(key=lambda row: row[10] is not None)  # parents first
    _write(connection, rows)


def _assign(
    connection: Connection, table: str, known: dict[str, int], ids: Sequence[str]
) -> dict[str, int]:
    """Return a key for every id: the one it has, or the next free one."""
    top = connection.exec_driver_sql(
        f"SELECT coalesce(max({table}_key), 0) FROM {table}"  # noqa: S608 - our names
    ).scalar_one()
    fresh = [text for text in dict.fromkeys(ids) if text not in known]
    return known | {text: top + n for n, text in enumerate(fresh, start=1)}


def _unit_keys(
    connection: Connection, items: Sequence[ItemDraft], stored: Any
) -> dict[str, int]:
    wanted = [unit.unit_id for item in items for unit in item.units]
    listed = [unit.unit_id for item in stored for unit in item.units]
    known = keys_by_id(connection, "unit", {*wanted, *listed})
    return _assign(connection, "unit", known, wanted)


def _refuse_taken(
    connection: Connection, items: Sequence[ItemDraft], item_keys: dict[str, int]
) -> None:
    """Refuse numbers that belong to another item, stored or in this batch."""
    claims: dict[str, dict[str, int]] = {kind: {} for kind in OWNERS}
    for item in items:
        item_key = item_keys[item.item_id]
        for kind, number in _numbers(item):
            if number in claims[kind]:
                raise UserError(f"{kind}_taken", code=number)
            claims[kind][number] = item_key
    for kind, statement in OWNERS.items():
        for number, owner in rows_of(connection, statement, claims[kind].keys()):
            if owner != claims[kind][number]:
                raise UserError(f"{kind}_taken", code=number)


def _numbers(item: ItemDraft) -> Iterator[tuple[str, str]]:
    """Yield every number that only one item may have, with its kind."""
    if item.sku:
        yield "sku", item.sku
    for unit in item.units:
        if unit.plu:
            yield "plu", plu_key(unit.plu)
        for code in unit.barcodes:
            yield "barcode", barcode_key(code)


def plu_key(plu: str) -> str:
    """Return a PLU as it is stored: without leading zeros."""
    return plu.lstrip("0") or "0"


def _item_row(
    item: ItemDraft, item_key: int, parent_key: int | None
) -> tuple[Any, ...]:
    return (
        item_key, item.item_id, item.sku, item.name, item.variant,
        names_to_text(item.names), item.spec, item.category_id, item.tax_category,
        item.icon, parent_key, int(item.is_active),
        None if item.discount_cap is None else item.discount_cap.millionths,
        int(item.is_returnable), item.brand, tags_to_text(item.tags),
    )  # fmt: skip


def _gather_units(
    rows: _Rows, item: ItemDraft, before: ItemDraft | None, item_key: int
) -> None:
    assert item.units, item.item_id
    old_units = {unit.unit_id: unit for unit in before.units} if before else {}
    for position, unit in enumerate(item.units):
        unit_key = rows.unit_keys[unit.unit_id]
        old = old_units.pop(unit.unit_id, None)
        rows.units.append(_unit_row(unit, unit_key, item_key, position))
        _gather_codes(rows, unit, old, unit_key)
        _gather_amounts(rows, unit, old, unit_key)
        _gather_words(
            rows,
            _words_row(rows, before, old) if before and old else None,
            _words_row(rows, item, unit),
        )
    for unit in old_units.values():
        unit_key = rows.unit_keys[unit.unit_id]
        rows.unlisted.append((unit_key,))
        rows.recoded.append((unit_key,))
        assert before is not None
        rows.forgotten.append(_words_row(rows, before, unit)[0])


def _words_row(
    rows: _Rows, item: ItemDraft, unit: UnitDraft
) -> tuple[int, tuple[str, ...]]:
    """Return where the words of a unit stand, and its texts."""
    unit_key = rows.unit_keys[unit.unit_id]
    shelf = rows.shelves.get(unit_key, LAST_SHELF) if item.is_active else RETIRED_SHELF
    return row_of(unit_key, shelf), texts_of(item, unit)


def _unit_row(
    unit: UnitDraft, unit_key: int, item_key: int, position: int
) -> tuple[Any, ...]:
    main = unit.barcodes[0] if unit.barcodes else ""
    return (
        unit_key, unit.unit_id, item_key, position, unit.unit_code, unit.unit_name,
        str(canonical(unit.pieces)), unit.sell_by.value, main, unit.floor_minor,
    )  # fmt: skip


def _gather_codes(
    rows: _Rows, unit: UnitDraft, old: UnitDraft | None, unit_key: int
) -> None:
    if old and (old.barcodes, old.plu) == (unit.barcodes, unit.plu):
        return
    if old:
        rows.recoded.append((unit_key,))
    for position, code in enumerate(unit.barcodes):
        key = barcode_key(code)
        printed = "" if display_code(key) == code else code
        rows.barcodes.append((key, unit_key, position, printed, key[::-1]))
    if unit.plu:
        rows.plus.append((plu_key(unit.plu), unit_key))


def _gather_amounts(
    rows: _Rows, unit: UnitDraft, old: UnitDraft | None, unit_key: int
) -> None:
    known = set(old.prices) if old else set()
    for price in unit.prices:
        if price not in known:
            start, end = period_to_numbers(price.period)
            rows.prices.append(
                (unit_key, price.priority, start, price.price_id, end, price.minor)
            )
    if unit.cost_minor is not None and unit.cost_minor != (old and old.cost_minor):
        rows.costs.append((unit_key, rows.now_ms, unit.cost_minor))
    gather_levels(rows.ended_levels, rows.levels, (unit_key, rows.now_ms), unit, old)


def _gather_words(
    rows: _Rows,
    before: tuple[int, tuple[str, ...]] | None,
    now: tuple[int, tuple[str, ...]],
) -> None:
    if before == now:
        return
    if before is not None:
        rows.forgotten.append(before[0])
    rows.words.append((now[0], words_of(now[1])))


def _write(connection: Connection, rows: _Rows) -> None:
    drop_words(connection, rows.forgotten)
    for statement, values in (
        (PUT_ITEM, rows.items),
        (PUT_UNIT, rows.units),
        ("UPDATE unit SET is_active = 0 WHERE unit_key = ?", rows.unlisted),
        ("DELETE FROM barcode WHERE unit_key = ?", rows.recoded),
        ("DELETE FROM plu WHERE unit_key = ?", rows.recoded),
        (PUT_BARCODE, rows.barcodes),
        ("INSERT INTO plu (plu, unit_key) VALUES (?, ?)", rows.plus),
        (PUT_PRICE, rows.prices),
        (PUT_COST, rows.costs),
        (END_LEVEL, rows.ended_levels),
        (PUT_LEVEL, rows.levels),
    ):
        if values:
            connection.exec_driver_sql(statement, values)
    put_words(connection, sorted(rows.words))  # FTS5 flushes at each step back
