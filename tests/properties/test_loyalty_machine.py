"""Whatever is sold, given, brought back, adjusted and left to end, in any order: the
moves are the balance, nobody gives what is not there, and nothing comes of nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pos_app.domain.loyalty.booking import booked, replayed
from pos_app.domain.loyalty.facts import (
    Adjusted,
    Burned,
    DayEnded,
    Earned,
    PartReturned,
    PointFact,
)
from pos_app.domain.loyalty.ledger import PointLedger, Written
from pos_app.domain.loyalty.lot import MoveKind
from pos_app.domain.loyalty.unit_points import LinePoints, WeightedLine, split_points
from pos_app.errors import UserError
from pos_app.values.times import Timestamp

DAY = 86_400_000

goods = st.lists(
    st.tuples(st.integers(1, 4), st.integers(0, 900), st.booleans()),
    min_size=1,
    max_size=3,
)


def split(points: int, lines: list[tuple[int, int, bool]]) -> tuple[LinePoints, ...]:
    """Lay points over units: some bottles, or something weighed."""
    laid = [
        WeightedLine(
            at,
            count * 1000 if by_piece else count * 337,
            by_piece,
            ((count if by_piece else 1, weight + 1),),
        )
        for at, (count, weight, by_piece) in enumerate(lines, 1)
    ]
    return split_points(points, laid)


class PointMachine(RuleBasedStateMachine):
    """One member, one till, and a book that only adds up."""

    grace_days = 0
    may_end = True

    @initialize()
    def open(self) -> None:
        self.ledger = PointLedger()
        self.facts: list[PointFact] = []
        self.now = 0
        self.count = 0
        self.back: dict[tuple[str, int], int] = {}
        self.sold: dict[str, tuple[LinePoints, ...]] = {}
        self.adjusted = 0

    def _id(self) -> str:
        self.count += 1
        return f"{self.count:06}"

    def _book(self, fact: PointFact) -> None:
        self.ledger = booked(self.ledger, fact)
        self.facts.append(fact)

    @property
    def at(self) -> Timestamp:
        return Timestamp(self.now)

    @rule(minutes=st.sampled_from([1, 60, 1440, 5000, 20000]))
    def time_goes_by(self, minutes: int) -> None:
        self.now += minutes * 60_000

    @rule(points=st.integers(0, 60), lines=goods, waits=st.sampled_from([0, 0, 3]))
    def sell(self, points: int, lines, waits: int) -> None:
        self.now += 1
        event, shares = self._id(), split(points, lines)
        end = Timestamp(self.now + (waits + 12) * DAY) if self.may_end else None
        start = Timestamp(self.now + waits * DAY)
        self._book(Earned(event, self.at, shares, start, end))
        self.sold[event] = shares

    @rule(points=st.integers(1, 80), lines=goods)
    def give(self, points: int, lines) -> None:
        self.now += 1
        active = self.ledger.balance(self.at).active
        fact = Burned(self._id(), self.at, split(points, lines))
        if points > active:
            before = self.ledger
            with pytest.raises(UserError, match=f"active={active}[)]"):
                booked(self.ledger, fact)
            assert self.ledger == before
        else:
            self._book(fact)
            self.sold[fact.event_id] = fact.lines

    @rule(
        points=st.integers(1, 30),
        given=st.integers(1, 40),
        lines=goods,
    )
    def sell_for_points(self, points: int, given: int, lines) -> None:
        """One ticket that burns and earns."""
        self.now += 1
        active = self.ledger.balance(self.at).active
        if given > active:
            return
        event = self._id()
        self._book(Burned(event, self.at, split(given, lines)))
        shares = split(points, lines)
        self._book(Earned(event, Timestamp(self.now + 1), shares, self.at, None))
        self.now += 1
        self.sold[event] = shares

    @rule(data=st.data())
    def bring_back(self, data: st.DataObject) -> None:
        left = [
            (event, line)
            for event, lines in self.sold.items()
            for line in lines
            if self.back.get((event, line.position), 0) < line.sold_thousandths
        ]
        if left:
            event, line = data.draw(st.sampled_from(left))
            start = self.back.get((event, line.position), 0)
            most = line.sold_thousandths - start
            step = 1000 if line.is_by_piece else 1
            self._return(event, line, data.draw(st.integers(1, most // step)) * step)

    def _return(self, event: str, line: LinePoints, much: int) -> None:
        self.now += 1
        key = (event, line.position)
        start = self.back.get(key, 0)
        self.back[key] = start + much
        until = Timestamp(self.now + self.grace_days * DAY) if self.grace_days else None
        place = (event, line.position, start, start + much)
        self._book(PartReturned(self._id(), self.at, *place, until))

    @rule(data=st.data())
    def tell_again(self, data: st.DataObject) -> None:
        if self.facts:
            before = self.ledger
            fact = data.draw(st.sampled_from(self.facts))
            assert booked(self.ledger, fact) == before

    @rule()
    def end_the_day(self) -> None:
        self.now += 1
        before = self.ledger.balance(self.at)
        self._book(DayEnded(self._id(), self.at))
        after = self.ledger.balance(self.at)
        assert (after.active, after.pending) == (before.active, before.pending)
        assert (after.debt, after.lapsed) == (before.debt, 0)

    @rule(points=st.integers(-20, 20).filter(bool))
    def adjust(self, points: int) -> None:
        self.now += 1
        fact = Adjusted(self._id(), self.at, points, "kindness", "ana", "bo")
        if -points > self.ledger.balance(self.at).active:
            return
        self._book(fact)
        self.adjusted += points

    @invariant()
    def the_moves_are_the_balance(self) -> None:
        self.ledger.check()
        balance = self.ledger.balance(self.at)
        assert balance.total == sum(self.ledger.left.values())
        assert min(balance.active, balance.pending, balance.lapsed, balance.debt) >= 0
        assert not (balance.debt and (balance.active or balance.pending))

    @invariant()
    def nothing_comes_of_nothing(self) -> None:
        sums = dict.fromkeys(MoveKind, 0)
        for move in self.ledger.moves.values():
            sums[move.kind] += move.points
        assert 0 <= -sums[MoveKind.REVERSE_EARN] <= sums[MoveKind.EARN]
        assert 0 <= sums[MoveKind.RESTORE] <= -sums[MoveKind.BURN]
        assert 0 <= sums[MoveKind.UNEXPIRE] <= -sums[MoveKind.EXPIRE]
        assert sums[MoveKind.ADJUST] == self.adjusted
        assert sums[MoveKind.REPAY] == 0
        earned = sums[MoveKind.EARN] + sums[MoveKind.REVERSE_EARN]
        burned = -sums[MoveKind.BURN] - sums[MoveKind.RESTORE]
        total = self.ledger.balance(self.at).total
        assert total <= earned - burned + self.adjusted

    def teardown(self) -> None:
        if not hasattr(self, "facts"):
            return
        self._all_ways_to_the_same_ledger()
        for event, lines in self.sold.items():
            for line in reversed(lines):
                start = self.back.get((event, line.position), 0)
                if start < line.sold_thousandths:
                    self._return(event, line, line.sold_thousandths - start)
                    self.ledger.check()
        self._nothing_is_left()
        self._all_ways_to_the_same_ledger()

    def _all_ways_to_the_same_ledger(self) -> None:
        shuffled = [*self.facts, *self.facts[::3]]
        random.Random(self.count).shuffle(shuffled)
        assert replayed(shuffled) == self.ledger
        rows = self.ledger.since(PointLedger())
        moves = list(rows.moves) * 2
        random.Random(self.count).shuffle(moves)
        again = PointLedger.of(Written(rows.lots, tuple(moves), rows.splits))
        assert again.left == self.ledger.left
        assert again.balance(self.at) == self.ledger.balance(self.at)

    def _nothing_is_left(self) -> None:
        """All came back: only what two people added is left, less what ended of it."""
        ends = (MoveKind.EXPIRE, MoveKind.UNEXPIRE)
        moves = self.ledger.moves.values()
        ended = sum(move.points for move in moves if move.kind in ends)
        assert self.ledger.balance(self.at).total == self.adjusted + ended
        assert ended <= 0


class GraceMachine(PointMachine):
    """The same with days of grace."""

    grace_days = 5


class EndlessMachine(PointMachine):
    """The same where points never end: all returned is nothing earned, to the point."""

    may_end = False

    def _nothing_is_left(self) -> None:
        assert self.ledger.balance(self.at).total == self.adjusted


_SETTINGS = settings(max_examples=40, stateful_step_count=20, deadline=None)
TestPoints = PointMachine.TestCase
TestPoints.settings = _SETTINGS
TestGrace = GraceMachine.TestCase
TestGrace.settings = _SETTINGS
TestEndless = EndlessMachine.TestCase
TestEndless.settings = _SETTINGS
