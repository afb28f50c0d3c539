"""Codes that no gift card may have: they are something else at this till."""

from __future__ import annotations

from pos_app.domain.member.card_code import is_card
from pos_app.domain.member.rotating_code import is_rotating_code
from pos_app.domain.stored_value.refusal import ValueRefusal
from pos_app.errors import UserError
from pos_app.services.credentials import is_badge
from pos_app.services.desk import Desk
from pos_app.services.payment_secrets import holds_card_number, is_payment_code
from pos_app.services.value_account import (
    LEAST_CODE,
    MOST_CODE,
    own_code,
    plain_card,
)


def refuse_unfit_code(desk: Desk, code: str) -> None:
    """Refuse a code that names goods, a member or a person, or that pays by itself.

    Raises:
        UserError: "stored_value_code_unfit".
    """
    if own_code(code) is not None:
        return
    plain = plain_card(code)
    is_other = (
        not LEAST_CODE <= len(plain) <= MOST_CODE
        or is_badge(code)
        or is_card(code)
        or is_rotating_code(code)
        or is_payment_code(code)
        or holds_card_number(code)
        or desk.catalog.scan(code, desk.price_moment()) is not None
    )
    if is_other:
        raise UserError(ValueRefusal.CODE_UNFIT.value)
