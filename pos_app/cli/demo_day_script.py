"""Plays the lines of resources/demo_shop/day.jsonl by touching the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pos_app.bootstrap import demo_day
from pos_app.cli.demo_day_errands import DayErrands
from pos_app.cli.demo_day_members import DayMembers
from pos_app.cli.scripted_cashier import ScriptedCashier
from pos_app.cli.scripted_till import ScriptedTill
from pos_app.domain.ledger_tenders import STORED_VALUE_KEY
from pos_app.domain.sale import Sale
from pos_app.services import replay_commands as commands
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class Moment:
    """Where in the day the script stands.

    Attributes:
        at: the script's own time of the customer, "08:52:30".
        after: what was just done: a command's `do`, or "offer" (a tender is
            keyed in and not yet taken), "weighing", "reason" (of a void), "pin",
            "float" and "counting" (cash is keyed in), "cash" (a move is), "approval"
            (a supervisor's PIN is), "parked" (the list is shown), "enrolling" (the
            customer is asked), "top_up_money" (the offer is chosen).
        nth: how often that was done for this customer, from 1.
    """

    at: str
    after: str
    nth: int = 1


def day_commands() -> list[commands.Command]:
    """Return the day, line by line."""
    text = demo_day().read_text(encoding="utf-8")
    return [commands.COMMANDS.validate_json(line) for line in text.splitlines()]


def day_start() -> Timestamp:
    """Return when the day begins."""
    first = day_commands()[0]
    assert isinstance(first, commands.SetClock)
    return Timestamp.parse(first.at)


class DayScript:
    """Turns commands into touches and says after each where the day stands.

    Attributes:
        sales: tickets finished so far. voids: whole sales given up so far.
        errands, members: who plays what is beside plain selling.
    """

    def __init__(self, place: ScriptedTill, cashier: ScriptedCashier) -> None:
        self._place = place
        self._cashier = cashier
        self._clock = place.clock
        self._at = ""
        self._done: dict[str, int] = {}
        self._ended: Sale | None = None
        self.sales: list[Sale] = []
        self.voids = 0
        self.errands = DayErrands(place, cashier)
        self.members = DayMembers(place, cashier)
        self._steps: dict[type[Any], Callable[[Any], Iterator[str]]] = {
            commands.SetClock: self._set_clock,
            commands.SignOn: self._sign_on,
            commands.SignOff: self._sign_off,
            commands.Scan: self._scan,
            commands.Prefix: self._prefix,
            commands.Weight: self._weigh,
            commands.Quantity: self._quantity,
            commands.LineVoid: self._line_void,
            commands.SaleVoid: self._sale_void,
            commands.RoundOffCommand: self._round_off,
            commands.Tender: self._tender,
            commands.Finish: self._finish,
            **self.errands.steps(),
            **self.members.steps(),
        }

    def play(self, day: list[commands.Command]) -> Iterator[Moment]:
        """Play the day; yields after everything that can be looked at."""
        for command in day:
            for after in self._steps[type(command)](command):
                self._done[after] = self._done.get(after, 0) + 1
                yield Moment(self._at, after, self._done[after])

    def _set_clock(self, command: commands.SetClock) -> Iterator[str]:
        moment = Timestamp.parse(command.at)
        assert moment >= self._clock.now(), f"{command.at} came too soon"
        self._clock.set(moment)
        self._at, self._done = command.at[11:19], {}
        yield "clock"

    def _sign_on(self, command: commands.SignOn) -> Iterator[str]:
        self._cashier.choose_name(command.number)
        self._cashier.key_pin(command.pin)
        yield "pin"
        self._cashier.enter_pin()
        yield "sign_on"

    def _sign_off(self, _command: commands.SignOff) -> Iterator[str]:
        if self._place.till.counter.desk.session.staff is not None:
            self._cashier.lock()  # after a close it is locked already
        yield "sign_off"

    def _scan(self, command: commands.Scan) -> Iterator[str]:
        self._cashier.scan(command.code)
        yield "scan"

    def _prefix(self, command: commands.Prefix) -> Iterator[str]:
        self._cashier.key_prefix(command.value)
        yield "prefix"

    def _weigh(self, command: commands.Weight) -> Iterator[str]:
        yield "weighing"
        self._cashier.weigh(command.value)
        yield "weight"

    def _quantity(self, command: commands.Quantity) -> Iterator[str]:
        self._cashier.change_quantity(command.value)
        yield "quantity"

    def _line_void(self, _command: commands.LineVoid) -> Iterator[str]:
        self._cashier.delete_line()
        yield "line_void"

    def _sale_void(self, command: commands.SaleVoid) -> Iterator[str]:
        self._cashier.begin_void(command.reason)
        yield "reason"
        self._cashier.void_sale()
        self.voids += 1
        yield "sale_void"

    def _round_off(self, command: commands.RoundOffCommand) -> Iterator[str]:
        self._cashier.round_off(command.amount)
        yield "round_off"

    def _tender(self, command: commands.Tender) -> Iterator[str]:
        if command.key == STORED_VALUE_KEY:
            self.members.members.pay_with_wallet()
        else:
            self._cashier.offer(command.key, command.amount, command.reference)
        yield "offer"
        self._ended = self._cashier.accept()
        yield "tender"

    def _finish(self, _command: commands.Finish) -> Iterator[str]:
        """The main key that took the last tender, or gave it, has ended the ticket."""
        sale = self._ended or self.errands.refunded
        self._ended = self.errands.refunded = None
        assert sale is not None, f"{self._at}: money is missing"
        self.sales.append(sale)
        yield "finish"
