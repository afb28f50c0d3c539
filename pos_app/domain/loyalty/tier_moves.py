"""How a member moves between tiers: up at once, down in a batch, back by a return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.loyalty.shop_calendar import days_after, local_day, months_after
from pos_app.domain.loyalty.tier import (
    Downgrade,
    MetricEntry,
    TierPlan,
    TierWindow,
    metric_at,
)
from pos_app.values.times import Timestamp


class TierMoveKind(StrEnum):
    """Why a tier was written."""

    UPGRADE = "upgrade"
    KEEP = "keep"  # the period ended, the metric still reaches
    DOWNGRADE = "downgrade"
    CANCEL = "cancel"  # goods came back that an upgrade was won with
    GRANTED = "granted"  # brought along, or given by somebody
    MERGED = "merged"  # two members are one: the higher of their tiers


@dataclass(frozen=True, slots=True)
class TierMove:
    """One change of a member's tier; written once, never changed.

    Attributes:
        event_id: sale, return or batch run. kind: why. at: when.
        from_tier, to_tier: keys; "" for none.
        kept_until: the end of the tier; None for "".
        cancels: event of the upgrade that is taken back, or "".
    """

    event_id: str
    kind: TierMoveKind
    at: Timestamp
    from_tier: str
    to_tier: str
    kept_until: Timestamp | None
    cancels: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's tier: the key ("" for none), and until when it is kept."""

    tier: str = ""
    kept_until: Timestamp | None = None


def standing(moves: Sequence[TierMove]) -> Standing:
    """Return the tier after the moves, as they were written."""
    return Standing(moves[-1].to_tier, moves[-1].kept_until) if moves else Standing()


def after_sale(
    plan: TierPlan,
    moves: Sequence[TierMove],
    entries: Sequence[MetricEntry],
    sale: tuple[str, Timestamp],
) -> TierMove | None:
    """Return the upgrade that a sale brings, at once; None for no change.

    Args:
        plan: the tiers.
        moves: of the member until now.
        entries: with the sale's own.
        sale: its id and moment.
    """
    event_id, at = sale
    now = standing(moves)
    rank = plan.rank_for(metric_at(plan, entries, at))
    if rank <= plan.rank(now.tier):
        return None
    kind = TierMoveKind.UPGRADE
    key = plan.key_at(rank)
    return TierMove(event_id, kind, at, now.tier, key, plan.kept_until(at))


def after_return(
    plan: TierPlan,
    moves: Sequence[TierMove],
    entries: Sequence[MetricEntry],
    returned: tuple[str, Timestamp],
) -> tuple[TierMove, ...]:
    """Return the upgrades that a return takes back, the latest first.

    Only an upgrade whose return window is open falls; whatever is older is judged
    in the batch. Time alone takes nothing: the metric is the better of that in the
    while of the upgrade and that of now.

    Args:
        plan: the tiers.
        moves: of the member until now.
        entries: with the return's own.
        returned: the return's id and moment.
    """
    event_id, at = returned
    written: list[TierMove] = []
    now = standing(moves)
    gone = {one.cancels for one in moves if one.cancels and _is_whole(moves, one)}
    for move in reversed(moves):
        if move.event_id in gone or move.kind is TierMoveKind.CANCEL:
            continue
        is_open = at < days_after(move.at, plan.return_days, plan.zone)
        if move.kind is not TierMoveKind.UPGRADE or not is_open:
            break
        then = metric_at(plan, entries, move.at, at)
        rank = plan.rank_for(max(then, metric_at(plan, entries, at)))
        if rank >= plan.rank(now.tier):
            break
        back = _before(moves, move)
        if rank > plan.rank(back.tier):  # from 银卡 to 黑卡, and now enough for 金卡
            back = Standing(plan.key_at(rank), move.kept_until)
        kind, tier, until = TierMoveKind.CANCEL, back.tier, back.kept_until
        written.append(
            TierMove(event_id, kind, at, now.tier, tier, until, cancels=move.event_id)
        )
        now = back
    return tuple(written)


def _is_whole(moves: Sequence[TierMove], cancel: TierMove) -> bool:
    """Tell whether a cancellation took all of an upgrade, not some of its steps."""
    ups = (one for one in moves if one.event_id == cancel.cancels)
    return any(
        one.kind is TierMoveKind.UPGRADE and one.from_tier == cancel.to_tier
        for one in ups
    )


def _before(moves: Sequence[TierMove], move: TierMove) -> Standing:
    """Return the standing just before a move."""
    return standing(moves[: moves.index(move)])


def reviewed(
    plan: TierPlan,
    moves: Sequence[TierMove],
    entries: Sequence[MetricEntry],
    run: tuple[str, Timestamp],
) -> tuple[TierMove, ...]:
    """Return what the batch writes for a member whose tier has ended.

    A batch that did not run for years judges each period that ended by itself. What
    is known only now (a late return) counts.

    Args:
        plan: the tiers.
        moves: of the member until now.
        entries: all of them.
        run: the batch's id and moment.
    """
    run_id, at = run
    now = standing(moves)
    written: list[TierMove] = []
    while now.tier and now.kept_until is not None and now.kept_until <= at:
        ended = Timestamp(now.kept_until.unix_ms - 1)
        rank, had = (
            plan.rank_for(metric_at(plan, entries, ended, at)),
            plan.rank(now.tier),
        )
        if rank >= had > 0:
            kind, rank = TierMoveKind.KEEP, had
        else:
            kind = TierMoveKind.DOWNGRADE
            if plan.downgrade is Downgrade.ONE_LEVEL:
                rank = max(rank, had - 1)
        until = _next_end(plan, now.kept_until) if rank else None
        event = f"{run_id}/{len(written)}"
        written.append(TierMove(event, kind, at, now.tier, plan.key_at(rank), until))
        now = Standing(plan.key_at(rank), until)
    return tuple(written)


def _next_end(plan: TierPlan, ended: Timestamp) -> Timestamp:
    """Return the end of the period that begins where another ended."""
    last = local_day(Timestamp(ended.unix_ms - 1), plan.zone)
    if plan.window is TierWindow.CALENDAR_YEAR:
        return plan.kept_until(Timestamp(ended.unix_ms - 1))
    return days_after(ended, (months_after(last, 12) - last).days - 1, plan.zone)


@dataclass(frozen=True, slots=True)
class DowngradeNotice:
    """A tier that will end: days left with it, and what is missing to keep it."""

    tier: str
    days_left: int
    missing: int


def downgrade_notice(
    plan: TierPlan,
    now: Standing,
    entries: Sequence[MetricEntry],
    at: Timestamp,
    days: int = 30,
) -> DowngradeNotice | None:
    """Return what a member is to be told before a tier ends; None while it is far.

    Args:
        plan: the tiers.
        now: the member's.
        entries: of the member.
        at: now.
        days: how long before the last day.
    """
    tier = plan.tier(now.tier)
    if tier is None or now.kept_until is None or now.kept_until <= at:
        return None
    last = Timestamp(now.kept_until.unix_ms - 1)
    left = (local_day(last, plan.zone) - local_day(at, plan.zone)).days
    missing = tier.threshold - metric_at(plan, entries, last, at)
    if left > days or missing <= 0:
        return None
    return DowngradeNotice(tier.key, left, missing)


def entry_coupons(
    plan: TierPlan, moves: Sequence[TierMove], entered: TierMove
) -> tuple[str, ...]:
    """Return the templates of coupons that an upgrade brings.

    One tier gives them once in twelve months: to buy, return and buy again does not
    bring them twice.

    Args:
        plan: the tiers.
        moves: of the member, before the upgrade.
        entered: the move.
    """
    tier = plan.tier(entered.to_tier)
    if tier is None or entered.kind is not TierMoveKind.UPGRADE:
        return ()
    since = months_after(local_day(entered.at, plan.zone), -12)
    again = any(
        move.kind is TierMoveKind.UPGRADE
        and move.to_tier == entered.to_tier
        and local_day(move.at, plan.zone) > since
        for move in moves
    )
    return () if again else tier.benefits.entry_coupons
