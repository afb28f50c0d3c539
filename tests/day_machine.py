"""Many days of a shop, in whatever order: money, goods and chain add up after each step.

The till is driven by the lines of `guitai replay`, so every step goes through the very
services that the screen uses. What must hold is added up here once more, from the
finished documents alone.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from typing_extensions import override

from pos_app.bootstrap import Options, Till
from pos_app.errors import GuitaiError
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.replay import Replay, ReplayClock
from pos_app.services.replay_commands import COMMANDS
from pos_app.values.times import Timestamp
from tests.builders_day import CASHIER, CODES, MANAGER, day_shop
from tests.counter_shop import prove, query
from tests.day_books import Books, Plain

MORNING = Timestamp.parse("2026-11-20T09:00:00+08:00")
REASON = {"reason": "changed_mind"}
TENDERS = st.sampled_from(["cash", "cash", "card", "voucher"])
AMOUNTS = st.sampled_from(["", "", "5.00", "20.00", "0.37"])
QUANTITIES = st.sampled_from(["", "1", "1", "2", "3", "0.250"])
GOODS = st.tuples(st.sampled_from(CODES), QUANTITIES)
#: A line of a receipt, from 1, and how much of it.
PARTS = st.tuples(st.integers(1, 3), QUANTITIES)
OFF = st.sampled_from(["", "", "7", "33.33"])
OFF_BY = st.sampled_from([0, 0, 0, -3, 450])
HELP = st.sampled_from([True, True, False])
CASH = st.sampled_from(["0.50", "10.00", "100.00"])


class DayMachine(RuleBasedStateMachine):
    """A till with a cashier and a manager, for many days."""

    @initialize()
    def open_the_shop(self) -> None:
        self.parent = Path(tempfile.mkdtemp(prefix="guitai-days-"))
        self.clock = ReplayClock(MORNING)
        self.books, self.crashes = Books(), 0
        self.folder = self.make_shop()
        self.start()
        for goods in ([("TEA", "3"), ("RICE", "")], [("TEE-M", "2"), ("TEA", "3")]):
            self.sell(goods, "cash", "7")

    def make_shop(self) -> ShopFolder:
        """Return the shop that is kept."""
        return day_shop(self.parent / "shop")

    def start(self) -> None:
        self.stack = ExitStack()
        options = Options(clock=self.clock, with_printer=False)
        self.till = self.stack.enter_context(Till(self.folder, options))
        self.replay = Replay(self.till.counter, self.clock)
        self.started_at = self.clock.now()
        self.sign_on()

    def sign_on(self, number: str = CASHIER) -> None:
        counter = self.till.counter
        counter.desk.session.begin(counter.sign_on.by_number(number))

    def do(self, what: str, **more: object) -> Plain | None:
        """Do one thing; what is refused has changed nothing."""
        command = COMMANDS.validate_python({"do": what, **more})
        try:
            document = self.replay.step(command)
        except GuitaiError:
            return None
        if document is not None:
            self.told(document)
        return document

    def told(self, document: Plain) -> None:
        """Write a finished document down."""
        self.books.add(document)

    def helped(self, is_helped: bool) -> None:
        """Let the manager stand by for the next thing."""
        if is_helped:
            self.do("approve", number=MANAGER, pin="9638")

    @property
    def is_selling(self) -> bool:
        """Whether something lies in the basket."""
        return self.till.counter.sale.basket is not None

    # ------------------------------------------------------------ whole tickets

    @rule(goods=st.lists(GOODS, min_size=1, max_size=4), key=TENDERS, off=OFF)
    def sell(self, goods: list[tuple[str, str]], key: str, off: str) -> None:
        for code, quantity in goods:
            self.scan(code, quantity)
        if off:
            self.discount(off, whole=True, h=True)
        self.settle(key)

    @rule(data=st.data(), parts=st.lists(PARTS, min_size=1, max_size=3), key=TENDERS)
    def take_back(
        self, data: st.DataObject, parts: list[tuple[int, str]], key: str
    ) -> None:
        number = self.some_number(data)
        for line, quantity in parts:
            self.goods_come_back_of(number, line, quantity, damaged=line == 2)
        self.settle(key)

    @rule(data=st.data(), part=PARTS, goods=st.lists(GOODS, max_size=3), key=TENDERS)
    def exchange(
        self,
        data: st.DataObject,
        part: tuple[int, str],
        goods: list[tuple[str, str]],
        key: str,
    ) -> None:
        self.goods_come_back_of(self.some_number(data), *part, damaged=False)
        self.sell(goods, key, "")

    @rule(key=TENDERS)
    def settle(self, key: str) -> None:
        """Take or give what is due, whichever way, and end the ticket."""
        if not self.is_selling:
            return
        self.do("tender", key=key, reference="1234")
        self.helped(True)
        self.do("refund")
        self.helped(True)
        self.do("refund", key="cash")
        self.do("finish", print=False)

    # ------------------------------------------------------------------ goods

    def scan(self, code: str, quantity: str) -> None:
        self.do("scan", code=code, quantity="" if code == "RICE" else quantity)
        self.do("weight", value="0.725" if quantity != "3" else "1.005")

    @rule(good=GOODS)
    def scan_one(self, good: tuple[str, str]) -> None:
        self.scan(*good)

    @precondition(lambda self: self.is_selling)
    @rule(
        percent=st.sampled_from(["5", "10", "50", "100"]), whole=st.booleans(), h=HELP
    )
    def discount(self, percent: str, whole: bool, h: bool) -> None:
        self.helped(h)
        self.do("discount", percent=percent, whole=whole, reason="regular")

    @precondition(lambda self: self.is_selling)
    @rule(price=st.sampled_from(["0", "0.99", "250.00"]), h=HELP)
    def price_by_hand(self, price: str, h: bool) -> None:
        self.helped(h)
        self.do("override", price=price, reason="label_differs")

    @precondition(lambda self: self.is_selling)
    @rule(what=st.sampled_from(["round_off", "line_void", "undo", "return_void"]))
    def change_the_basket(self, what: str) -> None:
        self.do(what, **({"amount": "0.13"} if what == "round_off" else {}))

    # ------------------------------------------------------- goods that come back

    def some_number(self, data: st.DataObject) -> str:
        sold = [x["number"] for x in self.books.sales.values() if x["lines"]]
        return str(data.draw(st.sampled_from(sold[-8:] or ["02-A-999999"])))

    def goods_come_back_of(
        self, number: str, line: int, quantity: str, *, damaged: bool
    ) -> None:
        self.helped(True)
        asked = {"receipt": number, "line": line, "quantity": quantity}
        self.do("return", **asked, damaged=damaged, **REASON)

    @rule(code=st.sampled_from(CODES), quantity=QUANTITIES, h=HELP)
    def goods_come_back_without_receipt(
        self, code: str, quantity: str, h: bool
    ) -> None:
        self.helped(h)
        self.do("return_item", code=code, quantity=quantity or "1", **REASON)

    @rule(data=st.data(), h=HELP)
    def mirror_a_sale(self, data: st.DataObject, h: bool) -> None:
        self.helped(h)
        number = self.some_number(data)
        self.do("reverse", receipt=number, reason="sold_wrongly")

    # ------------------------------------------------------------------ money

    @precondition(lambda self: self.is_selling)
    @rule(key=TENDERS, amount=AMOUNTS)
    def pay(self, key: str, amount: str) -> None:
        self.do("tender", key=key, amount=amount, reference="1234")

    @precondition(lambda self: self.is_selling)
    @rule()
    def give_back(self) -> None:
        self.do("give_back")

    @precondition(lambda self: self.is_selling)
    @rule(key=st.sampled_from(["", "cash", "card", "voucher"]), amount=AMOUNTS, h=HELP)
    def refund(self, key: str, amount: str, h: bool) -> None:
        self.helped(h)
        self.do("refund", key=key, amount=amount, reference="1234" if key else "")

    @rule(data=st.data(), to=TENDERS)
    def correct_a_tender(self, data: st.DataObject, to: str) -> None:
        self.helped(True)
        number = self.some_number(data)
        self.do("correct_tender", number=number, to=to, reference="1234")

    # ----------------------------------------------------------- parked, given up

    @precondition(lambda self: self.is_selling)
    @rule()
    def park(self) -> None:
        self.do("park", name="hat")

    @precondition(lambda self: self.till.counter.park.count())
    @rule(merge=st.booleans())
    def resume(self, merge: bool) -> None:
        self.do("resume", merge=merge)

    @precondition(lambda self: self.till.counter.park.count())
    @rule()
    def void_parked(self) -> None:
        self.helped(True)
        self.do("parked_void", reason="customer_left")

    @precondition(lambda self: self.is_selling)
    @rule(h=HELP)
    def void(self, h: bool) -> None:
        self.helped(h)
        self.do("sale_void", reason="customer_left")

    # ----------------------------------------------------------------- the drawer

    def counted(self, off: int) -> dict[int, int]:
        """Return the cash in the drawer in coins of ten, some missing or too many."""
        return {10: max(0, self.books.cash_minor // 10 + off)}

    @rule(off=OFF_BY)
    def open_a_shift(self, off: int) -> None:
        self.do("shift_open", pieces=self.counted(off))

    @rule(
        what=st.sampled_from(["paid_in", "paid_in", "paid_out", "safe_drop"]),
        amount=CASH,
        h=HELP,
    )
    def move_cash(self, what: str, amount: str, h: bool) -> None:
        self.helped(h)
        reason = {"paid_in": "add_change", "paid_out": "expenses"}.get(what, "")
        self.do(what, amount=amount, reason=reason)

    @rule(off=OFF_BY)
    def count(self, off: int) -> None:
        self.do("count", pieces=self.counted(off))

    @rule(left=CASH, carry=st.booleans(), off=OFF_BY)
    def close_the_shift(self, left: str, carry: bool, off: int) -> None:
        self.count(off)
        self.do("shift_close", left=left, carry=carry)

    @rule(off=OFF_BY, opening_off=OFF_BY)
    def a_new_day(self, off: int, opening_off: int) -> None:
        self.do("shift_close", left="0.50", carry=True)  # counted by somebody, perhaps
        self.close_the_shift("0.50", carry=True, off=off)
        self.time_passes(86_400)
        self.open_a_shift(opening_off)

    @rule()
    def look_at_the_figures(self) -> None:
        self.helped(True)
        self.do("x_report")

    @rule()
    def review(self) -> None:
        self.helped(True)
        self.do("shift_review", note="seen")

    # ------------------------------------------------------------ days and crashes

    @rule(seconds=st.sampled_from([60, 3600, 40_000, 86_400, 9 * 86_400, -7200]))
    def time_passes(self, seconds: int) -> None:
        self.clock.set(self.clock.now().plus_seconds(seconds))

    @precondition(lambda self: self.clock.now() != self.started_at)
    @rule()
    def restart(self) -> None:
        self.stack.close()
        self.start()

    @precondition(lambda self: self.clock.now() != self.started_at)
    @rule()
    def crash(self) -> None:
        """Go on with what is on the disk at this moment, as after kill -9."""
        self.till.ledger.flush()
        self.crashes += 1
        left = self.parent / f"shop{self.crashes}"
        shutil.copytree(self.folder.root, left)
        self.stack.close()
        self.folder = ShopFolder(left)
        self.start()

    # --------------------------------------------------------------- what holds

    @invariant()
    def money_and_goods_add_up(self) -> None:
        if not hasattr(self, "till"):
            return
        self.till.ledger.flush()
        self.books.check()
        held = query(
            self.till,
            "SELECT sum(amount_minor) FROM money_move WHERE tender_key = 'cash'",
        )
        assert (held[0][0] or 0) == self.books.cash_minor
        stock = dict(
            map(
                tuple,
                query(self.till, "SELECT item_id, thousandths FROM stock_balance"),
            )
        )
        own = {item: pieces for item, pieces in self.books.stock.items() if pieces}
        assert {item: pieces for item, pieces in stock.items() if pieces} == own

    @override
    def teardown(self) -> None:
        if not hasattr(self, "till"):
            return
        prove(self.till)
        self.stack.close()
        shutil.rmtree(self.parent)
