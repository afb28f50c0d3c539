"""The demo day's lines with members: found, proved, enrolled, points and a wallet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pos_app.cli.scripted_cashier import ScriptedCashier
from pos_app.cli.scripted_members import ScriptedMembers
from pos_app.cli.scripted_till import ScriptedTill
from pos_app.services import replay_offer_commands as offers
from pos_app.services import replay_value_commands as commands
from pos_app.values.money import parse_minor

#: What one line of the day does; yields names of moments.
Step = Callable[[Any], Iterator[str]]


class DayMembers:
    """Turns these lines into touches.

    Attributes:
        members: whose hands do it.
    """

    def __init__(self, place: ScriptedTill, cashier: ScriptedCashier) -> None:
        self.members = ScriptedMembers(place, cashier)
        self._place = place

    def steps(self) -> dict[type[Any], Step]:
        """Return which line does what."""
        return {
            offers.MemberCommand: self._member,
            offers.EnrolCommand: self._enrol,
            commands.TopUpCommand: self._top_up,
            commands.PointsCommand: self._points,
        }

    def _member(self, command: offers.MemberCommand) -> Iterator[str]:
        if command.pin:
            self.members.show()
            self.members.key_pin(command.pin)
            yield "member_pin"
        else:
            self.members.find(command.phone)
            yield "member"
        self.members.leave()

    def _enrol(self, command: offers.EnrolCommand) -> Iterator[str]:
        self.members.begin_enrol(command.phone)
        yield "enrolling"
        self.members.agree()
        yield "enrol"
        self.members.leave()

    def _top_up(self, command: commands.TopUpCommand) -> Iterator[str]:
        currency = self._place.till.counter.sale.rules.currency
        minor = parse_minor(command.amount, currency)
        self.members.show()
        self.members.begin_top_up(minor)
        yield "top_up_money"
        self.members.take_top_up(command.key, command.reference)
        yield "top_up"
        self.members.leave()

    def _points(self, _command: commands.PointsCommand) -> Iterator[str]:
        self.members.give_points()
        yield "points"
