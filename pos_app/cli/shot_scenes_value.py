"""Stored value in believable states: a top-up, a wallet, a gift card, a payout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pos_app.cli.scripted_till import ScriptedTill
from pos_app.domain.loyalty.programme import TopUpOffer, ValueRule
from pos_app.domain.stored_value.tender_rule import TenderRule
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.points import ProgrammeVersion
from pos_app.services.members import EnrolDraft
from pos_app.services.value_view import ValueMoney

_RULE = ValueRule(
    is_on=True,
    has_gift_cards=True,
    tender=TenderRule(free_minor=50_00),
    offers=(
        TopUpOffer(200_00, 10_00),
        TopUpOffer(500_00, 50_00),
        TopUpOffer(1_000_00, 150_00),
    ),
    bonus_days=365,
)
_CARD = "GIFT-2026-7788"
#: Nobody's number.
_PHONE, _NAME = "13712340000", "陈小雨"


class ValueScenes:
    """Plays with an empty till and a manager signed on; leaves no sale open.

    Args:
        place: an open scripted till.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._hand, self._member_id = place.hand, ""
        self._flow: Any = place.screen.flow
        self._counter: Any = self._flow.work.counter

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        members = self._counter.members
        self._member_id = members.enrol(EnrolDraft(_PHONE, _NAME)).result().member_id
        members.settled()
        members.detach()
        before = self._counter.points.programme.value
        self._set(_RULE)
        value, service = self._flow.features.value, self._counter.stored_value
        value.open_top_up(self._member_id)
        self._hand.press("valueChoice_offer 50000")
        yield "dialog_top_up_money"
        self._hand.press("dialogClose")
        cash = (ValueMoney("cash"),)
        service.top_up(self._member_id, 500_00, cash, print_slip=False).result()
        value.open_wallet(self._member_id)
        yield "dialog_wallet"
        self._hand.press("valueKey0")
        yield "dialog_value_pay_back"
        self._hand.press("dialogClose")
        value.open_gift_card()
        yield "dialog_gift_card_sale"
        self._hand.press("dialogClose")
        service.sell_gift_card(_CARD, 100_00, cash, print_slip=False).result()
        self._hand.scan(_CARD)
        yield "dialog_gift_card"
        self._hand.press("dialogClose")
        self._set(before)

    def _set(self, rule: ValueRule) -> None:
        """Bring another rule for stored value into force; all else stays."""
        desk = self._counter.desk
        programme = self._counter.points.programme
        made = replace(programme, version=programme.version + 1, value=rule)
        version = ProgrammeVersion(made, desk.clock.now(), "", "")

        def work(unit: UnitOfWork) -> None:
            unit.points.add_programme(version)

        desk.ledger.submit(work).result()
        self._flow.render()
