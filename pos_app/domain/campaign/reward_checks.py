"""What a reward rule must be before it may give anything."""

from __future__ import annotations

from pos_app.domain.coupon.happening import RewardTrigger
from pos_app.domain.coupon.reward import RewardRule
from pos_app.domain.promotion.promotion import Audience, AudienceKind
from pos_app.errors import UserError

LONGEST_NAME = 60
MOST_DAYS_BEFORE = 31
MOST_DAYS_ABSENT = 730
MOST_TEMPLATES = 5
MOST_PERCENT = 1000
_NAMED = frozenset({AudienceKind.TIER, AudienceKind.TAG})
#: A multiplier waits for one sale, so only what comes before a first sale has one.
_MULTIPLIES = frozenset({RewardTrigger.NEWCOMER, RewardTrigger.BIRTHDAY})


def refuse_unsound(rule: RewardRule) -> None:
    """Refuse a rule that says nothing, contradicts itself or has no end of cost.

    Raises:
        UserError: "campaign_unsound"; `blank` names the part that is wrong, and
            "campaign_audience_unnamed" for tiers or tags without a name.
    """
    effect, condition, cap = rule.effect, rule.condition, rule.cap
    percent = effect.earn_percent
    for blank, is_sound in (
        ("name", 0 < len(rule.name.strip()) <= LONGEST_NAME),
        ("effect", bool(effect.template_ids) or percent > 100),
        ("effect", len(effect.template_ids) <= MOST_TEMPLATES),
        ("effect", len(set(effect.template_ids)) == len(effect.template_ids)),
        ("effect", 100 <= percent <= MOST_PERCENT),
        ("effect", percent == 100 or rule.trigger in _MULTIPLIES),
        ("cost", effect.cost_minor >= 0),
        ("condition", 0 <= condition.days_before <= MOST_DAYS_BEFORE),
        ("condition", _absence_is_sound(rule)),
        ("condition", condition.least_spend_minor >= 0),
        ("cap", cap.per_member is None or cap.per_member >= 1),
        ("cap", cap.in_all is None or cap.in_all >= 1),
        ("budget", rule.budget_minor is None or rule.budget_minor > 0),
        # A budget can only hold what a gift is said to cost.
        ("cost", rule.budget_minor is None or effect.cost_minor > 0),
        ("when", _period_is_sound(rule)),
    ):
        if not is_sound:
            raise UserError("campaign_unsound", blank=blank)
    _refuse_audience(rule.audience)


def _absence_is_sound(rule: RewardRule) -> bool:
    if rule.trigger is not RewardTrigger.WIN_BACK:
        return True
    return 1 <= rule.condition.days_absent <= MOST_DAYS_ABSENT


def _period_is_sound(rule: RewardRule) -> bool:
    start, end = rule.period.start, rule.period.end
    return start is None or end is None or start < end


def _refuse_audience(audience: Audience) -> None:
    named = any(value.strip() for value in audience.values)
    if audience.kind in _NAMED and not named:
        raise UserError("campaign_audience_unnamed", blank="audience")
