"""What a customer gives, typed or scanned in the wrong field, is kept nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos_app.errors import UserError
from pos_app.services.members import EnrolDraft
from tests.builders_returns import return_shop
from tests.counter_shop import SALT, finish, opened, prove, query
from tests.value_till import RULE, able, card, set_rule

PHONE, NUMBER, GIFT = "13800006217", "VIP-88997766", "GIFT-7788-9911"


def kept(till) -> bytes:
    """Return all texts of the ledger, deciphered, in one."""
    till.ledger.flush()
    tables = query(till, "SELECT name FROM sqlite_master WHERE type = 'table'")
    cells = (
        cell
        for (name,) in tables
        for row in query(till, f'SELECT * FROM "{name}"')
        for cell in row
    )
    return b"\n".join(
        cell if isinstance(cell, bytes) else str(cell).encode() for cell in cells
    )


def test_a_member_s_number_or_a_gift_card_in_the_item_field_is_kept_nowhere(
    tmp_path: Path,
) -> None:
    with opened(return_shop(tmp_path)) as till:
        counter = till.counter
        set_rule(counter, RULE)
        able(counter)
        draft = EnrolDraft(PHONE, "林可怡", birthday=(3, 14), card=NUMBER)
        counter.members.enrol(draft).result()
        counter.members.settled()
        card(counter, GIFT)
        for code, key in (
            (PHONE, "member_number_not_an_item"),
            ("138 0000 6217", "member_number_not_an_item"),
            (NUMBER, "member_number_not_an_item"),
            (GIFT, "gift_card_not_an_item"),
        ):
            with pytest.raises(UserError, match=key):
                counter.sale.scan(code)
        counter.sale.scan("13800006218")  # nobody's: an item that is not known yet
        lines = counter.sale.basket.lines
        assert [line.scanned for line in lines] == ["13800006218"]
        counter.sale.remove_line(lines[0].line_id)
        counter.sale.scan(SALT)
        counter.checkout.take("cash", None)
        finish(counter, print_slip=True)
        everything = kept(till)
        for secret in (PHONE, NUMBER, "88997766", GIFT, "77889911", "林可怡", "可怡"):
            assert secret.encode() not in everything
        prove(till)
