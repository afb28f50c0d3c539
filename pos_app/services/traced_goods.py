"""Lot, serial number and dates of what is scanned; expired goods are not sold.

A use-by date that is over stops the sale (a setting makes it a warning). Whoever may
write goods off may let it go on, and may agree for others. Both are journalled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from pos_app.domain.item import Scanned, SellingUnit
from pos_app.domain.journal import EntryKind
from pos_app.domain.marked_code import read_marked
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.trace import NO_TRACE, Trace
from pos_app.errors import UserError
from pos_app.i18n import current_language
from pos_app.services.desk import Desk
from pos_app.services.session import Clearance
from pos_app.values.gs1.dates import gs1_date
from pos_app.values.gs1.gtin import clean_code
from pos_app.values.gs1.message import may_be_message, read_message
from pos_app.values.gs1.symbology import DataKind, read_identifier

#: Subjects of demands to sell expired goods begin so.
EXPIRED = "expired/"


@dataclass(frozen=True, slots=True)
class Traced:
    """What a scan said of its piece, and whether it may be sold.

    Attributes:
        trace: lot, serial number, dates.
        name: of the goods, in the screen's language; "" where nobody knows the code.
        warns: "expired" or "past_best", "" when there is nothing to say.
        cleared: who let expired goods be sold; None where nobody had to.
    """

    trace: Trace
    name: str = ""
    warns: str = ""
    cleared: Clearance | None = None


def trace_of(code: str, today: date) -> Trace:
    """Return what a code says of its piece; most say nothing.

    Args:
        code: as scanned, with or without AIM identifier.
        today: of the shop, for the century of its dates.
    """
    scan = read_identifier(clean_code(code))
    sealed = read_marked(scan.data, today)
    if sealed is not None:
        return sealed.label.trace
    if scan.kind is not DataKind.GS1_MESSAGE and not may_be_message(scan.data):
        return NO_TRACE
    message = read_message(scan.data)
    if message is None:
        return NO_TRACE
    return Trace(
        lot=message.lot,
        serial=message.serial,
        use_by=gs1_date(message.use_by, today),
        best_before=gs1_date(message.best_before, today),
    )


def shop_today(desk: Desk) -> date:
    """Return the calendar day in the shop; a trading day may last past midnight."""
    return desk.clock.now().at(ZoneInfo(desk.shop.time_zone)).date()


def check_piece(
    desk: Desk, code: str, found: Scanned | None, *, expired_too: bool
) -> Traced:
    """Return what a scan says of its piece, or refuse to sell it.

    Args:
        desk: of this till.
        code: as scanned.
        found: what it names; None for nobody knows.
        expired_too: somebody was told, and wants to sell it all the same.

    Raises:
        UserError: "goods_expired" with the name and the day; journalled.
        ApprovalNeeded: "not_permitted", where `expired_too` needs somebody else.
    """
    today = shop_today(desk)
    trace = trace_of(code, today)
    name = found.unit.name_in(current_language()) if found else ""
    if not trace.is_expired(today):
        return Traced(trace, name, "past_best" if trace.is_past_best(today) else "")
    if not desk.settings.current.block_expired:
        return Traced(trace, name, "expired")
    if expired_too:
        subject = EXPIRED + (found.unit.unit_id if found else "")
        cleared = desk.allow(Demand(Permission.STOCK_ADJUST, subject))
        return Traced(trace, name, "expired", cleared)
    _journal(desk, Traced(trace, name), found.unit if found else None, "refused")
    assert trace.use_by is not None
    raise UserError(
        "goods_expired", name=name or code[:40], day=trace.use_by.isoformat()
    )


def refuse_expired_since(desk: Desk, sale: OpenSale) -> None:
    """Refuse to take money for goods whose last day ended while their sale waited.

    What had expired when it was scanned was asked about then. Money that was taken
    before midnight is never refused its slip.

    Raises:
        UserError: "goods_expired_since" with the name and the day.
    """
    if not any(line.trace.use_by for line in sale.basket.lines):
        return  # goods without a date, as nearly all: nothing is read for them
    if sale.has_money or not desk.settings.current.block_expired:
        return
    today = shop_today(desk)
    began = sale.started_at.at(ZoneInfo(desk.shop.time_zone)).date()
    if began == today:
        return
    for line in sale.basket.lines:
        use_by = line.trace.use_by
        if use_by is not None and began <= use_by < today:
            name = line.unit.name_in(current_language()) if line.unit else line.scanned
            day = use_by.isoformat()
            raise UserError("goods_expired_since", name=name[:40], day=day)


def note_sold(desk: Desk, traced: Traced, sold: SellingUnit | None) -> None:
    """Journal that somebody let expired goods be sold."""
    if traced.cleared is not None:
        _journal(desk, traced, sold, "sold")


def _journal(
    desk: Desk, traced: Traced, goods: SellingUnit | None, outcome: str
) -> None:
    trace, cleared = traced.trace, traced.cleared
    body = {
        "outcome": outcome,
        "sku": goods.sku if goods else "",
        "use_by": trace.use_by.isoformat() if trace.use_by else "",
        "lot": trace.lot,
        "serial": trace.serial,
        "approved_by": cleared.approved_by if cleared else "",
    }
    stamp = desk.stamp()
    desk.record(lambda unit: unit.append(EntryKind.EXPIRED_GOODS, body, stamp))
