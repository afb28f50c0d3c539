"""Tiers: up at once, kept to the end of the next period, down in a batch."""

from dataclasses import replace
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.loyalty.tier import (
    Downgrade,
    MetricEntry,
    Tier,
    TierBenefits,
    TierMetric,
    TierPlan,
    TierWindow,
    metric_at,
    missing_to_next,
)
from pos_app.domain.loyalty.tier_moves import (
    DowngradeNotice,
    Standing,
    TierMove,
    TierMoveKind,
    after_return,
    after_sale,
    downgrade_notice,
    entry_coupons,
    reviewed,
    standing,
)
from pos_app.values.times import Timestamp

TIERS = (
    Tier("silver", "银卡", 100_00),
    Tier("gold", "金卡", 500_00, TierBenefits("gold price", entry_coupons=("tea",))),
    Tier("black", "黑卡", 2000_00, TierBenefits(priority=9), (("en", "Black"),)),
)
PLAN = TierPlan(TIERS, UTC)
CALENDAR = replace(PLAN, window=TierWindow.CALENDAR_YEAR)
TO_LEVEL = replace(CALENDAR, downgrade=Downgrade.TO_LEVEL)


def at(text: str) -> Timestamp:
    return Timestamp.parse(text if "T" in text else f"{text}T12:00Z")


def sold(sale: str, day: str, yuan: int) -> MetricEntry:
    return MetricEntry(sale, sale, at(day), at(day), yuan * 100)


def back(entry: MetricEntry, day: str, yuan: int, name: str = "r") -> MetricEntry:
    return MetricEntry(name, entry.sale_id, entry.sold_at, at(day), -yuan * 100)


def won(plan: TierPlan, *entries: MetricEntry) -> list[TierMove]:
    """Sell one after another; return the moves."""
    moves: list[TierMove] = []
    for count, entry in enumerate(entries, 1):
        sale = (entry.sale_id, entry.known_at)
        if move := after_sale(plan, moves, entries[:count], sale):
            moves.append(move)
    return moves


@pytest.mark.parametrize(
    ("sentence", "plan", "entries", "now", "metric"),
    [
        (
            "a year ago to the day is gone",
            PLAN,
            [sold("a", "2025-11-21", 9)],
            "2026-11-21",
            0,
        ),
        (
            "the day after it counts",
            PLAN,
            [sold("a", "2025-11-22", 9)],
            "2026-11-21",
            900,
        ),
        (
            "today counts whole",
            PLAN,
            [sold("a", "2026-11-21T23:59Z", 9)],
            "2026-11-21T23:59Z",
            900,
        ),
        (
            "what is not yet known does not",
            PLAN,
            [sold("a", "2026-11-22", 9)],
            "2026-11-21",
            0,
        ),
        (
            "last year is another year",
            CALENDAR,
            [sold("a", "2025-12-31", 9)],
            "2026-01-01",
            0,
        ),
        (
            "new year's day is this one",
            CALENDAR,
            [sold("a", "2026-01-01", 9)],
            "2026-12-31",
            900,
        ),
        (
            "a return counts where its sale was",
            CALENDAR,
            [
                sold("a", "2025-12-31", 9),
                back(sold("a", "2025-12-31", 9), "2026-01-02", 9),
            ],
            "2026-01-03",
            0,
        ),
        (
            "one sale told twice counts once",
            PLAN,
            [sold("a", "2026-11-01", 9), sold("a", "2026-11-01", 9)],
            "2026-11-21",
            900,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_the_metric_is(sentence, plan, entries, now, metric) -> None:
    assert metric_at(plan, entries, at(now)) == metric


def test_visits_are_days_with_a_purchase_that_was_kept() -> None:
    plan = replace(PLAN, metric=TierMetric.VISITS)
    first, second = sold("a", "2026-11-01T08:00Z", 9), sold("b", "2026-11-01T18:00Z", 9)
    third = sold("c", "2026-11-02", 5)
    entries = [first, second, third]
    assert metric_at(plan, entries, at("2026-11-21")) == 2
    assert (
        metric_at(plan, [*entries, back(third, "2026-11-03", 5)], at("2026-11-21")) == 1
    )
    assert (
        metric_at(plan, [*entries, back(third, "2026-11-03", 4)], at("2026-11-21")) == 2
    )


def test_the_year_turns_by_the_shops_clock() -> None:
    plan = replace(CALENDAR, zone=ZoneInfo("Asia/Shanghai"))
    late = sold("a", "2026-12-31T17:00Z", 9)  # one o'clock on New Year's Day
    assert metric_at(plan, [late], at("2026-12-31T18:00Z")) == 900


@pytest.mark.parametrize(
    ("yuan", "tier"),
    [(99, ""), (100, "silver"), (499, "silver"), (500, "gold"), (2000, "black")],
)
def test_a_sale_lifts_at_once_to_what_it_reaches(yuan: int, tier: str) -> None:
    assert standing(won(PLAN, sold("a", "2026-11-21", yuan))).tier == tier


@pytest.mark.parametrize(
    ("plan", "until"),
    [(PLAN, "2027-11-22T00:00Z"), (CALENDAR, "2028-01-01T00:00Z")],
)
def test_a_tier_is_kept_to_the_end_of_the_next_period(plan, until) -> None:
    (move,) = won(plan, sold("a", "2026-11-21", 500))
    assert (move.kind, move.kept_until) == (TierMoveKind.UPGRADE, at(until))
    assert reviewed(plan, [move], [], ("n", Timestamp(at(until).unix_ms - 1))) == ()


def test_a_sale_never_takes_a_tier_away() -> None:
    old = sold("a", "2026-01-10", 500)
    moves = won(CALENDAR, old, sold("b", "2027-01-10", 1))
    assert [move.to_tier for move in moves] == ["gold"]


@pytest.mark.parametrize(
    ("sentence", "plan", "second", "to", "kind"),
    [
        ("enough to keep it", CALENDAR, 500, "gold", TierMoveKind.KEEP),
        ("one level however little", CALENDAR, 0, "silver", TierMoveKind.DOWNGRADE),
        ("to the level of nothing", TO_LEVEL, 0, "", TierMoveKind.DOWNGRADE),
        ("to its level", TO_LEVEL, 100, "silver", TierMoveKind.DOWNGRADE),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_the_batch_judges_the_year_that_ended(sentence, plan, second, to, kind) -> None:
    entries = [sold("a", "2026-03-01", 500), sold("b", "2027-03-01", second)]
    moves = won(plan, entries[0])
    (move,) = reviewed(plan, moves, entries, ("n", at("2028-01-01T00:00Z")))
    assert (move.to_tier, move.kind) == (to, kind)
    assert move.kept_until == (at("2029-01-01T00:00Z") if to else None)
    assert reviewed(plan, [*moves, move], entries, ("m", at("2028-06-01"))) == ()


def test_a_batch_that_was_late_judges_every_year() -> None:
    entries = [sold("a", "2026-03-01", 2000)]
    moves = won(CALENDAR, *entries)
    late = reviewed(CALENDAR, moves, entries, ("n", at("2030-05-01")))
    assert [move.to_tier for move in late] == ["gold", "silver", ""]
    assert len({move.event_id for move in late}) == 3


def test_a_rolling_tier_is_judged_every_twelve_months() -> None:
    entries = [sold("a", "2026-11-21", 500), sold("b", "2027-06-01", 500)]
    moves = won(PLAN, *entries)
    kept = reviewed(PLAN, moves, entries, ("n", at("2027-11-22")))
    assert [(one.kind, one.kept_until) for one in kept] == [
        (TierMoveKind.KEEP, at("2028-11-22T00:00Z"))
    ]


@pytest.mark.parametrize(
    ("sentence", "day", "yuan", "tier"),
    [
        ("inside the window", "2026-11-28T23:59Z", 1, "silver"),
        ("after it the batch decides", "2026-11-29T00:00Z", 1, "gold"),
        ("what still reaches stays", "2026-11-22", 0, "gold"),
        ("everything came back", "2026-11-22", 300, "silver"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_a_return_takes_an_upgrade_back(sentence, day, yuan, tier) -> None:
    first, second = sold("a", "2026-10-01", 200), sold("b", "2026-11-21", 300)
    moves = won(PLAN, first, second)
    entries = [first, second, back(second, day, yuan)]
    found = after_return(PLAN, moves, entries, ("r", at(day)))
    after = [*moves, *found]
    assert standing(after).tier == tier
    if tier == "silver":
        assert standing(after).kept_until == moves[0].kept_until
        assert found[0].cancels == "b"
    assert after_return(PLAN, after, entries, ("r", at(day))) == ()


def test_a_return_takes_back_two_upgrades_of_one_week() -> None:
    first, second = sold("a", "2026-11-20", 600), sold("b", "2026-11-21", 1500)
    moves = won(PLAN, first, second)
    entries = [
        first,
        second,
        back(first, "2026-11-22", 600),
        back(second, "2026-11-22", 1500, "q"),
    ]
    found = after_return(PLAN, moves, entries, ("r", at("2026-11-22")))
    assert [(one.from_tier, one.to_tier) for one in found] == [
        ("black", "gold"),
        ("gold", ""),
    ]
    assert standing([*moves, *found]) == Standing()


def test_a_jump_over_tiers_falls_only_as_far_as_the_metric() -> None:
    only = sold("a", "2026-11-21", 2500)
    moves = won(PLAN, only)
    entries = [only, back(only, "2026-11-22", 1500)]
    (move,) = after_return(PLAN, moves, entries, ("r", at("2026-11-22")))
    assert (move.from_tier, move.to_tier) == ("black", "gold")
    assert move.kept_until == moves[0].kept_until


def test_time_that_passed_between_upgrade_and_return_takes_nothing() -> None:
    """An old purchase leaves the window meanwhile; the return alone would not do."""
    old, new = sold("a", "2025-11-22", 450), sold("b", "2026-11-21", 60)
    moves = won(PLAN, sold("a", "2025-11-22", 450), new)
    assert standing(moves).tier == "gold"
    entries = [old, new, back(new, "2026-11-24", 5)]
    assert after_return(PLAN, moves, entries, ("r", at("2026-11-24"))) == ()


def test_buying_again_after_a_cancelled_upgrade_lifts_again_without_new_coupons() -> (
    None
):
    first, again = sold("a", "2026-11-20", 600), sold("b", "2026-11-22", 600)
    moves = won(PLAN, first)
    assert entry_coupons(PLAN, [], moves[0]) == ("tea",)
    entries = [first, back(first, "2026-11-21", 600)]
    moves += after_return(PLAN, moves, entries, ("r", at("2026-11-21")))
    lifted = after_sale(PLAN, moves, [*entries, again], ("b", at("2026-11-22")))
    assert lifted is not None
    assert lifted.to_tier == "gold"
    assert entry_coupons(PLAN, moves, lifted) == ()
    assert entry_coupons(PLAN, moves, moves[-1]) == ()


@pytest.mark.parametrize(
    ("tier", "yuan", "above", "amount"),
    [
        ("silver", 120, "金卡", 380_00),
        ("", 0, "银卡", 100_00),
        ("gold", 2100, "黑卡", 0),
    ],
)
def test_what_is_missing_to_the_next_tier(tier, yuan, above, amount) -> None:
    missing = missing_to_next(PLAN, tier, yuan * 100)
    assert missing is not None
    assert (missing.tier.name, missing.amount) == (above, amount)


def test_nothing_is_missing_at_the_top_and_names_are_data() -> None:
    PLAN.check()
    assert missing_to_next(PLAN, "black", 0) is None
    assert TIERS[2].name_in("en") == "Black"
    assert TIERS[2].name_in("zh-CN") == "黑卡"
    assert PLAN.tier("gone") is None


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2027-12-01", DowngradeNotice("gold", 30, 400_00)),
        ("2027-11-30", None),
        ("2028-01-01", None),
    ],
)
def test_a_member_is_told_before_a_tier_ends(now, told) -> None:
    entries = [sold("a", "2026-03-01", 500), sold("b", "2027-03-01", 100)]
    held = standing(won(CALENDAR, entries[0]))
    assert downgrade_notice(CALENDAR, held, entries, at(now)) == told


def test_a_jump_over_tiers_falls_step_by_step_as_parts_come_back() -> None:
    first, second = sold("a", "2026-11-20", 90), sold("b", "2026-11-21", 450)
    moves = won(PLAN, first, second)
    entries = [first, second, back(first, "2026-11-22", 90)]
    moves += after_return(PLAN, moves, entries, ("r", at("2026-11-22")))
    assert standing(moves).tier == "silver"
    entries.append(back(second, "2026-11-23", 450, "q"))
    moves += after_return(PLAN, moves, entries, ("q", at("2026-11-23")))
    assert [move.to_tier for move in moves] == ["gold", "silver", ""]


@given(
    st.lists(
        st.tuples(st.integers(0, 25), st.integers(1, 2500)), min_size=1, max_size=8
    ),
    st.integers(0, 10),
    st.randoms(use_true_random=False),
)
def test_all_returned_inside_the_window_is_no_tier_won(days, wait, chance) -> None:
    plan = replace(PLAN, return_days=40)
    base = at("2026-05-01").unix_ms
    entries = [
        MetricEntry(f"s{n}", f"s{n}", when, when, yuan * 100)
        for n, (day, yuan) in enumerate(sorted(days))
        for when in [Timestamp(base + day * 86_400_000 + n)]
    ]
    moves = won(plan, *entries)
    then = Timestamp(base + (26 + wait) * 86_400_000)
    gone = [
        MetricEntry(f"r{n}/{half}", one.sale_id, one.sold_at, then, -minor)
        for n, one in enumerate(entries)
        for half, minor in [
            (0, one.spend_minor // 3),
            (1, -(-one.spend_minor * 2 // 3)),
        ]
    ]
    chance.shuffle(gone)
    assert sum(one.spend_minor for one in entries + gone) == 0
    for count in range(1, len(gone) + 1):
        known = [*entries, *gone[:count]]
        moves += after_return(plan, moves, known, (f"r{count}", then))
        reached = plan.rank_for(metric_at(plan, known, then))
        assert plan.rank(standing(moves).tier) >= reached
    assert standing(moves) == Standing()
