"""Replays customers who are recognised, and those who become members."""

from __future__ import annotations

from typing import Any

from pos_app.domain.member.consent import Purpose
from pos_app.domain.member.recognition import Means
from pos_app.domain.offer_intents import SetShopper
from pos_app.domain.promotion.occasion import Shopper
from pos_app.errors import UserError
from pos_app.services import replay_offer_commands as commands
from pos_app.services.counter import Counter
from pos_app.services.members import EnrolDraft
from pos_app.services.replay_documents import Step

_LAST_FOUR = 4


class MemberReplay:
    """The steps of members; each does what a screen would."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def steps(self) -> dict[type[Any], Step]:
        """Return which command does what."""
        return {
            commands.MemberCommand: self._member,
            commands.EnrolCommand: self._enrol,
        }

    def _member(self, command: commands.MemberCommand) -> None:
        members = self._counter.members
        if command.code:
            members.attach_code(command.code)
        elif command.phone and command.typed:
            members.prove_phone(command.phone)
        elif command.phone:
            self._said(command.phone)
        elif command.id:
            self._made_up(command)
        elif not command.pin:
            members.detach()
        if command.pin:
            members.prove_pin(command.pin).result()
            members.settled()

    def _said(self, text: str) -> None:
        """Take the number that a customer says, or its last four digits.

        Raises:
            UserError: "member_unknown" for nobody, "member_many" for several.
        """
        found = self._counter.members.find(text)
        if not found:
            raise UserError("member_unknown")
        if len(found) > 1:
            raise UserError("member_many", count=len(found))
        digits = sum(map(str.isdigit, text))
        means = Means.LAST_FOUR if digits == _LAST_FOUR else Means.PHONE_SAID
        self._counter.members.attach(found[0].member_id, means)

    def _made_up(self, command: commands.MemberCommand) -> None:
        shopper = Shopper(
            member_id=command.id,
            tier=command.tier,
            tags=command.tags,
            is_newcomer=command.newcomer,
            birth_month=command.birth_month,
            birth_day=command.birth_day,
            price_level=command.price_level,
            is_staff=command.staff,
        )
        self._counter.sale.keeper.recognise(SetShopper(shopper))

    def _enrol(self, command: commands.EnrolCommand) -> None:
        month, _, day = command.birthday.partition("-")
        more = (Purpose.MARKETING,) if command.marketing else ()
        draft = EnrolDraft(
            phone=command.phone,
            name=command.name,
            birthday=(int(month), int(day)) if day else None,
            source=command.source,
            referrer=command.referrer,
            card=command.card,
            purposes=(Purpose.MEMBERSHIP, *more),
        )
        self._counter.members.enrol(draft).result()
        self._counter.members.settled()
