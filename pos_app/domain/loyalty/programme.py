"""A shop's programme for members: every rule of it, as one version."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import tzinfo

from pos_app.domain.loyalty.burning import BurnRule
from pos_app.domain.loyalty.earn_rule import EarnRule, Multiplier, MultiplierKind
from pos_app.domain.loyalty.expiry import LifeRule
from pos_app.domain.loyalty.tier import (
    Downgrade,
    Tier,
    TierMetric,
    TierPlan,
    TierWindow,
)
from pos_app.domain.member.recognition import RecognitionPolicy
from pos_app.domain.stored_value.tender_rule import TenderRule
from pos_app.values.percentage import Percentage

#: Of a reward that makes one ticket earn more; `EarnOccasion.campaigns` names it.
REWARD = "reward"
_PERCENT = 10_000  # millionths


@dataclass(frozen=True, slots=True)
class TopUpOffer:
    """Whoever pays at least so much into a wallet gets so much on top; minor units."""

    paid_minor: int
    bonus_minor: int


@dataclass(frozen=True, slots=True)
class ValueRule:
    """What stored value may do in this shop.

    Attributes:
        is_on, has_gift_cards: whether wallets, and gift cards, are offered at all.
        tender: how it pays. offers: bonuses of top-ups, rising.
        most_minor: of one account at any time; None for no limit.
        bonus_days: days that a bonus lives; 0 for ever. What was paid never ends here.
    """

    is_on: bool = False
    has_gift_cards: bool = False
    tender: TenderRule = TenderRule()  # noqa: RUF009 - frozen value
    offers: tuple[TopUpOffer, ...] = ()
    most_minor: int | None = None
    bonus_days: int = 0


@dataclass(frozen=True, slots=True)
class Programme:
    """One version of all rules; a shop without any has version 0.

    Attributes:
        version: from 1.
        earn: None where sales earn nothing. burn: None where points buy nothing.
        life: how long points wait and live.
        tiers: the lowest first; with metric, window, downgrade and return_days they
            make the plan.
        recognition: what each way of recognising allows.
        coupon_limit: coupons used in one basket.
        value: stored value and gift cards.
    """

    version: int = 0
    earn: EarnRule | None = None
    burn: BurnRule | None = None
    life: LifeRule = LifeRule()  # noqa: RUF009 - frozen value
    tiers: tuple[Tier, ...] = ()
    metric: TierMetric = TierMetric.SPEND
    window: TierWindow = TierWindow.ROLLING_YEAR
    downgrade: Downgrade = Downgrade.ONE_LEVEL
    return_days: int = 7
    recognition: RecognitionPolicy = RecognitionPolicy()  # noqa: RUF009 - frozen value
    coupon_limit: int = 1
    value: ValueRule = ValueRule()

    def earning(self, percent: int = 100) -> EarnRule | None:
        """Return how a ticket earns: the rule with what tiers and a reward give.

        Args:
            percent: of the reward that the ticket uses; 100 for none.
        """
        if self.earn is None:
            return None
        tiers = tuple(
            Multiplier(MultiplierKind.TIER, tier.key, tier.benefits.earn_times)
            for tier in self.tiers
            if tier.benefits.earn_times != Percentage(100 * _PERCENT)
        )
        reward = Multiplier(
            MultiplierKind.CAMPAIGN, REWARD, Percentage(percent * _PERCENT)
        )
        some = (reward,) if percent != 100 else ()
        whole = (*self.earn.multipliers, *tiers, *some)
        return replace(self.earn, multipliers=whole)

    def plan(self, zone: tzinfo) -> TierPlan:
        """Return the tiers as a plan in the shop's time zone."""
        return TierPlan(
            self.tiers,
            zone,
            self.metric,
            self.window,
            self.downgrade,
            self.return_days,
        )


#: A shop that has set nothing up: members are known, nothing is earned.
NO_PROGRAMME = Programme()
