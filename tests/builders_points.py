"""A shop with a programme: members who earn, burn and move between tiers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pos_app.bootstrap import Till
from pos_app.domain.loyalty.burning import BurnAs, BurnRule
from pos_app.domain.loyalty.earn_rule import EarnRule
from pos_app.domain.loyalty.expiry import ExpiryKind, LifeRule
from pos_app.domain.loyalty.ledger import Balance
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.loyalty.tier import Tier, TierBenefits
from pos_app.domain.member.recognition import Means, Recognition
from pos_app.domain.offer_intents import SetShopper
from pos_app.domain.promotion.occasion import Shopper
from pos_app.domain.sale import Sale
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.points import ProgrammeVersion
from pos_app.services.counter import Counter
from pos_app.services.tier_benefits import with_tier
from pos_app.values.percentage import Percentage
from tests.counter_shop import finish

MEMBER, FRIEND = "m-1", "m-2"
SILVER = Tier("silver", "银卡", 30_000)
GOLD = Tier("gold", "金卡", 100_000, TierBenefits(earn_times=Percentage(2_000_000)))
#: A point for each yuan, a hundred points for one; a year's life.
RULES = Programme(
    version=1,
    earn=EarnRule(points=1, per_minor=100, excluded_tenders=("points", "voucher")),
    burn=BurnRule(step_points=100, step_minor=100),
    life=LifeRule(ExpiryKind.ROLLING, 12),
    tiers=(SILVER, GOLD),
)
TENDER = replace(RULES, burn=BurnRule(100, 100, BurnAs.TENDER))


def bring(till: Till, rules: Programme = RULES) -> Programme:
    """Bring a programme into force, as a new version."""
    desk = till.counter.desk

    def work(unit: UnitOfWork) -> Programme:
        version = unit.points.programme().version + 1
        made = replace(rules, version=version)
        unit.points.add_programme(
            ProgrammeVersion(made, desk.clock.now(), "boss", "owner")
        )
        return made

    return till.ledger.submit(work).result()


def recognise(
    counter: Counter, member_id: str = MEMBER, means: Means = Means.ROTATING_CODE
) -> None:
    """Let a member be known in the open sale."""
    shopper = with_tier(counter.desk, Shopper(member_id))
    known = Recognition(member_id, means, counter.desk.clock.now())
    counter.sale.accept(SetShopper(shopper, known))


def buy(
    till: Till, *codes: str, who: str = MEMBER, points: int | None = None, key: str = ""
) -> Sale:
    """Sell to a member; what points leave is paid in cash, or as `key` says."""
    counter = till.counter
    for code in codes:
        counter.sale.scan(code)
    recognise(counter, who)
    if points:
        counter.points.give(points)
    payment = counter.checkout.payment
    assert payment is not None
    if payment.due_minor:
        counter.checkout.take(key or "cash", None, "1234" if key else "")
    return finish(counter)


def balance(till: Till, member_id: str = MEMBER) -> Balance:
    """Return a member's points now."""
    desk = till.counter.desk
    return till.ledger.points.balance((member_id,), desk.clock.now())


def give_points(till: Till, points: int, member_id: str = MEMBER) -> None:
    """Let a member have points from before."""
    from pos_app.domain.loyalty.facts import Opened

    desk = till.counter.desk
    fact = Opened(desk.ids.new(), desk.clock.now(), points)
    till.ledger.submit(lambda unit: unit.points.open_points(member_id, fact)).result()


def proven(till: Till) -> None:
    """Assert that every lot is what its moves come to, in SQL and in the pure ledger."""
    assert till.ledger.points.unproven() == []
    for member in (MEMBER, FRIEND):
        whole = till.ledger.points.whole((member,))
        whole.check()
        now = till.counter.desk.clock.now()
        assert whole.balance(now) == balance(till, member)


def told(till: Till, sale: Sale) -> Any:
    """Return what a ticket told its member."""
    facts = till.counter.points.facts_of(sale)
    assert facts is not None
    return facts
