"""Shelf prices from a moment on, and for a while; what was in force is never edited.

A price row is added, taken away before it began, or ended now. Each is one change of
the catalogue with its journal entry; baskets that are open keep their own moment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pos_app.domain.item import SellingUnit
from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.price import PROMOTION, SHELF, UnitPrice, rank, row_in_force
from pos_app.errors import UserError
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import Stamp
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.catalog_change import change_note
from pos_app.services.desk import Desk
from pos_app.values.money import format_minor
from pos_app.values.times import Period, Timestamp
from pos_app.values.wall_time import wall_time

#: Dearer than any goods of a shop: a slip of the finger.
PRICE_LIMIT_MINOR = 10**10
#: A list of changes is read by people.
CHANGES_LIMIT = 500
#: Writes the note of a change: the row as it was, and as it is.
_Telling = Callable[[UnitPrice | None, UnitPrice | None], JournalNote]


class PriceState(StrEnum):
    """What a price row is at a moment."""

    IN_FORCE = "in_force"
    BEATEN = "beaten"  # covers the moment, but another row wins
    TO_COME = "to_come"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class PriceDraft:
    """A price that somebody wants.

    Attributes:
        unit_id: of what. minor: minor units for one unit.
        start: from when on; None for now.
        end: the price before is in force again from here; None for no end.
        is_zero_meant: somebody answered that it shall cost nothing.
    """

    unit_id: str
    minor: int
    start: Timestamp | None = None
    end: Timestamp | None = None
    is_zero_meant: bool = False


@dataclass(frozen=True, slots=True)
class PriceMove:
    """A price in force that changes by the clock, for the list of the whole shop.

    Attributes:
        unit: what, at the price from that moment on.
        at: the moment. before_minor, after_minor: None where there is no price.
    """

    unit: SellingUnit
    at: Timestamp
    before_minor: int | None
    after_minor: int | None


class PriceService:
    """Reads and changes price rows; used from the screen's thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # ------------------------------------------------------------------ reading

    def rows(self, unit_id: str) -> tuple[tuple[UnitPrice, PriceState], ...]:
        """Return the rows of a unit: to come, in force, beaten, over."""
        now = self._desk.clock.now()
        rows = self._desk.catalog.price_rows(unit_id)
        winner = row_in_force(rows, now)
        found = [(row, _state(row, winner, now)) for row in rows]
        order = list(PriceState)
        order = [PriceState.TO_COME, *(x for x in order if x != PriceState.TO_COME)]
        return tuple(sorted(found, key=lambda x: (order.index(x[1]), _latest(x))))

    def moves(self, day: date) -> tuple[PriceMove, ...]:
        """Return the prices that change on a calendar day of the shop, in order."""
        zone = ZoneInfo(self._desk.shop.time_zone)
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - wall time
        next_midnight = midnight + timedelta(days=1)
        since, until = wall_time(midnight, zone), wall_time(next_midnight, zone)
        return self.moves_between(since.moment, until.moment)

    def moves_between(
        self, since: Timestamp, until: Timestamp
    ) -> tuple[PriceMove, ...]:
        """Return the prices that change in a half-open while, in order."""
        catalog = self._desk.catalog
        found = []
        for unit_id, at in catalog.price_changes(since, until, CHANGES_LIMIT):
            before = catalog.unit(unit_id, Timestamp(at.unix_ms - 1))
            after = catalog.unit(unit_id, at)
            if before is None or after is None:
                continue
            was = before.price.minor if before.price else None
            becomes = after.price.minor if after.price else None
            if was != becomes:
                found.append(PriceMove(after, at, was, becomes))
        return tuple(found)

    def coming(self) -> tuple[PriceMove, ...]:
        """Return every price change that is known to come."""
        return self.moves_between(
            Timestamp(self._desk.clock.now().unix_ms + 1), Timestamp(1 << 61)
        )

    # ------------------------------------------------------------------ changes

    def schedule(self, draft: PriceDraft) -> CatalogChange:
        """Return the change that adds a price.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "price_gone" for a unit that is sold no more,
                "price_negative", "price_too_large", "price_zero" unless it is
                meant, "price_start_past" with the moment, "price_end_first",
                "price_end_past"; from the edit "price_same_start" where a row of
                the same kind begins at the same moment.
        """
        desk = self._desk
        desk.allow(Demand(Permission.PRICES, draft.unit_id))
        stamp = desk.stamp()
        unit = self._unit(draft.unit_id, stamp.at)
        _refuse_amount(draft, unit)
        start = draft.start or stamp.at
        if start < stamp.at:
            raise UserError("price_start_past", name=unit.name)
        if draft.end is not None and draft.end <= start:
            key = "price_end_past" if draft.end <= stamp.at else "price_end_first"
            raise UserError(key, name=unit.name)
        kind = SHELF if draft.end is None else PROMOTION
        tell = self._telling(stamp, unit)
        row = UnitPrice(desk.ids.new(), draft.minor, Period(start, draft.end), kind)

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            rows = editor.price_rows(unit.unit_id)
            if any(rank(x)[:2] == rank(row)[:2] and _lasts(x) for x in rows):
                raise UserError("price_same_start", name=unit.name)
            editor.put_price(unit.unit_id, row)
            return [tell(None, row)]

        return CatalogChange(stamp, edit)

    def cancel(self, unit_id: str, price_id: str) -> CatalogChange:
        """Return the change that takes a price away that has not begun.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "price_gone"; from the edit "price_begun", too.
        """
        desk = self._desk
        desk.allow(Demand(Permission.PRICES, unit_id))
        stamp = desk.stamp()
        unit = self._unit(unit_id, stamp.at)
        tell = self._telling(stamp, unit)

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            row = _row(editor, unit, price_id)
            if row.period.start is None or row.period.start <= desk.clock.now():
                raise UserError("price_begun", name=unit.name)
            editor.drop_price(unit_id, price_id)
            return [tell(row, None)]

        return CatalogChange(stamp, edit)

    def end_now(self, unit_id: str, price_id: str) -> CatalogChange:
        """Return the change that ends a price in force; what lies below holds again.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "price_gone"; from the edit "price_not_in_force", and
                "price_last" where the goods would be left without any price.
        """
        desk = self._desk
        desk.allow(Demand(Permission.PRICES, unit_id))
        stamp = desk.stamp()
        unit = self._unit(unit_id, stamp.at)
        tell = self._telling(stamp, unit)

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            row = _row(editor, unit, price_id)
            rows = editor.price_rows(unit_id)
            if not row.period.covers(stamp.at):
                raise UserError("price_not_in_force", name=unit.name)
            others = [x for x in rows if x.price_id != price_id]
            if row_in_force(others, stamp.at) is None and unit.pieces == 1:
                raise UserError("price_last", name=unit.name)
            ended = replace(row, period=Period(row.period.start, stamp.at))
            editor.put_price(unit_id, ended)
            return [tell(row, ended)]

        return CatalogChange(stamp, edit)

    # ------------------------------------------------------------------- inside

    def _unit(self, unit_id: str, at: Timestamp) -> SellingUnit:
        unit = self._desk.catalog.unit(unit_id, at)
        if unit is None:
            raise UserError("price_gone")
        return unit

    def _telling(self, stamp: Stamp, unit: SellingUnit) -> _Telling:
        """Return what writes the note: on the thread that stores, no catalogue."""
        shop = self._desk.shop
        zone, currency = ZoneInfo(shop.time_zone), shop.rules.currency

        def tell(before: UnitPrice | None, after: UnitPrice | None) -> JournalNote:
            known = before or after
            assert known is not None
            return change_note(
                self._desk,
                EntryKind.PRICE_CHANGED,
                stamp,
                before=_told(before, zone, currency),
                after=_told(after, zone, currency),
                item_id=unit.item_id,
                unit_id=unit.unit_id,
                price_id=known.price_id,
            )

        return tell


def _told(
    row: UnitPrice | None, zone: ZoneInfo, currency: str
) -> dict[str, object] | None:
    """Return a row as the journal keeps it; wall times with their offset."""
    if row is None:
        return None
    ends = (row.period.start, row.period.end)
    start, end = (x.at(zone).isoformat() if x else "" for x in ends)
    return {
        "price": format_minor(row.minor, currency),
        "from": start,
        "until": end,
        "priority": row.priority,
    }


def _refuse_amount(draft: PriceDraft, unit: SellingUnit) -> None:
    if draft.minor < 0:
        raise UserError("price_negative", name=unit.name)
    if draft.minor > PRICE_LIMIT_MINOR:
        raise UserError("price_too_large", name=unit.name)
    if draft.minor == 0 and not draft.is_zero_meant:
        raise UserError("price_zero", name=unit.name)


def _row(editor: ShopEditor, unit: SellingUnit, price_id: str) -> UnitPrice:
    for row in editor.price_rows(unit.unit_id):
        if row.price_id == price_id:
            return row
    raise UserError("price_gone")


def _lasts(row: UnitPrice) -> bool:
    """Tell whether a row is in force at all: one ended as it began is not."""
    return row.period.end is None or row.period.end != row.period.start


def _state(row: UnitPrice, winner: UnitPrice | None, now: Timestamp) -> PriceState:
    start, end = row.period.start, row.period.end
    if end is not None and end <= now:
        return PriceState.OVER
    if start is not None and start > now:
        return PriceState.TO_COME
    return PriceState.IN_FORCE if row == winner else PriceState.BEATEN


def _latest(found: tuple[UnitPrice, PriceState]) -> int:
    """Return what puts the next first among those to come, the last among others."""
    row, state = found
    start = row.period.start.unix_ms if row.period.start else 0
    return start if state is PriceState.TO_COME else -start
