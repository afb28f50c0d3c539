"""A segment as it is typed, and back into its rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pos_app.domain.campaign.rfm import RfmGroup
from pos_app.domain.campaign.segment import (
    MOST_TESTS,
    SCORES,
    Comparison,
    SegmentMetric,
    SegmentRule,
    SegmentTest,
)
from pos_app.i18n import _
from pos_app.values.money import parse_minor
from ui.presenters.campaign_draft import whole_number
from ui.presenters.promotion_off import plain_amount

#: Before the key of a group, the id of a category, in the names of their fields.
GROUP, CATEGORY = "group:", "category:"
_MONEY = frozenset({SegmentMetric.SPEND, SegmentMetric.AVERAGE})
HIGH_VALUE, LEAVING, BABY = "high_value", "leaving", "baby"


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """One measure as it is typed; "" for none."""

    metric: str = ""
    comparison: str = Comparison.AT_LEAST.value
    value: str = ""


@dataclass(frozen=True, slots=True)
class SegmentDraft:
    """What is typed; `by_groups` and `by_goods` open their lists."""

    segment_id: str
    version: int = 0
    name: str = ""
    tag: str = ""
    tests: tuple[MeasureDraft, ...] = (MeasureDraft(),) * MOST_TESTS
    days: str = ""
    by_goods: bool = False
    category_ids: tuple[str, ...] = ()
    by_groups: bool = False
    groups: tuple[str, ...] = ()
    is_on: bool = True


def draft_of(rule: SegmentRule, currency: str) -> SegmentDraft:
    """Return a rule as it is typed."""
    tests = [
        MeasureDraft(x.metric.value, x.comparison.value, _typed(x, currency))
        for x in rule.tests
    ]
    tests += [MeasureDraft()] * (MOST_TESTS - len(tests))
    return SegmentDraft(
        segment_id=rule.segment_id,
        version=rule.version,
        name=rule.name,
        tag=rule.tag,
        tests=tuple(tests),
        days=str(rule.days) if rule.days else "",
        by_goods=bool(rule.category_ids),
        category_ids=rule.category_ids,
        by_groups=bool(rule.groups),
        groups=tuple(each.value for each in rule.groups),
        is_on=rule.is_on,
    )


def rule_of(draft: SegmentDraft, currency: str) -> SegmentRule:
    """Return what is typed as a rule.

    Raises:
        UserError: "campaign_number" with the field as `blank`, or what `parse_minor`
            says of an amount.
    """
    tests = tuple(
        SegmentTest(
            SegmentMetric(each.metric),
            Comparison(each.comparison),
            _value(each, f"value{number}", currency),
        )
        for number, each in enumerate(draft.tests)
        if each.metric
    )
    chosen = set(draft.groups)
    return SegmentRule(
        segment_id=draft.segment_id,
        version=draft.version,
        name=draft.name.strip(),
        tag=draft.tag.strip(),
        tests=tests,
        days=whole_number(draft.days, "days") or 0,
        category_ids=tuple(sorted(draft.category_ids)) if draft.by_goods else (),
        groups=tuple(x for x in RfmGroup if x.value in chosen)
        if draft.by_groups
        else (),
        is_on=draft.is_on,
    )


def edited(draft: SegmentDraft, key: str, value: str) -> SegmentDraft:
    """Return a draft with another value of one field."""
    change: dict[str, Any] = {key: value}
    for mark, kept in ((GROUP, "groups"), (CATEGORY, "category_ids")):
        if key.startswith(mark):
            one = key.removeprefix(mark)
            left = tuple(x for x in getattr(draft, kept) if x != one)
            change = {kept: (*left, one) if value else left}
            return replace(draft, **change)
    if key in {"by_goods", "by_groups", "is_on"}:
        change = {key: bool(value)}
    elif key[-1:].isdigit():
        tests, at = list(draft.tests), int(key[-1])
        measure: dict[str, Any] = {key[:-1]: value}
        tests[at] = replace(tests[at], **measure)
        change = {"tests": tuple(tests)}
    return replace(draft, **change)


def preset(draft: SegmentDraft, key: str) -> SegmentDraft:
    """Return a draft that begins with what shops ask for most."""
    if key == HIGH_VALUE:
        best = MeasureDraft(SegmentMetric.MONEY.value, Comparison.AT_LEAST.value, "5")
        often = MeasureDraft(
            SegmentMetric.FREQUENCY.value, Comparison.AT_LEAST.value, "4"
        )
        name = _("High value")
        return replace(draft, name=name, tag=name, tests=(best, often, MeasureDraft()))
    if key == LEAVING:
        name = _("About to leave")
        groups = (RfmGroup.AT_RISK, RfmGroup.CANT_LOSE, RfmGroup.ABOUT_TO_SLEEP)
        return replace(
            draft,
            name=name,
            tag=name,
            by_groups=True,
            groups=tuple(each.value for each in groups),
        )
    name = _("Parents of a baby")
    bought = MeasureDraft(SegmentMetric.PIECES.value, Comparison.AT_LEAST.value, "1")
    return replace(
        draft,
        name=name,
        tag=name,
        days="180",
        by_goods=True,
        tests=(bought, MeasureDraft(), MeasureDraft()),
    )


def _typed(test: SegmentTest, currency: str) -> str:
    if test.metric in _MONEY:
        return plain_amount(test.value, currency)
    if test.metric is SegmentMetric.PIECES:
        return str(test.value // 1000)
    return str(test.value)


def _value(test: MeasureDraft, blank: str, currency: str) -> int:
    metric = SegmentMetric(test.metric)
    if metric in _MONEY:
        return parse_minor(test.value.strip(), currency)
    number = whole_number(test.value or "?", blank) or 0
    if metric in SCORES:
        return number
    return 1000 * number if metric is SegmentMetric.PIECES else number
