"""Stored value in any order of moves: no value out of nothing, sums are the balance."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pos_app.domain.stored_value.account import AccountKind, opened, projected
from pos_app.domain.stored_value.booking import (
    ExpiryRule,
    RedeemOrder,
    expire,
    give_back,
    redeem,
    top_up,
)
from pos_app.domain.stored_value.moves import Move, MoveHead, MoveKind, Purse, Source
from pos_app.domain.stored_value.refusal import ValueRefusal
from pos_app.domain.stored_value.top_up_refund import earned_minor, refund_top_up
from pos_app.errors import UserError
from pos_app.values.times import Timestamp

AMOUNTS = st.one_of(st.integers(1, 9), st.integers(1, 50_000))


class ValueMachine(RuleBasedStateMachine):
    """One account, and beside it only money and goods."""

    def __init__(self) -> None:
        super().__init__()
        self.empty = opened("a", AccountKind.WALLET, "CNY")
        self.account = self.empty
        self.moves: list[Move] = []
        self.now = Timestamp(1_790_000_000_000)
        self.goods = 0

    def head(self) -> MoveHead:
        name = f"m{len(self.moves)}"
        return MoveHead(name, name, self.now)

    def book(self, move: Move) -> None:
        self.account = self.account.add(move)
        self.moves.append(move)

    @rule(
        sources=st.lists(AMOUNTS, min_size=1, max_size=3),
        bonus=st.one_of(st.just(0), AMOUNTS),
        days=st.one_of(st.none(), st.integers(1, 5)),
    )
    def top_up(self, sources: list[int], bonus: int, days: int | None) -> None:
        paid = [Source(f"t{n}", minor) for n, minor in enumerate(sources)]
        expiry = ExpiryRule(bonus_days=days, grace_days=2)
        self.book(top_up(self.account, self.head(), paid, bonus, expiry))

    @rule(
        prices=st.lists(st.integers(0, 20_000), min_size=1, max_size=6),
        share=st.integers(1, 100),
        order=st.sampled_from(RedeemOrder),
    )
    def buy(self, prices: list[int], share: int, order: RedeemOrder) -> None:
        amount = sum(prices) * share // 100
        if amount == 0:
            return
        usable = self.account.usable_minor(self.now)
        if amount > usable:
            with pytest.raises(UserError, match=ValueRefusal.SHORT.value):
                redeem(self.account, self.head(), amount, order)
            return
        move = redeem(self.account, self.head(), amount, order)
        self.book(move)
        self.goods += amount

    @rule(data=st.data())
    def bring_back(self, data: st.DataObject) -> None:
        """Any part of any redemption, as often as anything is left of it."""
        open_ = [each for each in self.account.redeemed if each.left_minor]
        if not open_:
            return
        redeemed = data.draw(st.sampled_from(open_))
        minor = data.draw(st.integers(1, redeemed.left_minor))
        parts = redeemed.parts_of(minor)
        assert sum(part.minor for part in parts) == minor
        of_move = redeemed.move.move_id
        move = give_back(self.account, self.head(), of_move, parts, 2)
        self.book(move)
        self.goods -= minor

    @rule(data=st.data(), minor=AMOUNTS, is_all=st.booleans())
    def take_out(self, data: st.DataObject, minor: int, is_all: bool) -> None:
        if not self.account.lots:
            return
        state = data.draw(st.sampled_from(self.account.lots))
        minor = state.paid_minor if is_all else minor
        try:
            move = refund_top_up(self.account, self.head(), state.lot.lot_id, minor)
        except UserError:
            return
        assert move.money_minor < 0
        self.book(move)

    @rule(data=st.data())
    def try_a_move_again(self, data: st.DataObject) -> None:
        if self.moves:
            move = data.draw(st.sampled_from(self.moves))
            with pytest.raises(UserError, match=ValueRefusal.MOVED_TWICE.value):
                self.account.add(move)

    @rule(days=st.integers(1, 4))
    def wait(self, days: int) -> None:
        self.now = self.now.plus_seconds(86_400 * days)
        if self.account.usable_minor(self.now) < self.account.balance_minor:
            self.book(expire(self.account, self.head()))
        assert self.account.usable_minor(self.now) == self.account.balance_minor

    @invariant()
    def the_balance_is_the_sum_of_the_moves(self) -> None:
        sums = Counter[tuple[str, Purse]]()
        for move in self.moves:
            for part in move.parts:
                sums[part.lot_id, part.purse] += part.minor
        for state in self.account.lots:
            for purse in Purse:
                assert state.left(purse) == sums[state.lot.lot_id, purse] >= 0
        assert self.account.balance_minor == sum(move.minor for move in self.moves)
        assert projected(self.empty, reversed(self.moves)) == self.account

    @invariant()
    def nothing_comes_out_of_nothing(self) -> None:
        """Goods and money that were taken are paid for, but for what was earned."""
        money = sum(move.money_minor for move in self.moves)
        earned = sum(
            earned_minor(state, state.refunded_minor)
            for state in self.account.lots
            if state.lot.sources
        )
        assert 0 <= self.goods <= money + earned
        put_back = {MoveKind.RETURN, MoveKind.REDEEM}
        value = -sum(move.minor for move in self.moves if move.kind in put_back)
        assert value == self.goods


ValueMachine.TestCase.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None
)
TestStoredValueMachine = ValueMachine.TestCase
