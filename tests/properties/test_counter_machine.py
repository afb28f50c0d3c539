"""Whatever a cashier does, in whatever order: the disk holds what the screen shows."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from pos_app.domain.open_sale import OpenSale
from pos_app.errors import GuitaiError
from pos_app.services.replay import ReplayClock
from pos_app.services.scan_result import Outcome
from tests.counter_shop import (
    APPLES,
    BOX,
    CASHIER,
    COLA,
    GIFT,
    MANAGER,
    NOON,
    PEARS,
    SALT,
    SUPERVISOR,
    TEA,
    TRAINEE,
    Losses,
    fill_disk,
    fresh_shop,
    make_room,
    opened,
    prove,
    query,
    sign_on,
    unit_of,
)
from tests.effort import examples

CODES = (TEA, COLA, BOX, SALT, GIFT, "S3", "S9")
STRANGE = ("4006381333931", "nobody", "\ud83d?", "x" * 400, "")
WEIGHED = (APPLES, PEARS)
LABELS = ("2100005012349", "2100005000004", "2200006012341", "2100005012340")
QUANTITIES = st.sampled_from(
    [Decimal(x) for x in ("1", "2", "3", "24", "0.5", "0.125", "0", "-1", "99999")]
    + [Decimal(1000), Decimal("1e9"), Decimal("NaN"), Decimal("Infinity")]
)
AMOUNTS = st.sampled_from([1, 10, 50, 100, 350, 1000, 10_000, 10**9, 0, -5])
TENDERS = ("cash", "card", "wechat", "voucher", "coupon", "gold")
STAFF = (CASHIER, SUPERVISOR, MANAGER, TRAINEE)


class CounterMachine(RuleBasedStateMachine):
    """A till, its cashiers, its disk, its clock; no rule knows the services' insides."""

    @initialize()
    def open_the_shop(self) -> None:
        self.parent = Path(tempfile.mkdtemp(prefix="guitai-machine-"))
        self.folder = fresh_shop(self.parent)
        self.clock = ReplayClock(NOON)
        self.losses = Losses()
        self.finished: list[tuple[str, int]] = []
        self.in_flight = False
        self.is_full = False
        self.only_selected = False
        self.start()

    def start(self) -> None:
        self.stack = ExitStack()
        self.till = self.stack.enter_context(
            opened(self.folder, self.clock, self.losses)
        )
        self.counter = self.till.counter

    def attempt(self, action, *what, **named) -> object:
        """Do something; a refusal leaves everything as it was."""
        before = self.counter.sale.current
        self.clock.tick()
        try:
            done = action(*what, **named)
        except GuitaiError:
            after = self.counter.sale.current
            assert after == before or (self.in_flight and after is None)
            return None
        finally:
            if self.counter.sale.current is not before:
                self.only_selected = self.in_flight = False
        return done

    def line(self, data: st.DataObject) -> str:
        basket = self.counter.sale.basket
        lines = basket.lines if basket else ()
        ids = [line.line_id for line in lines] or ["gone"]
        return data.draw(st.sampled_from(ids))

    @rule(
        code=st.sampled_from(CODES + STRANGE + LABELS),
        count=st.none() | QUANTITIES,
    )
    def scan(self, code: str, count: Decimal | None) -> None:
        self.attempt(self.counter.sale.scan, code, count)

    @rule(code=st.sampled_from(CODES))
    def scan_one(self, code: str) -> None:
        self.attempt(self.counter.sale.scan, code)

    @rule(code=st.sampled_from(WEIGHED), weight=QUANTITIES)
    def weigh(self, code: str, weight: Decimal) -> None:
        asked = self.attempt(self.counter.sale.scan, code)
        assert asked is None or asked.outcome is Outcome.NEEDS_WEIGHT
        unit = unit_of(self.counter, code)
        self.attempt(self.counter.sale.add_unit, unit, weight)

    @rule(data=st.data(), count=QUANTITIES)
    def set_quantity(self, data: st.DataObject, count: Decimal) -> None:
        self.attempt(self.counter.sale.set_quantity, self.line(data), count)

    @rule(data=st.data(), note=st.text(max_size=90))
    def set_note(self, data: st.DataObject, note: str) -> None:
        self.attempt(self.counter.sale.set_note, self.line(data), note)

    @rule(data=st.data())
    def select(self, data: st.DataObject) -> None:
        if self.attempt_selection(self.line(data)):
            self.only_selected = True

    def attempt_selection(self, line_id: str) -> bool:
        try:
            self.counter.sale.select(line_id)
        except GuitaiError:
            return False
        return True

    @rule(data=st.data(), code=st.sampled_from((TEA, APPLES)), weight=QUANTITIES)
    def resolve(self, data: st.DataObject, code: str, weight: Decimal) -> None:
        unit = unit_of(self.counter, code)
        self.attempt(self.counter.sale.resolve, self.line(data), unit, weight)

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        self.attempt(self.counter.sale.remove_line, self.line(data))

    @rule()
    def undo(self) -> None:
        self.attempt(self.counter.sale.undo_remove)

    @rule(amount=AMOUNTS)
    def round_off(self, amount: int) -> None:
        self.attempt(self.counter.sale.round_off, amount)

    @rule(
        key=st.sampled_from(TENDERS),
        amount=st.none() | AMOUNTS,
        reference=st.sampled_from(["", "1234", "4111 1111 1111 1111"]),
    )
    def take(self, key: str, amount: int | None, reference: str) -> None:
        self.attempt(self.counter.checkout.take, key, amount, reference)

    @rule()
    def give_back(self) -> None:
        payment = self.counter.checkout.payment
        tender = payment.tenders[0].tender_id if payment and payment.tenders else "x"
        self.attempt(self.counter.checkout.give_back, tender)

    @rule(prints=st.booleans())
    def pay_and_finish(self, prints: bool) -> None:
        self.attempt(self.counter.checkout.take, "cash", None)
        self.finish(prints)

    @rule(prints=st.booleans())
    def finish(self, prints: bool) -> None:
        ending = self.attempt(self.counter.checkout.finish, print_slip=prints)
        if ending is None:
            return
        before = self.counter.sale.current
        if isinstance(ending.exception(), GuitaiError):
            assert self.is_full
            self.counter.checkout.finished()
            assert self.counter.sale.current == before
            return
        sale = ending.result()
        self.finished.append((sale.number, sale.priced.total_minor))
        self.counter.checkout.finished()
        assert self.counter.sale.current is None

    @rule(waits=st.booleans())
    def void(self, waits: bool) -> None:
        ending = self.attempt(self.counter.checkout.void_sale, "customer_left")
        if ending is None:
            return
        if waits:
            assert ending.exception() is None or self.is_full
            self.counter.checkout.finished()
        else:
            self.in_flight = True  # the next intent comes before the commit is done

    @rule(number=st.sampled_from(STAFF))
    def switch_cashier(self, number: str) -> None:
        sign_on(self.counter, number)

    @rule()
    def lock(self) -> None:
        self.attempt(self.counter.sign_on.sign_off)

    @rule()
    def reprint(self) -> None:
        job = self.attempt(self.counter.slip.reprint)
        assert job is None or job.exception() is None or self.is_full

    @rule()
    def open_drawer(self) -> None:
        self.attempt(self.counter.drawer.open, "change")

    @rule(key=st.sampled_from(TENDERS))
    def correct_tender(self, key: str) -> None:
        sale = self.till.ledger.last_sale()
        if sale is None or not sale.tenders:
            return
        wrong = sale.tenders[0].tender_id
        correct = self.counter.tender_correction.correct
        done = self.attempt(correct, sale.sale_id, wrong, key, "1234")
        assert done is None or done.exception() is None or self.is_full

    @rule(seconds=st.sampled_from([1, 3600, 86_400, -5, -3600, -90_000]))
    def clock_moves(self, seconds: int) -> None:
        self.clock.set(self.clock.now().plus_seconds(seconds))

    @rule()
    def confirm_clock(self) -> None:
        self.attempt(self.counter.sign_on.confirm_clock)

    @precondition(lambda self: not self.is_full)
    @rule()
    def disk_fills(self) -> None:
        fill_disk(self.till)
        self.is_full = True

    @precondition(lambda self: self.is_full)
    @rule()
    def disk_gets_room(self) -> None:
        make_room(self.till)
        self.is_full = False
        self.counter.desk.store_backlog().result()

    @precondition(lambda self: not self.is_full)
    @rule()
    def reopen(self) -> None:
        self.till.ledger.flush()
        self.counter.checkout.finished()
        self.in_flight = False
        on_screen = self.counter.sale.current
        self.stack.close()
        self.start()
        assert self.seen(self.counter.sale.current) == self.seen(on_screen)
        self.only_selected = False

    def seen(self, sale: OpenSale | None) -> OpenSale | None:
        """Return a sale as it must come back; a selection alone need not."""
        if sale is None or not self.only_selected:
            return sale
        return replace(sale, basket=replace(sale.basket, selected=None))

    @invariant()
    def the_disk_holds_what_the_screen_shows(self) -> None:
        if self.is_full or self.in_flight:
            return
        self.till.ledger.flush()
        stored, on_screen = self.till.ledger.open_sale(), self.counter.sale.current
        assert self.seen(stored) == self.seen(on_screen)

    @invariant()
    def the_price_can_be_told(self) -> None:
        if self.counter.sale.priced is not None:
            self.counter.sale.priced.check()

    def teardown(self) -> None:
        if not hasattr(self, "till"):
            return
        if self.is_full:
            make_room(self.till)
        prove(self.till)
        rows = query(self.till, "SELECT number, total_minor FROM sale ORDER BY seq")
        assert [tuple(row) for row in rows] == self.finished
        times = query(self.till, "SELECT kind, recorded_at_ms FROM journal ORDER BY 1")
        assert len(times) >= len(self.finished)
        self.stack.close()
        shutil.rmtree(self.parent)


TestCounterMachine = CounterMachine.TestCase
TestCounterMachine.settings = settings(
    max_examples=examples(20, 40),
    stateful_step_count=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # shrinking takes minutes: read the steps
    suppress_health_check=[HealthCheck.too_slow],
)
