"""Campaigns and segments of the back office in believable states."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.cli.scripted_till import ScriptedTill
from pos_app.domain.campaign.segment import (
    Comparison,
    SegmentMetric,
    SegmentRule,
    SegmentTest,
)
from pos_app.domain.coupon.happening import RewardTrigger
from pos_app.domain.coupon.reward import Cap, Condition, Effect, RewardRule
from pos_app.domain.promotion.promotion import Audience, AudienceKind, LimitPeriod

_MONTHLY = Cap(1, LimitPeriod.MONTH, in_all=500)


class CampaignScenes:
    """Plays with the back office open and coupons in it.

    Args:
        place: an open scripted till.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._place, self._hand = place, place.hand
        self._office = place.screen.flow.features.back_office

    def play(self) -> Iterator[str]:
        """Show a campaign with its reach, and a segment."""
        self._write()
        self._hand.press("go-campaigns")
        part = self._office.part
        part.on_act("count")  # type: ignore[union-attr]
        self._hand.wait(self._has_reach, "whom it reaches")
        yield "office_campaigns"
        part.on_view("segments")  # type: ignore[union-attr]
        yield "office_segments"
        part.on_add()  # type: ignore[union-attr]
        yield "office_segment_new"
        part.on_discard()  # type: ignore[union-attr]
        part.on_view("campaigns")  # type: ignore[union-attr]

    def _write(self) -> None:
        counter = self._place.till.counter
        rules = counter.campaign_rules
        coupons = tuple(each.template_id for each in rules.templates())[:1]
        gift = Effect(coupons, 100, 1500) if coupons else Effect((), 200, 0)
        trigger = RewardTrigger.BIRTHDAY
        for name, wanted in (
            ("生日礼券", trigger),
            ("新人礼包", RewardTrigger.NEWCOMER),
        ):
            rule = RewardRule(
                rule_id=rules.new_id(),
                version=0,
                name=name,
                trigger=wanted,
                effect=gift,
                audience=Audience(AudienceKind.MEMBER),
                condition=Condition(days_before=7 if wanted is trigger else 0),
                cap=_MONTHLY,
                budget_minor=300_000 if gift.cost_minor else None,
            )
            stored = rules.save(rule).result()
            rules.start(stored.rule_id, stored.version).result()
        often = SegmentTest(SegmentMetric.VISITS, Comparison.AT_LEAST, 4)
        spent = SegmentTest(SegmentMetric.SPEND, Comparison.AT_LEAST, 50_000)
        for name, tests in (("高价值", (spent, often)), ("常客", (often,))):
            rule_id = counter.segments.new_id()
            segment = SegmentRule(rule_id, 0, name, name, tests, 180)
            counter.segments.save(segment).result()
        counter.segments.refreshing()()

    def _has_reach(self) -> bool:
        """Tell whether the reach was counted on its own thread."""
        fields = self._office.part.state.fields  # type: ignore[union-attr]
        return any(len(x.options) > 2 for x in fields if x.key == "facts")
