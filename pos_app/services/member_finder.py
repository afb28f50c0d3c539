"""Finds members by what a customer says, types or shows."""

from __future__ import annotations

import unicodedata
from contextlib import suppress

from pos_app.domain.member.card_code import card_of_pass, is_card, read_card
from pos_app.domain.member.phone import Phone, read_last_four, read_phone
from pos_app.errors import UserError
from pos_app.services.desk import Desk
from pos_app.services.member_codes import check_foreign_card
from pos_app.services.member_glance import Glances, MemberGlance
from pos_app.services.payment_secrets import is_payment_code
from pos_app.services.shop_region import region_of

#: A list that a cashier can read to a customer.
MOST_FOUND = 20
#: Fewer digits are no phone number; four are its last ones.
_PHONE_DIGITS = 6
_LAST_FOUR = 4
_LONGEST_ASKED = 80


class MemberFinder:
    """Answers at once, from indices; used from the sale's thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.glances = Glances(desk)

    def find(self, text: str) -> tuple[MemberGlance, ...]:
        """Return who may be meant, the latest visit first, at most MOST_FOUND.

        Args:
            text: a full phone number, its last four digits, a name or its pinyin,
                initials, or the number of a card; nothing of it is kept.
        """
        asked = text.strip()[:_LONGEST_ASKED]
        if not asked:
            return ()
        found = self._by_code(asked)
        if not found:
            found = self._by_digits(asked) if _is_number(asked) else ()
        if not found:
            found = self._by_name(asked)
        return self.glances.of_all(found)[:MOST_FOUND]

    def phone(self, text: str, *, is_sure: bool = False) -> Phone:
        """Read a phone number as people of this shop's country write it.

        Raises:
            UserError: what `read_phone` refuses.
        """
        return read_phone(text, region_of(self._desk.shop), is_sure=is_sure)

    def by_phone(self, phone: Phone) -> str | None:
        """Return who holds a number now: a member id."""
        index = self._desk.vault.phone_index(phone)
        return self._desk.ledger.members.by_phone(index)

    def by_static_code(self, code: str) -> str:
        """Return whose static code or pass it is: a member id.

        Raises:
            UserError: "member_card_mistyped", "member_card_shape",
                "member_code_unknown".
        """
        number = read_card(card_of_pass(code) or code)
        member_id = self._desk.ledger.members.by_number(number)
        if member_id is None:
            raise UserError("member_code_unknown")
        return member_id

    def by_foreign_card(self, code: str) -> str | None:
        """Return whose card of another make it is; None for any other code.

        What a payment app or a bank card shows is never looked up.
        """
        if is_payment_code(code):
            return None
        try:
            plain = check_foreign_card(code)
        except UserError:
            return None
        index = self._desk.vault.card_index(plain)
        return self._desk.ledger.members.by_card(index)

    def named(self, text: str) -> str | None:
        """Return the one member that a friend's code, card or phone names."""
        found = self._by_code(text.strip()[:_LONGEST_ASKED])
        if found:
            return found[0]
        with suppress(UserError):
            return self.by_phone(self.phone(text))
        return None

    def _by_code(self, asked: str) -> tuple[str, ...]:
        if is_card(asked) or card_of_pass(asked):
            with suppress(UserError):
                return (self.by_static_code(asked),)
        card = self.by_foreign_card(asked)
        return () if card is None else (card,)

    def _by_digits(self, asked: str) -> tuple[str, ...]:
        vault, members = self._desk.vault, self._desk.ledger.members
        digits = sum(sign.isdigit() for sign in asked)
        if digits == _LAST_FOUR:
            with suppress(UserError):
                index = vault.last_four_index(read_last_four(asked))
                return tuple(members.by_last_four(index, MOST_FOUND))
        if digits < _PHONE_DIGITS:
            return ()
        with suppress(UserError):
            found = self.by_phone(self.phone(asked, is_sure=True))
            return () if found is None else (found,)
        return ()

    def _by_name(self, asked: str) -> tuple[str, ...]:
        """Find a name as it is written; else in one word, as pinyin is filed."""
        for written in dict.fromkeys((asked, "".join(asked.split()))):
            index = self._desk.vault.asked_name(written)
            if index is not None:
                found = self._desk.ledger.members.by_name(index, MOST_FOUND)
                if found:
                    return tuple(found)
        return ()


def _is_number(text: str) -> bool:
    """Tell whether somebody typed a number, with blanks, brackets and a plus."""
    plain = unicodedata.normalize("NFKC", text)
    return all(sign.isdigit() or not sign.isalnum() for sign in plain) and any(
        sign.isdigit() for sign in plain
    )
