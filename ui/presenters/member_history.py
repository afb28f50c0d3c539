"""What happened to a member's points within 90 days, row by row."""

from __future__ import annotations

from pos_app.domain.loyalty.lot import MoveKind
from pos_app.i18n import N_, _
from ui.format import clock_text, day_text, moved
from ui.presenters.two_line import TwoLineRow
from ui.presenters.workplace import Workplace

_DAYS = 90
_KINDS = {
    MoveKind.EARN: N_("Earned"),
    MoveKind.BURN: N_("Used"),
    MoveKind.EXPIRE: N_("Expired"),
    MoveKind.UNEXPIRE: N_("Expiry taken back"),
    MoveKind.REVERSE_EARN: N_("Taken back with a return"),
    MoveKind.RESTORE: N_("Given back with a return"),
    MoveKind.ADJUST: N_("Put right"),
    MoveKind.OPEN: N_("Brought along"),
    MoveKind.FORFEIT: N_("Given up"),
    MoveKind.REPAY: N_("Points owed were repaid"),
}


def history_rows(member_id: str, work: Workplace) -> tuple[TwoLineRow, ...]:
    """Return the rows, the latest first."""
    since = work.counter.desk.clock.now().plus_seconds(-_DAYS * 86_400)
    rows = []
    for event in work.counter.points.history(member_id, since):
        if not event.points:
            continue  # the end of a wait, or a repayment: nobody has more or less
        local = event.at.at(work.zone)
        words = _KINDS.get(event.kind)
        rows.append(
            TwoLineRow(
                key=event.event_id,
                title=_(words) if words else event.kind.value,
                detail=f"{day_text(local.date())} · {clock_text(local.time())}",
                value=moved(event.points),
                icon="coins",
            )
        )
    return tuple(rows)
