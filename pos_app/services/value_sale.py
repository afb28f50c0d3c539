"""Books what a ticket does to stored value, in the ticket's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from pos_app.domain.journal import EntryKind
from pos_app.domain.loyalty.ticket_facts import WALLET, ValueLeft
from pos_app.domain.stored_value.account import Account, AccountKind, Redeemed
from pos_app.domain.stored_value.booking import ExpiryRule, give_back, redeem
from pos_app.domain.stored_value.moves import Move, MoveHead
from pos_app.domain.stored_value.refusal import ValueRefusal
from pos_app.domain.stored_value.tender_rule import TenderRule, share_minor
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.errors import UserError
from pos_app.ports.stored_value import AccountRow
from pos_app.services.sale_booking import SaleBooking

_KINDS = {
    TenderKind.STORED_VALUE: AccountKind.WALLET,
    TenderKind.GIFT_CARD: AccountKind.GIFT_CARD,
}
#: An account, by how much it moved, and what it is afterwards.
_Moved: TypeAlias = tuple[AccountRow, int, Account]


def book_value(booking: SaleBooking) -> None:
    """Book what a ticket does to stored value; on the core thread.

    What was taken is redeemed, what is refunded goes back to the lots that it came
    from. Each tender is one move with a key of its own, so nothing is booked twice.

    Args:
        booking: the ticket and its transaction.

    Raises:
        UserError: what the account refuses: spent meanwhile, expired, somebody
            else's, not proven.
    """
    taken = [x for x in booking.sale.tenders if x.kind in _KINDS]
    given = [x for x in booking.sale.refunds if x.kind in _KINDS]
    if not taken and not given:
        return
    if taken:
        _refuse_by_rule(booking, taken)
    moved = [_redeem(booking, tender) for tender in taken]
    moved += [_give_back(booking, refund) for refund in given]
    found: dict[str, ValueLeft] = {}
    for row, minor, after in moved:
        before = found.get(row.account_id)
        so_far = before.moved_minor if before else 0
        left = after.usable_minor(booking.stamp.at)
        found[row.account_id] = ValueLeft(row.label or WALLET, so_far + minor, left)
    values = (*booking.facts.values, *found.values())
    booking.facts = replace(booking.facts, values=values)


def _refuse_by_rule(booking: SaleBooking, taken: Sequence[TenderLine]) -> None:
    """Refuse what the programme in force does not allow at this very moment."""
    rule = booking.unit.points.programme().value.tender
    used = sum(tender.amount_minor for tender in taken)
    most = share_minor(rule, max(0, booking.sale.due_minor))
    if used > most:
        raise UserError(ValueRefusal.ABOVE_SHARE.value, most_minor=most)
    wallets: dict[str, int] = {}
    for tender in taken:
        if tender.kind is TenderKind.STORED_VALUE and not tender.is_verified:
            so_far = wallets.get(tender.account_id, 0) + tender.amount_minor
            wallets[tender.account_id] = so_far
            _refuse_unproven(rule, so_far)


def _refuse_unproven(rule: TenderRule, minor: int) -> None:
    if minor > rule.free_minor:
        limit = rule.free_minor
        raise UserError(ValueRefusal.NOT_PROVEN.value, limit_minor=limit)


def _redeem(booking: SaleBooking, tender: TenderLine) -> _Moved:
    row = _row(booking, tender)
    if row.kind is AccountKind.WALLET:
        ids = booking.unit.members.ids_of(row.member_id)
        if booking.sale.member_id not in ids:
            raise UserError(ValueRefusal.OTHER_ACCOUNT.value)
    account = booking.unit.stored_value.account(row.account_id)
    order = booking.unit.points.programme().value.tender.order
    move = redeem(account, _head(booking, tender), tender.amount_minor, order)
    return row, move.minor, _book(booking, move)


def _give_back(booking: SaleBooking, refund: TenderLine) -> _Moved:
    """Give back what redemptions of the goods' own sales took, newest first."""
    row = _row(booking, refund)
    origins = set(booking.unit.stored_value.origins(booking.sale.sale_id))
    account = booking.unit.stored_value.account(row.account_id)
    left = refund.amount_minor
    for redeemed in reversed(account.redeemed):
        part = min(left, redeemed.left_minor)
        if part and redeemed.move.key.partition("/")[0] in origins:
            account = _undo(booking, account, (refund, redeemed), part)
            left -= part
    if left:
        raise UserError(ValueRefusal.TOO_MUCH_BACK.value, left_minor=0)
    return row, refund.amount_minor, account


def _undo(
    booking: SaleBooking,
    account: Account,
    back: tuple[TenderLine, Redeemed],
    minor: int,
) -> Account:
    """Give some of a redemption back: each purse of each lot its share."""
    refund, redeemed = back
    parts = redeemed.parts_of(minor)
    move_id = redeemed.move.move_id
    head = _head(booking, refund, f"/{move_id}")
    grace_days = ExpiryRule().grace_days
    return _book(booking, give_back(account, head, move_id, parts, grace_days))


def _row(booking: SaleBooking, tender: TenderLine) -> AccountRow:
    row = booking.unit.stored_value.row(tender.account_id)
    if row is None:
        raise UserError(ValueRefusal.UNKNOWN_ACCOUNT.value)
    if row.kind is not _KINDS[tender.kind]:
        raise UserError(ValueRefusal.OTHER_ACCOUNT.value)
    return row


def _head(booking: SaleBooking, tender: TenderLine, more: str = "") -> MoveHead:
    key = f"{booking.sale.sale_id}/{tender.tender_id}{more}"
    return MoveHead(booking.desk.ids.new(), key, booking.stamp.at)


def _book(booking: SaleBooking, move: Move) -> Account:
    """Store a move and journal it; ids only."""
    sale, stamp = booking.sale, booking.stamp
    after = booking.unit.stored_value.add_move(
        move, (sale.sale_id, sale.number), stamp.business_day
    )
    body = {
        "account": move.account_id,
        "move": move.move_id,
        "kind": move.kind.value,
        "minor": move.minor,
        "sale": sale.sale_id,
    }
    booking.unit.append(EntryKind.VALUE_MOVED, body, stamp)
    return after
