"""Whose badge was scanned; one that lets nobody in is journalled (law 12)."""

from __future__ import annotations

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Staff
from pos_app.errors import UserError
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.services.credentials import Credentials
from pos_app.services.desk import Desk


def badge_owner(desk: Desk, credentials: Credentials, code: str) -> Staff:
    """Return whose badge has this code.

    Raises:
        UserError: "badge_withdrawn" for one that was replaced or taken away, else
            "badge_unknown"; either is journalled, without the code (law 14).
    """
    digest = credentials.badge_digest(code)
    staff = desk.catalog.staff_by_badge(digest)
    if staff is not None and staff.is_active:
        return staff
    whose = desk.catalog.withdrawn_badge(digest)
    why = "badge_withdrawn" if whose else "badge_unknown"
    stamp = desk.stamp()
    theirs = Stamp(whose or stamp.actor, stamp.business_day, stamp.at)
    body = {"by": "badge", "why": why}

    def work(unit: UnitOfWork) -> None:
        unit.append(EntryKind.SIGN_ON_FAILED, body, theirs)

    desk.record(work)  # nobody waits for it: the badge lets nobody in anyway
    raise UserError(why)
