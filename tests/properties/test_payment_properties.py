"""Paying, in any order and with any change of mind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from pos_app.domain.payment import Payment, cash_suggestions
from pos_app.domain.tax import CashRounding
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.errors import UserError
from pos_app.values.rounding import RoundingMode

NOTES = st.lists(
    st.sampled_from([1, 5, 10, 50, 100, 500, 1000, 2000, 5000, 10_000]), unique=True
)
OTHERS = st.sampled_from([TenderKind.CARD, TenderKind.CODE, TenderKind.OTHER])


@given(st.integers(1, 10**7), NOTES)
def test_suggestions_pay_the_sum_in_notes_that_exist(
    due: int, notes: list[int]
) -> None:
    amounts = cash_suggestions(due, notes)
    assert amounts[0] == due
    assert 1 <= len(amounts) <= 4
    assert list(amounts) == sorted(set(amounts))
    for amount in amounts[1:]:
        assert any(amount % note == 0 for note in notes)
        assert amount - due < max(notes)


class Paying(RuleBasedStateMachine):
    """A cashier who takes money and gives it back until the sale may end."""

    @initialize(
        total=st.integers(0, 30_000),
        step=st.sampled_from([1, 5, 10, 50, 100]),
        mode=st.sampled_from(RoundingMode),
    )
    def begin(self, total: int, step: int, mode: RoundingMode) -> None:
        self.payment = Payment(total, CashRounding(step, mode))
        self.count = 0

    def tender(self, kind: TenderKind, amount_minor: int) -> TenderLine:
        self.count += 1
        return TenderLine(str(self.count), kind, kind, amount_minor)

    def owes(self) -> bool:
        return self.payment.due_minor > 0

    def owes_cash(self) -> bool:
        return self.payment.cash_due_minor > 0

    @precondition(owes)
    @rule(kind=OTHERS, data=st.data())
    def pay_part_by_card(self, kind: TenderKind, data: st.DataObject) -> None:
        amount = data.draw(st.integers(1, self.payment.due_minor))
        self.payment = self.payment.take(self.tender(kind, amount))

    @precondition(owes)
    @rule(kind=OTHERS)
    def pay_the_rest_by_card(self, kind: TenderKind) -> None:
        rest = self.payment.due_minor
        self.payment = self.payment.take(self.tender(kind, rest))
        assert self.payment.is_settled
        assert self.payment.change_minor == 0

    @precondition(owes_cash)
    @rule(steps=st.integers(1, 2_000))
    def hand_over_cash(self, steps: int) -> None:
        amount = steps * self.payment.rounding.step_minor
        self.payment = self.payment.take(self.tender(TenderKind.CASH, amount))

    @precondition(owes_cash)
    @rule()
    def pay_the_rest_in_cash(self) -> None:
        rest = self.payment.cash_due_minor
        self.payment = self.payment.take(self.tender(TenderKind.CASH, rest))
        assert self.payment.is_settled
        assert self.payment.change_minor == 0

    @precondition(lambda self: self.payment.tenders)
    @rule(data=st.data())
    def give_back(self, data: st.DataObject) -> None:
        given = data.draw(st.sampled_from(self.payment.tenders))
        self.payment = self.payment.give_back(given.tender_id)

    @rule(kind=OTHERS, more=st.integers(1, 100))
    def try_more_than_is_due(self, kind: TenderKind, more: int) -> None:
        amount = self.payment.due_minor + more
        with pytest.raises(UserError, match=r"over_tender|nothing_due"):
            self.payment.take(self.tender(kind, amount))

    @invariant()
    def what_was_paid_is_what_was_asked(self) -> None:
        payment = self.payment
        if payment.is_settled:
            kept = payment.taken_minor - payment.change_minor
            assert payment.total_minor + payment.rounding_minor == kept
        else:
            assert payment.change_minor == payment.rounding_minor == 0
            assert payment.due_minor > 0 or payment.cash_due_minor > 0

    @invariant()
    def change_is_cash_and_rounding_is_less_than_a_step(self) -> None:
        cash = [t for t in self.payment.tenders if t.kind is TenderKind.CASH]
        assert 0 <= self.payment.change_minor <= sum(t.amount_minor for t in cash)
        assert abs(self.payment.rounding_minor) < self.payment.rounding.step_minor

    @invariant()
    def a_sale_that_may_not_end_can_be_paid_in_either_way(self) -> None:
        if not self.payment.is_settled:
            assert self.payment.cash_due_minor > 0
            assert self.payment.cash_due_minor % self.payment.rounding.step_minor == 0

    @invariant()
    def the_order_of_tenders_does_not_matter(self) -> None:
        payment = self.payment
        turned = Payment(payment.total_minor, payment.rounding, payment.tenders[::-1])
        assert turned.is_settled == payment.is_settled
        assert turned.change_minor == payment.change_minor
        assert turned.rounding_minor == payment.rounding_minor


TestPaying = Paying.TestCase
