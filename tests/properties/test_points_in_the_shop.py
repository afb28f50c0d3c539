"""Random sales, burns, returns and midnights: the shop's ledger is the pure one."""

from __future__ import annotations

from collections import Counter as Tally
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from pos_app.domain.loyalty.booking import booked, replayed
from pos_app.domain.loyalty.burning import BurnAs, discount_points
from pos_app.domain.loyalty.expiry import ExpiryKind, LifeRule
from pos_app.domain.loyalty.facts import Burned, DayEnded, Earned, PartReturned
from pos_app.domain.loyalty.ledger import PointLedger
from pos_app.domain.loyalty.lot import MoveKind
from pos_app.domain.loyalty.unit_points import points_of
from pos_app.persistence.checks.point_check import POINT_RULES
from pos_app.services.member_night import Night
from pos_app.services.points_given import given_lines
from pos_app.services.points_night import night_points, night_tiers
from pos_app.services.replay import ReplayClock
from pos_app.values.quantity import to_thousandths
from pos_app.values.times import Timestamp
from tests.builders_points import (
    MEMBER,
    RULES,
    balance,
    bring,
    buy,
    give_points,
    proven,
    told,
)
from tests.builders_returns import SHIRT_L, SHIRT_M, approved, return_shop, take_back
from tests.counter_shop import (
    MANAGER,
    NOON,
    TEA,
    finish,
    opened,
    prove,
)
from tests.effort import examples

DAY_MS = 86_400_000
SHORT = replace(
    RULES, life=LifeRule(ExpiryKind.ROLLING, 1, pending_days=1, grace_days=2)
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("buy"), st.integers(1, 3), st.integers(0, 9)),
        st.tuples(st.just("back"), st.integers(0, 9), st.integers(1, 2)),
        st.tuples(st.just("mirror"), st.integers(0, 9), st.just(0)),
        st.tuples(st.just("days"), st.integers(1, 40), st.just(0)),
        st.tuples(st.just("night"), st.just(0), st.just(0)),
    ),
    min_size=3,
    max_size=9,
)


class Shop:
    """The real till, and the facts that its tickets were."""

    def __init__(self, till, clock) -> None:
        self.till, self.clock = till, clock
        self.sales: list = []
        self.facts: list = []
        self.pure = PointLedger()

    def tell(self, fact) -> None:
        self.facts.append(fact)
        self.pure = booked(self.pure, fact)

    def buy(self, count: int, steps: int) -> None:
        counter = self.till.counter
        most = balance(self.till).active // 100
        codes = [SHIRT_M, SHIRT_L, TEA][:count]
        points = min(most, steps * 10, 100) * 100
        sale = buy(self.till, *codes, points=points or None)
        self.sales.append(sale)
        splits = self.till.ledger.points.whole((MEMBER,)).splits
        earned = splits[sale.sale_id, MoveKind.EARN]
        life, zone = SHORT.life, ZoneInfo(counter.desk.shop.time_zone)
        at = sale.ended_at
        self.tell(
            Earned(
                sale.sale_id,
                at,
                earned.lines,
                life.active_at(at, zone),
                life.expires_at(at, zone),
            )
        )
        burnt = given_lines(sale)
        if burnt:
            assert points_of(burnt) == told(self.till, sale).burned
            self.tell(Burned(sale.sale_id, at, burnt))

    def back(self, which: int, count: int) -> None:
        counter = self.till.counter
        if not self.sales:
            return
        sale = self.sales[which % len(self.sales)]
        taken = self.till.ledger.returns.taken_thousandths(sale.sale_id)
        left = [
            at
            for at, line in enumerate(sale.lines, 1)
            if taken.get(at, 0) < to_thousandths(line.priced.quantity)
        ]
        if not left:
            return
        take_back(counter, sale, left[0], Decimal(1))
        payment = counter.refund.payment
        if payment is not None and payment.due_minor:
            approved(counter, counter.refund.give, "cash")
        self.told_back(finish(counter))

    def mirror(self, which: int, _count: int) -> None:
        counter = self.till.counter
        if not self.sales:
            return
        sale = self.sales[which % len(self.sales)]
        is_today = sale.business_day == counter.desk.business_day()
        if not is_today or self.till.ledger.returns.taken_thousandths(sale.sale_id):
            return
        ticket = approved(
            counter, counter.reversal.reverse, sale.sale_id, "rung_up_wrongly"
        ).result()
        self.told_back(ticket)

    def told_back(self, ticket) -> None:
        zone = ZoneInfo(self.till.counter.desk.shop.time_zone)
        grace = SHORT.life.grace_until(ticket.ended_at, zone)
        for line in ticket.returns:
            start = line.origin.taken_before_thousandths
            end = start + to_thousandths(line.quantity)
            place = (line.origin.sale_id, line.origin.line_position, start, end)
            self.tell(PartReturned(ticket.sale_id, ticket.ended_at, *place, grace))

    def days(self, count: int, _none: int) -> None:
        self.clock.set(Timestamp(self.clock.now().unix_ms + count * DAY_MS + 1))

    def night(self, _none: int, _nothing: int) -> None:
        desk = self.till.counter.desk
        stamp = desk.stamp()
        zone = ZoneInfo(desk.shop.time_zone)
        night = Night(desk, stamp.business_day, stamp.at, zone, stamp)
        night_points(night)
        night_tiers(night)
        self.tell(DayEnded(f"night{len(self.facts)}", stamp.at))

    def check(self) -> None:
        now = self.clock.now()
        real = self.till.ledger.points.whole((MEMBER,))
        assert balance(self.till) == self.pure.balance(now) == real.balance(now)
        assert left_by_lot(real) == left_by_lot(self.pure)
        with self.till.ledger.read_engine.connect() as connection:
            for rule in POINT_RULES:
                assert connection.execute(text(rule.query)).all() == [], rule.key


def left_by_lot(ledger: PointLedger) -> Tally:
    """Return what is left in each lot that is not empty."""
    return Tally({key: points for key, points in ledger.left.items() if points})


@settings(
    max_examples=examples(6, 150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(STEPS)
def test_whatever_happens_the_shop_has_the_pure_ledger(tmp_path_factory, steps) -> None:
    clock = ReplayClock(NOON)
    folder = return_shop(tmp_path_factory.mktemp("points"), "1 half_up")
    with opened(folder, clock, number=MANAGER) as till:
        bring(till, SHORT)
        shop = Shop(till, clock)
        for step, first, second in steps:
            clock.set(Timestamp(clock.now().unix_ms + 1_000))
            getattr(shop, step)(first, second)
            shop.check()
        assert replayed(shop.facts).balance(clock.now()) == balance(till)
        for sale in shop.sales:
            taken = till.ledger.returns.taken_thousandths(sale.sale_id)
            for position, line in enumerate(sale.lines, 1):
                while taken.get(position, 0) < to_thousandths(line.priced.quantity):
                    shop.back(shop.sales.index(sale), 1)
                    taken = till.ledger.returns.taken_thousandths(sale.sale_id)
        shop.check()
        assert balance(till).total == 0
        prove(till)
        proven(till)


def test_points_as_a_tender_come_back_in_parts_to_the_point(tmp_path) -> None:
    rules = replace(RULES, tiers=(), burn=replace(RULES.burn, burn_as=BurnAs.TENDER))
    with opened(return_shop(tmp_path, "1 half_up"), number=MANAGER) as till:
        bring(till, replace(rules, earn=None))
        desk = till.counter.desk
        give_points(till, 1_000)
        sale = buy(till, TEA, SHIRT_M, points=1_000)
        assert balance(till).total == 0
        seen = []
        for position in (1, 2):
            take_back(till.counter, sale, position)
            ways = till.counter.refund.ways()
            for way in ways:
                approved(
                    till.counter, till.counter.refund.give, way.key, way.amount_minor
                )
            finish(till.counter)
            seen.append(balance(till).active)
        assert seen[-1] == 1_000
        assert 0 <= seen[0] <= 1_000
        assert discount_points(sale) == ()
        assert desk.ledger.points.unproven() == []
