"""Coupons in any order of facts: none out of nothing, none redeemed twice."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pos_app.domain.coupon.facts import (
    Claimed,
    CouponFact,
    Expired,
    Issued,
    Redeemed,
    Released,
    Reserved,
    RestoreCause,
    Restored,
    Revoked,
    ShareGivenBack,
    Stamp,
)
from pos_app.domain.coupon.life import Coupon, CouponState, fold, merge, step
from pos_app.errors import UserError
from pos_app.values.times import Period, Timestamp

START = Timestamp(1_790_000_000_000)
BASKETS = st.sampled_from(["a", "b"])
MEMBERS = st.sampled_from(["", "m", "n"])
SAVING = 1000


class CouponMachine(RuleBasedStateMachine):
    """Two coupons of which one was issued, and everything that people try with them."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.known: dict[str, Coupon | None] = {"real": None, "invented": None}
        self.stored: dict[str, list[CouponFact]] = {"real": [], "invented": []}
        self.sales: dict[str, int] = {}
        self.given_back = 0
        self.count = 0
        window = Period(START, START.plus_seconds(50))
        self.attempt(Issued(self.stamp("real"), "t", 1, "b", "digest", True, window))

    def stamp(self, coupon_id: str) -> Stamp:
        self.count += 1
        return Stamp(f"{self.count:04d}", coupon_id, self.now)

    def attempt(self, fact: CouponFact) -> bool:
        coupon_id = fact.stamp.coupon_id
        try:
            after = step(self.known[coupon_id], fact)
        except UserError:
            return False
        self.known[coupon_id] = after
        self.stored[coupon_id].append(fact)
        return True

    @rule(seconds=st.integers(1, 20))
    def wait(self, seconds: int) -> None:
        self.now = self.now.plus_seconds(seconds)

    @rule(which=st.sampled_from(["real", "invented"]), member=MEMBERS)
    def claim(self, which: str, member: str) -> None:
        window = Period(START, START.plus_seconds(60))
        self.attempt(Claimed(self.stamp(which), member or "m", window))

    @rule(which=st.sampled_from(["real", "invented"]), basket=BASKETS, member=MEMBERS)
    def reserve(self, which: str, basket: str, member: str) -> None:
        until = self.now.plus_seconds(10)
        self.attempt(Reserved(self.stamp(which), basket, "till", until, member))

    @rule(basket=BASKETS)
    def release(self, basket: str) -> None:
        self.attempt(Released(self.stamp("real"), basket))

    @rule(which=st.sampled_from(["real", "invented"]), basket=BASKETS)
    def redeem(self, which: str, basket: str) -> None:
        stamp = self.stamp(which)
        sale_id = f"sale-{stamp.fact_id}"
        if self.attempt(Redeemed(stamp, basket, sale_id, SAVING)):
            self.sales[sale_id] = SAVING

    @rule(data=st.data(), cause=st.sampled_from(RestoreCause))
    def restore(self, data: st.DataObject, cause: RestoreCause) -> None:
        sale_id = data.draw(st.sampled_from(sorted(self.sales) or ["sale-x"]))
        window = Period(START, self.now.plus_seconds(30))
        if self.attempt(Restored(self.stamp("real"), sale_id, cause, window)):
            del self.sales[sale_id]

    @rule(data=st.data(), minor=st.integers(1, SAVING + 1), name=BASKETS)
    def give_share(self, data: st.DataObject, minor: int, name: str) -> None:
        sale_id = data.draw(st.sampled_from(sorted(self.sales) or ["sale-x"]))
        stamp = self.stamp("real")
        share = ShareGivenBack(stamp, sale_id, name, f"n{stamp.fact_id}", minor)
        if self.attempt(share):
            self.sales[sale_id] -= minor
            self.given_back += minor

    @rule(is_revoked=st.booleans())
    def end(self, is_revoked: bool) -> None:
        stamp = self.stamp("real")
        self.attempt(Revoked(stamp, "x") if is_revoked else Expired(stamp))

    @invariant()
    def what_was_never_issued_is_nothing(self) -> None:
        assert self.known["invented"] is None
        assert self.stored["invented"] == []

    @invariant()
    def one_sale_at_most_has_it(self) -> None:
        coupon = self.known["real"]
        assert coupon is not None
        assert len(self.sales) <= 1
        assert coupon.times_redeemed - coupon.times_restored == len(self.sales)
        assert (coupon.state is CouponState.REDEEMED) == bool(self.sales)
        assert all(minor >= 0 for minor in self.sales.values())
        assert sum(self.sales.values()) + self.given_back in {0, SAVING}

    @invariant()
    def the_facts_are_the_coupon(self) -> None:
        stored = self.stored["real"]
        assert fold(stored) == self.known["real"] == merge(reversed(stored)).coupon


CouponMachine.TestCase.settings = settings(
    max_examples=60, stateful_step_count=30, deadline=None
)
TestCouponMachine = CouponMachine.TestCase

MOMENTS = st.integers(0, 60).map(START.plus_seconds)


@st.composite
def facts_of_tills(draw: st.DrawFn) -> list[CouponFact]:
    """Draw what several tills believed to have happened, not knowing each other."""
    window = Period(START, START.plus_seconds(50))
    facts: list[CouponFact] = [
        Issued(Stamp("0", "c", START), "t", 1, "b", "", True, window)
    ]
    for till in range(draw(st.integers(1, 4))):
        at, paid = draw(MOMENTS), draw(MOMENTS)
        until = at.plus_seconds(20)
        facts.append(Reserved(Stamp(f"r{till}", "c", at), f"b{till}", "t", until))
        facts.append(Redeemed(Stamp(f"s{till}", "c", paid), f"b{till}", f"{till}", 1))
    return facts


@given(facts=facts_of_tills(), data=st.data())
@settings(max_examples=200, deadline=None)
def test_a_coupon_is_redeemed_once_in_any_order_of_facts(
    facts: list[CouponFact], data: st.DataObject
) -> None:
    merged = merge(facts)
    assert merged.coupon is not None
    assert merged.coupon.times_redeemed <= 1
    assert merge(data.draw(st.permutations(facts + facts))) == merged
    refused = {fact.stamp.fact_id for fact, _ in merged.refused}
    kept = [f for f in facts if f.stamp.fact_id not in refused]
    assert sum(isinstance(fact, Redeemed) for fact in kept) <= 1
