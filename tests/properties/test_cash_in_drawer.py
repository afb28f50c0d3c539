"""Cash in the drawer = float + tenders - change - refunds - drops, whatever happened."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_app.domain.shift_totals import Tally, TotalKind
from pos_app.services.counter import Counter
from tests.builders_drawer import cash, drawer_shop, expected_minor
from tests.counter_shop import (
    SUPERVISOR,
    TEA,
    finish,
    opened,
    prove,
    query,
    refusal,
    sign_on,
)

AMOUNTS = st.integers(1, 300).map(lambda tens: tens * 10)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("cash"), AMOUNTS),
        st.tuples(st.just("card"), st.just(0)),
        st.tuples(st.just("correct"), st.just(0)),
        st.tuples(st.just("reverse"), st.just(0)),
        st.tuples(st.just("paid_in"), AMOUNTS),
        st.tuples(st.just("paid_out"), AMOUNTS),
        st.tuples(st.just("drop"), AMOUNTS),
        st.tuples(st.just("void"), st.just(0)),
        st.tuples(st.just("no_sale"), st.just(0)),
        st.tuples(st.just("close"), st.integers(-50, 50).map(lambda tens: tens * 10)),
    ),
    max_size=12,
)


class Drawer:
    """A drawer kept by somebody with a pencil."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.cash_minor = 0
        self.last = None

    def take(self, step: str, amount_minor: int) -> None:
        getattr(self, step)(amount_minor)

    def cash(self, over_minor: int) -> None:
        self.counter.sale.scan(TEA)
        self.counter.checkout.take("cash", 1280 + over_minor)
        self.last = finish(self.counter)
        self.cash_minor += 1280

    def card(self, _amount: int) -> None:
        self.counter.sale.scan(TEA)
        self.counter.checkout.take("card", None, "1234")
        self.last = finish(self.counter)

    def correct(self, _amount: int) -> None:
        if self.last is None:
            return
        tender = self.last.tenders[0]
        to_key = "voucher" if tender.key == "cash" else "cash"
        correct = self.counter.tender_correction.correct
        correct(self.last.sale_id, tender.tender_id, to_key, "V1").result()
        self.cash_minor += 1280 if to_key == "cash" else -1280
        self.last = None

    def reverse(self, _amount: int) -> None:
        if self.last is None:
            return
        done = self.counter.reversal.reverse(self.last.sale_id, "rung_twice").result()
        self.cash_minor -= sum(x.amount_minor for x in done.refunds if x.key == "cash")
        self.last = None

    def paid_in(self, amount_minor: int) -> None:
        self.counter.shift.paid_in(amount_minor, "coins").result()
        self.cash_minor += amount_minor

    def paid_out(self, amount_minor: int) -> None:
        self.out(
            lambda: self.counter.shift.paid_out(amount_minor, "water"), amount_minor
        )

    def drop(self, amount_minor: int) -> None:
        self.out(lambda: self.counter.shift.safe_drop(amount_minor), amount_minor)

    def out(self, move, amount_minor: int) -> None:
        if amount_minor > self.cash_minor:
            assert refusal(lambda: move().result()).key == "drawer_too_little"
            return
        move().result()
        self.cash_minor -= amount_minor

    def void(self, _amount: int) -> None:
        self.counter.sale.scan(TEA)
        self.counter.checkout.void_sale("customer_left").result()
        self.counter.checkout.finished()

    def no_sale(self, _amount: int) -> None:
        self.counter.drawer.open("peek").result()

    def close(self, off_minor: int) -> None:
        shift = self.counter.shift
        if shift.current() is None:
            return
        counted_minor = max(0, self.cash_minor + off_minor)
        shift.count(cash(counted_minor)).result()
        close = shift.close(counted_minor // 20 * 10).result()
        assert close.expected_minor == self.cash_minor
        assert Tally(close.totals).expected_minor == close.left_minor
        self.cash_minor = close.left_minor


@given(float_tens=st.integers(0, 500), steps=STEPS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_cash_in_the_drawer_is_what_the_documents_say(float_tens, steps) -> None:
    root = Path(tempfile.mkdtemp(prefix="guitai-cash-"))
    try:
        with opened(drawer_shop(root), number=SUPERVISOR) as till:
            counter = till.counter
            sign_on(counter, SUPERVISOR)
            drawer = Drawer(counter)
            counter.shift.open(cash(float_tens * 10)).result()
            drawer.cash_minor = float_tens * 10
            for step, amount_minor in steps:
                drawer.take(step, amount_minor)
                if counter.shift.current() is not None:
                    assert expected_minor(counter) == drawer.cash_minor
            balance = query(
                till,
                "SELECT coalesce(sum(amount_minor), 0) FROM money_balance "
                "WHERE tender_key = 'cash'",
            )
            assert balance[0][0] == drawer.cash_minor
            nets = [
                Tally(c.totals).amount_minor(TotalKind.NET) for c in _closes(counter)
            ]
            open_minor = Tally(counter.shift.totals()).amount_minor(TotalKind.NET)
            total = query(
                till, "SELECT coalesce(sum(total_minor - returned_minor), 0) FROM sale"
            )
            assert sum(nets) + open_minor == total[0][0]
            prove(till)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _closes(counter: Counter):
    return counter.shift.closes(1000)
