"""Which account a code or a member stands for, and how an account stands now."""

from __future__ import annotations

from pos_app.domain.basket import Basket
from pos_app.domain.coupon.code import CodeKind, code_digest, plain_code, read_code
from pos_app.domain.loyalty.programme import ValueRule
from pos_app.domain.stored_value.account import Account, AccountKind
from pos_app.domain.stored_value.moves import Purse
from pos_app.domain.stored_value.refusal import ValueRefusal
from pos_app.domain.stored_value.tender_rule import (
    Due,
    free_of_holds,
    most_minor,
    unproven_minor,
)
from pos_app.errors import UserError
from pos_app.ports.member_vault import MemberVault
from pos_app.ports.stored_value import AccountRow, ValueReader
from pos_app.services.desk import Desk
from pos_app.services.value_view import ValueView
from pos_app.values.times import Timestamp

#: Of a card that another printer made: its number must not be found by trying.
LEAST_CODE, MOST_CODE = 8, 64
_LABEL = 4


def digest_of(code: str, vault: MemberVault) -> str:
    """Return what a gift card's code is found by; the code itself is never stored.

    A code of the till's own make is 128 random bits, so its plain digest says
    nothing; the number of a card made elsewhere may be short, so the shop's key is in
    its digest.

    Raises:
        UserError: "stored_value_code_unknown" for no code at all.
    """
    own = own_code(code)
    if own is not None:
        return code_digest(own)
    plain = plain_card(code)
    if not LEAST_CODE <= len(plain) <= MOST_CODE:
        raise UserError(ValueRefusal.NO_CODE.value)
    return vault.card_index(f"gift {plain}").hex()


def own_code(code: str) -> str | None:
    """Return a gift card's code of the till's own make as it was made."""
    try:
        kind, plain = read_code(code)
    except UserError:
        return None
    return plain if kind is CodeKind.GIFT_CARD else None


def plain_card(code: str) -> str:
    """Return a card's number as it is compared: capitals, no blanks and dashes."""
    shown = "".join(each for each in code[: 4 * MOST_CODE] if each.isprintable())
    return shown.upper().replace(" ", "").replace("-", "")


def label_of(code: str) -> str:
    """Return the last four signs, by which people tell cards apart."""
    own = own_code(code)
    return (plain_code(code) if own is None else own)[-_LABEL:]


def view_of(
    row: AccountRow,
    known: tuple[ValueReader, ValueRule],
    due: Due | None,
    at: Timestamp,
) -> ValueView:
    """Return how an account stands for the open ticket.

    Args:
        row: the account.
        known: the ledger, and the shop's rule.
        due: the open ticket; None between two customers.
        at: now.
    """
    ledger, rule = known
    account, holds = ledger.account(row.account_id), ledger.holds(row.account_id)
    asked = due or Due("", at, 0, 0)
    most = most_minor(account, rule.tender, holds, asked)
    free = most
    if row.kind is AccountKind.WALLET and not asked.is_proven:
        free = min(most, unproven_minor(rule.tender, asked))
    ends, ending = _ends(account, at)
    return ValueView(
        account_id=row.account_id,
        kind=row.kind,
        member_id=row.member_id,
        label=row.label,
        usable_minor=free_of_holds(account, holds, asked),
        paid_minor=_usable(account, Purse.PAID, at),
        bonus_minor=_usable(account, Purse.BONUS, at),
        most_minor=most,
        used_minor=asked.taken_minor,
        needs_proof=free < most,
        free_minor=free,
        expires_at=ends,
        expiring_minor=ending,
        opened_at=row.opened_at,
    )


def refuse_stranger(desk: Desk, basket: Basket | None, row: AccountRow) -> None:
    """Refuse a wallet that is not of whoever the open sale is for.

    Raises:
        UserError: "stored_value_is_another".
    """
    if row.kind is AccountKind.GIFT_CARD:
        return
    shopper = basket.shopper if basket else None
    ids = desk.ledger.members.ids_of(row.member_id)
    if shopper is None or shopper.member_id not in ids:
        raise UserError(ValueRefusal.OTHER_ACCOUNT.value)


def is_proven(desk: Desk, basket: Basket, row: AccountRow) -> bool:
    """Tell whether whoever pays proved that it is theirs; a code proves itself."""
    if row.kind is AccountKind.GIFT_CARD:
        return True
    if basket.recognition is None:
        return False
    ids = desk.ledger.members.ids_of(row.member_id)
    policy = desk.ledger.points.programme().recognition
    allowed = basket.recognition.allowance(desk.clock.now(), policy)
    return basket.recognition.member_id in ids and allowed.may_use_value


def _usable(account: Account, purse: Purse, at: Timestamp) -> int:
    return sum(lot.usable(purse, at) for lot in account.lots)


def _ends(account: Account, at: Timestamp) -> tuple[Timestamp | None, int]:
    """Return the next moment at which something ends, and how much does."""
    found: dict[Timestamp, int] = {}
    for state in account.lots:
        for purse in Purse:
            end, left = state.lot.expires_at(purse), state.usable(purse, at)
            if end is not None and left:
                found[end] = found.get(end, 0) + left
    first = min(found, default=None)
    return first, 0 if first is None else found[first]
