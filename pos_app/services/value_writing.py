"""How a document of stored value is written: one transaction, then drawer and slip."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.sale import DocumentKind
from pos_app.domain.stored_value.account import Account
from pos_app.domain.stored_value.document import ValueDocument, ValueKind
from pos_app.domain.stored_value.moves import Move, MoveHead
from pos_app.domain.tender import TenderLine
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.ports.stored_value import AccountRow
from pos_app.services.desk import Desk
from pos_app.services.open_shift import ShiftFinder, shift_finder
from pos_app.services.session import Clearance


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a document needs of the desk, gathered before the core thread runs.

    Attributes:
        document_id, move_id: of what is written; the move's key is the document's.
        account_id: of an account that may have to be opened.
        cleared: who does it, and who agreed. stamp: on which day, when.
        till, currency: of the shop. clock_suspect: see law 13.
        find_shift: the shift that it counts in.
    """

    document_id: str
    move_id: str
    account_id: str
    cleared: Clearance
    stamp: Stamp
    till: str
    currency: str
    clock_suspect: bool
    find_shift: ShiftFinder

    @property
    def head(self) -> MoveHead:
        """The move's id, key and moment."""
        return MoveHead(self.move_id, self.document_id, self.stamp.at)


@dataclass(frozen=True, slots=True)
class Moved:
    """What a document says beside who wrote it; minor units.

    Attributes:
        kind: see there. row: the account. lot_id: the top-up that it is about.
        money: tenders taken or given back. change_minor: of cash.
        rounding_minor: plus when the customer paid more or got less.
        paid_minor, bonus_minor, clawed_minor: see `ValueDocument`.
    """

    kind: ValueKind
    row: AccountRow
    lot_id: str
    money: tuple[TenderLine, ...]
    change_minor: int
    rounding_minor: int
    paid_minor: int
    bonus_minor: int
    clawed_minor: int = 0


def gather(
    desk: Desk, permission: Permission, subject: str, amount_minor: int
) -> Gathered:
    """Let somebody write a document, and gather what it needs.

    Raises:
        ApprovalNeeded: "not_permitted".
    """
    cleared = desk.allow(Demand(permission, subject, amount_minor=amount_minor))
    stamp = desk.stamp()
    return Gathered(
        document_id=desk.ids.new(),
        move_id=desk.ids.new(),
        account_id=desk.ids.new(),
        cleared=cleared,
        stamp=stamp,
        till=desk.shop.till,
        currency=desk.shop.rules.currency,
        clock_suspect=desk.clock.is_suspect,
        find_shift=shift_finder(desk, cleared.staff, stamp),
    )


def write(
    unit: UnitOfWork, gathered: Gathered, move: Move, moved: Moved
) -> ValueDocument:
    """Store a move and its document; on the core thread."""
    day = gathered.stamp.business_day
    is_refund = moved.kind is ValueKind.REFUND
    kind = DocumentKind.VALUE_REFUNDED if is_refund else DocumentKind.VALUE_SOLD
    number = unit.next_number(gathered.till, kind)
    shift_id = gathered.find_shift(unit)
    after = unit.stored_value.add_move(move, (gathered.document_id, number), day)
    document = _document(gathered, moved, after, (number, shift_id))
    unit.stored_value.add_document(document)
    return document


def _document(
    gathered: Gathered, moved: Moved, after: Account, named: tuple[str, str]
) -> ValueDocument:
    staff, stamp = gathered.cleared.staff, gathered.stamp
    return ValueDocument(
        document_id=gathered.document_id,
        number=named[0],
        kind=moved.kind,
        till=gathered.till,
        shift_id=named[1],
        business_day=stamp.business_day,
        at=stamp.at,
        staff_id=staff.staff_id,
        staff_name=staff.name,
        approved_by=gathered.cleared.approved_by,
        account_id=moved.row.account_id,
        account_kind=moved.row.kind,
        member_id=moved.row.member_id,
        label=moved.row.label,
        move_id=gathered.move_id,
        lot_id=moved.lot_id,
        money=moved.money,
        change_minor=moved.change_minor,
        rounding_minor=moved.rounding_minor,
        paid_minor=moved.paid_minor,
        bonus_minor=moved.bonus_minor,
        clawed_minor=moved.clawed_minor,
        balance_minor=after.usable_minor(stamp.at),
        clock_suspect=gathered.clock_suspect,
    )


def record(
    desk: Desk, work: Callable[[UnitOfWork], ValueDocument], *, kicks: bool
) -> Future[ValueDocument]:
    """Submit a document; drawer and slip move once it is on the disk (law 1).

    Args:
        desk: of the till.
        work: writes it.
        kicks: whether the drawer opens.
    """
    stamp, printer = desk.stamp(), desk.printer

    def whole(unit: UnitOfWork) -> ValueDocument:
        document = work(unit)
        desk.clock.note(unit, stamp)
        if kicks:
            opened = {"why": "value", "value": document.document_id}
            unit.append(EntryKind.DRAWER_OPENED, opened, stamp)
        return document

    def after(done: Future[ValueDocument]) -> None:
        if done.exception() is None:
            if kicks:
                printer.open_drawer()
            printer.wake()

    future = desk.record(whole)
    future.add_done_callback(after)
    return future
