"""A reward rule as it is typed, and back into what the ledger keeps."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, tzinfo
from typing import Any, TypeAlias

from pos_app.domain.coupon.happening import RewardTrigger
from pos_app.domain.coupon.reward import Cap, Condition, Effect, RewardRule
from pos_app.domain.loyalty.shop_calendar import end_of, start_of
from pos_app.domain.promotion.promotion import Audience, AudienceKind, LimitPeriod
from pos_app.errors import UserError
from pos_app.values.money import parse_minor
from pos_app.values.times import Period, Timestamp
from ui.presenters.promotion_off import plain_amount

#: Currency and zone of the shop.
Reading: TypeAlias = tuple[str, tzinfo]
#: Before the id of a coupon's template, in the name of its field.
COUPON = "coupon:"
_LONGEST_NUMBER = 6
_NAMED = frozenset({AudienceKind.TIER, AudienceKind.TAG})


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """What is typed, text by text; `coupons` are ids of templates."""

    rule_id: str
    version: int = 0
    name: str = ""
    trigger: str = RewardTrigger.CHECK_IN.value
    audience: str = AudienceKind.MEMBER.value
    values: str = ""
    coupons: tuple[str, ...] = ()
    percent: str = "100"
    days_before: str = "7"
    days_absent: str = "60"
    least_spend: str = ""
    cost: str = ""
    by_member: str = ""
    period: str = LimitPeriod.MONTH.value
    in_all: str = ""
    budget: str = ""
    since: str = ""
    until: str = ""


TEXTS = frozenset(each.name for each in fields(CampaignDraft)) - {"coupons", "version"}


def draft_of(rule: RewardRule, how: Reading) -> CampaignDraft:
    """Return a rule as it is typed."""
    currency, zone = how
    effect, condition, cap = rule.effect, rule.condition, rule.cap
    budget = rule.budget_minor
    least = condition.least_spend_minor
    return CampaignDraft(
        rule_id=rule.rule_id,
        version=rule.version,
        name=rule.name,
        trigger=rule.trigger.value,
        audience=rule.audience.kind.value,
        values=", ".join(rule.audience.values),
        coupons=effect.template_ids,
        percent=str(effect.earn_percent),
        days_before=str(condition.days_before),
        days_absent=str(condition.days_absent),
        least_spend=plain_amount(least, currency) if least else "",
        cost=plain_amount(effect.cost_minor, currency) if effect.cost_minor else "",
        by_member=_plain(cap.per_member),
        period=cap.member_period.value,
        in_all=_plain(cap.in_all),
        budget="" if budget is None else plain_amount(budget, currency),
        since=_day(rule.period.start, zone, 0),
        until=_day(rule.period.end, zone, -1),
    )


def rule_of(draft: CampaignDraft, how: Reading) -> RewardRule:
    """Return what is typed as a rule.

    Raises:
        UserError: "campaign_number", "campaign_date" with the field as `blank`, or
            what `parse_minor` says of an amount.
    """
    trigger = RewardTrigger(draft.trigger)
    kind = AudienceKind(draft.audience)
    is_birthday = trigger is RewardTrigger.BIRTHDAY
    is_absence = trigger is RewardTrigger.WIN_BACK
    takes_spend = trigger is RewardTrigger.REFERRAL
    multiplies = trigger in {RewardTrigger.NEWCOMER, RewardTrigger.BIRTHDAY}
    by_member = _count(draft, "by_member")
    return RewardRule(
        rule_id=draft.rule_id,
        version=draft.version,
        name=draft.name.strip(),
        trigger=trigger,
        effect=Effect(
            draft.coupons,
            int(draft.percent) if multiplies else 100,
            _amount(draft, "cost", how) or 0,
        ),
        audience=Audience(kind, words_of(draft.values) if kind in _NAMED else ()),
        condition=Condition(
            days_before=(_count(draft, "days_before") or 0) if is_birthday else 0,
            days_absent=(_count(draft, "days_absent") or 0) if is_absence else 0,
            least_spend_minor=(
                (_amount(draft, "least_spend", how) or 0) if takes_spend else 0
            ),
        ),
        cap=Cap(by_member, LimitPeriod(draft.period), _count(draft, "in_all")),
        budget_minor=_amount(draft, "budget", how),
        period=_period(draft, how[1]),
    )


def edited(draft: CampaignDraft, key: str, value: str) -> CampaignDraft:
    """Return a draft with another value of one field."""
    if key.startswith(COUPON):
        template_id = key.removeprefix(COUPON)
        left = tuple(each for each in draft.coupons if each != template_id)
        return replace(draft, coupons=(*left, template_id) if value else left)
    change: dict[str, Any] = {key: value} if key in TEXTS else {}
    return replace(draft, **change)


def words_of(text: str) -> tuple[str, ...]:
    """Return words with commas of any writing between them."""
    plain = text.replace("，", ",").replace("、", ",")
    return tuple(word.strip() for word in plain.split(",") if word.strip())


def whole_number(text: str, blank: str) -> int | None:
    """Return a typed number; None for an empty field.

    Raises:
        UserError: "campaign_number" with `blank`.
    """
    plain = text.strip()
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit() and len(plain) <= _LONGEST_NUMBER):
        raise UserError("campaign_number", blank=blank)
    return int(plain)


def _count(draft: CampaignDraft, key: str) -> int | None:
    return whole_number(getattr(draft, key), key)


def _amount(draft: CampaignDraft, key: str, how: Reading) -> int | None:
    text: str = getattr(draft, key)
    return parse_minor(text.strip(), how[0]) if text.strip() else None


def _period(draft: CampaignDraft, zone: tzinfo) -> Period:
    since, until = _date(draft.since, "since"), _date(draft.until, "until")
    return Period(
        None if since is None else start_of(since, zone),
        None if until is None else end_of(until, zone),
    )


def _date(text: str, blank: str) -> date | None:
    if not text.strip():
        return None
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()  # noqa: DTZ007 - a day
    except ValueError:
        raise UserError("campaign_date", blank=blank) from None


def _day(moment: Timestamp | None, zone: tzinfo, shift_s: int) -> str:
    if moment is None:
        return ""
    return moment.plus_seconds(shift_s).at(zone).date().isoformat()


def _plain(number: int | None) -> str:
    return "" if number is None else str(number)
