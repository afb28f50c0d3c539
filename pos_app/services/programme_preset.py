"""The programme of the sample shop: what most shops would begin with."""

from __future__ import annotations

from dataclasses import replace

from pos_app.domain.loyalty.burning import BurnRule
from pos_app.domain.loyalty.earn_rule import EarnRule
from pos_app.domain.loyalty.expiry import ExpiryKind, LifeRule
from pos_app.domain.loyalty.programme import Programme, TopUpOffer, ValueRule
from pos_app.domain.loyalty.tier import Tier, TierBenefits
from pos_app.ports.ledger import Ledger
from pos_app.ports.points import ProgrammeVersion
from pos_app.values.percentage import Percentage
from pos_app.values.times import Timestamp

_TIMES = 1_000_000
_NAMES = {
    "silver": (("zh-CN", "银卡"), ("zh-TW", "銀卡"), ("en", "Silver")),
    "gold": (("zh-CN", "金卡"), ("zh-TW", "金卡"), ("en", "Gold")),
    "black": (("zh-CN", "黑卡"), ("zh-TW", "黑卡"), ("en", "Black")),
}


def _tier(key: str, threshold: int, percent: int) -> Tier:
    names = _NAMES[key]
    times = Percentage(_TIMES * percent // 100)
    return Tier(key, names[0][1], threshold, TierBenefits(earn_times=times), names)


def sample_programme() -> Programme:
    """Return the rules of the sample shop, not stored yet (version 0).

    A point for each unit of money, a hundred points for one, a year's life; three
    tiers that earn more; wallets with a bonus, and gift cards.
    """
    return Programme(
        earn=EarnRule(
            points=1,
            per_minor=100,
            excluded_tenders=("points", "stored_value", "gift_card"),
        ),
        burn=BurnRule(step_points=100, step_minor=100, share=Percentage(500_000)),
        life=LifeRule(ExpiryKind.MONTH_END, 12, grace_days=30),
        tiers=(
            _tier("silver", 100_000, 100),
            _tier("gold", 500_000, 150),
            _tier("black", 2_000_000, 200),
        ),
        coupon_limit=2,
        value=ValueRule(
            is_on=True,
            has_gift_cards=True,
            offers=(TopUpOffer(50_000, 3_000), TopUpOffer(100_000, 10_000)),
        ),
    )


def bring_rules(ledger: Ledger, rules: Programme) -> None:
    """Give a shop that nobody runs yet a programme for its members.

    Args:
        ledger: without a programme.
        rules: become its first version.
    """
    version = ProgrammeVersion(replace(rules, version=1), Timestamp(0), "", "")
    ledger.submit(lambda unit: unit.points.add_programme(version)).result()
