"""Points that two people change by hand, with a reason."""

from __future__ import annotations

from concurrent.futures import Future
from zoneinfo import ZoneInfo

from pos_app.domain.journal import EntryKind
from pos_app.domain.loyalty.booking import booked
from pos_app.domain.loyalty.facts import Adjusted
from pos_app.domain.loyalty.ledger import Balance
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.permission import Demand, Permission
from pos_app.errors import UserError
from pos_app.i18n import N_, Words
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.desk import Desk
from pos_app.services.person import person_ids

#: The use of the reasons in the catalogue.
REASONS = "points_adjust"
#: What a shop that set up no reasons of its own chooses from: key and words.
_USUAL = (
    ("receipt_later", N_("Bought without showing the code")),
    ("goodwill", N_("A kindness after a complaint")),
    ("points_wrong", N_("Booked wrongly before")),
    ("points_other", N_("Another reason")),
)


def adjust_reasons(desk: Desk, language: str) -> tuple[tuple[str, str], ...]:
    """Return (key, words) of why points may be changed by hand."""
    own = desk.catalog.reasons(REASONS)
    if own:
        return tuple((reason.key, reason.name_in(language)) for reason in own)
    words = Words(language)
    return tuple((key, words(text)) for key, text in _USUAL)


def adjust(
    desk: Desk, programme: Programme, change: tuple[str, int], reason: str
) -> Future[Balance]:
    """Change a person's points.

    Args:
        desk: of the till.
        programme: in force: added points live as earned ones do.
        change: the member, and points, above or below zero.
        reason: key.

    Returns:
        The balance then.

    Raises:
        UserError: "points_none", "reason_unknown"; in the future
            "points_adjusted_below_zero" (points, active).
        ApprovalNeeded: "not_permitted".
    """
    member_id, points = change
    if not points:
        raise UserError("points_none")
    if reason not in {key for key, _words in adjust_reasons(desk, "")}:
        raise UserError("reason_unknown", reason=reason[:20])
    demand = Demand(Permission.POINTS_ADJUST, member_id)
    cleared = desk.session.clear(demand, (Permission.POINTS_ADJUST,))
    stamp, event_id = desk.stamp(), desk.ids.new()
    zone = ZoneInfo(desk.shop.time_zone)
    fact = Adjusted(
        event_id,
        stamp.at,
        points,
        reason,
        cleared.staff.staff_id,
        cleared.approved_by,
        programme.life.expires_at(stamp.at, zone) if points > 0 else None,
    )

    def work(unit: UnitOfWork) -> Balance:
        ids = person_ids(unit.members, member_id)
        before = unit.points.slice(ids, (event_id,))
        after = booked(before, fact)
        unit.points.add(member_id, after.since(before))
        body = {
            "event": event_id,
            "member": member_id,
            "points": points,
            "reason": reason,
            "approved_by": fact.approved_by,
        }
        unit.append(EntryKind.POINTS_ADJUSTED, body, stamp)
        return after.balance(stamp.at)

    return desk.record(work)
