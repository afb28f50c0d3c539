"""An open basket is the fold of its intents, whatever a cashier does (law 10)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import reduce

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.open_sale import (
    AddLine,
    Intent,
    OpenSale,
    RemoveLine,
    ResolveLine,
    RestoreLine,
    RoundOff,
    SelectLine,
    SetNote,
    SetQuantity,
    apply,
)
from pos_app.domain.pricing import price_basket
from pos_app.errors import UserError
from tests.builders_pricing import NOON, line, rules, unit, unknown_line

EMPTY = OpenSale(Basket("basket"), (), "cashier", date(2026, 11, 21), NOON)
GOODS = st.sampled_from(
    [
        line(500),
        line(500, "3"),
        line(600, tax_category="reduced"),
        line(1299, "0.755", by_weight=True),
        line(1299, total_minor=864),
        line(0),
        unknown_line(),
    ]
)
#: Some of these a line may not carry; they must change nothing.
QUANTITIES = st.sampled_from(["1", "2", "12", "0.5", "99999", "0", "-1", "0.0001"])


class Selling(RuleBasedStateMachine):
    """A cashier who scans, changes and takes back."""

    def __init__(self) -> None:
        super().__init__()
        self.sale = EMPTY
        self.intents: list[Intent] = []
        self.removed: list[tuple[BasketLine, int]] = []
        self.count = 0

    def accept(self, intent: Intent) -> bool:
        before = self.sale
        try:
            self.sale = apply(self.sale, intent)
        except UserError:
            assert self.sale is before
            return False
        self.intents.append(intent)
        return True

    def some_line(self, data: st.DataObject) -> BasketLine:
        return data.draw(st.sampled_from(self.sale.basket.lines))

    def has_lines(self) -> bool:
        return bool(self.sale.basket.lines)

    @rule(goods=GOODS, merge=st.booleans())
    def scan(self, goods: BasketLine, merge: bool) -> None:
        self.count += 1
        scanned = replace(goods, line_id=f"line-{self.count}")
        pieces = sum(x.quantity for x in self.sale.basket.lines)
        if self.accept(AddLine(scanned, merge)):
            now = sum(x.quantity for x in self.sale.basket.lines)
            assert now == pieces + scanned.quantity

    @precondition(has_lines)
    @rule(data=st.data(), quantity=QUANTITIES)
    def change_quantity(self, data: st.DataObject, quantity: str) -> None:
        self.accept(SetQuantity(self.some_line(data).line_id, Decimal(quantity)))

    @precondition(has_lines)
    @rule(data=st.data(), note=st.text(max_size=100))
    def write_a_note(self, data: st.DataObject, note: str) -> None:
        self.accept(SetNote(self.some_line(data).line_id, note))

    @precondition(has_lines)
    @rule(data=st.data())
    def select(self, data: st.DataObject) -> None:
        self.accept(SelectLine(self.some_line(data).line_id))

    @precondition(lambda self: self.sale.basket.unknown_lines)
    @rule(data=st.data())
    def find_a_red_line(self, data: st.DataObject) -> None:
        at = data.draw(st.sampled_from(self.sale.basket.unknown_lines))
        red = self.sale.basket.lines[at - 1]
        assert self.accept(ResolveLine(red.line_id, unit(700)))

    @precondition(has_lines)
    @rule(data=st.data())
    def void_a_line(self, data: st.DataObject) -> None:
        void = self.some_line(data)
        self.removed.append((void, self.sale.basket.lines.index(void)))
        assert self.accept(RemoveLine(void.line_id))

    @precondition(lambda self: self.removed)
    @rule()
    def undo_the_void(self) -> None:
        assert self.accept(RestoreLine(*self.removed.pop()))

    @rule(amount=st.integers(0, 50))
    def let_go(self, amount: int) -> None:
        self.accept(RoundOff(amount))

    @invariant()
    def the_till_could_rebuild_the_basket_after_a_crash(self) -> None:
        assert reduce(apply, self.intents, EMPTY) == self.sale

    @invariant()
    def exactly_one_line_is_selected_while_there_are_lines(self) -> None:
        basket = self.sale.basket
        ids = [x.line_id for x in basket.lines]
        assert len(ids) == len(set(ids))
        assert (basket.selected in ids) if ids else basket.selected is None

    @invariant()
    def every_known_line_can_be_priced(self) -> None:
        basket = self.sale.basket
        asked = price_basket(replace(basket, round_off_minor=0), rules(), NOON)
        if basket.round_off_minor > asked.list_minor:
            return  # refused; the table of prices shows it
        priced = price_basket(basket, rules(), NOON)
        assert len(priced.lines) == len(basket.lines) - len(basket.unknown_lines)
        assert priced.discount_minor == basket.round_off_minor


TestSelling = Selling.TestCase
