"""Approvals: somebody else's PIN for one action of the cashier's (law 12).

    demand asked -> approver chosen, or their badge scanned -> PIN -> journal
    -> the session lets the action through, once

The cashier stays signed on.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Approval, Demand, Permission, Staff
from pos_app.errors import UserError
from pos_app.ports.catalog import Reason
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.services.badge_owner import badge_owner
from pos_app.services.credentials import Credentials
from pos_app.services.desk import Desk
from pos_app.services.pin_lockout import PinLockout

#: Which reasons an action has; others have those that bear their own name. A stock
#: document names its own reason, so whoever agrees to it is asked for no second one.
_USES = {
    Permission.STOCK_ADJUST: "",
    Permission.DRAWER_OPEN: "no_sale",
    Permission.RETURN_LATE: "return",
    Permission.RETURN_NO_RECEIPT: "return",
    Permission.REFUND_OTHER_TENDER: "return",
}


@dataclass(frozen=True, slots=True)
class ApprovalVerdict:
    """How asking ended; kept even when it failed, so it is a value, not an error.

    Attributes:
        approval: what was approved; it counts only where `error` is None.
        error: "pin_wrong" with the tries left, "pin_locked" with the seconds.
    """

    approval: Approval
    error: UserError | None


class ApprovalService:
    """Asks a second person."""

    def __init__(self, desk: Desk, credentials: Credentials) -> None:
        self._desk = desk
        self._credentials = credentials
        self._pins = PinLockout(credentials)

    def approvers(self, demand: Demand) -> tuple[Staff, ...]:
        """Return who could approve: others on the staff who may go as far."""
        cashier = self._desk.session.cashier
        return tuple(
            staff
            for staff in self._desk.catalog.staff()
            if staff.is_active
            and staff.staff_id != cashier.staff_id
            and staff.meets(demand)
        )

    def reasons(self, action: Permission) -> Sequence[Reason]:
        """Return the reasons to choose from; one is required where there are any."""
        return self._desk.catalog.reasons(_USES.get(action, action.value))

    def owner_of_badge(self, demand: Demand, badge: str) -> Staff:
        """Return whose badge was scanned; their PIN is still to be asked (law 12).

        Raises:
            UserError: "badge_unknown", "badge_withdrawn", "approval_same_person"
                or "approval_not_enough".
        """
        staff = badge_owner(self._desk, self._credentials, badge)
        self._refuse_unfit(staff, demand)
        return staff

    def approve(
        self, demand: Demand, staff_id: str, pin: str, reason: str = ""
    ) -> Future[ApprovalVerdict]:
        """Check the approver's PIN on the core thread and journal their consent.

        Args:
            demand: what the action asks for, as `ApprovalNeeded` carries it.
            staff_id: who approves.
            pin: theirs.
            reason: key of one of `reasons`; "" where the action has none.

        Raises:
            UserError: "not_signed_on", "staff_unknown", "approval_same_person",
                "approval_not_enough" with what is missing, "reason_unknown".
        """
        approver = self._approver(staff_id)
        self._refuse_unfit(approver, demand)
        self._refuse_unknown(demand, reason)
        stamp = self._desk.stamp()
        approval = Approval(
            approval_id=self._desk.ids.new(),
            demand=demand,
            requested_by=self._desk.session.cashier.staff_id,
            approved_by=approver.staff_id,
            reason=reason,
            at=stamp.at,
        )
        credential = self._desk.catalog.credential(staff_id)
        secret = (credential.pin_hash if credential else "", pin)
        theirs = Stamp(approver.staff_id, stamp.business_day, stamp.at)
        asked_for = {
            "for": demand.action.value,
            "requested_by": approval.requested_by,
        }

        def work(unit: UnitOfWork) -> ApprovalVerdict:
            error = self._pins.refusal(unit, theirs, secret, asked_for)
            if error is None:
                body = _approval_body(approval)
                unit.append(EntryKind.APPROVAL_GIVEN, body, theirs)
            return ApprovalVerdict(approval, error)

        return self._desk.record(work)

    def admit(self, verdict: ApprovalVerdict) -> Approval:
        """Let the action through, once, if it was approved.

        Raises:
            UserError: why it was not; "not_signed_on" when whoever asked has
                left meanwhile.
        """
        if verdict.error is not None:
            raise verdict.error
        staff = self._desk.session.staff
        if staff is None or staff.staff_id != verdict.approval.requested_by:
            raise UserError("not_signed_on")
        self._desk.session.approve(verdict.approval)
        return verdict.approval

    def _approver(self, staff_id: str) -> Staff:
        for staff in self._desk.catalog.staff():
            if staff.staff_id == staff_id and staff.is_active:
                return staff
        raise UserError("staff_unknown")

    def _refuse_unfit(self, approver: Staff, demand: Demand) -> None:
        if approver.staff_id == self._desk.session.cashier.staff_id:
            raise UserError("approval_same_person")
        if not approver.meets(demand):
            raise UserError("approval_not_enough", **missing(approver, demand))

    def _refuse_unknown(self, demand: Demand, reason: str) -> None:
        known = [one.key for one in self.reasons(demand.action)]
        if reason not in (known or [""]):
            raise UserError("reason_unknown", reason=reason[:20])


def missing(staff: Staff, demand: Demand) -> dict[str, object]:
    """Return how far somebody may go who may not go far enough.

    Returns:
        "name" and "action", and the limit that is too low: "cap" as text ("30%")
        or "cap_minor"; neither when the role lacks the permission itself.
    """
    found: dict[str, object] = {"name": staff.name, "action": demand.action.value}
    if not staff.may(demand.action):
        return found
    cap = staff.role.limits.discount_cap
    if demand.percentage is not None and demand.percentage > cap:
        found["cap"] = str(cap)
    cap_minor = staff.amount_cap_minor(demand.action)
    if (
        cap_minor is not None
        and demand.amount_minor is not None
        and demand.amount_minor > cap_minor
    ):
        found["cap_minor"] = cap_minor
    return found


def _approval_body(approval: Approval) -> dict[str, object]:
    """Return what the journal says: ids and amounts, no names (law 14)."""
    demand, deep = approval.demand, approval.demand.percentage
    return {
        "approval": approval.approval_id,
        "action": demand.action.value,
        "subject": demand.subject,
        "percentage": None if deep is None else deep.millionths,
        "amount_minor": demand.amount_minor,
        "requested_by": approval.requested_by,
        "approved_by": approval.approved_by,
        "reason": approval.reason,
    }
