"""Parking, resuming, merging and crashing, in any order: no line is lost or doubled."""

from __future__ import annotations

import tempfile
from collections import Counter as Tally
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from typing_extensions import override

from pos_app.bootstrap import Till
from pos_app.domain.basket import Basket
from tests.counter_shop import COLA, SALT, TEA, fresh_shop, opened, pay_cash, prove
from tests.effort import examples

CODES = (TEA, COLA, SALT, "4000000000006")


class ParkMachine(RuleBasedStateMachine):
    """A till, and beside it what must lie in its open and its parked baskets."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        folder = self._stack.enter_context(tempfile.TemporaryDirectory())
        self._shop = fresh_shop(Path(folder))
        self._opened = ExitStack()
        self._open: Tally[str] = Tally()
        self._parked: dict[str, Tally[str]] = {}
        self._start()

    def _start(self) -> None:
        self.till: Till = self._opened.enter_context(opened(self._shop))
        self.counter = self.till.counter

    @rule(code=st.sampled_from(CODES), count=st.integers(1, 3))
    def scan(self, code: str, count: int) -> None:
        """Sell a few of something, or of what nobody knows."""
        self.counter.sale.scan(code, Decimal(count))
        self._open[code] += count

    @precondition(lambda self: self._open)
    @rule()
    def void_a_line(self) -> None:
        """Take the selected line out."""
        basket = self.counter.sale.basket
        assert basket is not None
        assert basket.selected is not None
        line = self.counter.sale.remove_line(basket.selected)
        self._open[line.scanned] -= int(line.quantity)
        self._open += Tally()

    @precondition(lambda self: self._open)
    @rule()
    def park(self) -> None:
        """Set the basket aside."""
        parked = self.counter.park.park().result()
        self._parked[parked.sale.basket.basket_id] = self._open
        self._open = Tally()

    @precondition(lambda self: self._parked)
    @rule(data=st.data())
    def resume_or_merge(self, data: st.DataObject) -> None:
        """Take a parked sale up: alone, or into what is open."""
        key = data.draw(st.sampled_from(sorted(self._parked)))
        park = self.counter.park
        (park.merge if self._open else park.resume)(key).result()
        self._open += self._parked.pop(key)

    @precondition(lambda self: self._parked)
    @rule(data=st.data())
    def void_parked(self, data: st.DataObject) -> None:
        """Give a parked sale up."""
        key = data.draw(st.sampled_from(sorted(self._parked)))
        self.counter.park.void(key, "customer_left").result()
        del self._parked[key]

    @precondition(lambda self: self._open and CODES[-1] not in self._open)
    @rule()
    def pay(self) -> None:
        """End the sale."""
        sale = pay_cash(self.counter)
        sold = Tally({x.barcode: int(x.priced.quantity) for x in sale.lines})
        assert sum(sold.values()) == sum(self._open.values())
        self._open = Tally()

    @rule()
    def restart(self) -> None:
        """Stop the till at any moment and start it again."""
        self._opened.close()
        self._opened = ExitStack()
        self._start()

    @invariant()
    def everything_is_where_it_was_put(self) -> None:
        """Compare the baskets in memory and on the disk with what was done."""
        self.counter.park.settled()
        assert _tally(self.counter.sale.basket) == self._open
        self.till.ledger.flush()
        stored = self.till.ledger.open_sale()
        assert _tally(stored.basket if stored else None) == self._open
        parked = self.till.ledger.parked.all()
        assert {
            each.sale.basket.basket_id: _tally(each.sale.basket) for each in parked
        } == self._parked

    @override
    def teardown(self) -> None:
        """Prove the books and close."""
        prove(self.till)
        self._opened.close()
        self._stack.close()


def _tally(basket: Basket | None) -> Tally[str]:
    found: Tally[str] = Tally()
    for line in basket.lines if basket else ():
        found[line.scanned] += int(line.quantity)
    return found


TestParkMachine = ParkMachine.TestCase
TestParkMachine.settings = settings(
    max_examples=examples(7, 25), stateful_step_count=25, deadline=None
)
