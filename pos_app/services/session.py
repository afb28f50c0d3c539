"""Who is signed on at this till, what they may do, and what was approved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pos_app.domain.permission import Approval, Demand, Permission, Staff
from pos_app.errors import UserError
from pos_app.values.percentage import Percentage


class ApprovalNeeded(UserError):  # noqa: N818 - a demand, not a failure
    """The cashier may not do this alone: somebody else can approve it, once.

    Attributes:
        demand: what is asked of whoever approves.
    """

    def __init__(
        self, demand: Demand, key: str = "not_permitted", **params: object
    ) -> None:
        super().__init__(key, action=demand.action.value, **params)
        self.demand = demand


@dataclass(frozen=True, slots=True)
class Clearance:
    """Who does it, and who approved it.

    Attributes:
        staff: the cashier, who stays signed on.
        approved_by: staff id of somebody else; "" where none was needed.
        percentage: how deep they let it go; None where that does not matter.
    """

    staff: Staff
    approved_by: str = ""
    percentage: Percentage | None = None


class Session:
    """The cashier at the till; at most one."""

    def __init__(self) -> None:
        self._staff: Staff | None = None
        self._approvals: dict[str, Approval] = {}
        self._begun: set[str] = set()
        self._turn = 0

    @property
    def turn(self) -> int:
        """Which sign-on this is: another after each, also of the same person."""
        return self._turn

    @property
    def staff(self) -> Staff | None:
        """Who is signed on, if anybody."""
        return self._staff

    @property
    def cashier(self) -> Staff:
        """Who is signed on.

        Raises:
            UserError: "not_signed_on".
        """
        if self._staff is None:
            raise UserError("not_signed_on")
        return self._staff

    def require(self, permission: Permission) -> Staff:
        """Return the cashier if their role, or an approval, allows `permission`.

        Raises:
            UserError: "not_signed_on".
            ApprovalNeeded: "not_permitted".
        """
        return self.clear(Demand(permission)).staff

    def clear(
        self, demand: Demand, four_eyes: Collection[Permission] = ()
    ) -> Clearance:
        """Let the cashier do what is demanded, using up an approval if it needs one.

        An action with several demands asks for one after the other, and may need
        one approval for each.

        Args:
            demand: the permission and how far it is needed.
            four_eyes: actions that need a second person, whoever asks.

        Raises:
            UserError: "not_signed_on".
            ApprovalNeeded: "not_permitted"; the same call goes through once
                after `approve` was given an approval for the same demand.
        """
        staff = self.cashier
        if staff.meets(demand) and demand.action not in four_eyes:
            return Clearance(staff)
        for approval in self._approvals.values():
            if _covers(approval, staff, demand):
                del self._approvals[approval.approval_id]
                return Clearance(staff, approval.approved_by, demand.percentage)
        raise ApprovalNeeded(demand)

    def clear_all(
        self, demands: Sequence[Demand], four_eyes: Collection[Permission] = ()
    ) -> Clearance:
        """Let the cashier do an action with several demands: all of them, or none.

        Approvals are used up only once the last of them was given.

        Raises:
            UserError, ApprovalNeeded: as `clear`, for the first demand not met.
        """
        before = dict(self._approvals)
        cleared = Clearance(self.cashier)
        try:
            for demand in demands:
                each = self.clear(demand, four_eyes)
                cleared = each if each.approved_by else cleared
        except ApprovalNeeded:
            self._approvals = before
            raise
        return cleared

    def approve(self, approval: Approval) -> None:
        """Keep an approval for the one action that it names (law 12)."""
        assert approval.approved_by != approval.requested_by
        self._approvals[approval.approval_id] = approval

    def forget_approvals(self) -> None:
        """Drop what was approved and not used: it is for one action, now."""
        self._approvals = {}

    def note_begun(self, subject: str) -> None:
        """Keep that a task of several steps, such as a return, was let begin."""
        self._begun.add(subject)

    def has_begun(self, subject: str) -> bool:
        """Tell whether this cashier was let begin, for the customer who is here."""
        return subject in self._begun

    def forget_begun(self) -> None:
        """Ask anew for what was let begin: the next customer is here."""
        self._begun = set()

    def begin(self, staff: Staff) -> None:
        """Sign somebody on."""
        self._turn += 1
        self._staff, self._approvals, self._begun = staff, {}, set()

    def renew(self, staff: Staff) -> None:
        """Go on with the rights that whoever is signed on has now."""
        if self._staff is not None and self._staff.staff_id == staff.staff_id:
            self._staff = staff

    def end(self) -> None:
        """Sign off; the basket stays."""
        self._turn += 1
        self._staff, self._approvals, self._begun = None, {}, set()


def _covers(approval: Approval, staff: Staff, demand: Demand) -> bool:
    """Tell whether an approval is this person's, for this action and no more of it."""
    given = approval.demand
    deep_enough = demand.percentage is None or (
        given.percentage is not None and demand.percentage <= given.percentage
    )
    large_enough = demand.amount_minor is None or (
        given.amount_minor is not None and demand.amount_minor <= given.amount_minor
    )
    same = given.action is demand.action and given.subject == demand.subject
    return (
        same
        and approval.requested_by == staff.staff_id
        and deep_enough
        and large_enough
    )
