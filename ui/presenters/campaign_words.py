"""Campaigns and segments in words: triggers, reasons, groups, measures."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.domain.campaign.rfm import RfmGroup
from pos_app.domain.campaign.segment import Comparison, SegmentMetric
from pos_app.domain.coupon.happening import RewardTrigger
from pos_app.domain.coupon.reward import Withheld
from pos_app.i18n import N_, _, plural
from pos_app.services.campaign_rules import RuleState
from pos_app.services.campaigns import VisitOutcome

TRIGGERS: Mapping[RewardTrigger, str] = {
    RewardTrigger.BIRTHDAY: N_("Birthday"),
    RewardTrigger.NEWCOMER: N_("Newcomer pack"),
    RewardTrigger.REFERRAL: N_("Recommended by a member"),
    RewardTrigger.WIN_BACK: N_("Win back"),
    RewardTrigger.TRY_ON: N_("Tried on"),
    RewardTrigger.CHECK_IN: N_("Check-in"),
}
STATES: Mapping[RuleState, str] = {
    RuleState.RUNNING: N_("running"),
    RuleState.TO_COME: N_("to come"),
    RuleState.DRAFT: N_("draft"),
    RuleState.STOPPED: N_("stopped"),
    RuleState.OVER: N_("over"),
    RuleState.UNKNOWN: N_("of a newer program"),
}
GROUPS: Mapping[RfmGroup, str] = {
    RfmGroup.CHAMPIONS: N_("Champions"),
    RfmGroup.POTENTIAL_LOYALIST: N_("On the way to loyal"),
    RfmGroup.LOYAL: N_("Loyal customers"),
    RfmGroup.PROMISING: N_("Promising"),
    RfmGroup.NEW: N_("Lately come"),
    RfmGroup.CANT_LOSE: N_("Must not be lost"),
    RfmGroup.AT_RISK: N_("At risk of leaving"),
    RfmGroup.NEED_ATTENTION: N_("Need attention"),
    RfmGroup.ABOUT_TO_SLEEP: N_("Seldom lately"),
    RfmGroup.LOST: N_("Stay away"),
    RfmGroup.OTHERS: N_("All others"),
}
METRICS: Mapping[SegmentMetric, str] = {
    SegmentMetric.SPEND: N_("Spent"),
    SegmentMetric.VISITS: N_("Visits"),
    SegmentMetric.PIECES: N_("Pieces bought"),
    SegmentMetric.AVERAGE: N_("Spent a visit"),
    SegmentMetric.DAYS_AWAY: N_("Days since the last visit"),
    SegmentMetric.RECENCY: N_("Came lately: 1 to 5"),
    SegmentMetric.FREQUENCY: N_("Comes often: 1 to 5"),
    SegmentMetric.MONEY: N_("Spends much: 1 to 5"),
}
COMPARISONS: Mapping[Comparison, str] = {
    Comparison.AT_LEAST: N_("at least"),
    Comparison.AT_MOST: N_("at most"),
}
_WHY_NOT: Mapping[str, str] = {
    Withheld.OTHER_TRIGGER.value: N_("Nothing is given for this at the moment"),
    Withheld.NOT_NOW.value: N_("Nothing is given for this at the moment"),
    Withheld.NOT_FOR_MEMBER.value: N_("This member is not among those it is for"),
    Withheld.CONDITION.value: N_("The condition is not met"),
    Withheld.GIVEN_ALREADY.value: N_("This member had the gift already"),
    Withheld.MEMBER_CAP.value: N_("This member had as many gifts as there may be"),
    Withheld.CAP.value: N_("All gifts have been given"),
    Withheld.BUDGET.value: N_("The budget is used up"),
}


def group_name(group: RfmGroup) -> str:
    """Return what a group of customers is called."""
    return _(GROUPS[group])


def visit_said(outcome: VisitOutcome) -> str:
    """Say in one sentence what came of a check-in or a try-on."""
    gift = outcome.gift
    if gift is None:
        return _(_WHY_NOT[outcome.why_not])
    names = ", ".join(coupon.name for coupon in gift.coupons)
    return _("Given: {name}", name=names or gift.name)


def members_words(count: int) -> str:
    """Say how many members."""
    return plural("{count} member", "{count} members", count)
