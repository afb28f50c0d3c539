"""Points and tiers in the night: what is over, what is told before it is over."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pos_app.domain.loyalty.booking import booked
from pos_app.domain.loyalty.expiry import NOTICE_DAYS, expiry_notices
from pos_app.domain.loyalty.facts import DayEnded
from pos_app.domain.loyalty.shop_calendar import days_after
from pos_app.domain.loyalty.tier_moves import downgrade_notice, reviewed, standing
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.points import Notice
from pos_app.services.member_night import Night
from pos_app.services.person import person_ids
from pos_app.services.tier_sale import note_tier, tier_state
from pos_app.values.times import Period, Timestamp

#: Members of one transaction: a sale that ends meanwhile waits for no more.
AT_ONCE = 50
_POINTS, _TIER = "points/", "tier/"


def night_points(night: Night) -> None:
    """Write off the points that are over, and that others began; then again, nothing."""
    event_id = night.desk.ids.new()

    def work(unit: UnitOfWork) -> int:
        written = 0
        for member_id in unit.points.members_with_points_due(night.at, AT_ONCE):
            ids = person_ids(unit.members, member_id)
            lots = [one.lot.lot_id for one in unit.points.left(ids)]
            before = unit.points.slice(ids, (event_id,), lots)
            rows = booked(before, DayEnded(event_id, night.at)).since(before)
            unit.points.add(ids[0], rows)
            written += len(rows.moves)
        return written

    while night.desk.record(work).result():
        pass


def night_tiers(night: Night) -> None:
    """Judge the tiers whose period is over; each change is a move of its own."""
    run_id = night.desk.ids.new()

    def work(unit: UnitOfWork) -> int:
        programme = unit.points.programme()
        if not programme.tiers:
            return 0
        plan, written = programme.plan(night.zone), 0
        for member_id in unit.points.members_with_ended_tiers(night.at, AT_ONCE):
            ids = person_ids(unit.members, member_id)
            now = standing(unit.points.tier_moves(ids))
            ended = now.kept_until or night.at
            state = tier_state(
                unit.points, ids, plan, Timestamp(min(ended, night.at).unix_ms - 1)
            )
            moves = reviewed(plan, state.moves, state.entries, (run_id, night.at))
            unit.points.add_tier_moves(member_id, moves)
            for move in moves:
                note_tier(unit, member_id, move, night.stamp)
            written += len(moves)
        return written

    while night.desk.record(work).result():
        pass


def night_notices(night: Night) -> None:
    """Write down who is to be told that points or a tier end; each is told once."""
    until = days_after(night.at, max(NOTICE_DAYS), night.zone)
    period = Period(Timestamp(night.at.unix_ms + 1), Timestamp(until.unix_ms + 1))
    _through(
        night,
        lambda unit, after: unit.points.members_with_ending_points(
            period, after, AT_ONCE
        ),
        _note_points,
    )
    _through(
        night,
        lambda unit, after: unit.points.members_with_ending_tiers(
            period, after, AT_ONCE
        ),
        _note_tier_end,
    )


def _through(
    night: Night,
    found: Callable[[UnitOfWork, str], Sequence[str]],
    told: Callable[[Night, UnitOfWork, str], None],
) -> None:
    """Go through members in order, a transaction for some of them."""

    def work(after: str) -> Callable[[UnitOfWork], str]:
        def some(unit: UnitOfWork) -> str:
            members = found(unit, after)
            for member_id in members:
                told(night, unit, member_id)
            return members[-1] if members else ""

        return some

    after = night.desk.record(work("")).result()
    while after:
        after = night.desk.record(work(after)).result()


def _note_points(night: Night, unit: UnitOfWork, member_id: str) -> None:
    ids = person_ids(unit.members, member_id)
    sent = {
        one.key.removeprefix(_POINTS)
        for one in unit.points.notices(ids)
        if one.key.startswith(_POINTS)
    }
    ledger = unit.points.slice(ids, ())
    for notice in expiry_notices(ledger, night.at, night.zone, sent=sent):
        key = f"{_POINTS}{notice.key}"
        unit.points.add_notice(Notice(ids[0], key, night.at, notice.points))


def _note_tier_end(night: Night, unit: UnitOfWork, member_id: str) -> None:
    plan = unit.points.programme().plan(night.zone)
    ids = person_ids(unit.members, member_id)
    now = standing(unit.points.tier_moves(ids))
    if now.kept_until is None:
        return
    state = tier_state(unit.points, ids, plan, night.at)
    notice = downgrade_notice(plan, now, state.entries, night.at)
    if notice is not None:
        last = Timestamp(now.kept_until.unix_ms - 1).at(night.zone).date()
        key = f"{_TIER}{last.isoformat()}/{notice.tier}"
        unit.points.add_notice(Notice(ids[0], key, night.at, notice.missing))
