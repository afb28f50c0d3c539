"""Goods whose label says that they are marked down: known at every till, by itself."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

from pos_app.domain.item import PriceSource, Scanned, SellingUnit
from pos_app.domain.journal import EntryKind
from pos_app.domain.marked_code import MarkedLabel, SealedLabel, read_marked
from pos_app.errors import UserError
from pos_app.services.desk import Desk
from pos_app.values.gs1.gtin import display_code
from pos_app.values.times import Timestamp

#: How many of a unit's own measure a gram is (UN/ECE Rec 20).
_OF_A_GRAM = {"KGM": Decimal("0.001"), "HGM": Decimal("0.01"), "GRM": Decimal(1)}
_CODE_LIMIT = 60


def find_marked(desk: Desk, data: str) -> Scanned | None:
    """Return what a label of goods that are marked down names.

    Args:
        desk: of this till.
        data: as scanned, without AIM identifier.

    Returns:
        The goods with their reduced total, or None for any other code: also for a
        label whose goods are gone.

    Raises:
        UserError: "marked_label_wrong" for a label that this shop did not make, or
            that somebody changed; journalled.
    """
    today = desk.clock.now().at(ZoneInfo(desk.shop.time_zone)).date()
    sealed = read_marked(data, today)
    if sealed is None:
        return None
    unit = _unit(desk, sealed.label, desk.price_moment())
    if not sealed.is_genuine(desk.label_key):
        _journal_wrong(desk, data, sealed, unit)
        raise UserError("marked_label_wrong", code=data[:_CODE_LIMIT])
    if unit is None:
        return None
    quantity = Decimal(1)
    if sealed.label.grams:
        quantity = sealed.label.grams * _OF_A_GRAM.get(
            unit.unit_code, _OF_A_GRAM["KGM"]
        )
    unit = replace(unit, source=PriceSource.MARKED_DOWN)
    return Scanned(unit, quantity, sealed.label.minor)


def is_marked(unit: SellingUnit) -> bool:
    """Tell whether goods were named by such a label."""
    return unit.source is PriceSource.MARKED_DOWN


def _unit(desk: Desk, label: MarkedLabel, moment: Timestamp) -> SellingUnit | None:
    found = desk.catalog.scan(display_code(label.number), moment)
    return found.unit if found is not None else None


def _journal_wrong(
    desk: Desk, data: str, sealed: SealedLabel, unit: SellingUnit | None
) -> None:
    body = {
        "outcome": "refused",
        "code": data[:_CODE_LIMIT],
        "sku": unit.sku if unit else "",
        "minor": sealed.label.minor,
        "use_by": sealed.label.day.isoformat(),
    }
    stamp = desk.stamp()
    desk.record(lambda work: work.append(EntryKind.GOODS_MARKED_DOWN, body, stamp))
