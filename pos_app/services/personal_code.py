"""What a customer gives, scanned or typed where an item belongs (law 14)."""

from __future__ import annotations

from contextlib import suppress

from pos_app.errors import UserError
from pos_app.services.desk import Desk
from pos_app.services.member_finder import MemberFinder
from pos_app.services.value_account import digest_of


def refuse_personal_code(desk: Desk, code: str) -> None:
    """Refuse a member's number or card and a gift card that nobody sells as an item.

    A red line would keep it for ever: in the basket, and in the journal once it is
    voided. Only what this shop knows is refused; asked of codes that name no item.

    Raises:
        UserError: "member_number_not_an_item", "gift_card_not_an_item".
    """
    finder = MemberFinder(desk)
    if finder.by_foreign_card(code) is not None:
        raise UserError("member_number_not_an_item")
    phone = None
    with suppress(UserError):
        phone = finder.phone(code, is_sure=True)
    if phone is not None and finder.by_phone(phone) is not None:
        raise UserError("member_number_not_an_item")
    digest = ""
    with suppress(UserError):
        digest = digest_of(code, desk.vault)
    if digest and desk.ledger.stored_value.with_code(digest) is not None:
        raise UserError("gift_card_not_an_item")
