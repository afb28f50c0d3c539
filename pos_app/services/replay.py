"""Replays what a cashier does through the very services the screen uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from pos_app.domain.basket import Basket
from pos_app.domain.codec import to_plain
from pos_app.domain.item import SellingUnit
from pos_app.errors import GuitaiError, UserError
from pos_app.services import replay_commands as commands
from pos_app.services.counter import Counter
from pos_app.services.payment_secrets import holds_payment_code
from pos_app.services.replay_day import DayReplay
from pos_app.services.replay_day_commands import Approve
from pos_app.services.replay_documents import Step, document_of
from pos_app.services.replay_members import MemberReplay
from pos_app.services.replay_offers import OfferReplay
from pos_app.services.replay_shift import ShiftReplay
from pos_app.services.replay_value import ValueReplay
from pos_app.services.scan_result import Outcome
from pos_app.services.session import ApprovalNeeded
from pos_app.values.money import parse_minor
from pos_app.values.quantity import parse_quantity
from pos_app.values.times import Timestamp

#: A Thursday morning in a shop that has never seen a real clock.
FIRST_MOMENT = Timestamp.parse("2026-01-01T08:00:00+08:00")
#: What a machine's clock can show: its epoch, and far from the calendar's end.
EARLIEST = Timestamp.parse("1970-01-02T00:00:00Z")
LATEST = Timestamp.parse("2200-01-01T00:00:00Z")
#: No action asks for more people than this.
APPROVALS_LIMIT = 4


class ReplayClock:
    """A clock that only the replay moves: a second for each command."""

    def __init__(self, start: Timestamp = FIRST_MOMENT) -> None:
        self._now = start
        self._ticks_ms = 0

    def now(self) -> Timestamp:
        """Return the moment the replay has reached."""
        return self._now

    def monotonic_ms(self) -> int:
        """Return milliseconds replayed so far."""
        return self._ticks_ms

    def set(self, moment: Timestamp) -> None:
        """Go to a moment: forward is time that passes, back is a clock set back."""
        self._ticks_ms += max(0, moment.unix_ms - self._now.unix_ms)
        self._now = moment

    def jump(self, moment: Timestamp) -> None:
        """Set the clock as somebody sets a machine's: no time passes."""
        self._now = moment

    def tick(self) -> None:
        """Let a second pass."""
        self._now = self._now.plus_seconds(1)
        self._ticks_ms += 1000


class Replay:
    """Runs commands against a counter and yields finished documents."""

    def __init__(self, counter: Counter, clock: ReplayClock) -> None:
        self._counter = counter
        self._clock = clock
        self._prefix = ""
        self._awaiting: SellingUnit | None = None
        self._day = DayReplay(counter)
        self._value = ValueReplay(counter)
        self._steps: dict[type[Any], Step] = {
            commands.SetClock: self._set_clock,
            commands.SignOn: self._sign_on,
            commands.SignOff: self._sign_off,
            commands.Scan: self._scan,
            commands.Prefix: self._set_prefix,
            commands.Weight: self._weigh,
            commands.Quantity: self._quantity,
            commands.Note: self._note,
            commands.Select: self._select,
            commands.LineVoid: self._line_void,
            commands.Undo: self._undo,
            commands.SaleVoid: self._sale_void,
            commands.RoundOffCommand: self._round_off,
            commands.Tender: self._tender,
            commands.GiveBack: self._give_back,
            commands.Finish: self._finish,
            commands.CorrectTender: self._correct_tender,
            commands.Reprint: self._reprint,
            commands.Resolve: self._resolve,
            commands.OpenDrawer: self._open_drawer,
            commands.ConfirmClock: self._confirm_clock,
            **self._day.steps(),
            **ShiftReplay(counter).steps(),
            **OfferReplay(counter).steps(),
            **MemberReplay(counter).steps(),
            **self._value.steps(),
        }

    def run(self, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
        """Yield a document for each end, and a refusal for each refused line."""
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            yield from self._line(number, line)

    def _line(self, number: int, line: str) -> Iterator[dict[str, Any]]:
        try:
            command = commands.COMMANDS.validate_json(line)
        except ValidationError as error:
            problems = [f"{x['loc']}: {x['msg']}" for x in error.errors()]
            yield {"refused": "line_unreadable", "line": number, "why": problems}
            return
        try:
            document = self.step(command)
        except GuitaiError as error:
            yield {"refused": error.key, "line": number, "params": _said(error)}
            return
        if document is not None:
            yield document

    @property
    def basket(self) -> Basket | None:
        """The open basket, if any."""
        return self._counter.sale.basket

    def step(self, command: commands.Command) -> dict[str, Any] | None:
        """Do one thing; return the document if one was finished.

        Raises:
            GuitaiError: what the service refused.
        """
        self._clock.tick()
        try:
            return self._approved(command)
        finally:
            if not isinstance(command, Approve):
                self._day.gone()

    def _approved(self, command: commands.Command) -> dict[str, Any] | None:
        """Do one thing again after each approval that it needs."""
        for _ in range(APPROVALS_LIMIT):
            try:
                return self._steps[type(command)](command)
            except ApprovalNeeded as needed:
                if not self._day.approve(needed.demand, getattr(command, "reason", "")):
                    raise
        raise AssertionError(command)

    def _set_clock(self, command: commands.SetClock) -> None:
        try:
            moment = Timestamp.parse(command.at)
        except (ValueError, OverflowError):
            raise UserError("time_unreadable", text=command.at[:40]) from None
        if not EARLIEST <= moment <= LATEST:
            raise UserError("time_unreadable", text=command.at[:40])
        self._clock.set(moment)

    def _sign_on(self, command: commands.SignOn) -> None:
        service = self._counter.sign_on
        if command.badge:
            service.with_badge(command.badge)
        else:
            staff = service.by_number(command.number)
            service.with_pin(staff.staff_id, command.pin)

    def _sign_off(self, _command: commands.SignOff) -> None:
        self._counter.sign_on.sign_off()

    def _set_prefix(self, command: commands.Prefix) -> None:
        parse_quantity(command.value)
        self._prefix = command.value

    def _scan(self, command: commands.Scan) -> None:
        text = command.quantity or self._prefix
        self._prefix = ""
        quantity = parse_quantity(text) if text else None
        result = self._counter.sale.scan(command.code, quantity)
        waits = result.outcome is Outcome.NEEDS_WEIGHT
        self._awaiting = result.unit if waits else None

    def _weigh(self, command: commands.Weight) -> None:
        if self._awaiting is None:
            raise UserError("nothing_to_weigh")
        self._counter.sale.add_unit(self._awaiting, parse_quantity(command.value))
        self._awaiting = None

    def _selected(self) -> str:
        basket = self._counter.sale.basket
        if basket is None or basket.selected is None:
            raise UserError("basket_empty")
        return basket.selected

    def _quantity(self, command: commands.Quantity) -> None:
        quantity = parse_quantity(command.value)
        self._counter.sale.set_quantity(self._selected(), quantity)

    def _note(self, command: commands.Note) -> None:
        self._counter.sale.set_note(self._selected(), command.text)

    def _select(self, command: commands.Select) -> None:
        basket = self._counter.sale.basket
        if basket is None or command.line > len(basket.lines):
            raise UserError("basket_empty")
        self._counter.sale.select(basket.lines[command.line - 1].line_id)

    def _line_void(self, _command: commands.LineVoid) -> None:
        self._counter.sale.remove_line(self._selected())

    def _undo(self, _command: commands.Undo) -> None:
        if self._counter.sale.undo_remove() is None:
            raise UserError("nothing_to_undo")

    def _sale_void(self, command: commands.SaleVoid) -> dict[str, Any]:
        void = self._counter.checkout.void_sale(command.reason).result()
        self._counter.checkout.finished()
        return {"document": "void", **to_plain(void)}

    def _round_off(self, command: commands.RoundOffCommand) -> None:
        currency = self._counter.sale.rules.currency
        self._counter.sale.round_off(parse_minor(command.amount, currency))

    def _tender(self, command: commands.Tender) -> None:
        currency = self._counter.sale.rules.currency
        amount = parse_minor(command.amount, currency) if command.amount else None
        if self._value.takes(command.key):
            self._value.pay(command.key, amount, command.reference)
            return
        self._counter.checkout.take(command.key, amount, command.reference)

    def _give_back(self, _command: commands.GiveBack) -> None:
        payment = self._counter.checkout.payment
        if payment is None or not payment.tenders:
            raise UserError("nothing_taken")
        self._counter.checkout.give_back(payment.tenders[-1].tender_id)

    def _finish(self, command: commands.Finish) -> dict[str, Any]:
        sale = self._counter.checkout.finish(print_slip=command.print).result()
        self._counter.checkout.finished()
        return document_of(sale)

    def _correct_tender(self, command: commands.CorrectTender) -> dict[str, Any]:
        ledger = self._counter.desk.ledger
        number = command.number
        sale = ledger.sale_by_number(number) if number else ledger.last_sale()
        if sale is None or command.tender > len(sale.tenders):
            raise UserError("sale_not_found")
        wrong = sale.tenders[command.tender - 1].tender_id
        service = self._counter.tender_correction
        done = service.correct(sale.sale_id, wrong, command.to, command.reference)
        return {"document": "tender_correction", **to_plain(done.result())}

    def _reprint(self, _command: commands.Reprint) -> None:
        self._counter.slip.reprint().result()

    def _resolve(self, command: commands.Resolve) -> None:
        found = self._counter.sale.look_up(command.code)
        if found is None:
            raise UserError("line_unknown")
        weight = parse_quantity(command.weight) if command.weight else None
        self._counter.sale.resolve(self._selected(), found.unit, weight)

    def _open_drawer(self, command: commands.OpenDrawer) -> None:
        self._counter.drawer.open(command.reason).result()

    def _confirm_clock(self, _command: commands.ConfirmClock) -> None:
        self._counter.sign_on.confirm_clock()


def _said(error: GuitaiError) -> dict[str, str]:
    """Return an error's parameters; a card number typed as a quantity stays out."""
    said = {key: str(value) for key, value in error.params.items()}
    return {key: value for key, value in said.items() if not holds_payment_code(value)}
