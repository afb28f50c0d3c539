"""Makes true what a scenario card needs, through the services of the training till."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from pos_app.cli.training_goods import BEHIND_MINUTES, chosen_for
from pos_app.cli.training_till import PRACTICE_PIN, TrainingTill
from pos_app.domain.journal import EntryKind
from pos_app.domain.shift import CashCount, CashMoveKind
from pos_app.domain.training.card import Card, Need
from pos_app.domain.training.evidence import Evidence, Fact, Given
from pos_app.ports.black_box import EntryQuery, Place

_FLOAT_MINOR = 20_000


class TrainingStage:
    """The stage of one training; used on the screen's thread."""

    def __init__(self, till: TrainingTill) -> None:
        self._till = till
        self._card: Card | None = None
        self._given = Given()
        self._start: Place = (0, 0)
        self._jobs_before = 0
        self._turn = 0
        self._has_paper = True
        self._had_nobody = False
        self.pin = PRACTICE_PIN
        self.is_offline = False

    @property
    def was_locked(self) -> bool:
        """Whether nobody is signed on, or somebody came with the practice PIN."""
        if self._had_nobody or self._till.counter.desk.session.staff is None:
            return True
        query = EntryQuery(kinds=frozenset({EntryKind.SIGNED_ON}))
        return bool(self._till.ledger.black_box.page(query, None, 1).entries)

    @property
    def has_paper(self) -> bool:
        """Whether the practice printer has paper."""
        return self._has_paper

    # ------------------------------------------------------------------- a card

    def prepare(self, card: Card) -> Callable[[], Future[Any] | None]:
        """Begin to make true what a card needs; see `ui.presenters.practice`."""
        self._card, self._given = card, Given()
        steps = self._steps(card)
        return lambda: next(steps, None)

    def _steps(self, card: Card) -> Iterator[Future[Any]]:
        self.clear()
        self._begin_session()
        yield from self._empty_ticket()
        self._given = chosen_for(self._till, card, self._turn)
        if Need.FINISHED_SALE in card.needs:
            yield from self._finish_sale()
        if Need.COUNTED_DRAWER in card.needs:
            yield from self._fill_drawer()
        self._turn += 1

    def begin(self) -> None:
        """Let the prepared card begin: from now on what is done counts."""
        needs = self._card.needs if self._card else ()
        if Need.NO_PAPER in needs:
            self._use_paper(is_there=False)
        self.is_offline = Need.NO_NETWORK in needs
        if Need.CLOCK_BEHIND in needs:
            clock = self._till.counter.desk.clock
            clock.recorded(clock.now())  # where nothing was sold in training yet
            self._till.machine.behind_ms = BEHIND_MINUTES * 60_000
        self._start = self._till.ledger.place()
        self._jobs_before = len(self._till.ledger.jobs_queued())

    def given(self) -> Given:
        """Return what the card gives."""
        return self._given

    def evidence(self) -> Evidence:
        """Return what was done since the card was prepared."""
        ledger = self._till.ledger
        facts = tuple(
            Fact(entry.kind, json.loads(entry.canonical)["body"])
            for entry in ledger.entries_after(self._start)
        )
        ended = (
            ledger.sale(str(fact.body["sale_id"]))
            for fact in facts
            if fact.kind is EntryKind.SALE_COMPLETED
        )
        slips = ledger.jobs_queued()[self._jobs_before :]
        return Evidence(
            facts=facts,
            sales=tuple(sale for sale in ended if sale is not None),
            basket=self._till.counter.sale.current,
            slips=tuple(state for _kind, state in slips),
            has_paper=self._has_paper,
        )

    def clear(self) -> None:
        """End what a card made true: paper, network and clock are well again."""
        self._use_paper(is_there=True)
        self.is_offline = False
        if self._till.machine.behind_ms:
            self._till.machine.behind_ms = 0
        desk = self._till.counter.desk
        if desk.clock.is_suspect:
            with self._with_all_rights():
                self._till.counter.sign_on.begin_clock_confirm()
            desk.clock.confirm()

    def put_paper_in(self) -> None:
        """Do what a person does with a roll of paper."""
        self._use_paper(is_there=True)

    def _use_paper(self, *, is_there: bool) -> None:
        self._has_paper = is_there
        self._till.device.use_paper(is_there=is_there)
        self._till.printer.wake()

    # ------------------------------------------------------------ what is made true

    def _finish_sale(self) -> Iterator[Future[Any]]:
        """Sell the first goods for cash: the sale that the card is about."""
        counter = self._till.counter
        counter.sale.scan(self._given.goods[0].code)
        counter.checkout.take("cash", None)
        future = counter.checkout.finish(print_slip=False)
        yield future
        counter.checkout.finished()
        sale = future.result()
        self._given = replace(
            self._given, sale_id=sale.sale_id, sale_number=sale.number
        )

    def _fill_drawer(self) -> Iterator[Future[Any]]:
        """Have a shift with cash in its drawer, and say what lies there."""
        counter = self._till.counter
        if counter.shift.current() is None:
            with self._with_all_rights():
                count = CashCount(self._pieces(_FLOAT_MINOR))
                yield counter.shift.open(count, print_slip=False)
        shift = counter.shift.current()
        assert shift is not None
        shift_id = shift.shift_id
        expected = self._till.ledger.submit(
            lambda unit: unit.shifts.expected_minor(shift_id)
        )
        yield expected
        cash_minor = expected.result()
        if cash_minor < _FLOAT_MINOR:  # refunds may have emptied it: nothing to count
            yield self._put_in(_FLOAT_MINOR - cash_minor)
            cash_minor = _FLOAT_MINOR
        pieces = self._pieces(cash_minor)
        counted = sum(value * count for value, count in pieces)
        self._given = replace(self._given, counted_minor=counted, pieces=pieces)

    def _put_in(self, amount_minor: int) -> Future[Any]:
        """Put cash into the drawer, with a reason where the shop has any."""
        reasons = self._till.catalog.reasons("paid_in")
        with self._with_all_rights():
            return self._till.counter.shift.move(
                CashMoveKind.PAID_IN,
                amount_minor,
                reasons[0].key if reasons else "",
                print_slip=False,
            )

    def _pieces(self, amount_minor: int) -> tuple[tuple[int, int], ...]:
        """Return an amount in notes and coins, the largest first."""
        pieces = []
        notes = sorted(self._till.counter.desk.shop.cash_notes_minor, reverse=True)
        for value in notes:
            count, amount_minor = divmod(amount_minor, value)
            pieces.append((value, count))
        return tuple(pieces)

    def _empty_ticket(self) -> Iterator[Future[Any]]:
        """Give up what the card before left in the ticket, and parked."""
        counter = self._till.counter
        current = counter.sale.current
        if current is not None:
            for tender in current.tenders:
                counter.checkout.give_back(tender.tender_id)
            for refund in current.refunds:
                counter.refund.take_back(refund.tender_id)
            with self._with_all_rights():
                for back in current.basket.returns:
                    counter.returns.remove(back.line_id)
                for line in current.basket.lines:
                    counter.sale.remove_line(line.line_id)
        reasons = self._till.catalog.reasons("sale_void")
        for parked in counter.park.all() if reasons else ():
            with self._with_all_rights():
                future = counter.park.void(parked.sale.basket.basket_id, reasons[0].key)
            yield future

    def _begin_session(self) -> None:
        """Have whoever practises signed on: closing a shift signs people off."""
        session = self._till.counter.desk.session
        if session.staff is None:
            self._had_nobody = True  # who goes on is not known: no PIN was asked for
        if session.staff != self._till.trainee:
            session.begin(self._till.trainee)

    @contextmanager
    def _with_all_rights(self) -> Iterator[None]:
        """Do what the stage must, in the trainee's name: it is their drawer."""
        session, trainee = self._till.counter.desk.session, self._till.trainee
        session.begin(replace(trainee, role=self._till.supervisor.role))
        self._till.people.is_alone = True
        try:
            yield
        finally:
            self._till.people.is_alone = False
            session.begin(trainee)
