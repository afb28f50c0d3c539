"""What a bulk change would make of each chosen item: the preview, and the undo's.

It reads through a catalogue of its own, on a thread of its own, in batches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pos_app.domain.bulk_edit import (
    PRICE_FIELDS,
    BulkAction,
    BulkDocument,
    BulkField,
    BulkKind,
    BulkRow,
    BulkWarning,
    Fields,
    Plain,
)
from pos_app.domain.item import Category
from pos_app.errors import UserError
from pos_app.ports.catalog import Catalog
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft
from pos_app.ports.item_listing import ItemQuery
from pos_app.services.bulk_undo import WayBack
from pos_app.services.item_fields import (
    fields_of,
    fields_that_differ,
    names_of,
    unit_field,
)
from pos_app.services.item_prices import price_in_force, standing_price
from pos_app.values.times import Timestamp

#: Items read at once; about 50 ms of work.
BATCH = 500
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """What is about to become one document.

    Attributes:
        kind: where it comes from. said: what was asked, as plain JSON.
        rows: one for each item, those left out too.
        undoes: the document that it sets back; "" for none.
        categories: new ones, made when it is decided.
    """

    kind: BulkKind
    said: Fields
    rows: tuple[BulkRow, ...]
    undoes: str = ""
    categories: tuple[Category, ...] = ()

    @property
    def applied(self) -> tuple[BulkRow, ...]:
        """The rows that change something."""
        return tuple(row for row in self.rows if not row.is_left_out)

    @property
    def changes_prices(self) -> bool:
        """Tell whether any row changes a shelf price."""
        return any(key.endswith(":price") for row in self.applied for key in row.after)


def ids_of(catalog: Catalog, query: ItemQuery, now: Timestamp) -> tuple[str, ...]:
    """Return the ids of all items that a query finds."""
    found: list[str] = []
    after = None
    while True:
        page = catalog.listing.page(query, now, after, BATCH)
        found += [row.item_id for row in page.rows]
        after = page.after
        if after is None:
            return tuple(dict.fromkeys(found))


def plan_edit(
    catalog: Catalog,
    action: BulkAction,
    item_ids: Sequence[str],
    now: Timestamp,
    on_progress: Progress = lambda _done: None,
) -> BulkPlan:
    """Return what an action makes of items.

    Args:
        catalog: of this thread.
        action: what is asked.
        item_ids: of the chosen ones.
        now: the moment of the prices that are changed.
        on_progress: told how many items are done.

    Raises:
        UserError: "bulk_nothing_chosen", or what `refuse_absurd` raises.
    """
    refuse_absurd(catalog, action)
    if not item_ids:
        raise UserError("bulk_nothing_chosen")
    rows = []
    for items in _batches(catalog, item_ids):
        rows += [_row(item, action, now) for item in items]
        on_progress(len(rows))
    return BulkPlan(BulkKind.EDIT, _said(action), tuple(rows))


def plan_undo(
    catalog: Catalog,
    bulk_id: str,
    now: Timestamp,
    on_progress: Progress = lambda _done: None,
) -> BulkPlan:
    """Return what sets a document back: exactly what it changed, where it still holds.

    Args:
        catalog: of this thread.
        bulk_id: the document.
        now: the moment of the prices that are compared.
        on_progress: told how many rows are done.

    Raises:
        UserError: "bulk_gone" or "bulk_already_undone".
    """
    document = catalog.bulks.document(bulk_id)
    if document is None:
        raise UserError("bulk_gone")
    if document.undone_by:
        raise UserError("bulk_already_undone")
    rows: list[BulkRow] = []
    way_back = WayBack(catalog, now)
    for asked in _done_rows(catalog, bulk_id):
        items = catalog.listing.items([row.item_id for row in asked])
        rows += [way_back.of(row, items.get(row.item_id)) for row in asked]
        on_progress(len(rows))
    said: Fields = {"undoes": bulk_id}
    return BulkPlan(BulkKind.UNDO, said, tuple(rows), undoes=bulk_id)


def refuse_absurd(catalog: Catalog, action: BulkAction) -> None:
    """Refuse an action that no item could take.

    Raises:
        UserError: "bulk_value_missing", "bulk_price_below_zero",
            "bulk_percentage_absurd", "tax_unknown", "bulk_category_gone".
    """
    field = action.field
    if field is BulkField.PRICE_PERCENT:
        if action.percentage is None or not action.percentage.millionths:
            raise UserError("bulk_value_missing")
        if not -1_000_000 <= action.percentage.millionths <= 10_000_000:
            raise UserError("bulk_percentage_absurd")
    if field in {BulkField.PRICE_AMOUNT, BulkField.PRICE_SET} and action.minor is None:
        raise UserError("bulk_value_missing")
    if field is BulkField.PRICE_SET and (action.minor or 0) < 0:
        raise UserError("bulk_price_below_zero")
    taxes = {x.key for x in catalog.shop().rules.tax_categories}
    if field is BulkField.TAX and action.key not in taxes:
        raise UserError("bulk_tax_gone")
    known = {x.category_id for x in catalog.categories()}
    if field is BulkField.CATEGORY and action.key and action.key not in known:
        raise UserError("bulk_category_gone")


def document_of(
    plan: BulkPlan, bulk_id: str, who: tuple[str, str], at: Timestamp
) -> BulkDocument:
    """Return the head of the document that a plan becomes; `who` is staff and day."""
    return BulkDocument(
        bulk_id=bulk_id,
        kind=plan.kind,
        said=plan.said,
        undoes=plan.undoes,
        by=who[0],
        business_day=who[1],
        at=at,
        row_count=len(plan.applied),
    )


# ------------------------------------------------------------------------- inside


def _batches(catalog: Catalog, item_ids: Sequence[str]) -> Iterator[list[ItemDraft]]:
    for start in range(0, len(item_ids), BATCH):
        wanted = item_ids[start : start + BATCH]
        found = catalog.listing.items(wanted)
        yield [found[item_id] for item_id in wanted if item_id in found]


def _row(item: ItemDraft, action: BulkAction, now: Timestamp) -> BulkRow:
    before: dict[str, Plain] = {}
    after: dict[str, Plain] = {}
    warnings: list[BulkWarning] = []
    if action.field in PRICE_FIELDS:
        before, after, warnings = _priced(item, action, now)
    else:
        now_fields = fields_of(item, now)
        wanted = _wanted(action)
        before, after = map(
            dict,
            fields_that_differ({key: now_fields.get(key) for key in wanted}, wanted),
        )
    if not after and not warnings:
        warnings = [BulkWarning.SAME]
    name = f"{item.name} {item.variant}".strip()
    row = BulkRow(item.item_id, item.sku, name, before, after, "", tuple(warnings))
    return replace(row, names=names_of(item))


def _wanted(action: BulkAction) -> dict[str, Plain]:
    match action.field:
        case BulkField.TAX:
            return {"tax_category": action.key}
        case BulkField.CATEGORY:
            return {"category_id": action.key or None}
        case BulkField.RETURNABLE:
            return {"is_returnable": action.is_on}
        case BulkField.ACTIVE:
            return {"is_active": action.is_on}
        case _:
            assert action.field is BulkField.DISCOUNT_CAP
            cap = action.cap
            return {"discount_cap": None if cap is None else cap.millionths}


def _priced(
    item: ItemDraft, action: BulkAction, now: Timestamp
) -> tuple[dict[str, Plain], dict[str, Plain], list[BulkWarning]]:
    """Return the prices before and after, and what is odd about them.

    A percentage changes every unit that has a price of its own; an amount or a new
    price is meant for one piece.
    """
    is_all = action.field is BulkField.PRICE_PERCENT
    before: dict[str, Plain] = {}
    after: dict[str, Plain] = {}
    warnings: list[BulkWarning] = []
    for unit in item.units if is_all else item.units[:1]:
        standing = standing_price(unit.prices, now)
        if standing is None and action.field is not BulkField.PRICE_SET:
            if unit is item.units[0]:
                return {}, {}, [BulkWarning.NO_PRICE]
            continue
        was = None if standing is None else standing.minor
        price_minor = action.priced(was or 0)
        if price_minor < 0:
            return {}, {}, [BulkWarning.BELOW_ZERO]
        if price_minor != was:
            key = unit_field(unit.unit_id, "price")
            before[key], after[key] = was, price_minor
            warnings += _odd(unit, price_minor, now)
    return before, after, list(dict.fromkeys(warnings))


def _odd(unit: UnitDraft, price_minor: int, now: Timestamp) -> list[BulkWarning]:
    found = []
    if price_minor == 0:
        found.append(BulkWarning.ZERO)
    if unit.cost_minor is not None and price_minor < unit.cost_minor:
        found.append(BulkWarning.BELOW_COST)
    running = price_in_force(unit.prices, now)
    if running is not None and running.period.end is not None:
        found.append(BulkWarning.FOR_A_WHILE)
    return found


def _done_rows(catalog: Catalog, bulk_id: str) -> Iterator[list[BulkRow]]:
    after = 0
    while placed := catalog.bulks.rows(bulk_id, after, BATCH):
        yield [x.row for x in placed if x.is_done]
        after = placed[-1].position


def _said(action: BulkAction) -> dict[str, Plain]:
    """Return an action as the journal says it."""
    told: dict[str, Plain] = {"field": action.field.value}
    if action.field is BulkField.PRICE_PERCENT and action.percentage is not None:
        told["percentage"] = str(action.percentage)
    if action.field in {BulkField.PRICE_AMOUNT, BulkField.PRICE_SET}:
        told["minor"] = action.minor
    if action.field in PRICE_FIELDS:
        told["ending"] = action.ending.value
    return told | _wanted(action) if action.field not in PRICE_FIELDS else told
