"""Replays points, stored value, gift cards, coupons by hand, and the night."""

from __future__ import annotations

from typing import Any

from pos_app.domain.codec import to_plain
from pos_app.domain.ledger_tenders import GIFT_CARD_KEY, STORED_VALUE_KEY
from pos_app.domain.stored_value.document import ValueDocument, ValueKind
from pos_app.domain.stored_value.refusal import ValueRefusal
from pos_app.errors import UserError
from pos_app.services import replay_value_commands as commands
from pos_app.services.counter import Counter
from pos_app.services.replay_documents import Step
from pos_app.services.value_view import ValueMoney
from pos_app.values.money import parse_minor


class ValueReplay:
    """The steps of what members have; each does what a screen would."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def steps(self) -> dict[type[Any], Step]:
        """Return which command does what."""
        return {
            commands.PointsCommand: self._points,
            commands.TopUpCommand: self._top_up,
            commands.GiftCardCommand: self._gift_card,
            commands.PayBackCommand: self._pay_back,
            commands.GiveCouponCommand: self._give_coupon,
            commands.NightCommand: self._night,
        }

    def takes(self, key: str) -> bool:
        """Tell whether a tender is paid out of an account."""
        return key in (STORED_VALUE_KEY, GIFT_CARD_KEY)

    def pay(self, key: str, amount_minor: int | None, reference: str) -> None:
        """Pay the open sale out of the customer's wallet, or of a gift card.

        Args:
            key: of the tender.
            amount_minor: None for as much as there is and may be taken.
            reference: a gift card's code.
        """
        value = self._counter.stored_value
        if key == GIFT_CARD_KEY:
            account_id = value.gift_card(reference).account_id
        else:
            account_id = self._wallet(self._member(""))
        value.pay(account_id, amount_minor)

    def _points(self, command: commands.PointsCommand) -> None:
        points = self._counter.points
        asked = command.give
        if asked is None:
            asked = points.burnable().burn.points
        points.give(asked or None)

    def _top_up(self, command: commands.TopUpCommand) -> dict[str, Any]:
        done = self._counter.stored_value.top_up(
            self._member(command.phone),
            self._minor(command.amount),
            self._money(command),
            print_slip=command.print,
        )
        return _document_of(done.result())

    def _gift_card(self, command: commands.GiftCardCommand) -> dict[str, Any]:
        done = self._counter.stored_value.sell_gift_card(
            command.code,
            self._minor(command.amount),
            self._money(command),
            print_slip=command.print,
        )
        return _document_of(done.result())

    def _pay_back(self, command: commands.PayBackCommand) -> dict[str, Any]:
        value = self._counter.stored_value
        if command.code:
            account_id = value.gift_card(command.code).account_id
        else:
            account_id = self._wallet(self._member(command.phone))
        documents = self._counter.desk.ledger.stored_value.documents(account_id)
        sold = [x for x in documents if x.kind is not ValueKind.REFUND]
        done = value.refund_top_up(
            account_id,
            sold[-1].lot_id,
            self._minor(command.amount),
            print_slip=command.print,
        )
        return _document_of(done.result())

    def _give_coupon(self, command: commands.GiveCouponCommand) -> dict[str, Any]:
        office = self._counter.coupon_office
        found = [
            each.template
            for each in office.templates()
            if command.name in (each.template.template_id, each.template.name)
        ]
        if not found:
            raise UserError("coupon_unknown")
        member_id = self._member(command.phone) if command.phone else ""
        given = office.give(found[0].template_id, member_id).result()
        return {"document": "coupon", **to_plain(given)}

    def _night(self, _command: commands.NightCommand) -> None:
        night = self._counter.night.due()
        if night is not None:
            self._counter.night.run(night)

    # ------------------------------------------------------------------ internal

    def _member(self, phone: str) -> str:
        """Return who is meant: a phone number's member, or the sale's customer.

        Raises:
            UserError: "member_none", "member_unknown", "member_many".
        """
        if not phone:
            current = self._counter.members.current
            if current is None:
                raise UserError("member_none")
            return current.member_id
        found = self._counter.members.find(phone)
        if not found:
            raise UserError("member_unknown")
        if len(found) > 1:
            raise UserError("member_many", count=len(found))
        return found[0].member_id

    def _wallet(self, member_id: str) -> str:
        wallet = self._counter.stored_value.wallet(member_id)
        if wallet is None:
            raise UserError(ValueRefusal.UNKNOWN_ACCOUNT.value)
        return wallet.account_id

    def _minor(self, text: str) -> int:
        return parse_minor(text, self._counter.desk.shop.rules.currency)

    def _money(
        self, command: commands.TopUpCommand | commands.GiftCardCommand
    ) -> tuple[ValueMoney, ...]:
        handed = self._minor(command.handed) if command.handed else None
        return (ValueMoney(command.key, handed, command.reference),)


def _document_of(document: ValueDocument) -> dict[str, Any]:
    return {"document": "stored_value", **to_plain(document)}
