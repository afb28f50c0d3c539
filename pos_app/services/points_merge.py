"""Two members who are one person: debts are repaid, the higher tier stays."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pos_app.domain.loyalty.debt import settled
from pos_app.domain.loyalty.tier_moves import TierMove, TierMoveKind, standing
from pos_app.domain.member.merging import MemberMerge
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.services.person import person_ids
from pos_app.services.tier_sale import note_tier


def book_merge(
    unit: UnitOfWork, zone: ZoneInfo, merge: MemberMerge, stamp: Stamp
) -> None:
    """Settle what two members owe with what they have; keep the higher tier.

    Called in the merge's transaction, after its own rows.

    Args:
        unit: the transaction.
        zone: of the shop.
        merge: which holds now.
        stamp: who, when.
    """
    ids = person_ids(unit.members, merge.kept_id)
    before = unit.points.slice(ids, (merge.merge_id,))
    after = settled(before, merge.merge_id, stamp.at)
    unit.points.add(ids[0], after.since(before))
    plan = unit.points.programme().plan(zone)
    kept = standing(unit.points.tier_moves((merge.kept_id,)))
    absorbed = standing(unit.points.tier_moves((merge.absorbed_id,)))
    if not absorbed.tier:
        return
    kind, event = TierMoveKind.MERGED, merge.merge_id
    away = TierMove(event, kind, stamp.at, absorbed.tier, "", None)
    unit.points.add_tier_moves(merge.absorbed_id, (away,))
    best = max((kept, absorbed), key=lambda one: plan.rank(one.tier))
    move = TierMove(event, kind, stamp.at, kept.tier, best.tier, best.kept_until)
    unit.points.add_tier_moves(merge.kept_id, (move,))
    note_tier(unit, merge.kept_id, move, stamp)


def undo_merge(unit: UnitOfWork, merge: MemberMerge, stamp: Stamp) -> None:
    """Give both members the tiers that they had before a merge that was a mistake.

    Points need nothing: each lot was its own member's all the time. What a member
    won since stays with the one who was kept.

    Args:
        unit: the transaction, after the rows that undo the merge.
        merge: which holds no longer.
        stamp: who, when.
    """
    kind, event = TierMoveKind.MERGED, f"{merge.merge_id}/undone"
    for member_id in (merge.absorbed_id, merge.kept_id):
        moves = unit.points.tier_moves((member_id,))
        joined = next((one for one in moves if one.event_id == merge.merge_id), None)
        if joined is None or moves[-1] != joined:
            continue
        before = standing(moves[: moves.index(joined)])
        if before.tier == joined.to_tier:
            continue
        move = TierMove(
            event, kind, stamp.at, joined.to_tier, before.tier, before.kept_until
        )
        unit.points.add_tier_moves(member_id, (move,))
        note_tier(unit, member_id, move, stamp)
