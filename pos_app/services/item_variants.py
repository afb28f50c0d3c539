"""Variants of an item: each is an item of its own, several are made at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import product

from pos_app.domain.price import SHELF, UnitPrice, row_in_force
from pos_app.errors import UserError
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft
from pos_app.ports.clock import Ids
from pos_app.services.item_texts import shown_text
from pos_app.values.times import Period, Timestamp

#: Colours times sizes; more at once is a slip of the finger.
VARIANTS_AT_ONCE = 200
_BETWEEN = " / "
_MARKS = str.maketrans("，、；;\n\t", ",,,,,,")


def listed_values(text: str) -> tuple[str, ...]:
    """Return what somebody listed: "S, M, L" or "米白、黑"; nothing twice."""
    values = (shown_text(part) for part in text.translate(_MARKS).split(","))
    return tuple({value.casefold(): value for value in values if value}.values())


def variant_names(
    axes: Sequence[Sequence[str]], existing: Collection[str]
) -> tuple[str, ...]:
    """Return the variants that are missing, such as "米白 / M".

    Args:
        axes: colours, sizes; an empty one is left out.
        existing: variants that there are; none is made again.

    Raises:
        UserError: "variants_missing" when nothing is listed or all are there,
            "variants_too_many".
    """
    said = [axis for axis in axes if axis]
    known = {shown_text(name).casefold() for name in existing}
    names = [_BETWEEN.join(values) for values in product(*said)] if said else []
    missing = [name for name in names if name.casefold() not in known]
    if not missing:
        raise UserError("variants_missing")
    if len(missing) > VARIANTS_AT_ONCE:
        raise UserError("variants_too_many", count=len(missing), most=VARIANTS_AT_ONCE)
    return tuple(missing)


def variant_of(head: ItemDraft, name: str, ids: Ids, now: Timestamp) -> ItemDraft:
    """Return a new variant: as its parent, at the parent's price, without numbers."""
    return replace(
        head,
        item_id=ids.new(),
        sku="",
        variant=name,
        units=tuple(_unit(unit, ids, now) for unit in head.units),
        parent_id=head.parent_id or head.item_id,
        is_active=True,
    )


def _unit(unit: UnitDraft, ids: Ids, now: Timestamp) -> UnitDraft:
    row = row_in_force([x for x in unit.prices if x.priority == SHELF], now)
    prices = () if row is None else (UnitPrice(ids.new(), row.minor, Period()),)
    return replace(unit, unit_id=ids.new(), barcodes=(), plu="", prices=prices)
