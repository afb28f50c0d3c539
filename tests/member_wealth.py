"""What customers own, against what the shop's rules declare that it gave them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import text

from pos_app.domain.coupon.life import CouponState, merge
from pos_app.domain.loyalty.ledger import PointLedger, Written
from pos_app.domain.member.merging import Merges
from pos_app.domain.stored_value.account import opened, projected
from pos_app.errors import GuitaiError
from pos_app.persistence.checks.sums_check import LEDGER_RULES, SALE_RULES
from tests.builders_returns import approved
from tests.counter_shop import query
from tests.member_customers import Customers
from tests.member_shop import WORTH

T = TypeVar("T")
#: Gold earns twice, and a newcomer's first order twice: four points for a yuan.
MOST_EARNED_PERCENT = 4
_USABLE = frozenset(
    {
        CouponState.ISSUED,
        CouponState.CLAIMED,
        CouponState.RESERVED,
        CouponState.RESTORED,
    }
)


@dataclass(frozen=True, slots=True)
class Wealth:
    """All amounts in minor units.

    Attributes:
        money: in pockets, what was paid is below zero. goods: at shelf prices.
        paid, bonus: in wallets and cards. points: worth a fen each, debts below zero.
        coupons: that can be used. declared: what the shop gave away by hand or rule.
        earned: the most that the goods they kept may have earned.
    """

    money: int
    goods: int
    paid: int
    bonus: int
    points: int
    coupons: int
    declared: int
    earned: int

    @property
    def gain(self) -> int:
        """What they own above what was declared; what goods earned apart."""
        hard = self.money + self.goods + self.paid
        return hard + self.bonus + self.points + self.coupons - self.declared

    def check(self) -> None:
        """Assert that nothing came of nothing."""
        assert self.gain <= self.earned, self


def one(customers: Customers, statement: str) -> int:
    return int(query(customers.till, f"SELECT coalesce(({statement}), 0)")[0][0])


def wealth_of(customers: Customers) -> Wealth:
    """Return what all customers own now."""
    coupons, declared = _coupons(customers)
    earned = 0
    for sale in customers.sales.values():
        if sale.member_id and sale.lines:
            kept = customers.shelf(sale) - customers.back_minor[sale.sale_id]
            earned += kept * MOST_EARNED_PERCENT // 100 + bool(kept)
    return Wealth(
        money=customers.pocket,
        goods=customers.goods,
        paid=one(customers, "SELECT sum(paid_minor) FROM value_balance"),
        bonus=one(customers, "SELECT sum(bonus_minor) FROM value_balance"),
        points=one(customers, "SELECT sum(points) FROM point_left"),
        coupons=coupons,
        declared=customers.gifts + declared,
        earned=earned,
    )


def _coupons(customers: Customers) -> tuple[int, int]:
    """Return what usable coupons are worth, and what all that were given were worth."""
    worth = {one.template_id: WORTH[name] for name, one in customers.templates.items()}
    now = declared = 0
    rows = query(
        customers.till,
        "SELECT coupon_id, template_id, state, value_minor, parent_id FROM coupon",
    )
    for coupon_id, template_id, state, value_minor, parent_id in rows:
        value = worth[template_id]
        if state in _USABLE:
            now += value if value_minor is None else value_minor
        if not parent_id and coupon_id not in customers.bought_coupons:
            declared += value
    return now, declared


def books_are_proven(customers: Customers) -> None:
    """Assert what the doctor asserts of every sum: moves = projections, all ledgers."""
    till = customers.till
    with till.ledger.read_engine.connect() as connection:
        for rule in (*SALE_RULES, *LEDGER_RULES):
            found = connection.execute(text(rule.query)).all()
            assert found == [], (rule.key, found)
    assert till.ledger.points.unproven() == []
    assert till.ledger.coupons.unproven() == []
    assert (
        one(customers, "SELECT count(*) FROM value_balance WHERE paid_minor < 0") == 0
    )
    assert (
        one(customers, "SELECT count(*) FROM value_balance WHERE bonus_minor < 0") == 0
    )


def everything_goes_back(customers: Customers) -> bool:
    """Let all goods come back the way they were paid; tell whether all could."""
    counter = customers.counter
    customers.do("void", 0, 0)
    customers.do("detach", 0, 0)
    for parked in counter.park.all():
        counter.park.void(parked.sale.basket.basket_id, "customer_left").result()
        counter.park.settled()
    for sale in list(customers.sales.values()):
        if not sale.lines or counter.sale.current is not None:
            continue
        with suppress(GuitaiError):
            found = approved(counter, counter.returns.set_all, sale.sale_id)
            customers._reasons(found)
            approved(counter, customers.pay, 0, 1)
            customers.till.ledger.flush()
    return customers.goods == 0


def ledgers_are_the_same_in_any_order(customers: Customers, seed: int) -> None:
    """Assert that what is stored, shuffled and doubled, comes to the same balances."""
    chance, ledger = random.Random(seed), customers.till.ledger
    now = customers.counter.desk.clock.now()
    for member_id in customers.people:
        whole = ledger.points.whole((member_id,))
        rows = whole.since(PointLedger())
        again = PointLedger.of(
            Written(
                _mixed(chance, rows.lots),
                _mixed(chance, rows.moves),
                _mixed(chance, rows.splits),
            )
        )
        assert again == whole
        assert again.balance(now) == ledger.points.balance((member_id,), now)
    for (coupon_id,) in query(customers.till, "SELECT coupon_id FROM coupon"):
        together = merge(_mixed(chance, ledger.coupons.facts(coupon_id)))
        assert together.refused == ()
        assert together.coupon == ledger.coupons.coupon(coupon_id)
    for (account_id,) in query(customers.till, "SELECT account_id FROM value_account"):
        account = ledger.stored_value.account(account_id)
        moves = [booked.move for booked in ledger.stored_value.moves(account_id)]
        empty = opened(account_id, account.kind, account.currency)
        assert projected(empty, _mixed(chance, moves)) == account
    held = ledger.members.merges()
    assert Merges.of(_mixed(chance, held.facts)).stands_for == held.stands_for
    for member_id in customers.people:
        ids = Merges.of(_mixed(chance, held.facts)).ids_of(member_id)
        assert ids == ledger.members.ids_of(member_id)


def _mixed(chance: random.Random, rows: Sequence[T]) -> tuple[T, ...]:
    """Return rows in another order, each twice."""
    twice = [*rows, *rows]
    chance.shuffle(twice)
    return tuple(twice)
